"""What the console shows of a day: progress, stops, cases, notes and reports kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mealsvc.day_words import (
    CaseStep,
    Condition,
    EventKind,
    NotCounted,
    Outcome,
    Source,
    StopStatus,
)
from mealsvc.delivery.cases import Closing, StepTaken
from mealsvc.delivery.progress import Counts, CourierProgress
from mealsvc.desk.day_reach import DoorName


@dataclass(frozen=True)
class CourierDay:
    """One courier's progress, with code, canteen and (as the role may know them) name and words.

    ``handed_back_why`` is what the courier said when handing the stops back, ``changed_in`` the
    newest revision that changed the duty (None: none did).
    """

    courier: str
    courier_name: str | None
    canteen: str
    handed_back_why: str | None
    changed_in: int | None
    progress: CourierProgress


@dataclass(frozen=True)
class DayProgress:
    """A service's progress within a caller's reach.

    Attributes
    ----------
    revision
        The plan in force; None where nothing is published.
    now
        The moment that lateness is measured at.
    newest_event
        Id of the newest event, from which a stream may be resumed.
    counts, couriers
        Of the couriers within reach.
    open_cases, overdue_cases, open_notes, not_counted
        How many wait for somebody.
    """

    revision: int | None
    now: datetime
    newest_event: int
    counts: Counts
    couriers: list[CourierDay]
    open_cases: int
    overdue_cases: int
    open_notes: int
    not_counted: int


@dataclass(frozen=True)
class StopDay:
    """A stop with what was reported of it."""

    door: DoorName
    courier: str | None
    trip: int | None
    number: int | None
    planned_at: datetime | None
    planned_ride_seconds: int | None
    status: StopStatus
    outcome: Outcome | None
    outcome_uid: str | None
    at: datetime | None
    time_known: bool
    late_seconds: int | None
    source: Source | None
    by_courier: str | None
    departed_at: datetime | None
    note: str | None
    fates: dict[str, int]
    given_to: str | None
    unaccounted: int
    photos: list[str]
    doubled: bool
    beside_plan: bool


@dataclass(frozen=True)
class CaseDay:
    """A case with the running clock; ``overdue_seconds`` is 0 while there is time."""

    door: DoorName
    courier: str | None
    opened_at: datetime
    tries: int
    open: bool
    withdrawn: bool
    met_at: datetime | None
    next_step: CaseStep | None
    due_at: datetime | None
    overdue_seconds: int
    steps: list[StepTaken]
    closing: Closing | None


@dataclass(frozen=True)
class NoteDay:
    """A condition note with whose door it is; ``condition`` tells of health, so only in full."""

    uid: str
    door: DoorName
    courier: str | None
    condition: Condition | None
    note: str | None
    at: datetime
    by: str
    handled_at: datetime | None
    handled_by: str | None
    answer: str | None


@dataclass(frozen=True)
class KeptApart:
    """A report that is not counted, and why."""

    uid: str
    kind: EventKind
    reason: NotCounted
    courier: str | None
    door: DoorName | None
    trip: int | None
    outcome: Outcome | None
    note: str | None
    happened_at: datetime
    received_at: datetime
    by: str
    counted: bool
