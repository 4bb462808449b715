"""How a service goes: counts, each courier against the plan, and what came later than planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter

from mealsvc.day_words import Outcome, StopStatus, TripStatus
from mealsvc.delivery.state import DutyState, ServiceState, StopState

LATE = timedelta(minutes=5)
"""A hand-over so much after the planned time is late; less is how such work goes."""


@dataclass(frozen=True)
class Counts:
    """Stops and portions by how far they are.

    Attributes
    ----------
    stops, portions
        All of the plan in force.
    waiting, under_way, handed_back, settled
        Stops by status; they add up to ``stops``.
    served, served_portions
        With evidence that the meal was received.
    outcomes
        Settled stops by outcome.
    late
        Settled later than planned by more than :data:`LATE`, where the time is known.
    overdue
        Not settled although the planned time passed by more than :data:`LATE`.
    unaccounted_portions
        Neither handed over nor accounted for.
    """

    stops: int
    portions: int
    waiting: int
    under_way: int
    handed_back: int
    settled: int
    served: int
    served_portions: int
    outcomes: dict[Outcome, int]
    late: int
    overdue: int
    unaccounted_portions: int


_NUMBERS = tuple(one.name for one in fields(Counts) if one.name != "outcomes")


@dataclass(frozen=True)
class CourierProgress:
    """One courier's duty.

    Attributes
    ----------
    courier_id, status, counts
        Who, how far, in counts.
    behind_seconds
        How far behind the plan: of the last hand-over whose time is known, or of the stop that
        should have come since, whichever is more. Negative: ahead. None: nothing is known yet.
    next_order
        The first stop in the plan without an outcome; None when all have one.
    handed_back_at, handed_back_why, seen
        As in the state of the duty.
    last_at
        The last hand-over whose time is known.
    """

    courier_id: int
    status: TripStatus
    counts: Counts
    behind_seconds: int | None
    next_order: int | None
    handed_back_at: datetime | None
    handed_back_why: str | None
    seen: int | None
    last_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """A service's progress; ``beside`` counts orders reported on that are not in the plan."""

    revision: int | None
    counts: Counts
    couriers: tuple[CourierProgress, ...]
    beside: int


def progress_of(state: ServiceState, now: datetime) -> Progress:
    """Return the progress of a service at a moment."""
    couriers = tuple(ToldDuty.of(duty).at(now) for duty in state.duties)
    return Progress(
        revision=state.revision,
        counts=added(one.counts for one in couriers),
        couriers=couriers,
        beside=len(state.beside),
    )


def added(several: Iterable[Counts]) -> Counts:
    """Return the counts of several couriers together."""
    all_of_them = list(several)
    outcomes: Counter[Outcome] = Counter()
    for one in all_of_them:
        for outcome, number in one.outcomes.items():
            outcomes[outcome] += number
    return Counts(
        **{name: sum(map(attrgetter(name), all_of_them)) for name in _NUMBERS},
        outcomes=dict(sorted(outcomes.items())),
    )


def delay_of(stop: StopState) -> timedelta | None:
    """Return how much later than planned a stop got its outcome; None where a time is not known."""
    if stop.planned is None or stop.at is None or not stop.time_known:
        return None
    return stop.at - stop.planned.arrives_at


@dataclass(frozen=True)
class ToldDuty:
    """A courier's duty as far as reports alone tell how it goes; the rest is the time.

    Attributes
    ----------
    duty
        The duty.
    counts
        Of all its stops, with nothing overdue.
    open_at
        When the stops without an outcome were to be reached, in the order of the plan.
    next_order
        The first of these stops.
    behind
        How far behind the plan the last hand-over was whose time is known.
    last_at
        When that was.
    """

    duty: DutyState
    counts: Counts
    open_at: tuple[datetime, ...]
    next_order: int | None
    behind: timedelta | None
    last_at: datetime | None

    @classmethod
    def of(cls, duty: DutyState) -> ToldDuty:
        """Return what is told of a duty."""
        stops = duty.stops
        still_open = [stop for stop in stops if stop.status is not StopStatus.SETTLED]
        timed = [
            (stop.at, delay)
            for stop in stops
            if stop.at is not None and (delay := delay_of(stop)) is not None
        ]
        last_at, behind = max(timed, key=itemgetter(0), default=(None, None))
        return cls(
            duty=duty,
            counts=_counts(stops),
            open_at=tuple(stop.planned.arrives_at for stop in still_open if stop.planned),
            next_order=still_open[0].order_id if still_open else None,
            behind=behind,
            last_at=last_at,
        )

    def at(self, now: datetime) -> CourierProgress:
        """Return how the courier does at a moment."""
        overdue = sum(now - moment > LATE for moment in self.open_at)
        behind = self.behind
        if self.open_at and now - self.open_at[0] > (behind or timedelta(0)):
            behind = now - self.open_at[0]
        return CourierProgress(
            courier_id=self.duty.courier_id,
            status=self.duty.status,
            counts=replace(self.counts, overdue=overdue) if overdue else self.counts,
            behind_seconds=None if behind is None else round(behind.total_seconds()),
            next_order=self.next_order,
            handed_back_at=self.duty.handed_back_at,
            handed_back_why=self.duty.handed_back_why,
            seen=self.duty.seen,
            last_at=self.last_at,
        )


def _counts(stops: Iterable[StopState]) -> Counts:
    """Return stops in counts, with nothing overdue."""
    numbers = dict.fromkeys(_NUMBERS, 0)
    outcomes: Counter[Outcome] = Counter()
    for stop in stops:
        portions = stop.planned.portions if stop.planned else 0
        numbers["stops"] += 1
        numbers["portions"] += portions
        numbers[stop.status.value] += 1
        if stop.outcome is not None:
            outcomes[stop.outcome] += 1
        if stop.served:
            numbers["served"] += 1
            numbers["served_portions"] += portions
        delay = delay_of(stop)
        numbers["late"] += delay is not None and delay > LATE
        numbers["unaccounted_portions"] += stop.unaccounted
    return Counts(**numbers, outcomes=dict(sorted(outcomes.items())))
