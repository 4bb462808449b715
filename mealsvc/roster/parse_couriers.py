"""Rows of couriers become drafts.

Whatever is uncertain is read to the courier's advantage: an unreadable shift offers no time, an
unknown travel mode counts as walking.
"""

from __future__ import annotations

from datetime import time

from mealsvc.roster.drafts import KEEP, CourierDraft, Maybe, ShiftDraft
from mealsvc.roster.findings import Severity
from mealsvc.roster.parse_common import hours, identity, key_text, number_within
from mealsvc.roster.rows import RowReader
from mealsvc.roster.times import weekdays
from mealsvc.roster.values import phone, whole_number, yes_no
from mealsvc.roster.words import COURIER_KINDS, MODES, spoken, words_reader
from mealsvc.vocabulary import CourierKind, Mode

_MOST_BOXES = 500
_NO_SHIFT = ("没有班次，暂不安排送餐", "no shift: no trips will be planned")
ALL_DAYS = 127


def courier(reader: RowReader) -> CourierDraft | None:
    """Understand a row of the couriers; None when it cannot be taken."""
    who = identity(reader)
    canteen_code = key_text(reader, "canteen", 40)
    boxes = _boxes(reader)
    if who is None or canteen_code is None or boxes is None:
        return None
    trips = number_within(
        reader, "max_trips", whole_number, (1, 99), ("按不限趟次处理", "taken without a limit")
    )
    care = reader.take("care", yes_no)
    return CourierDraft(
        code=who[0],
        name=who[1],
        canteen=canteen_code,
        boxes=boxes,
        phone=reader.take("phone", phone),
        kind=_word(reader, "kind", COURIER_KINDS, CourierKind.VOLUNTEER),
        mode=_word(reader, "mode", MODES, Mode.FOOT),
        care=False if care is None else care,
        shift=_shift(reader),
        max_trips=trips,
        note=reader.text("note", 500),
    )


def _boxes(reader: RowReader) -> int | None:
    if reader.cell("boxes") is None:
        reader.report(Severity.ERROR, "boxes_missing", "boxes")
        return None
    before = len(reader.findings)
    nothing = ("未导入", "the row is not taken")
    boxes = number_within(reader, "boxes", whole_number, (0, _MOST_BOXES), nothing)
    if not isinstance(boxes, int):
        del reader.findings[before:]
        reader.report(Severity.ERROR, "boxes_missing", "boxes")
        return None
    if boxes == 0:
        reader.report(Severity.WARNING, "boxes_zero", "boxes")
    return boxes


def _word[T: (CourierKind, Mode)](
    reader: RowReader, key: str, words: dict[str, T], otherwise: T
) -> Maybe[T]:
    """Read a word of a closed set; an unknown or missing one counts as the most cautious."""
    members = type(otherwise)
    found = reader.take(
        key,
        words_reader(words),
        "unknown_word",
        words=spoken(members, "en"),
        words_zh=spoken(members, "zh"),
        effect=f"taken as {spoken([otherwise], 'en')}",
        effect_zh=f"按{spoken([otherwise], 'zh')}处理",
    )
    if found is KEEP and reader.has(key):
        return otherwise
    return otherwise if found is None else found


def _shift(reader: RowReader) -> Maybe[ShiftDraft | None]:
    if not reader.has("starts", "ends"):
        return KEEP
    zh, en = _NO_SHIFT
    starts, ends = hours(reader, "starts", "ends", _NO_SHIFT)
    days: Maybe[int | None] = ALL_DAYS
    if reader.has("days"):
        days = reader.take("days", weekdays, "not_weekdays", effect=en, effect_zh=zh)
    if isinstance(starts, time) and isinstance(ends, time) and isinstance(days, int):
        return ShiftDraft(days, starts, ends)
    if reader.cell("starts") is None or reader.cell("ends") is None:
        reader.report(Severity.WARNING, "hours_missing", "starts", effect=en, effect_zh=zh)
    elif days is None:
        reader.report(Severity.WARNING, "not_weekdays", "days", effect=en, effect_zh=zh)
    return None
