"""The page with the console: a frame for the built web app, which asks the API for all it shows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from api.deps import RuntimeDep
from api.templating import render
from api.visitors import PageAllowed, Visitor, VisitorDep
from api.web_app import BUILT, SCRIPTS_SECURITY, assets
from mealsvc.access import Action, Caller, allow
from mealsvc.desk.making import whole_meals
from mealsvc.runtime import Runtime
from mealsvc.vocabulary import Meal

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
        "now": runtime.clock().isoformat(),
        "meals": " ".join(_meals(runtime, visitor)),
    }
    headers = {"content-security-policy": SCRIPTS_SECURITY}
    return render(request, "console.html", context, headers=headers)


def _meals(runtime: Runtime, visitor: Visitor) -> list[Meal]:
    """Return the meals that whoever looks at the page may plan."""
    if visitor.identity is None or not visitor.may(Action.MAKE_PLANS):
        return []
    return whole_meals(runtime, allow(visitor.identity, Action.MAKE_PLANS))
