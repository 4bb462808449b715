"""The page with the map: a frame for the built web app, which asks the API for all it shows."""

from __future__ import annotations

from datetime import timedelta
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

#: Plans of this many days past are offered.
_PAST = timedelta(days=7)

#: What the page offers only to those who may do it.
_OFFERED = (Action.READ_COVERAGE, Action.CHANGE_SCENARIOS, Action.IMPORT_MAPS, Action.READ_PLANS)

Reader = Annotated[Caller, Depends(PageAllowed(Action.READ_SITES))]


@router.get("/map")
def map_page(
    request: Request, _caller: Reader, runtime: RuntimeDep, visitor: VisitorDep
) -> Response:
    """Show the map of sites and routes."""
    first = local_date(runtime.clock(), runtime.settings.zone) - _PAST
    context = {
        "who": visitor.identity,
        "csrf": visitor.csrf,
        "assets": assets(BUILT, "src/main.tsx"),
        "first": first,
        "may": " ".join(action.value for action in _OFFERED if visitor.may(action)),
    }
    headers = {"content-security-policy": SCRIPTS_SECURITY}
    return render(request, "map.html", context, headers=headers)
