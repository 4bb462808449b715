"""Upkeep of canteens, meal points and couriers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, status

from api.deps import Allowed, PageDep, RuntimeDep
from api.schemas.roster import CanteenOut, CourierOut, FileChangeOut, MealPointOut
from api.schemas.shapes import Page, page_of
from mealsvc.access import Action, Caller
from mealsvc.desk import couriers, sites
from mealsvc.roster import upkeep

router = APIRouter()

SiteReader = Annotated[Caller, Depends(Allowed(Action.READ_SITES))]
SiteKeeper = Annotated[Caller, Depends(Allowed(Action.CHANGE_SITES))]
SiteMaker = Annotated[Caller, Depends(Allowed(Action.CREATE_SITES))]
CourierReader = Annotated[Caller, Depends(Allowed(Action.READ_COURIERS))]
CourierKeeper = Annotated[Caller, Depends(Allowed(Action.CHANGE_COURIERS))]

#: A code as rosters give it.
Code = Annotated[str, Path(min_length=1, max_length=40, pattern=r"^[^/\\\x00-\x1f]+$")]


@router.get("/canteens", tags=["sites"])
def list_canteens(caller: SiteReader, runtime: RuntimeDep, page: PageDep) -> Page[CanteenOut]:
    """List your canteens by code."""
    rows, total = sites.canteens(runtime, caller, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), CanteenOut.model_validate)


@router.post("/canteens", tags=["sites"], status_code=status.HTTP_201_CREATED)
def create_canteen(given: upkeep.NewCanteen, caller: SiteMaker, runtime: RuntimeDep) -> CanteenOut:
    """Open a canteen."""
    return CanteenOut.model_validate(sites.create_canteen(runtime, caller, given))


@router.get("/canteens/{code}", tags=["sites"])
def read_canteen(code: Code, caller: SiteReader, runtime: RuntimeDep) -> CanteenOut:
    """Read one canteen."""
    return CanteenOut.model_validate(sites.read_canteen(runtime, caller, code))


@router.patch("/canteens/{code}", tags=["sites"])
def change_canteen(
    code: Code, given: upkeep.CanteenEntry, caller: SiteKeeper, runtime: RuntimeDep
) -> CanteenOut:
    """Change a canteen: capacity and hours per meal, place, name; what is left out stays."""
    return CanteenOut.model_validate(sites.change_canteen(runtime, caller, code, given))


@router.get("/meal-points", tags=["sites"])
def list_meal_points(caller: SiteReader, runtime: RuntimeDep, page: PageDep) -> Page[MealPointOut]:
    """List the meal points of your canteens by code."""
    rows, total = sites.meal_points(runtime, caller, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), MealPointOut.model_validate)


@router.post("/meal-points", tags=["sites"], status_code=status.HTTP_201_CREATED)
def create_meal_point(
    given: upkeep.NewMealPoint, caller: SiteKeeper, runtime: RuntimeDep
) -> MealPointOut:
    """Open a meal point of one of your canteens."""
    return MealPointOut.model_validate(sites.create_meal_point(runtime, caller, given))


@router.get("/meal-points/{code}", tags=["sites"])
def read_meal_point(code: Code, caller: SiteReader, runtime: RuntimeDep) -> MealPointOut:
    """Read one meal point."""
    return MealPointOut.model_validate(sites.read_meal_point(runtime, caller, code))


@router.patch("/meal-points/{code}", tags=["sites"])
def change_meal_point(
    code: Code, given: upkeep.MealPointEntry, caller: SiteKeeper, runtime: RuntimeDep
) -> MealPointOut:
    """Change a meal point; what is left out stays."""
    return MealPointOut.model_validate(sites.change_meal_point(runtime, caller, code, given))


@router.get("/couriers", tags=["couriers"])
def list_couriers(
    caller: CourierReader,
    runtime: RuntimeDep,
    page: PageDep,
    q: Annotated[
        str,
        Query(
            max_length=80, description="part of code or name, pinyin, or last digits of the phone"
        ),
    ] = "",
    active: Annotated[
        bool | None, Query(description="true: those who come; false: those who came")
    ] = None,
) -> Page[CourierOut]:
    """Search the couriers of your canteens; where names are not shown, `q` is a whole code."""
    rows, total = couriers.search(
        runtime, caller, q, active=active, limit=page.limit, offset=page.offset
    )
    return page_of(rows, total, (page.limit, page.offset), CourierOut.model_validate)


@router.post("/couriers", tags=["couriers"], status_code=status.HTTP_201_CREATED)
def create_courier(
    given: upkeep.NewCourier, caller: CourierKeeper, runtime: RuntimeDep
) -> CourierOut:
    """Open a courier's file at one of your canteens."""
    return CourierOut.model_validate(couriers.create(runtime, caller, given))


@router.get("/couriers/{code}", tags=["couriers"])
def read_courier(code: Code, caller: CourierReader, runtime: RuntimeDep) -> CourierOut:
    """Read one courier."""
    return CourierOut.model_validate(couriers.read(runtime, caller, code))


@router.get("/couriers/{code}/history", tags=["couriers"])
def read_courier_history(
    code: Code, caller: CourierReader, runtime: RuntimeDep, page: PageDep
) -> Page[FileChangeOut]:
    """Read who changed a courier's file and when, newest first."""
    rows, total = couriers.history(runtime, caller, code, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), FileChangeOut.model_validate)


@router.patch("/couriers/{code}", tags=["couriers"])
def change_courier(
    code: Code, given: upkeep.CourierEntry, caller: CourierKeeper, runtime: RuntimeDep
) -> CourierOut:
    """Change a courier: shifts, travel mode, boxes …; what is left out stays."""
    return CourierOut.model_validate(couriers.change(runtime, caller, code, given))


@router.post("/couriers/{code}/absences", tags=["couriers"], status_code=status.HTTP_201_CREATED)
def add_absence(
    code: Code, given: upkeep.PauseEntry, caller: CourierKeeper, runtime: RuntimeDep
) -> CourierOut:
    """Note days on which a courier cannot come."""
    return CourierOut.model_validate(couriers.add_absence(runtime, caller, code, given))


@router.delete("/couriers/{code}/absences/{first_day}", tags=["couriers"])
def cancel_absence(
    code: Code, first_day: date, caller: CourierKeeper, runtime: RuntimeDep
) -> CourierOut:
    """Take back the absence that begins on a day."""
    return CourierOut.model_validate(couriers.cancel_absence(runtime, caller, code, first_day))
