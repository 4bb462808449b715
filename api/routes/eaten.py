"""Meals eaten in the canteen or picked up, and the person-meals of a service."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, status

from api.deps import Allowed, RuntimeDep
from api.schemas.eaten import DayMealsOut, EatenIn, EatenOut, TakeBackIn
from api.schemas.reports import Uid
from mealsvc.access import Action, Caller
from mealsvc.desk import eaten
from mealsvc.vocabulary import Meal

router = APIRouter(prefix="/services/{day}/{meal}", tags=["delivery"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_DELIVERY))]
Keeper = Annotated[Caller, Depends(Allowed(Action.CHANGE_DELIVERY))]


@router.get("/eaten")
def list_eaten(day: date, meal: Meal, caller: Reader, runtime: RuntimeDep) -> list[EatenOut]:
    """List the meals eaten in your canteens, or picked up there."""
    found = eaten.list_eaten(runtime, caller, day, meal)
    return [EatenOut.model_validate(one) for one in found]


@router.post("/eaten", status_code=status.HTTP_201_CREATED)
def record_eaten(
    day: date, meal: Meal, given: EatenIn, caller: Keeper, runtime: RuntimeDep
) -> EatenOut:
    """Record that an elder ate in one of your canteens, or picked a meal up; twice is refused."""
    return EatenOut.model_validate(eaten.record(runtime, caller, day, meal, given.told()))


@router.post("/eaten/{report}/take-back", status_code=status.HTTP_204_NO_CONTENT)
def take_back_eaten(
    day: date,
    meal: Meal,
    report: Annotated[Uid, Path()],
    given: TakeBackIn,
    caller: Keeper,
    runtime: RuntimeDep,
) -> None:
    """Take back a record that was a mistake."""
    eaten.take_back(runtime, caller, day, meal, report, given.id)


@router.get("/person-meals")
def read_person_meals(day: date, meal: Meal, caller: Reader, runtime: RuntimeDep) -> DayMealsOut:
    """Read the person-meals of a service by way: delivered, picked up, eaten in your canteens."""
    return DayMealsOut.model_validate(eaten.day_meals(runtime, caller, day, meal))
