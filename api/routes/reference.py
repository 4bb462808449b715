"""The reference of the API: the OpenAPI description, and a page made from it by this service.

The stock page loads scripts from elsewhere; this one needs none.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.errors import TITLES
from api.openapi import describe
from api.reference import chapters, shapes
from api.templating import render

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi_description(request: Request) -> dict[str, Any]:
    """Return the OpenAPI description."""
    return describe(request.app)


@router.get("/docs", response_class=HTMLResponse)
def reference_page(request: Request) -> HTMLResponse:
    """Show every route with its parameters, body and answers."""
    description = describe(request.app)
    context = {
        "info": description["info"],
        "chapters": chapters(description),
        "shapes": shapes(description),
        "problems": [(slug, status, en, zh) for status, (slug, en, zh) in TITLES.items()],
    }
    return render(request, "reference.html", context)
