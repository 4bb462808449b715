"""The day in lines of text, in the language of the installation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

from mealsvc.day_words import day_label
from mealsvc.sentences import Sentence

if TYPE_CHECKING:
    from mealsvc.delivery.reports import Answer
    from mealsvc.desk.day_reach import DoorName
    from mealsvc.desk.day_views import CaseDay, CourierDay, DayProgress, KeptApart, NoteDay, StopDay

_COUNTS = Sentence(
    "共 {stops} 站：已有结果 {settled}（送达 {served}），途中 {under_way}，待送 {waiting}，"
    "交回 {handed_back}；晚 {late}，逾时未报 {overdue}，去向不明 {unaccounted_portions} 份",
    "{stops} stops: {settled} settled ({served} served), {under_way} under way, {waiting} waiting, "
    "{handed_back} handed back; {late} late, {overdue} overdue, {unaccounted_portions} portions "
    "unaccounted for",
)
_WAITING = Sentence(
    "无人应门 {open_cases}（超时 {overdue_cases}），情况备注 {open_notes}，未计入 {not_counted}",
    "nobody opens {open_cases} (overdue {overdue_cases}), notes {open_notes}, "
    "not counted {not_counted}",
)
_BEHIND = Sentence("比计划晚 {n} 分钟", "{n} min behind")
_AHEAD = Sentence("比计划早 {n} 分钟", "{n} min ahead")
_NEXT = Sentence("下一单 {n}", "next {n}")
_SEEN = Sentence("已看到第 {n} 版", "seen r{n}")
_NO_PLAN = Sentence("没有已发布的计划", "no published plan")
_CLOSED = Sentence("已结案：{finding}", "closed: {finding}")
_DUE = Sentence("{step} {at} 前", "{step} by {at}")
_OVERDUE = Sentence("超时 {n} 分钟！", "{n} min OVERDUE")
_HANDLED = Sentence("已处理：{who}", "handled by {who}")
_COUNTED = Sentence("已计入", "counted")
_NONE = Sentence("无", "none")


@dataclass(frozen=True)
class Telling:
    """How lines are told: in which language (``zh`` or ``en``), with times of which zone."""

    language: str
    zone: tzinfo

    def say(self, sentence: Sentence, **values: object) -> str:
        """Return a sentence with its values."""
        return (sentence.zh if self.language == "zh" else sentence.en).format(**values)

    def word(self, member: StrEnum | None) -> str:
        """Return a word of the day; nothing for None."""
        return "" if member is None else day_label(member, self.language)

    def clock(self, moment: datetime | None) -> str:
        """Return a local time of day; nothing for None."""
        return "" if moment is None else f"{moment.astimezone(self.zone):%H:%M}"


def progress(found: DayProgress, tell: Telling) -> list[str]:
    """Return counts, a line for each courier, and what waits."""
    revision = tell.say(_NO_PLAN) if found.revision is None else f"r{found.revision}"
    return [
        f"{revision}  {tell.clock(found.now)}",
        tell.say(_COUNTS, **vars(found.counts)),
        *(_courier(one, tell) for one in found.couriers),
        tell.say(
            _WAITING, open_cases=found.open_cases, overdue_cases=found.overdue_cases,
            open_notes=found.open_notes, not_counted=found.not_counted,
        ),
    ]  # fmt: skip


def _courier(one: CourierDay, tell: Telling) -> str:
    doing = one.progress
    behind = doing.behind_seconds
    return _line(
        one.courier,
        one.courier_name,
        tell.word(doing.status),
        f"{doing.counts.settled}/{doing.counts.stops}",
        None
        if behind is None
        else tell.say(_BEHIND if behind >= 0 else _AHEAD, n=abs(behind) // 60),
        None if doing.next_order is None else tell.say(_NEXT, n=doing.next_order),
        None if doing.seen is None else tell.say(_SEEN, n=doing.seen),
    )


def stops(found: Sequence[StopDay], tell: Telling) -> list[str]:
    """Return a line for each stop: courier, trip/stop, order, door, planned, what came of it."""
    return _or_none(
        (
            _line(
                stop.courier or "-",
                f"{stop.trip or '-'}/{stop.number or '-'}",
                f"#{stop.door.order}",
                _door(stop.door),
                tell.clock(stop.planned_at),
                tell.word(stop.outcome or stop.status),
                tell.clock(stop.at) if stop.time_known else None,
                stop.note,
            )
            for stop in found
        ),
        tell,
    )


def cases(found: Sequence[CaseDay], tell: Telling) -> list[str]:
    """Return a line for each case, and one for each of its steps."""
    return _or_none((line for case in found for line in _case(case, tell)), tell)


def _case(case: CaseDay, tell: Telling) -> list[str]:
    due = None
    if case.closing is not None:
        due = tell.say(_CLOSED, finding=tell.word(case.closing.finding))
    elif case.due_at is not None and case.next_step is not None:
        due = tell.say(_DUE, step=tell.word(case.next_step), at=tell.clock(case.due_at))
    late = case.overdue_seconds // 60
    head = _line(
        f"#{case.door.order}",
        _door(case.door),
        case.courier,
        tell.clock(case.opened_at),
        due,
        tell.say(_OVERDUE, n=late) if case.overdue_seconds else None,
    )
    steps = (
        _line("   ", tell.clock(one.at), tell.word(one.step), tell.word(one.result), one.by)
        for one in case.steps
    )
    return [head, *steps]


def notes(found: Sequence[NoteDay], tell: Telling) -> list[str]:
    """Return a line for each condition note."""
    return _or_none(
        (
            _line(
                note.uid,
                tell.clock(note.at),
                _door(note.door),
                tell.word(note.condition),
                note.note,
                None if note.handled_by is None else tell.say(_HANDLED, who=note.handled_by),
            )
            for note in found
        ),
        tell,
    )


def kept_apart(found: Sequence[KeptApart], tell: Telling) -> list[str]:
    """Return a line for each report that is not counted."""
    return _or_none(
        (
            _line(
                one.uid,
                tell.clock(one.happened_at),
                one.courier,
                None if one.door is None else _door(one.door),
                tell.word(one.outcome or one.kind),
                tell.word(one.reason),
                tell.say(_COUNTED) if one.counted else None,
            )
            for one in found
        ),
        tell,
    )


def answers(found: Iterable[Answer], tell: Telling) -> list[str]:
    """Return a line for each report that was entered."""
    return [
        _line(
            one.uid,
            one.result.value,
            tell.clock(one.happened_at),
            None if one.sentence is None else tell.say(one.sentence),
        )
        for one in found
    ]


def _door(door: DoorName) -> str:
    return _line(door.elder.name if door.elder else door.meal_point, door.address)


def _line(*parts: str | None) -> str:
    return "  ".join(part for part in parts if part)


def _or_none(lines: Iterable[str], tell: Telling) -> list[str]:
    return list(lines) or [tell.say(_NONE)]
