"""Canteens with their capacity and hours, and meal points."""

from __future__ import annotations

from sqlmodel import Session

from mealsvc.errors import InvalidInput
from mealsvc.roster.keeping import assign
from mealsvc.roster.upkeep.finding import get_canteen, get_meal_point
from mealsvc.roster.upkeep.inputs import (
    CanteenEntry,
    MealEntry,
    MealPointEntry,
    NewCanteen,
    NewMealPoint,
)
from mealsvc.roster.upkeep.places import place_by_hand
from mealsvc.roster.upkeep.writing import assign_given, keep, refuse_taken
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, CanteenMeal, MealPoint
from mealsvc.vocabulary import Meal, UnlocatedReason, label


def create_canteen(session: Session, runtime: Runtime, entry: NewCanteen, *, actor: str) -> Canteen:
    """Open a canteen.

    Raises
    ------
    Conflict
        If the code is taken.
    InvalidInput
        If the place or the hours cannot be used.
    """
    refuse_taken(session, Canteen, entry.code)
    now = runtime.clock()
    canteen = Canteen(
        code=entry.code,
        name=entry.name,
        unlocated_reason=UnlocatedReason.MISSING,
        created_at=now,
        updated_at=now,
    )
    session.add(canteen)
    _apply_canteen(runtime, canteen, entry)
    keep(session, runtime, canteen, entry, actor=actor, action="canteen.create")
    return canteen


def change_canteen(
    session: Session, runtime: Runtime, code: str, entry: CanteenEntry, *, actor: str
) -> Canteen:
    """Change what the entry names; the rest stays.

    Raises
    ------
    NotFound
        If there is no such canteen.
    InvalidInput
        If the place or the hours cannot be used.
    """
    canteen = get_canteen(session, code)
    _apply_canteen(runtime, canteen, entry)
    keep(session, runtime, canteen, entry, actor=actor, action="canteen.change")
    return canteen


def _apply_canteen(runtime: Runtime, canteen: Canteen, entry: CanteenEntry) -> None:
    assign_given(canteen, entry, ("name", "address", "phone", "note", "active"))
    if entry.place is not None:
        place_by_hand(runtime, canteen, entry.place)
    for meal in entry.meals:
        _set_meal(runtime, canteen, meal)


def _set_meal(runtime: Runtime, canteen: Canteen, entry: MealEntry) -> None:
    stored = next((one for one in canteen.meals if one.meal is entry.meal), None)
    if entry.capacity is None:
        if stored is not None:
            canteen.meals.remove(stored)
        return
    usual = (stored.opens, stored.closes) if stored else runtime.settings.hours(entry.meal)
    opens, closes = entry.opens or usual[0], entry.closes or usual[1]
    _refuse_reversed(entry.meal.value, label(entry.meal), in_order=opens < closes)
    if stored is None:
        stored = CanteenMeal(meal=entry.meal, capacity=entry.capacity, opens=opens, closes=closes)
        canteen.meals.append(stored)
    assign(stored, capacity=entry.capacity, opens=opens, closes=closes)


def _refuse_reversed(what: str, what_zh: str, *, in_order: bool) -> None:
    if not in_order:
        raise InvalidInput(
            f"{what}: it closes before it opens; correct the times",
            f"{what_zh}：结束时间早于开始时间，请改正",
        )


def create_meal_point(
    session: Session, runtime: Runtime, entry: NewMealPoint, *, actor: str
) -> MealPoint:
    """Open a meal point.

    Raises
    ------
    Conflict
        If the code is taken.
    NotFound
        If there is no such canteen.
    InvalidInput
        If the place or the hours cannot be used.
    """
    refuse_taken(session, MealPoint, entry.code)
    canteen = get_canteen(session, entry.canteen)
    opens, closes = runtime.settings.hours(Meal.LUNCH)
    now = runtime.clock()
    point = MealPoint(
        code=entry.code,
        name=entry.name,
        canteen_id=canteen.id or 0,
        capacity=entry.capacity,
        opens=opens,
        closes=closes,
        unlocated_reason=UnlocatedReason.MISSING,
        created_at=now,
        updated_at=now,
    )
    session.add(point)
    _apply_point(session, runtime, point, entry)
    keep(session, runtime, point, entry, actor=actor, action="meal_point.create")
    return point


def change_meal_point(
    session: Session, runtime: Runtime, code: str, entry: MealPointEntry, *, actor: str
) -> MealPoint:
    """Change what the entry names; the rest stays.

    Raises
    ------
    NotFound
        If there is no such meal point or canteen.
    InvalidInput
        If the place or the hours cannot be used.
    """
    point = get_meal_point(session, code)
    _apply_point(session, runtime, point, entry)
    keep(session, runtime, point, entry, actor=actor, action="meal_point.change")
    return point


def _apply_point(
    session: Session, runtime: Runtime, point: MealPoint, entry: MealPointEntry
) -> None:
    assign_given(point, entry, ("name", "address", "note", "capacity", "active"))
    if "canteen" in entry.model_fields_set:
        point.canteen_id = get_canteen(session, entry.canteen).id or 0
    if entry.place is not None:
        place_by_hand(runtime, point, entry.place)
    opens, closes = entry.opens or point.opens, entry.closes or point.closes
    _refuse_reversed(f"meal point {point.code}", f"助餐点 {point.code}", in_order=opens < closes)
    assign(point, opens=opens, closes=closes)
