"""Routes, one module per audience: each parses, calls one function of mealsvc, returns a schema."""

from api.routes import (
    access,
    delivery,
    duty,
    elders,
    health,
    imports,
    jobs,
    map_page,
    maps,
    pages,
    phone,
    plan_pages,
    plans,
    punctuality,
    reference,
    roster,
    scenarios,
    services,
    sheets,
    siting,
)

#: Under ``/api/v1``: every route declares a permission, but for sign-in.
API_ROUTERS = (
    access.router,
    roster.router,
    elders.router,
    services.router,
    plans.router,
    maps.router,
    jobs.router,
    sheets.router,
    imports.router,
    siting.router,
    scenarios.router,
    delivery.router,
    punctuality.router,
    duty.router,
)

#: Pages for people, and what machines ask about the service itself.
PAGE_ROUTERS = (
    health.router,
    pages.router,
    phone.router,
    plan_pages.router,
    map_page.router,
    reference.router,
)
