"""Every route asks for a permission, and each role gets what the table gives and no more."""

import re

import pytest
from fastapi.routing import iter_route_contexts

from api.deps import SESSION_COOKIE, Allowed
from api.visitors import FormAllowed, PageAllowed
from mealsvc.access import PERMISSIONS, csrf_of
from mealsvc.vocabulary import Role

#: Routes that anybody may ask, with the reason.
PUBLIC = {
    ("POST", "/api/v1/session"): "whoever signs in is not signed in yet",
    ("GET", "/"): "shows the sign-in form",
    ("POST", "/sign-in"): "is the sign-in form",
    ("POST", "/sign-out"): "does nothing without a session, and asks for its proof",
    ("GET", "/d/{secret}"): "the address holds the courier's token",
    ("GET", "/phone"): "shows nobody's duty",
    ("GET", "/phone-worker.js"): "is a script",
    ("GET", "/docs"): "tells nothing of anybody",
    ("GET", "/openapi.json"): "tells nothing of anybody",
    ("GET", "/healthz"): "for monitors",
    ("GET", "/readyz"): "for monitors; counts only",
}

#: Values that make a route's address; what they name lies within every role's reach.
VALUES = {
    "day": "2026-11-21", "meal": "lunch", "canteen": "ST02", "courier": "Z03", "token_id": "9999",
    "username": "the.admin", "job": "1", "run": "1", "number": "1", "code": "B1",
    "first_day": "2026-11-23", "kind": "elders", "zoom": "15", "column": "27361", "row": "13481",
    "scenario": "9999", "name": "none", "layer": "sites", "form": "csv",
    "proposal": "9999", "order": "9999",
    "report": "report-01", "photo": "0" * 64, "trip": "1",
}  # fmt: skip

#: What the forms of pages send.
FORM = {"day": "2026-11-21", "meal": "lunch", "number": "1"}


def asked_first(dependant):
    """Yield what is called before a route, at whatever depth."""
    for part in dependant.dependencies if dependant else ():
        yield part.call
        yield from asked_first(part)


def routes(app):
    """Yield method, path and the permissions of every route."""
    for route in iter_route_contexts(app.routes):
        for method in sorted((route.methods or {"GET"}) - {"HEAD"}):
            dependant = getattr(route, "dependant", None)
            asking = (Allowed, PageAllowed, FormAllowed)
            actions = [call.action for call in asked_first(dependant) if isinstance(call, asking)]
            yield method, route.path, actions


def test_every_route_declares_one_permission_or_is_on_the_short_public_list(app):
    seen = {(method, path): actions for method, path, actions in routes(app)}
    assert len(seen) > 50
    unguarded = {key for key, actions in seen.items() if len(actions) != 1}
    assert unguarded == {*PUBLIC, ("GET", "/static")}


def test_every_route_of_the_api_is_refused_to_strangers(app, anonymous):
    for method, path, actions in routes(app):
        if actions:
            answer = anonymous.request(method, address(path))
            assert answer.status_code == 401, (method, path)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_every_action_of_the_table_is_used_by_a_route(app):
    assert {actions[0] for _, _, actions in routes(app) if actions} == set(PERMISSIONS)


@pytest.mark.parametrize("role", Role)
def test_each_role_is_let_in_exactly_where_the_table_says(app, each_role, role):
    client = each_role[role]
    session = client.headers["authorization"].removeprefix("Bearer ")
    client.cookies.set(SESSION_COOKIE, session)  # pages know nobody else
    for method, path, actions in routes(app):
        if not actions or path == "/api/v1/session":  # signing out would end the test
            continue
        page = method == "POST" and not path.startswith("/api/")
        form = {**FORM, "csrf": csrf_of(session)} if page else None
        seconds = {"seconds": "0"} if path.endswith("/stream") else None  # it would go on
        answer = client.request(
            method, address(path), data=form, params=seconds, follow_redirects=False
        )
        refused = answer.status_code == 403 and answer.json()["detail"].startswith("the role")
        allowed = role in PERMISSIONS[actions[0]]
        assert refused != allowed, (role, method, path, answer.status_code, answer.text)
        assert answer.status_code < 500, (role, method, path, answer.text)


def address(path):
    """Fill the parameters of a path."""
    if path.startswith(("/api/v1/couriers", "/api/v1/canteens", "/api/v1/meal-points")):
        code = {"couriers": "Z03", "canteens": "ST02", "meal-points": "ZC01"}[path.split("/")[3]]
        path = path.replace("{code}", code)
    return re.sub(r"{(\w+)}", lambda name: VALUES[name[1]], path)
