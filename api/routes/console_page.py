"""The page with the console: a frame for the built web app, which asks the API for all it shows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from api.deps import RuntimeDep
from api.templating import render
from api.visitors import PageAllowed, VisitorDep
from api.web_app import BUILT, SCRIPTS_SECURITY, assets
from mealsvc.access import Action, Caller
from mealsvc.clock import local_date

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reader = Annotated[Caller, Depends(PageAllowed(Action.READ_SERVICES))]


@router.get("/console")
def console_page(
    request: Request, _caller: Reader, runtime: RuntimeDep, visitor: VisitorDep
) -> Response:
    """Show the console, which offers what the role allows."""
    context = {
        "who": visitor.identity,
        "csrf": visitor.csrf,
        "assets": assets(BUILT, "src/console/main.tsx"),
        "may": " ".join(action.value for action in Action if visitor.may(action)),
        "may_sites": visitor.may(Action.READ_SITES),
        "zone": runtime.settings.zone,
        "today": local_date(runtime.clock(), runtime.settings.zone),
    }
    headers = {"content-security-policy": SCRIPTS_SECURITY}
    return render(request, "console.html", context, headers=headers)
