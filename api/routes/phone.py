"""The couriers' page behind a link: readable without scripts, a program for the day with them."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from api.deps import LanguageDep, RuntimeDep
from api.errors import status_of
from api.static_files import WORKER_SECURITY
from api.templating import render
from api.visitors import holder
from api.web_app import BUILT, SCRIPTS_SECURITY, assets
from mealsvc.access import Action, Identity, LinkEnded, allow
from mealsvc.desk.own_duty import own_duty
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_ENTRY = "src/phone/main.tsx"
_WORKER = PurePath("phone-worker.js")

#: The address is the secret: no other site may learn it from a tapped link.
_HEADERS = {"content-security-policy": SCRIPTS_SECURITY, "referrer-policy": "no-referrer"}


@router.get("/d/{secret}")
def duty_page(
    request: Request,
    runtime: RuntimeDep,
    language: LanguageDep,
    secret: Annotated[str, Path(max_length=100)],
) -> Response:
    """Show a courier's current duty to whoever holds its link."""
    caller = allow(_link_holder(runtime, secret), Action.READ_OWN_DUTY)
    try:
        shown: dict[str, Any] = {"duty": own_duty(runtime, caller), "who": None, "csrf": None}
    except LinkEnded as error:
        # With scripts, so that what the phone has kept is removed.
        context = {"sentence": error.sentence(language), **_program(runtime)}
        return render(request, "phone.html", context, status_of(error), _HEADERS)
    return render(request, "duty.html", shown | _program(runtime), headers=_HEADERS)


@router.get("/phone")
def empty_page(request: Request, runtime: RuntimeDep) -> Response:
    """Show the couriers' page without a duty: phones keep it, and open it without a network."""
    context = {"sentence": None, **_program(runtime)}
    return render(request, "phone.html", context, headers=_HEADERS)


@router.get("/phone-worker.js")
def worker_script() -> Response:
    """Serve the script that opens the couriers' page without a network."""
    file = BUILT / _WORKER
    if not file.is_file():
        raise NotFound("the couriers' page was not built with this installation")
    headers = {"content-security-policy": WORKER_SECURITY, "cache-control": "no-cache"}
    return FileResponse(file, media_type="text/javascript", headers=headers)


def _program(runtime: Runtime) -> dict[str, Any]:
    """Return what the page's program needs; without a built one the page is read as it is."""
    try:
        loaded = assets(BUILT, _ENTRY)
    except NotFound:
        loaded = None
    settings = runtime.settings
    return {"assets": loaded, "poll": settings.phone_poll_seconds, "zone": settings.timezone}


def _link_holder(runtime: Runtime, secret: str) -> Identity:
    # A volunteer with a mistyped or old address has no account: "sign in first" would not help.
    identity = holder(runtime, secret)
    if identity is None or not identity.is_link:
        raise NotFound(
            "this link opens nothing: it is incomplete or old; scan the code on today's route "
            "sheet, or ask your canteen",
            "此链接无效：可能不完整或已过期；请扫描当天送餐路线单上的二维码，或与食堂联系",
        )
    return identity
