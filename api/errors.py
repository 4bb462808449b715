"""Every error as problem details (RFC 9457), in the reader's language, without inner workings."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.field_problems import FieldProblem, field_problem
from api.languages import language_of
from api.templating import render
from mealsvc import errors
from mealsvc.access.errors import LinkEnded, NotSignedIn, TooManySignIns

log = logging.getLogger("mealsvc.api")

MEDIA_TYPE = "application/problem+json"

#: status → (slug, English, Chinese). The slug is the anchor on the reference page ``/docs``.
TITLES: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "The request cannot be read", "无法读取该请求"),
    401: ("not-signed-in", "Sign in first", "请先登录"),
    403: ("not-allowed", "This is not allowed", "不允许此操作"),
    404: ("not-found", "This does not exist", "找不到所请求的内容"),
    405: ("method-not-allowed", "This address does not take that method", "该地址不支持此方法"),
    406: ("not-acceptable", "This form of answer is not offered", "不提供此格式"),
    409: ("conflict", "This does not fit the present state", "与当前状态冲突"),
    410: ("ended", "This has ended", "已失效"),
    413: ("too-large", "The upload is too large", "上传的文件太大"),
    415: ("unsupported-media", "This form of content is not read", "不支持此内容格式"),
    421: ("unknown-host", "The service does not answer to this name", "本服务不使用此主机名"),
    422: ("invalid-input", "Something given cannot be used", "填写的内容有误"),
    429: ("too-many-attempts", "Too many attempts", "尝试次数过多"),
    500: ("fault", "The service failed; the fault was noted", "服务出错，已记录"),
    503: ("not-ready", "The service is not ready for this", "服务尚未就绪"),
}

_STATUS: tuple[tuple[type[errors.MealsvcError], int], ...] = (
    (LinkEnded, 410),
    (TooManySignIns, 429),
    (NotSignedIn, 401),
    (errors.NotAllowed, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.InvalidInput, 422),
    (errors.NotReady, 503),
    (errors.StorageFailure, 503),
)


class Problem(BaseModel):
    """Problem details as RFC 9457 has them."""

    type: str = Field(examples=["/docs#problem-not-found"], description="kind of problem")
    title: str = Field(examples=["This does not exist"], description="the kind, in a sentence")
    status: int = Field(examples=[404])
    detail: str = Field(
        examples=["no canteen has the code ST99"], description="what is wrong here, what to do"
    )
    request_id: str = Field(
        examples=["9f86d081884c7d65"], description="to name when asking for help"
    )
    errors: list[FieldProblem] = Field(default=[], description="the fields that are wrong")


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": TITLES[status][1],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 401, 403, 404, 409, 413, 415, 421, 422, 503)
}


def register_handlers(app: FastAPI) -> None:
    """Make an application answer every error with problem details."""
    app.add_exception_handler(errors.MealsvcError, _refused)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _fault)


def problem_response(
    request: Request,
    status: int,
    detail: str | None = None,
    *,
    slug: str | None = None,
    fields: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return problem details, or a page that says the same to a browser.

    Parameters
    ----------
    request
        The request, for its language and id.
    status
        HTTP status.
    detail
        The sentence; default: the title.
    slug
        Kind of problem; default: that of the status.
    fields
        What is wrong with which field.
    headers
        More headers.
    """
    language = language_of(request, _house_language(request))
    named, english, chinese = TITLES.get(status, TITLES[400 if status < 500 else 500])
    title = chinese if language == "zh" else english
    problem = Problem(
        type=f"/docs#problem-{slug or named}",
        title=title,
        status=status,
        detail=detail or title,
        request_id=getattr(request.state, "request_id", "-"),
        errors=list(fields),
    )
    if _wants_page(request):
        return render(request, "problem.html", {"problem": problem}, status, headers)
    return JSONResponse(
        problem.model_dump(exclude={"errors"} if not fields else None),
        status,
        dict(headers or {}) | {"content-language": language, "vary": "accept-language, cookie"},
        media_type=MEDIA_TYPE,
    )


def status_of(error: errors.MealsvcError) -> int:
    """Return the HTTP status that tells an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 400)


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, errors.MealsvcError):
        raise error
    status = status_of(error)
    headers = {}
    if isinstance(error, TooManySignIns):
        headers["retry-after"] = str(error.retry_after)
    elif isinstance(error, errors.StorageFailure):
        headers["retry-after"] = "30"
        log.error("storage: %s", error.message)
    elif status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = 'Bearer realm="mealsvc"'
    language = language_of(request, _house_language(request))
    return problem_response(request, status, error.sentence(language), headers=headers)


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = error.status_code
    slug = None
    if status not in TITLES:
        slug = "bad-request"
    return problem_response(request, status, slug=slug, headers=error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    language = language_of(request, _house_language(request))
    fields = [field_problem(found, language) for found in error.errors()]
    joined = "; ".join(f"{problem.field}: {problem.message}" for problem in fields[:5])
    return problem_response(request, 422, joined, fields=fields)


def _fault(request: Request, _error: Exception) -> Response:
    # The server logs the traceback; the answer names only the request.
    log.error("request %s failed", getattr(request.state, "request_id", "-"))
    return problem_response(request, 500)


def _house_language(request: Request) -> str:
    runtime = getattr(request.app.state, "runtime", None) if "app" in request.scope else None
    return runtime.settings.language if runtime else "zh"


def _wants_page(request: Request) -> bool:
    if "text/html" not in request.headers.get("accept", ""):
        return False
    # Somebody who follows a link of a page to a file is shown a page; programs never navigate.
    if request.headers.get("sec-fetch-mode") == "navigate":
        return True
    return not request.url.path.startswith(
        ("/api/", "/healthz", "/readyz", "/openapi.json", "/static/")
    )
