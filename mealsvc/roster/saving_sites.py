"""Save canteens, meal points and couriers."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlmodel import Session, SQLModel, select

from mealsvc.roster.drafts import (
    KEEP,
    CanteenDraft,
    CanteenMealDraft,
    CourierDraft,
    Keep,
    Maybe,
    MealPointDraft,
    ShiftDraft,
    said,
)
from mealsvc.roster.findings import Outcome, Severity
from mealsvc.roster.keeping import Directory, assign, take_place
from mealsvc.roster.reporting import report_place
from mealsvc.roster.rows import RowReader
from mealsvc.roster.tables import Record
from mealsvc.settings import Settings
from mealsvc.store import Canteen, CanteenMeal, Courier, MealPoint, Shift
from mealsvc.vocabulary import CourierKind, Meal, Mode, Skill, UnlocatedReason

#: Portions of a meal point whose roster does not say how many.
USUAL_POINT_CAPACITY = 30


class SiteKeeper:
    """Keeps canteens, meal points and couriers in one session.

    Parameters
    ----------
    session
        Of the import's transaction.
    settings
        For the usual hours of a meal.
    now
        Moment of the import.
    """

    def __init__(self, session: Session, settings: Settings, now: datetime) -> None:
        self._session = session
        self._settings = settings
        self._now = now
        self.canteens = Directory(
            session.exec(select(Canteen)).all(), lambda c: c.code, lambda c: c.name
        )
        self.meal_points = Directory(
            session.exec(select(MealPoint)).all(), lambda p: p.code, lambda p: p.name
        )
        self.couriers = Directory(
            session.exec(select(Courier)).all(), lambda c: c.code, lambda c: c.name
        )
        self._codes: dict[type[SQLModel], dict[int | None, str]] = {}

    def code_of(self, table: type[SQLModel], number: int | None) -> str | None:
        """Return the code of the canteen, meal point or courier with an id."""
        directories: dict[type[SQLModel], Directory[Any]] = {
            Canteen: self.canteens,
            MealPoint: self.meal_points,
            Courier: self.couriers,
        }
        known = self._codes.setdefault(table, {})
        if number is not None and number not in known:  # ids come while new ones are saved
            known |= {one.id: code for code, one in directories[table].by_code.items()}
        return known.get(number)

    def canteen(self, record: Record[CanteenDraft]) -> Outcome:
        """Save one canteen."""
        draft = record.draft
        stored = self.canteens.by_code.get(draft.code)
        canteen = stored or Canteen(
            code=draft.code,
            name=draft.name,
            unlocated_reason=UnlocatedReason.MISSING,
            created_at=self._now,
            updated_at=self._now,
        )
        changed = assign(
            canteen,
            name=draft.name,
            address=draft.address,
            phone=draft.phone,
            note=draft.note,
            active=True,
        )
        moved, kept = take_place(canteen, draft.place)
        report_place(record.reader, draft.place, kept=kept)
        for meal, cooked in draft.meals.items():
            changed |= self._meal(canteen, meal, cooked)
        return self._finish(canteen, stored is None, changed or moved, self.canteens)

    def _meal(self, canteen: Canteen, meal: Meal, draft: Maybe[CanteenMealDraft | None]) -> bool:
        """Save what a canteen cooks for one meal."""
        stored = next((one for one in canteen.meals if one.meal is meal), None)
        if isinstance(draft, Keep):
            return False
        if draft is None:
            if stored is not None:
                canteen.meals.remove(stored)
            return stored is not None
        if stored is None:
            if isinstance(draft.capacity, Keep):
                return False
            opens, closes = self._hours(meal, draft.opens, draft.closes)
            canteen.meals.append(
                CanteenMeal(meal=meal, capacity=draft.capacity, opens=opens, closes=closes)
            )
            return True
        opens, closes = said(draft.opens, stored.opens), said(draft.closes, stored.closes)
        if opens >= closes:
            opens, closes = stored.opens, stored.closes
        return assign(stored, capacity=draft.capacity, opens=opens, closes=closes)

    def _hours(self, meal: Meal, opens: Maybe[time], closes: Maybe[time]) -> tuple[time, time]:
        usual = self._settings.hours(meal)
        found = said(opens, usual[0]), said(closes, usual[1])
        return found if found[0] < found[1] else usual

    def meal_point(self, record: Record[MealPointDraft]) -> Outcome:
        """Save one meal point; one of an unknown canteen is refused."""
        draft = record.draft
        canteen = self._canteen_of(record.reader, draft.canteen)
        if canteen is None:
            return Outcome.REJECTED
        stored = self.meal_points.by_code.get(draft.code)
        usual = self._hours(Meal.LUNCH, draft.opens, draft.closes)
        point = stored or MealPoint(
            code=draft.code,
            name=draft.name,
            canteen_id=canteen.id or 0,
            capacity=said(draft.capacity, USUAL_POINT_CAPACITY),
            opens=usual[0],
            closes=usual[1],
            unlocated_reason=UnlocatedReason.MISSING,
            created_at=self._now,
            updated_at=self._now,
        )
        changed = assign(
            point,
            name=draft.name,
            canteen_id=canteen.id,
            address=draft.address,
            capacity=draft.capacity,
            note=draft.note,
            active=True,
        )
        opens, closes = said(draft.opens, point.opens), said(draft.closes, point.closes)
        if opens < closes:
            changed |= assign(point, opens=opens, closes=closes)
        moved, kept = take_place(point, draft.place)
        report_place(record.reader, draft.place, kept=kept)
        return self._finish(point, stored is None, changed or moved, self.meal_points)

    def courier(self, record: Record[CourierDraft]) -> Outcome:
        """Save one courier; one of an unknown canteen is refused."""
        draft = record.draft
        canteen = self._canteen_of(record.reader, draft.canteen)
        if canteen is None:
            return Outcome.REJECTED
        stored = self.couriers.by_code.get(draft.code)
        courier = stored or Courier(
            code=draft.code,
            name=draft.name,
            canteen_id=canteen.id or 0,
            boxes=draft.boxes,
            kind=said(draft.kind, CourierKind.VOLUNTEER),
            mode=said(draft.mode, Mode.FOOT),
            created_at=self._now,
            updated_at=self._now,
        )
        changed = assign(
            courier,
            name=draft.name,
            canteen_id=canteen.id,
            boxes=draft.boxes,
            phone=draft.phone,
            kind=draft.kind,
            mode=draft.mode,
            skills=KEEP
            if isinstance(draft.care, Keep)
            else skills_with_care(courier, care=draft.care),
            max_trips=draft.max_trips,
            note=draft.note,
            active=True,
        )
        changed |= put_shift(courier, draft.shift)
        return self._finish(courier, stored is None, changed, self.couriers)

    def _canteen_of(self, reader: RowReader, words: str) -> Canteen | None:
        canteen = self.canteens.find(words)
        if canteen is None:
            reader.report(
                Severity.ERROR,
                "canteen_unknown",
                "canteen",
                effect="the row is not taken",
                effect_zh="未导入",
            )
        return canteen

    def _finish[R: (Canteen, MealPoint, Courier)](
        self,
        record: R,
        new: bool,
        changed: bool,
        directory: Directory[R],
    ) -> Outcome:
        """Keep a new or changed record; ids are needed at once by those who refer to it."""
        if new:
            self._session.add(record)
            self._session.flush()
            directory.add(record)
            return Outcome.IMPORTED
        if changed:
            record.updated_at = self._now
            return Outcome.UPDATED
        return Outcome.DUPLICATE


def skills_with_care(courier: Courier, *, care: bool) -> list[str]:
    """Return a courier's skills with or without care; others stay."""
    others = [skill for skill in courier.skills if skill != Skill.CARE.value]
    return sorted([*others, Skill.CARE.value] if care else others)


def put_shift(courier: Courier, draft: Maybe[ShiftDraft | None]) -> bool:
    """Make a courier's shifts the one that a roster gives; say whether anything changed."""
    if isinstance(draft, Keep):
        return False
    if draft is None:
        changed = bool(courier.shifts)
        courier.shifts.clear()
        return changed
    # Reuse the shift that begins alike: a second one with the same beginning may not exist.
    same = [s for s in courier.shifts if (s.weekdays, s.starts) == (draft.weekdays, draft.starts)]
    kept = (same or courier.shifts)[:1]
    changed = len(courier.shifts) != 1
    courier.shifts[:] = kept or [
        Shift(weekdays=draft.weekdays, starts=draft.starts, ends=draft.ends)
    ]
    moved = assign(courier.shifts[0], weekdays=draft.weekdays, starts=draft.starts, ends=draft.ends)
    return changed or moved
