"""Services in counts, and their orders."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.deps import Allowed, LanguageDep, PageDep, RuntimeDep
from api.schemas.outlook import OutlookOut
from api.schemas.services import OrderOut, ServiceOut
from api.schemas.shapes import Page, page_of
from mealsvc.access import Action, Caller
from mealsvc.desk import services
from mealsvc.desk.outlook import outlook
from mealsvc.vocabulary import Meal, OrderKind

router = APIRouter(prefix="/services", tags=["services"])

ServiceReader = Annotated[Caller, Depends(Allowed(Action.READ_SERVICES))]
OrderReader = Annotated[Caller, Depends(Allowed(Action.READ_ORDERS))]


@router.get("")
def list_services(
    _caller: ServiceReader,
    runtime: RuntimeDep,
    page: PageDep,
    first: Annotated[date | None, Query(description="only services of this day or later")] = None,
    last: Annotated[date | None, Query(description="only services of this day or earlier")] = None,
) -> Page[ServiceOut]:
    """List services by day, lunch before dinner, in counts."""
    rows, total = services.list_services(
        runtime, first=first, last=last, limit=page.limit, offset=page.offset
    )
    return page_of(rows, total, (page.limit, page.offset), ServiceOut.model_validate)


@router.get("/{day}/{meal}")
def read_service(day: date, meal: Meal, _caller: ServiceReader, runtime: RuntimeDep) -> ServiceOut:
    """Read one service in counts."""
    return ServiceOut.model_validate(services.read_service(runtime, day, meal))


@router.get("/{day}/{meal}/outlook")
def read_outlook(
    day: date, meal: Meal, caller: ServiceReader, runtime: RuntimeDep, language: LanguageDep
) -> OutlookOut:
    """Read a service on one page: hours, plan, couriers on shift, what waits for an answer.

    Also of a service whose orders nobody collected yet; it then says whether you may plan it.
    """
    seen = outlook(runtime, caller, day, meal, language=language)
    return OutlookOut.of(seen, language)


@router.get("/{day}/{meal}/orders")
def list_orders(
    day: date,
    meal: Meal,
    caller: OrderReader,
    runtime: RuntimeDep,
    page: PageDep,
    kind: OrderKind | None = None,
) -> Page[OrderOut]:
    """List the orders of a service, within your canteens, cancelled ones too."""
    rows, total = services.list_orders(
        runtime, caller, day, meal, kind=kind, limit=page.limit, offset=page.offset
    )
    return page_of(rows, total, (page.limit, page.offset), OrderOut.model_validate)
