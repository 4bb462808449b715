"""The language of an answer: what the reader chose, what the browser asks for, or the house's."""

from __future__ import annotations

from typing import Literal

from starlette.requests import Request

Language = Literal["zh", "en"]

#: The cookie in which pages keep the reader's choice, and the query field that makes it.
LANGUAGE_COOKIE, LANGUAGE_FIELD = "mealsvc_language", "lang"


def language_of(request: Request, default: str = "zh") -> Language:
    """Return the language for an answer.

    Parameters
    ----------
    request
        The request. A choice made on a page (query, then cookie) comes before
        ``Accept-Language``.
    default
        Where neither says.
    """
    asked = (request.query_params.get(LANGUAGE_FIELD), request.cookies.get(LANGUAGE_COOKIE))
    for tag in (*asked, *_by_weight(request.headers.get("accept-language", "")), default):
        if tag and tag.startswith("zh"):
            return "zh"
        if tag and tag.startswith("en"):
            return "en"
    return "zh"


def _by_weight(header: str) -> list[str]:
    weighted = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            q = float(weight or 1)
        except ValueError:
            q = 0.0
        if tag and q > 0:
            weighted.append((-q, place, tag))
    return [tag for _, _, tag in sorted(weighted)]
