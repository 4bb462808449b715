"""How a service goes: counts, each courier against the plan, and what came later than planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

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


_NONE = timedelta(0)
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
    handed_back_at, seen
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
    couriers = tuple(progress_of_duty(duty, now) for duty in state.duties)
    return Progress(
        revision=state.revision,
        counts=added(one.counts for one in couriers),
        couriers=couriers,
        beside=len(state.beside),
    )


def counts_of(stops: Sequence[StopState], now: datetime) -> Counts:
    """Return stops in counts at a moment."""
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
        numbers["overdue"] += _waits_since(stop, now) > LATE
        numbers["unaccounted_portions"] += stop.unaccounted
    return Counts(**numbers, outcomes=dict(sorted(outcomes.items())))


def added(several: Iterable[Counts]) -> Counts:
    """Return the counts of several couriers together."""
    all_of_them = list(several)
    outcomes: Counter[Outcome] = Counter()
    for one in all_of_them:
        for outcome, number in one.outcomes.items():
            outcomes[outcome] += number
    return Counts(
        **{name: sum(getattr(one, name) for one in all_of_them) for name in _NUMBERS},
        outcomes=dict(sorted(outcomes.items())),
    )


def delay_of(stop: StopState) -> timedelta | None:
    """Return how much later than planned a stop got its outcome; None where a time is not known."""
    if stop.planned is None or stop.at is None or not stop.time_known:
        return None
    return stop.at - stop.planned.arrives_at


def _waits_since(stop: StopState, now: datetime) -> timedelta:
    if stop.status is StopStatus.SETTLED or stop.planned is None:
        return _NONE
    return now - stop.planned.arrives_at


def progress_of_duty(duty: DutyState, now: datetime) -> CourierProgress:
    """Return how one courier does at a moment."""
    stops = duty.stops
    waiting = [stop for stop in stops if stop.status is not StopStatus.SETTLED]
    timed = [stop for stop in stops if delay_of(stop) is not None]
    last = max(timed, key=lambda stop: stop.at or now, default=None)
    behind = delay_of(last) if last else None
    if waiting and _waits_since(waiting[0], now) > (behind or _NONE):
        behind = _waits_since(waiting[0], now)
    return CourierProgress(
        courier_id=duty.courier_id,
        status=duty.status,
        counts=counts_of(stops, now),
        behind_seconds=None if behind is None else round(behind.total_seconds()),
        next_order=waiting[0].order_id if waiting else None,
        handed_back_at=duty.handed_back_at,
        seen=duty.seen,
        last_at=last.at if last else None,
    )
