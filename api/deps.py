"""What routes ask for: the installation, who asks, whether they may, which page, which language."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from api.languages import Language, language_of
from mealsvc.access import (
    Action,
    Caller,
    Forbidden,
    Identity,
    NotSignedIn,
    allow,
    csrf_of,
    identify,
)
from mealsvc.errors import NotReady
from mealsvc.runtime import Runtime

#: The browser's session. Only this service sees it (HttpOnly, SameSite=Strict).
SESSION_COOKIE = "mealsvc_session"

#: A request that changes something and is signed in by cookie proves itself with this header.
CSRF_HEADER = "X-CSRF-Token"

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_bearer = HTTPBearer(
    auto_error=False, description="A token from `POST /api/v1/session` or `/api/v1/tokens`."
)
_cookie = APIKeyCookie(
    name=SESSION_COOKIE, auto_error=False, description="The session of the first page's form."
)


# What only looks at the request is `async`: a dependency that is not costs a thread and a turn.
async def get_runtime(request: Request) -> Runtime:
    """Return the installation being served."""
    runtime = request.app.state.runtime
    if not isinstance(runtime, Runtime):
        raise NotReady(
            "the service is still starting; try again in a moment", "服务正在启动，请稍后再试"
        )
    return runtime


RuntimeDep = Annotated[Runtime, Depends(get_runtime)]


def get_identity(
    request: Request,
    runtime: RuntimeDep,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> Identity:
    """Return who asks, by bearer token or by the browser's session.

    Raises
    ------
    NotSignedIn
        If there is neither, or it opens nothing.
    Forbidden
        If a browser's request that changes something does not prove that our page made it.
    """
    if bearer is not None:
        return identify(runtime, bearer.credentials)
    if not cookie:
        raise NotSignedIn(
            "sign in first: send the header 'Authorization: Bearer TOKEN'",
            "请先登录：请求须带 Authorization: Bearer 凭证",
        )
    identity = identify(runtime, cookie)
    if request.method not in SAFE_METHODS:
        check_csrf(cookie, request.headers.get(CSRF_HEADER, ""))
    return identity


def check_csrf(session_secret: str, proof: str) -> None:
    """Refuse a change that another site's page may have sent in this browser.

    Raises
    ------
    Forbidden
        If the proof is not the session's.
    """
    if not hmac.compare_digest(csrf_of(session_secret).encode(), proof.encode()):
        raise Forbidden(
            f"the page is out of date: load it again (header {CSRF_HEADER} is missing or wrong)",
            "页面已过期，请重新打开后再试",
        )


IdentityDep = Annotated[Identity, Depends(get_identity)]


class Allowed:
    """A dependency that lets a request in if the caller's role has the permission.

    Parameters
    ----------
    action
        What the route does; every route under ``/api/v1`` declares one.
    """

    def __init__(self, action: Action) -> None:
        self.action = action

    async def __call__(self, identity: IdentityDep) -> Caller:
        """Return the caller with its reach."""
        return allow(identity, self.action)


class PageQuery(BaseModel):
    """Which part of a list is wanted."""

    model_config = ConfigDict(extra="ignore")

    limit: int = Field(50, ge=1, le=500, description="how many at most")
    offset: int = Field(0, ge=0, le=10_000_000, description="how many to leave out first")


PageDep = Annotated[PageQuery, Query()]


async def get_language(request: Request, runtime: RuntimeDep) -> Language:
    """Return the language of the answer."""
    return language_of(request, runtime.settings.language)


LanguageDep = Annotated[Language, Depends(get_language)]


async def client_address(request: Request) -> str:
    """Return the network address of the client (as the server, behind trusted proxies, sees it)."""
    return request.client.host if request.client else "unknown"


AddressDep = Annotated[str, Depends(client_address)]
