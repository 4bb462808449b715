"""What was sent against what the records keep, and how long answers took: counting only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Sent:
    """One report as a phone made it, and what came back.

    Attributes
    ----------
    courier_id
        Whose phone made it.
    told
        The report as it goes over the wire.
    results
        What the service answered, each time that it answered.
    """

    courier_id: int
    told: dict[str, Any]
    results: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """One event of a phone in the records."""

    uid: str
    courier_id: int | None
    kind: str
    order: int | None
    outcome: str | None
    counted: bool


@dataclass(frozen=True)
class Tally:
    """Reports in numbers.

    Attributes
    ----------
    sent, answered
        Different reports that left a phone; those that were answered at least once.
    lost
        Answered as kept, but not in the records.
    doubled
        Rows beyond the first of one report, and reports that were answered as new twice.
    changed
        Kept otherwise than they were told, or as another courier's.
    not_counted
        Kept apart; none of what is sent gives a reason to.
    foreign
        Rows that nobody sent.
    """

    sent: int
    answered: int
    lost: int
    doubled: int
    changed: int
    not_counted: int
    foreign: int

    @property
    def faults(self) -> int:
        """How much is wrong; a report that was never answered is wrong, too."""
        unanswered = self.sent - self.answered
        wrong = self.lost + self.doubled + self.changed + self.not_counted + self.foreign
        return unanswered + wrong


def tally(sent: Mapping[str, Sent], kept: Collection[Kept]) -> Tally:
    """Count what was sent (by id) against what the records keep."""
    rows = Counter(row.uid for row in kept)
    answered = {uid for uid, report in sent.items() if report.results}
    twice_new = sum(max(0, report.results.count("accepted") - 1) for report in sent.values())
    return Tally(
        sent=len(sent),
        answered=len(answered),
        lost=len(answered - rows.keys()),
        doubled=sum(number - 1 for number in rows.values()) + twice_new,
        changed=sum(row.uid in sent and not _as_told(sent[row.uid], row) for row in kept),
        not_counted=sum(not row.counted for row in kept),
        foreign=sum(row.uid not in sent for row in kept),
    )


def _as_told(report: Sent, row: Kept) -> bool:
    told = report.told
    said = told["kind"], told.get("order"), told.get("outcome")
    return said == (row.kind, row.order, row.outcome) and report.courier_id == row.courier_id


@dataclass(frozen=True)
class Times:
    """Seconds that answers took: how many, and what share of them took no longer."""

    number: int
    median: float
    of_100_95: float
    of_100_99: float
    worst: float


def times(seconds: Iterable[float]) -> Times | None:
    """Return how long answers took; None where there were none."""
    ordered = sorted(seconds)
    if not ordered:
        return None

    def within(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return Times(len(ordered), within(0.5), within(0.95), within(0.99), ordered[-1])


@dataclass(frozen=True)
class Asked:
    """One answered request: what it was, when it began, how many seconds it took."""

    what: str
    began: float
    seconds: float


def while_up(asked: Iterable[Asked], down: Sequence[tuple[float, float]], what: str) -> list[float]:
    """Return the seconds of one kind of request, without those that the service was down in.

    Parameters
    ----------
    asked
        Answered requests.
    down
        From when to when the service was killed and not yet ready again.
    what
        The kind of request.
    """
    return [
        one.seconds
        for one in asked
        if one.what == what
        and not any(one.began < until and since < one.began + one.seconds for since, until in down)
    ]


def missed(heard: Collection[int], numbers: Collection[int], since: int) -> int:
    """Count the events after a number that a console's stream did not tell it."""
    return len({number for number in numbers if number > since}.difference(heard))
