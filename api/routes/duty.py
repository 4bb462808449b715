"""A courier's own duty, by the courier's sign-in or by the link on the route sheet."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.deps import Allowed, RuntimeDep
from api.schemas.duty import OwnDutyOut
from mealsvc.access import Action, Caller
from mealsvc.desk.own_duty import own_duty

router = APIRouter(tags=["duty"])

OwnCourier = Annotated[Caller, Depends(Allowed(Action.READ_OWN_DUTY))]


@router.get("/duty", responses={410: {"description": "The duty is over or was withdrawn"}})
def read_own_duty(caller: OwnCourier, runtime: RuntimeDep) -> OwnDutyOut:
    """Read your current duty: what to load, where to stop, whom to call.

    It can be read from publication until the duty ends; a link opens the duty of its service only.
    """
    return OwnDutyOut.model_validate(own_duty(runtime, caller))
