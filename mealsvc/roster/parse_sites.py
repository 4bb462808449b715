"""Rows of canteens and meal points become drafts."""

from __future__ import annotations

from mealsvc.roster.drafts import KEEP, CanteenDraft, CanteenMealDraft, Maybe, MealPointDraft
from mealsvc.roster.findings import Severity
from mealsvc.roster.parse_common import hours, identity, key_text, number_within, place
from mealsvc.roster.places import Box
from mealsvc.roster.rows import RowReader
from mealsvc.roster.values import phone, whole_number
from mealsvc.vocabulary import Meal

_MOST_CAPACITY = 20_000
_USUAL_HOURS = ("按系统默认时间处理", "the usual hours are used")


def canteen(reader: RowReader, area: Box) -> CanteenDraft | None:
    """Understand a row of the canteens; None when it cannot be taken."""
    who = identity(reader)
    if who is None:
        return None
    meals = {meal: _cooked(reader, meal) for meal in Meal}
    if reader.cell("lunch_capacity") is None and reader.cell("dinner_capacity") is None:
        reader.report(Severity.WARNING, "no_capacity", "lunch_capacity")
    return CanteenDraft(
        code=who[0],
        name=who[1],
        address=reader.text("address", 200),
        phone=reader.take("phone", phone),
        place=place(reader, area),
        meals=meals,
        note=reader.text("note", 500),
    )


def _cooked(reader: RowReader, meal: Meal) -> Maybe[CanteenMealDraft | None]:
    key = f"{meal.value}_capacity"
    effect = ("此餐产能不变（新食堂不供此餐）", "capacity stays as stored (none if new)")
    try_read = number_within(reader, key, whole_number, (0, _MOST_CAPACITY), effect)
    if try_read is None:
        return None
    if try_read == 0:
        reader.report(Severity.WARNING, "capacity_zero", key)
    opens, closes = hours(reader, f"{meal.value}_opens", f"{meal.value}_closes", _USUAL_HOURS)
    if isinstance(try_read, int):
        return CanteenMealDraft(try_read, opens, closes)
    return KEEP if (opens is KEEP and closes is KEEP) else CanteenMealDraft(KEEP, opens, closes)


def meal_point(reader: RowReader, area: Box) -> MealPointDraft | None:
    """Understand a row of the meal points; None when it cannot be taken."""
    who = identity(reader)
    canteen_code = key_text(reader, "canteen", 40)
    if who is None or canteen_code is None:
        return None
    effect = ("按默认份数处理", "the usual capacity is used")
    capacity = number_within(reader, "capacity", whole_number, (0, _MOST_CAPACITY), effect)
    if capacity == 0:
        reader.report(Severity.WARNING, "capacity_zero", "capacity")
    opens, closes = hours(reader, "opens", "closes", _USUAL_HOURS)
    return MealPointDraft(
        code=who[0],
        name=who[1],
        canteen=canteen_code,
        address=reader.text("address", 200),
        place=place(reader, area),
        capacity=KEEP if capacity is None else capacity,
        opens=opens,
        closes=closes,
        note=reader.text("note", 500),
    )
