"""Is the service alive, and is it ready: for load balancers, monitors and people in a hurry."""

from __future__ import annotations

from fastapi import APIRouter, Response, status

from api.deps import RuntimeDep
from api.schemas.health import Alive, Ready
from mealsvc.readiness import readiness

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> Alive:
    """Tell that the process answers."""
    return Alive(status="alive")


@router.get("/readyz", responses={503: {"model": Ready, "description": "something is missing"}})
def readyz(runtime: RuntimeDep, response: Response) -> Ready:
    """Tell whether the service can do its work, and what is missing; counts only, no secrets."""
    checks = readiness(runtime)
    ready = all(check.ok for check in checks)
    if not ready:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return Ready.of(checks)
