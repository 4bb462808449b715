"""Canteens and meal points within a caller's reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, func, select

from mealsvc.access import Caller
from mealsvc.desk.codes import Codes
from mealsvc.desk.reach import canteen_within, meal_point_within, require_reach
from mealsvc.roster import upkeep
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, CanteenMeal, MealPoint, transaction
from mealsvc.vocabulary import UnlocatedReason


@dataclass(frozen=True)
class CanteenFile:
    """A canteen with what it cooks."""

    code: str
    name: str
    address: str | None
    phone: str | None
    note: str | None
    active: bool
    lon: float | None
    lat: float | None
    unlocated_reason: UnlocatedReason | None
    updated_at: datetime
    meals: list[CanteenMeal]


@dataclass(frozen=True)
class MealPointFile:
    """A meal point and the canteen that supplies it."""

    code: str
    name: str
    canteen: str | None
    address: str | None
    note: str | None
    capacity: int
    opens: time
    closes: time
    active: bool
    lon: float | None
    lat: float | None
    unlocated_reason: UnlocatedReason | None
    updated_at: datetime


def canteens(
    runtime: Runtime, caller: Caller, *, limit: int, offset: int = 0
) -> tuple[list[CanteenFile], int]:
    """Return a page of canteens by code, and how many are within reach."""
    with transaction(runtime.engine) as session:
        query = select(Canteen)
        if caller.canteens is not None:
            query = query.where(col(Canteen.id).in_(caller.canteens))
        total = session.exec(select(func.count()).select_from(query.subquery())).one()
        loaded = query.options(selectinload(Canteen.meals))  # type: ignore[arg-type]
        rows = session.exec(loaded.order_by(Canteen.code).limit(limit).offset(offset)).all()
        return [_canteen_file(canteen) for canteen in rows], total


def read_canteen(runtime: Runtime, caller: Caller, code: str) -> CanteenFile:
    """Return one canteen.

    Raises
    ------
    NotFound
        If there is none, or it is out of reach.
    """
    with transaction(runtime.engine) as session:
        return _canteen_file(canteen_within(session, caller, code))


def create_canteen(runtime: Runtime, caller: Caller, entry: upkeep.NewCanteen) -> CanteenFile:
    """Open a canteen."""
    with transaction(runtime.engine) as session:
        canteen = upkeep.create_canteen(session, runtime, entry, actor=caller.name)
        return _canteen_file(canteen)


def change_canteen(
    runtime: Runtime, caller: Caller, code: str, entry: upkeep.CanteenEntry
) -> CanteenFile:
    """Change what an entry names of a canteen, such as capacity, hours or place."""
    with transaction(runtime.engine) as session:
        canteen_within(session, caller, code)
        changed = upkeep.change_canteen(session, runtime, code, entry, actor=caller.name)
        session.flush()
        return _canteen_file(changed)


def meal_points(
    runtime: Runtime, caller: Caller, *, limit: int, offset: int = 0
) -> tuple[list[MealPointFile], int]:
    """Return a page of meal points by code, and how many are within reach."""
    with transaction(runtime.engine) as session:
        page = upkeep.Page(limit, offset)
        found = upkeep.list_meal_points(session, canteens=caller.canteens, page=page)
        return [_point_file(session, point) for point in found.items], found.total


def read_meal_point(runtime: Runtime, caller: Caller, code: str) -> MealPointFile:
    """Return one meal point.

    Raises
    ------
    NotFound
        If there is none, or it is out of reach.
    """
    with transaction(runtime.engine) as session:
        return _point_file(session, meal_point_within(session, caller, code))


def create_meal_point(
    runtime: Runtime, caller: Caller, entry: upkeep.NewMealPoint
) -> MealPointFile:
    """Open a meal point of a canteen within reach."""
    with transaction(runtime.engine) as session:
        point = upkeep.create_meal_point(session, runtime, entry, actor=caller.name)
        require_reach(caller, point.canteen_id)
        return _point_file(session, point)


def change_meal_point(
    runtime: Runtime, caller: Caller, code: str, entry: upkeep.MealPointEntry
) -> MealPointFile:
    """Change what an entry names of a meal point."""
    with transaction(runtime.engine) as session:
        meal_point_within(session, caller, code)
        point = upkeep.change_meal_point(session, runtime, code, entry, actor=caller.name)
        require_reach(caller, point.canteen_id)
        return _point_file(session, point)


def _canteen_file(canteen: Canteen) -> CanteenFile:
    return CanteenFile(
        code=canteen.code,
        name=canteen.name,
        address=canteen.address,
        phone=canteen.phone,
        note=canteen.note,
        active=canteen.active,
        lon=canteen.lon,
        lat=canteen.lat,
        unlocated_reason=canteen.unlocated_reason,
        updated_at=canteen.updated_at,
        meals=list(canteen.meals),
    )


def _point_file(session: Session, point: MealPoint) -> MealPointFile:
    return MealPointFile(
        code=point.code,
        name=point.name,
        canteen=Codes(session).canteen(point.canteen_id),
        address=point.address,
        note=point.note,
        capacity=point.capacity,
        opens=point.opens,
        closes=point.closes,
        active=point.active,
        lon=point.lon,
        lat=point.lat,
        unlocated_reason=point.unlocated_reason,
        updated_at=point.updated_at,
    )
