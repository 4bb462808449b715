"""Nobody opens: an open case with the protocol as a clock, until a person closes it.

A case begins with a courier's "nobody home" and runs from that moment: call the elder, call the
contact, tell the office, each by a set time. Whoever reaches somebody need take no further step.
Closing needs a person of the office and a finding. A case whose elder was met afterwards, or whose
report was taken back, is no longer loud, but it too is closed by a person once steps were taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mealsvc.day_words import CaseStep, EventKind, Finding, Outcome, Source, StepResult
from mealsvc.delivery.events import Event, standing

type Limits = tuple[int, int, int, int]
"""Minutes after the door stayed shut: elder called, contact called, office told, case closed."""


@dataclass(frozen=True)
class StepTaken:
    """A step of the protocol: what, with what result, when, by whom, from where."""

    uid: str
    step: CaseStep
    result: StepResult
    at: datetime
    by: str
    source: Source
    note: str | None


@dataclass(frozen=True)
class Closing:
    """How a case ended: who found what, when."""

    uid: str
    finding: Finding
    at: datetime
    by: str
    note: str | None


@dataclass(frozen=True)
class Case:
    """A door that stayed shut.

    Attributes
    ----------
    order_id, courier_id
        Whose door, and who stood before it.
    opened_at
        When it stayed shut.
    tries
        How often somebody stood there in vain.
    steps
        What was done since, oldest first.
    closing
        How it ended; None while it is open.
    met_at
        When somebody stood before the elder after all.
    withdrawn
        Whether the report was taken back after steps were taken.
    """

    order_id: int
    courier_id: int | None
    opened_at: datetime
    tries: int
    steps: tuple[StepTaken, ...]
    closing: Closing | None
    met_at: datetime | None
    withdrawn: bool

    @property
    def calm(self) -> bool:
        """Whether the case is closed, the elder was met, or the report was taken back."""
        return self.closing is not None or self.met_at is not None or self.withdrawn

    @property
    def next_step(self) -> CaseStep | None:
        """The step to take now; None: nothing but closing is left, or the case is closed."""
        if self.calm or any(taken.result is StepResult.REACHED for taken in self.steps):
            return None
        done = {taken.step for taken in self.steps}
        return next((step for step in CaseStep if step not in done), None)

    def due_at(self, limits: Limits) -> datetime | None:
        """Return by when the next step, or the closing, is due; None where nothing is."""
        if self.calm:
            return None
        place = len(CaseStep) if self.next_step is None else list(CaseStep).index(self.next_step)
        return self.opened_at + timedelta(minutes=limits[place])

    def overdue(self, limits: Limits, now: datetime) -> bool:
        """Return whether what is due has not been done in time."""
        due = self.due_at(limits)
        return due is not None and now > due


def cases_of(events: Iterable[Event]) -> list[Case]:
    """Return the cases of a service, closed ones too, by the moment they were opened.

    Parameters
    ----------
    events
        Everything reported, in any order and any number of times.
    """
    return cases_among(standing(events))


def cases_among(events: Iterable[Event]) -> list[Case]:
    """Return the cases of a service from its standing events alone."""
    told: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.order_id is not None and event.kind in _OF_CASES:
            told[event.order_id].append(event)
    found = (_case(order_id, about) for order_id, about in told.items())
    return sorted(
        (case for case in found if case), key=lambda case: (case.opened_at, case.order_id)
    )


_MET = frozenset({Outcome.HANDED_OVER, Outcome.COLLECTED, Outcome.REFUSED})
"""Outcomes for which the elder was seen; a meal left at the door proves nothing."""

_OF_CASES = frozenset({EventKind.OUTCOME, EventKind.STEP, EventKind.CLOSED})


def _case(order_id: int, events: Sequence[Event]) -> Case | None:
    closings = [event for event in events if event.kind is EventKind.CLOSED]
    tries = [event for event in events if event.outcome is Outcome.NOBODY_HOME]
    last = closings[-1] if closings else None
    if last is not None:
        again = [event for event in tries if event.happened_at > last.happened_at]
        if again:  # the door stayed shut once more: a new case, with steps of its own
            tries, last = again, None
            events = [event for event in events if event.happened_at >= again[0].happened_at]
    steps = tuple(_step(event) for event in events if event.kind is EventKind.STEP)
    begun = tries or [event for event in events if event.kind is not EventKind.OUTCOME]
    if not begun:
        return None
    opened = begun[0]
    met = [
        event.happened_at
        for event in events
        if event.outcome in _MET and event.happened_at >= opened.happened_at
    ]
    return Case(
        order_id=order_id,
        courier_id=opened.courier_id,
        opened_at=opened.happened_at,
        tries=len(tries),
        steps=steps,
        closing=_closing(last) if last is not None else None,
        met_at=met[0] if met else None,
        withdrawn=not tries,
    )


def _step(event: Event) -> StepTaken:
    return StepTaken(
        uid=event.uid,
        step=event.step or CaseStep.CALL_ELDER,
        result=event.result or StepResult.NOT_REACHED,
        at=event.happened_at,
        by=event.reported_by,
        source=event.source,
        note=event.note,
    )


def _closing(event: Event) -> Closing:
    return Closing(
        uid=event.uid,
        finding=event.finding or Finding.OTHER,
        at=event.happened_at,
        by=event.reported_by,
        note=event.note,
    )
