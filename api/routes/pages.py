"""Pages for people, rendered by the server: sign-in, the first page, a courier's duty."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.deps import SESSION_COOKIE, AddressDep, LanguageDep, RuntimeDep, check_csrf
from api.errors import status_of
from api.templating import Wording, render
from api.visitors import Proof, Visitor, VisitorDep
from api.web_app import BUILT, is_built
from mealsvc.access import (
    Action,
    Forbidden,
    Identity,
    NotSignedIn,
    TooManySignIns,
    allow,
    sign_in,
    sign_out,
)
from mealsvc.clock import local_date
from mealsvc.desk.making import Offer, offer, whole_meals
from mealsvc.desk.own_duty import own_duty
from mealsvc.overview import Overview, overview
from mealsvc.runtime import Runtime
from mealsvc.vocabulary import Meal, Role

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def first_page(
    request: Request, runtime: RuntimeDep, visitor: VisitorDep, language: LanguageDep
) -> Response:
    """Show the coming services to whoever is signed in, and the sign-in form to others."""
    identity = visitor.identity
    if identity is None:
        return render(request, "sign_in.html", {"wrong": None, "username": ""})
    if identity.role is Role.COURIER:
        return _duty_page(request, runtime, identity, visitor.csrf)
    seen = overview(runtime, allow(identity, Action.READ_SERVICES))
    context = {
        "who": identity,
        "csrf": visitor.csrf,
        "services": seen.services,
        "may_sites": visitor.may(Action.READ_SITES),
        "may_sheets": visitor.may(Action.READ_SHEETS),
        "may_jobs": visitor.may(Action.READ_JOBS),
        "warnings": _warnings(
            seen, Wording(language, runtime.settings.zone), visitor.may(Action.READ_JOBS)
        ),
        **_planning(runtime, visitor, seen),
    }
    return render(request, "first.html", context)


def _planning(runtime: Runtime, visitor: Visitor, seen: Overview) -> dict[str, Any]:
    """Return what the first page offers to those who may make plans."""
    today = local_date(runtime.clock(), runtime.settings.zone)
    offers: dict[tuple[date, Meal], Offer] = {}
    meals: list[Meal] = []
    if visitor.identity and visitor.may(Action.MAKE_PLANS):
        maker = allow(visitor.identity, Action.MAKE_PLANS)
        meals = whole_meals(runtime, maker)
        for service in seen.services:
            key = service.day, service.meal
            offers[key] = offer(runtime, maker, *key)
    return {"offers": offers, "meals": meals, "today": today, "tomorrow": today + timedelta(days=1)}


@router.post("/sign-in")
def sign_in_form(
    request: Request,
    runtime: RuntimeDep,
    address: AddressDep,
    language: LanguageDep,
    username: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Sign in and go to where the role works; that address is never taken from the request."""
    _refuse_other_sites(request, runtime)
    try:
        identity, secret = sign_in(runtime, username, password, address)
    except (NotSignedIn, TooManySignIns) as error:
        context = {"wrong": error.sentence(language), "username": username}
        return render(request, "sign_in.html", context, status_of(error))
    response = RedirectResponse(_desk_of(identity), 303)
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=runtime.settings.session_hours * 3600,
        httponly=True,
        samesite="strict",
        secure=runtime.settings.secure_cookies,
    )
    return response


def _desk_of(identity: Identity) -> str:
    """Return where a role works: managers on the console, which sends on who runs no scripts."""
    on_console = identity.role is Role.MANAGER and is_built(BUILT)
    return "/console" if on_console else "/"


@router.post("/sign-out")
def sign_out_form(runtime: RuntimeDep, visitor: VisitorDep, csrf: Proof = "") -> Response:
    """End the browser's session and go to the first page."""
    if visitor.identity is not None:
        check_csrf(visitor.secret, csrf)
        sign_out(runtime, visitor.identity)
    response = RedirectResponse("/", 303)
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="strict")
    return response


def _duty_page(request: Request, runtime: Runtime, identity: Identity, csrf: str) -> Response:
    duty = own_duty(runtime, allow(identity, Action.READ_OWN_DUTY))
    # Read only: reports are made on the page behind the sheet's code.
    context = {"duty": duty, "who": identity, "csrf": csrf, "assets": None}
    return render(request, "duty.html", context)


def _refuse_other_sites(request: Request, runtime: Runtime) -> None:
    # Without a session there is no proof to ask for; browsers say where a form was sent from.
    origin = request.headers.get("origin")
    own = {request.headers.get("host"), urlsplit(runtime.settings.public_url).netloc}
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    if (origin and urlsplit(origin).netloc not in own) or fetched not in {"same-origin", "none"}:
        raise Forbidden("the form was sent by another site", "此表单来自其他网站")


def _warnings(seen: Overview, words: Wording, may_jobs: bool) -> list[str]:
    """Return what needs attention; what went wrong at night in full for those who may see jobs."""
    warnings = [words.text("warn_night", count=len(seen.nights))] if seen.nights else []
    if may_jobs:
        warnings = [problem.in_language(words.language) for problem in seen.nights]
    if seen.unlocated:
        warnings.append(words.text("warn_unlocated", count=seen.unlocated))
    for service in seen.services:
        if service.shown and service.shown.unserved_orders:
            day, meal = words.day(service.day), words.word(service.meal)
            count = service.shown.unserved_orders
            warnings += [words.text("warn_unserved", day=day, meal=meal, count=count)]
    return warnings
