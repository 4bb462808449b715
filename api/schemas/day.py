"""A service's day over the wire: progress, stops, cases, notes, and what managers enter."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.schemas.reports import Key, Note, ToldMoment, Uid
from api.schemas.services import PersonOut
from api.schemas.shapes import In, Out
from mealsvc.day_words import (
    CaseStep,
    Condition,
    EventKind,
    Fate,
    Finding,
    NotCounted,
    Outcome,
    Source,
    StepResult,
    StopStatus,
    TripStatus,
)
from mealsvc.delivery.reports import Report
from mealsvc.desk.entering import Sheet, SheetStop, SheetTrip

CourierCode = Annotated[str, Field(min_length=1, max_length=40, examples=["Z001"])]
Fates = dict[Fate, Annotated[int, Field(ge=0, le=1000)]]
TripNumber = Annotated[int, Field(ge=1, le=1000)]


class CountsOut(Out):
    """Stops and portions of the plan in force by how far they are."""

    stops: int
    portions: int
    waiting: int
    under_way: int
    handed_back: int
    settled: int = Field(description="with an outcome; the four add up to the stops")
    served: int = Field(description="with evidence that the meal was received")
    served_portions: int
    outcomes: dict[Outcome, int]
    late: int = Field(description="settled more than five minutes after the planned time")
    overdue: int = Field(description="open more than five minutes after the planned time")
    unaccounted_portions: int


class CourierProgressOut(Out):
    """One courier's duty against the plan."""

    status: TripStatus
    counts: CountsOut
    behind_seconds: int | None = Field(description="negative: ahead; null: nothing is known yet")
    next_order: int | None
    handed_back_at: datetime | None
    seen: int | None = Field(description="newest revision confirmed as seen")
    last_at: datetime | None


class CourierDayOut(Out):
    """A courier and the progress."""

    courier: str
    courier_name: str | None
    canteen: str
    handed_back_why: str | None = Field(description="in the courier's words")
    changed_in: int | None = Field(
        description="newest revision that changed the duty, to be confirmed; null: none did"
    )
    progress: CourierProgressOut


class DayProgressOut(Out):
    """How a service goes, within your canteens."""

    revision: int | None = Field(description="the plan in force; null: nothing is published")
    now: datetime
    newest_event: int = Field(description="where a stream may be resumed")
    counts: CountsOut
    couriers: list[CourierDayOut]
    open_cases: int
    overdue_cases: int
    open_notes: int
    not_counted: int


class DoorNameOut(Out):
    """Whose door it is, as far as the role may know."""

    order: int
    elder: PersonOut | None
    meal_point: str | None
    portions: int
    address: str | None


class StopDayOut(Out):
    """A stop with what was reported of it."""

    door: DoorNameOut
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
    by_courier: str | None = Field(description="who reported it; may be another than planned")
    departed_at: datetime | None
    note: str | None
    fates: dict[str, int]
    given_to: str | None = Field(description="to whom, or what else was said of `fates`")
    unaccounted: int
    photos: list[str]
    doubled: bool = Field(description="two couriers say that they handed it over")
    beside_plan: bool


class StepTakenOut(Out):
    """A step of the protocol."""

    uid: str
    step: CaseStep
    result: StepResult
    at: datetime
    by: str
    note: str | None


class ClosingOut(Out):
    """How a case ended."""

    uid: str
    finding: Finding
    at: datetime
    by: str
    note: str | None


class CaseOut(Out):
    """A door that stayed shut, with the clock."""

    door: DoorNameOut
    courier: str | None
    opened_at: datetime
    tries: int
    open: bool
    withdrawn: bool = Field(description="the report was taken back after steps were taken")
    met_at: datetime | None
    next_step: CaseStep | None = Field(description="null: only closing is left")
    due_at: datetime | None
    overdue_seconds: int
    steps: list[StepTakenOut]
    closing: ClosingOut | None


class NoteOut(Out):
    """A condition note."""

    uid: str
    door: DoorNameOut
    courier: str | None
    condition: Condition | None
    note: str | None
    at: datetime
    by: str
    handled_at: datetime | None
    handled_by: str | None
    answer: str | None


class KeptApartOut(Out):
    """A report that is not counted, and why."""

    uid: str
    kind: EventKind
    reason: NotCounted
    courier: str | None
    door: DoorNameOut | None
    trip: int | None
    outcome: Outcome | None
    note: str | None
    happened_at: datetime
    received_at: datetime
    by: str
    counted: bool = Field(description="somebody counted it since")


class EntryIn(In):
    """Something a manager enters; which fields it needs depends on its kind."""

    id: Uid
    kind: EventKind
    at: ToldMoment | None = Field(None, description="left out: not known (outcomes), else now")
    courier: CourierCode | None = None
    order: Key | None = None
    trip: TripNumber | None = None
    revision: Key | None = None
    outcome: Outcome | None = None
    about: Uid | None = Field(None, description="left out: what counts now is replaced")
    note: Note | None = None
    fates: Fates | None = None
    condition: Condition | None = None
    step: CaseStep | None = None
    result: StepResult | None = None
    finding: Finding | None = None

    def told(self) -> tuple[Report, str | None]:
        """Return the report and the code of the courier."""
        said = self.model_dump(exclude={"id", "courier", "fates"})
        return Report(uid=self.id, fates=self.fates or {}, **said), self.courier


class EntriesIn(In):
    """What a manager enters at once: all of it is kept, or nothing."""

    reports: Annotated[list[EntryIn], Field(min_length=1, max_length=200)]


class SheetStopIn(In):
    """A line of a sheet."""

    order: Key
    outcome: Outcome
    at: ToldMoment | None = None
    note: Note | None = None
    fates: Fates | None = None


class SheetTripIn(In):
    """A trip of a sheet."""

    number: TripNumber
    departed_at: ToldMoment | None = None
    returned_at: ToldMoment | None = None
    stops: Annotated[list[SheetStopIn], Field(max_length=200)]


class SheetIn(In):
    """A courier's whole sheet as it came back; lines without a tick are left out."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")]
    revision: Key = Field(description="printed on the sheet")
    trips: Annotated[list[SheetTripIn], Field(min_length=1, max_length=50)]

    def told(self) -> Sheet:
        """Return the sheet."""
        trips = [
            SheetTrip(
                number=trip.number,
                departed_at=trip.departed_at,
                returned_at=trip.returned_at,
                stops=[SheetStop(**stop.model_dump()) for stop in trip.stops],
            )
            for trip in self.trips
        ]
        return Sheet(self.id, self.revision, trips)


class CountIn(In):
    """Count a report that was kept apart."""

    id: Uid = Field(description="of the new event")
