"""How services really went against their plans."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends

from api.deps import Allowed, RuntimeDep
from api.schemas.punctuality import ServicePunctualityOut
from mealsvc.access import Action, Caller
from mealsvc.desk import punctuality as figures

router = APIRouter(tags=["delivery"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_DELIVERY))]


@router.get("/punctuality")
def list_punctuality(
    first: date, last: date, caller: Reader, runtime: RuntimeDep
) -> list[ServicePunctualityOut]:
    """List the ride times and delays of services as they were, at most 31 days; they name nobody.

    By the couriers within your canteens; only services of which something was reported.
    """
    found = figures.punctuality(runtime, caller, first, last)
    return [ServicePunctualityOut.model_validate(one) for one in found]
