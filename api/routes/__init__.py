"""Routes, one module per audience: each parses, calls one function of mealsvc, returns a schema."""

from api.routes import (
    access,
    console_page,
    delivery,
    duty,
    eaten,
    elders,
    health,
    imports,
    jobs,
    map_page,
    maps,
    pages,
    phone,
    places,
    plan_pages,
    plans,
    punctuality,
    reference,
    revisions,
    roster,
    scenarios,
    services,
    sheets,
    siting,
    trials,
)

#: Under ``/api/v1``: every route declares a permission, but for sign-in. They are tried in this
#: order, so those that are asked for all through lunch come first.
API_ROUTERS = (
    duty.router,
    delivery.router,
    access.router,
    roster.router,
    elders.router,
    services.router,
    plans.router,
    revisions.router,
    maps.router,
    places.router,
    jobs.router,
    sheets.router,
    imports.router,
    siting.router,
    trials.router,
    scenarios.router,
    eaten.router,
    punctuality.router,
)

#: Pages for people, and what machines ask about the service itself.
PAGE_ROUTERS = (
    health.router,
    pages.router,
    phone.router,
    plan_pages.router,
    map_page.router,
    console_page.router,
    reference.router,
)
