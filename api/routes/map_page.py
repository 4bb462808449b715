"""The page with the map: a frame for the built web app, which asks the API for all it shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from api.deps import RuntimeDep
from api.middleware import CONTENT_SECURITY
from api.templating import render
from api.visitors import PageAllowed, VisitorDep
from mealsvc.access import Action, Caller
from mealsvc.clock import local_date
from mealsvc.errors import NotFound

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

BUILT = Path(__file__).parent.parent / "static" / "map"

#: Only this page runs scripts: our own, from here; pictures in data: are the map library's buttons.
MAP_SECURITY = CONTENT_SECURITY.replace(
    "img-src 'self'",
    "img-src 'self' data:; script-src 'self'; worker-src 'self'; connect-src 'self'",
)

#: Plans of this many days past are offered.
_PAST = timedelta(days=7)

#: What the page offers only to those who may do it.
_OFFERED = (Action.READ_COVERAGE, Action.CHANGE_SCENARIOS, Action.IMPORT_MAPS, Action.READ_PLANS)

Reader = Annotated[Caller, Depends(PageAllowed(Action.READ_SITES))]


@dataclass(frozen=True)
class Assets:
    """Addresses of the web app's script and style sheets."""

    script: str
    styles: list[str]


def assets(built: Path) -> Assets:
    """Return what the page loads; names change with the content.

    Raises
    ------
    NotFound
        If the web app was not built.
    """
    try:
        manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(
            "the map was not built with this installation; run: scripts/setup",
            "此安装没有地图页面，请管理员运行：scripts/setup",
        ) from error
    entry = manifest["src/main.tsx"]
    base = "/static/map/"
    return Assets(base + entry["file"], [base + sheet for sheet in entry.get("css", [])])


@router.get("/map")
def map_page(
    request: Request, _caller: Reader, runtime: RuntimeDep, visitor: VisitorDep
) -> Response:
    """Show the map of sites and routes."""
    first = local_date(runtime.clock(), runtime.settings.zone) - _PAST
    context = {
        "who": visitor.identity,
        "csrf": visitor.csrf,
        "assets": assets(BUILT),
        "first": first,
        "may": " ".join(action.value for action in _OFFERED if visitor.may(action)),
    }
    headers = {"content-security-policy": MAP_SECURITY}
    return render(request, "map.html", context, headers=headers)
