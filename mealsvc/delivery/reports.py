"""Reports as they are told, and what is answered to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from mealsvc.day_words import (
    CaseStep,
    Condition,
    EventKind,
    Fate,
    Finding,
    NotCounted,
    Outcome,
    StepResult,
)
from mealsvc.sentences import Sentence

NOTE_LENGTH = 500
"""Characters of a note that are kept."""


@dataclass(frozen=True)
class Report:
    """Something told about a day, before it is an event.

    Attributes
    ----------
    uid
        Made by whoever reports, 8 to 64 letters, digits, ``-`` and ``_``; sent again, it is the
        same report.
    kind
        What it tells.
    at
        When, by the clock of whoever tells it; None: not known.
    order, trip, revision
        Which stop; which trip of which revision.
    outcome
        Of a stop.
    about
        Uid of the report that this one replaces, takes back or answers.
    note
        Free words.
    fates
        Portions by where they went.
    condition, step, result, finding
        Of condition notes, steps and closings.
    courier_id
        Whose duty, where the office reports; a phone reports its own.
    """

    uid: str
    kind: EventKind
    at: datetime | None = None
    courier_id: int | None = None
    order: int | None = None
    trip: int | None = None
    revision: int | None = None
    outcome: Outcome | None = None
    about: str | None = None
    note: str | None = None
    fates: Mapping[Fate, int] = field(default_factory=dict)
    condition: Condition | None = None
    step: CaseStep | None = None
    result: StepResult | None = None
    finding: Finding | None = None

    def missing(self) -> str | None:
        """Return the name of a field that this kind of report must have and has not."""
        needed = _NEEDED.get(self.kind, ())
        return next((name for name in needed if getattr(self, name) in (None, {})), None)


_NEEDED: dict[EventKind, tuple[str, ...]] = {
    EventKind.DEPARTED: ("trip",),
    EventKind.RETURNED: ("trip",),
    EventKind.OUTCOME: ("order", "outcome"),
    EventKind.RETRACTED: ("about",),
    EventKind.ACCOUNTED: ("order", "fates"),
    EventKind.CONDITION: ("order", "condition"),
    EventKind.HANDLED: ("about",),
    EventKind.SEEN: ("revision",),
    EventKind.STEP: ("order", "step", "result"),
    EventKind.CLOSED: ("order", "finding"),
}


@dataclass(frozen=True)
class UnreadableReport:
    """A report that has a uid and nothing else that can be understood; ``raw`` is what it said."""

    uid: str
    raw: str


class Result(StrEnum):
    """What became of a report; in every case it need not be sent again."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    NOT_COUNTED = "not_counted"
    REFUSED = "refused"


class Advice(StrEnum):
    """What a sentence tells about a report that counts."""

    CLOCK_CORRECTED = "clock_corrected"
    STOP_MOVED = "stop_moved"


@dataclass(frozen=True)
class Answer:
    """What became of one report.

    Attributes
    ----------
    uid, result
        Which report, and what became of it. Only a refused one is not kept.
    reason
        A word: why it is not counted, or was refused.
    sentence
        What the person should know or do; None where all is well.
    happened_at
        The moment that counts.
    advice
        What the sentence is about, of a report that counts.
    """

    uid: str
    result: Result
    reason: str | None = None
    sentence: Sentence | None = None
    happened_at: datetime | None = None
    advice: Advice | None = None


WHY: dict[NotCounted, Sentence] = {
    NotCounted.LINK_WITHDRAWN: Sentence(
        "此链接已被收回，记录已保存但未计入；请与食堂联系",
        "this link was withdrawn; the report is kept but not counted, call your canteen",
    ),
    NotCounted.DUTY_OVER: Sentence(
        "此次送餐任务已结束，记录已保存但未计入；请与食堂联系",
        "this duty is over; the report is kept but not counted, call your canteen",
    ),
    NotCounted.NOT_YOUR_STOP: Sentence(
        "这一停靠点不在您的任务中，记录已保存但未计入；请与食堂联系",
        "this stop was never in your duty; the report is kept but not counted, call your canteen",
    ),
    NotCounted.NOT_YOUR_REPORT: Sentence(
        "只能更正自己的记录；已保存但未计入，请与食堂联系",
        "only your own reports can be changed; it is kept but not counted, call your canteen",
    ),
    NotCounted.TOO_EARLY: Sentence(
        "记录的时间早于本次任务，已保存但未计入；请检查手机日期后重新记录",
        "the report is dated before this duty; it is kept but not counted, check the phone's date "
        "and report again",
    ),
    NotCounted.IN_THE_FUTURE: Sentence(
        "记录的时间在将来，已保存但未计入；请检查手机日期后重新记录",
        "the report is dated in the future; it is kept but not counted, check the phone's date "
        "and report again",
    ),
    NotCounted.NOT_FOR_COURIERS: Sentence(
        "此项须由食堂记录；已保存但未计入",
        "this must be recorded by the canteen; it is kept but not counted",
    ),
    NotCounted.UNREADABLE: Sentence(
        "无法识别这条记录，已保存但未计入；请重新记录",
        "the report cannot be understood; it is kept but not counted, report again",
    ),
}

ID_REUSED = Sentence(
    "另一条内容不同的记录已使用此编号，本条未保存；请用新的编号重新记录",
    "another report has this id and says something else; this one is not kept, report again with "
    "a new id",
)

TOO_MANY = Sentence(
    "本次任务的记录过多，本条未保存；请与食堂联系",
    "this duty has too many reports; this one is not kept, call your canteen",
)

MOVED = Sentence(
    "已记录；这一停靠点现已改由他人送，请与食堂联系",
    "recorded; the plan has given this stop to somebody else meanwhile, call your canteen",
)


def clock_sentence(offset: timedelta) -> Sentence:
    """Return what is told to somebody whose phone's clock is off."""
    minutes = max(1, round(abs(offset).total_seconds() / 60))
    fast = offset < timedelta(0)
    return Sentence(
        f"手机时钟{'快' if fast else '慢'}了约{minutes}分钟，记录时间已更正",
        f"your phone's clock is about {minutes} minutes {'fast' if fast else 'slow'}; the times "
        "were corrected",
    )


def cleaned(text: str | None) -> str | None:
    """Return a note without control characters, cut to what is kept; None where nothing is left."""
    if text is None:
        return None
    plain = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    return plain.strip()[:NOTE_LENGTH].strip() or None
