"""Rows of elders become drafts.

A typo in a birth date must not cost a meal: only a row that cannot be served, or would be served
wrongly, is refused (no code or name, portions or way of eating that say nothing certain).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time

from mealsvc.roster.drafts import (
    KEEP,
    AddressDraft,
    ContactDraft,
    ElderDraft,
    Keep,
    Maybe,
    StandingDraft,
    said,
)
from mealsvc.roster.findings import Severity
from mealsvc.roster.parse_common import identity, number_within, place, reference
from mealsvc.roster.places import Box
from mealsvc.roster.rows import RowReader
from mealsvc.roster.times import Window, weekdays, windows
from mealsvc.roster.values import Unreadable, day, floor, name, phone, whole_number, yes_no
from mealsvc.roster.words import (
    CARE_LEVELS,
    DIETS,
    HARDSHIPS,
    SEXES,
    WAYS,
    diets,
    spoken,
    words_reader,
)
from mealsvc.vocabulary import CareLevel, Hardship, Meal, MealWay, Sex

MOST_PORTIONS = 20
ALL_DAYS = 127
_OLDEST = 120
type Hours = Callable[[Meal], tuple[time, time]]


def elder(reader: RowReader, area: Box, hours: Hours, today: date) -> ElderDraft | None:
    """Understand a row of the elders; None when it cannot be taken.

    Parameters
    ----------
    reader
        The row.
    area
        Where places can be (west, south, east, north).
    hours
        When a meal's service begins and ends.
    today
        For judging birth dates.
    """
    who = identity(reader)
    portions = {meal: _portions(reader, meal) for meal in Meal}
    way = _way(reader)
    if who is None or way is None or None in portions.values():
        return None
    counts = {meal: count for meal, count in portions.items() if count is not None}
    if not any(said(count, 0) for count in counts.values()):
        reader.report(Severity.WARNING, "no_portions", "lunch" if reader.has("lunch") else "dinner")
    hardship = _word(reader, "hardship", HARDSHIPS, Hardship)
    note = reader.text("note", 400)
    known_diets, note = _diets(reader, note)
    return ElderDraft(
        code=who[0],
        name=who[1],
        sex=_word(reader, "sex", SEXES, Sex),
        birth_date=_birth(reader, today),
        phone=reader.take("phone", phone),
        care_level=_care(reader),
        lives_alone=_default(reader.take("alone", yes_no), default=False),
        hardship=hardship,
        diets=known_diets,
        door_note=note,
        address=_address(reader),
        place=place(reader, area),
        contact=_contact(reader),
        standing=_standing(reader, counts, way, hours),
        canteen=reference(reader, "canteen"),
        meal_point=reference(reader, "meal_point"),
        courier=reference(reader, "courier"),
        handover_seconds=number_within(
            reader, "handover", whole_number, (0, 3600), ("按楼层估算", "estimated from the floor")
        ),
        priority=number_within(
            reader, "priority", whole_number, (0, 1000), ("按失能和独居情况", "by care level")
        ),
    )


def _default[T](value: Maybe[T | None], *, default: T) -> Maybe[T]:
    return default if value is None else value


def _portions(reader: RowReader, meal: Meal) -> Maybe[int] | None:
    """Read the portions of a meal; an empty cell is 0; None when the row must be refused."""
    if not reader.has(meal.value):
        return KEEP
    value = reader.cell(meal.value)
    if value is None:
        return 0
    try:
        found = whole_number(value)
    except Unreadable as fault:
        code = "uncounted" if fault.code == "uncounted" else "portions_unreadable"
        reader.report(Severity.ERROR, code, meal.value, most=MOST_PORTIONS)
        return None
    if not 0 <= found.value <= MOST_PORTIONS:
        reader.report(
            Severity.ERROR, "portions_range", meal.value, read=found.value, most=MOST_PORTIONS
        )
        return None
    reader.remark(meal.value, found)
    return found.value


def _way(reader: RowReader) -> MealWay | None:
    words = {"words": spoken(MealWay, "en"), "words_zh": spoken(MealWay, "zh")}
    if reader.cell("way") is None:
        reader.report(Severity.WARNING, "way_missing", "way", **words)
        return MealWay.DELIVERY
    try:
        return words_reader(WAYS)(reader.cell("way")).value
    except Unreadable:
        reader.report(Severity.ERROR, "unknown_way", "way", **words)
        return None


def _word[T](
    reader: RowReader, key: str, words: Mapping[str, T], members: type[Sex | CareLevel | Hardship]
) -> Maybe[T | None]:
    return reader.take(
        key,
        words_reader(words),
        "unknown_word",
        words=spoken(members, "en"),
        words_zh=spoken(members, "zh"),
        effect="left out",
        effect_zh="已留空",
    )


def _care(reader: RowReader) -> Maybe[CareLevel]:
    found = _word(reader, "care", CARE_LEVELS, CareLevel)
    return CareLevel.INDEPENDENT if found is None else found


def _birth(reader: RowReader, today: date) -> Maybe[date | None]:
    found = reader.take("birth", day)
    if isinstance(found, date) and not (found <= today and found.year >= today.year - _OLDEST):
        reader.report(Severity.WARNING, "date_unlikely", "birth")
        return KEEP
    return found


def _diets(
    reader: RowReader, note: Maybe[str | None]
) -> tuple[Maybe[tuple[str, ...]], Maybe[str | None]]:
    """Read the diets; words that are none of them go to the door note, where people see them."""
    text = reader.text("diets", 300)
    if not isinstance(text, str):
        return (() if text is None else text), note
    known, unknown = diets(text)
    if unknown:
        said_words = "、".join(unknown)
        reader.report(
            Severity.WARNING,
            "unknown_diet",
            "diets",
            diets=said_words,
            words=", ".join(DIETS),
            words_zh="、".join(DIETS),
        )
        before = said(note, None)
        note = f"{before}；饮食：{said_words}" if before else f"饮食：{said_words}"
        note = note[:500]
    return known, note


_ADDRESS_PARTS = re.compile(
    r"(?P<compound>.+?)"
    r"(?P<building>[\dA-Za-z一二三四五六七八九十]+(?:幢|栋|号楼|座))"
    r"(?P<unit>[\dA-Za-z一二三四五六七八九十]+单元)?"
    r"(?P<room>[\dA-Za-z-]+)?室?"
)


def _address(reader: RowReader) -> AddressDraft:
    effect = ("已留空", "left out")
    level = number_within(reader, "floor", floor, (-5, 120), effect)
    parts: dict[str, Maybe[str | None]] = {
        "compound": reader.text("compound", 120),
        "building": reader.text("building", 40),
        "unit": reader.text("unit", 40),
        "room": reader.text("room", 40),
    }
    whole = reader.text("address", 120)
    if isinstance(whole, str) and not said(parts["compound"], None):
        match = _ADDRESS_PARTS.fullmatch(whole.replace(" ", ""))
        found = match.groupdict() if match else {"compound": whole}
        parts |= {key: value for key, value in found.items() if not said(parts[key], None)}
    return AddressDraft(floor=level, lift=reader.take("lift", yes_no), **parts)


def _contact(reader: RowReader) -> Maybe[ContactDraft | None]:
    if not reader.has("contact_name", "contact_phone"):
        return KEEP
    called = said(reader.text("contact_name", 80, name), None)
    number = reader.take("contact_phone", phone)
    if called is None and number is None:
        return None
    relation = said(reader.text("relation", 40), None)
    return ContactDraft(called or "家属", number if isinstance(number, str) else None, relation)


def _standing(
    reader: RowReader, counts: dict[Meal, Maybe[int]], way: MealWay, hours: Hours
) -> dict[Meal, Maybe[StandingDraft | None]]:
    eaten = [meal for meal, count in counts.items() if isinstance(count, int) and count]
    days: Maybe[int | None] = KEEP
    if reader.has("days"):
        every_day = {"effect": "taken as every day", "effect_zh": "按每天处理"}
        days = reader.take("days", weekdays, "not_weekdays", **every_day)
        if days is None and eaten:
            reader.report(Severity.WARNING, "days_missing", "days")
    given = _windows(reader, eaten, hours)
    standing: dict[Meal, Maybe[StandingDraft | None]] = {}
    for meal, count in counts.items():
        if isinstance(count, Keep):
            standing[meal] = KEEP
        elif count == 0:
            standing[meal] = None
        else:
            window = given if isinstance(given, Keep) else given.get(meal)
            standing[meal] = StandingDraft(count, way, ALL_DAYS if days is None else days, window)
    return standing


def _windows(
    reader: RowReader, eaten: list[Meal], hours: Hours
) -> Maybe[dict[Meal, tuple[time, time]]]:
    """Read the hand-over windows and give each to the meal in whose hours it lies."""
    if not reader.has("window"):
        return KEEP
    value = reader.cell("window")
    if value is None:
        return {}
    try:
        found = windows(value)
    except Unreadable as fault:
        turned = "-".join(reversed(re.split(r"[-~–—－到至]+", str(value))))
        code = "not_a_window" if fault.code == "not_a_time" else fault.code
        reader.report(Severity.WARNING, code, "window", turned=turned)
        return {}
    reader.remark("window", found)
    given = {}
    for window in found.value:
        for meal in eaten:
            fitted = _fit(window, hours(meal))
            if fitted:
                given[meal] = fitted
    if eaten and len(given) < len(found.value):
        reader.report(Severity.WARNING, "window_unused", "window")
    return given


def _fit(window: Window, hours: tuple[time, time]) -> tuple[time, time] | None:
    """Return the window with open sides closed, if it meets the hours of a service."""
    first, last = window[0] or hours[0], window[1] or hours[1]
    return (first, last) if first < last and first < hours[1] and last > hours[0] else None
