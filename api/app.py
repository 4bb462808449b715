"""The application: its parts put together, the installation opened and the night's planner run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from anyio import to_thread
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.errors import PROBLEM_RESPONSES, register_handlers
from api.fair_share import fair_share
from api.middleware import Guard
from api.openapi import DESCRIPTION, TAGS
from api.routes import API_ROUTERS, PAGE_ROUTERS
from api.static_files import Files
from mealsvc import __version__
from mealsvc.nightly import NightlyPlanner
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.settings import Settings

STATIC = Path(__file__).parent / "static"


def create_app(runtime: Runtime | None = None) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    runtime
        The installation to serve, whose owner also plans its nights. Default: the one that the
        environment describes, opened when the server starts, with the night's planner running
        until it stops.
    """
    settings = runtime.settings if runtime else Settings()
    app = FastAPI(
        title="mealsvc",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,  # the stock page loads its scripts from elsewhere; /docs is our own
        redoc_url=None,
        openapi_url=None,  # served by a route, so that it passes the same door as the others
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
        responses=PROBLEM_RESPONSES,
        # Nothing about a request leaves the house, whatever the environment has set up.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    app.state.runtime = runtime
    app.state.hubs = WeakKeyDictionary()
    app.add_middleware(Guard, settings=settings)
    register_handlers(app)
    for router in API_ROUTERS:
        app.include_router(router, prefix="/api/v1")
    for router in PAGE_ROUTERS:
        app.include_router(router)
    app.mount("/static", Files(directory=STATIC), name="static")
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    runtime: Runtime | None = app.state.runtime
    if runtime is not None:
        yield
        return
    app.state.runtime = runtime = await to_thread.run_sync(open_runtime)
    planner = NightlyPlanner(runtime)
    await to_thread.run_sync(planner.start)
    try:
        with fair_share():
            yield
    finally:
        await to_thread.run_sync(planner.shutdown)
        app.state.runtime = None
        runtime.engine.dispose()
