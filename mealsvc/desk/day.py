"""A service's day as a role shows it: progress, stops, cases, notes, reports kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from mealsvc.access import Caller, Detail
from mealsvc.day_words import NotCounted
from mealsvc.delivery import Event, StopState
from mealsvc.delivery.cases import Case
from mealsvc.delivery.following import FollowedDay, follow
from mealsvc.delivery.notes import ConditionNote
from mealsvc.delivery.progress import CourierProgress, added, delay_of
from mealsvc.desk.day_reach import DayReach
from mealsvc.desk.day_views import CaseDay, CourierDay, DayProgress, KeptApart, NoteDay, StopDay
from mealsvc.desk.people import note_read
from mealsvc.desk.services import require_service
from mealsvc.runtime import Runtime
from mealsvc.store import transaction
from mealsvc.vocabulary import Meal


class Day:
    """One service's plan and events through the eyes of one caller, at one moment."""

    def __init__(self, runtime: Runtime, reach: DayReach, day: FollowedDay, now: datetime) -> None:
        self.runtime, self.reach, self.day, self.now = runtime, reach, day, now

    @property
    def told(self) -> bool:
        """Whether the caller may read what people wrote."""
        return self.reach.caller.grant.detail is Detail.FULL

    def cases(self) -> list[CaseDay]:
        """Return the cases within reach, by the moment they were opened."""
        within = self._cases()
        self.reach.fetch(case.order_id for case in within)
        return [self._case(case) for case in within]

    def notes(self) -> list[NoteDay]:
        """Return the condition notes within reach, oldest first."""
        within = self._notes()
        self.reach.fetch(note.order_id for note in within)
        return [self._note(note) for note in within]

    def kept_apart(self) -> list[KeptApart]:
        """Return the reports within reach that are not counted, in the order of receipt."""
        within, counted = self._apart(), self._counted()
        self.reach.fetch(event.order_id for event, _ in within)
        return [self._kept_apart(event, why, event.uid in counted) for event, why in within]

    def stops(self) -> list[StopDay]:
        """Return every stop within reach, by courier and trip, then those beside the plan."""
        trips = {
            stop.order_id: trip.planned.number
            for duty in self.day.state.duties
            for trip in duty.trips
            for stop in trip.stops
        }
        within = [
            stop for stop in self.day.state.stops if self.reach.sees(stop.order_id, stop.courier_id)
        ]
        self.reach.fetch(stop.order_id for stop in within)
        return [self._stop(stop, trips.get(stop.order_id)) for stop in within]

    def progress(
        self, everybody: Iterable[CourierProgress], changed: Mapping[int, int]
    ) -> DayProgress:
        """Return how the couriers within reach do, of all couriers of the plan.

        Parameters
        ----------
        everybody
            How each courier does.
        changed
            By courier (id) the newest revision that changed the duty.
        """
        couriers = [one for one in everybody if self.reach.sees_courier(one.courier_id)]
        cases = [case for case in self._cases() if case.closing is None]
        counted = self._counted()
        return DayProgress(
            revision=self.day.state.revision,
            now=self.now,
            newest_event=self.day.newest,
            counts=added(one.counts for one in couriers),
            couriers=[self._courier(one, changed.get(one.courier_id)) for one in couriers],
            open_cases=len(cases),
            overdue_cases=sum(self._overdue(case) > 0 for case in cases),
            open_notes=sum(note.handled_at is None for note in self._notes()),
            not_counted=sum(event.uid not in counted for event, _ in self._apart()),
        )

    def _cases(self) -> list[Case]:
        return [c for c in self.day.cases if self.reach.sees(c.order_id, c.courier_id)]

    def _notes(self) -> list[ConditionNote]:
        return [n for n in self.day.notes if self.reach.sees(n.order_id, n.courier_id)]

    def _apart(self) -> list[tuple[Event, NotCounted]]:
        return [
            (event, event.not_counted)
            for event in self.day.apart
            if event.not_counted and self.reach.sees(event.order_id, event.courier_id)
        ]

    def _counted(self) -> frozenset[str | None]:
        """Return the ids of events that another one counts, or answers otherwise."""
        return self.day.answered

    def _courier(self, one: CourierProgress, changed_in: int | None) -> CourierDay:
        return CourierDay(
            courier=self.reach.courier_code(one.courier_id) or "",
            courier_name=self.reach.courier_name(one.courier_id),
            canteen=self.reach.courier_canteen(one.courier_id) or "",
            handed_back_why=one.handed_back_why if self.told else None,
            changed_in=changed_in,
            progress=one,
        )

    def _stop(self, stop: StopState, trip: int | None) -> StopDay:
        delay, planned = delay_of(stop), stop.planned
        return StopDay(
            door=self.reach.door(stop.order_id),
            courier=self.reach.courier_code(stop.courier_id),
            trip=trip,
            number=planned.number if planned else None,
            planned_at=planned.arrives_at if planned else None,
            planned_ride_seconds=planned.ride_seconds if planned else None,
            status=stop.status,
            outcome=stop.outcome,
            outcome_uid=stop.outcome_uid,
            at=stop.at,
            time_known=stop.time_known,
            late_seconds=round(delay.total_seconds()) if delay is not None else None,
            source=stop.source,
            by_courier=self.reach.courier_code(stop.by_courier_id),
            departed_at=stop.departed_at,
            note=stop.note if self.told else None,
            fates={fate.value: number for fate, number in stop.fates},
            given_to=stop.given_to if self.told else None,
            unaccounted=stop.unaccounted,
            photos=list(stop.photos) if self.told else [],
            doubled=stop.doubled,
            beside_plan=planned is None,
        )

    def _case(self, case: Case) -> CaseDay:
        return CaseDay(
            door=self.reach.door(case.order_id),
            courier=self.reach.courier_code(case.courier_id),
            opened_at=case.opened_at,
            tries=case.tries,
            open=case.closing is None,
            withdrawn=case.withdrawn,
            met_at=case.met_at,
            next_step=case.next_step,
            due_at=case.due_at(self.runtime.settings.no_answer_minutes),
            overdue_seconds=self._overdue(case),
            steps=list(case.steps) if self.told else [],
            closing=case.closing if self.told else None,
        )

    def _overdue(self, case: Case) -> int:
        """Return for how many seconds something has been due; 0 where nothing is."""
        due = case.due_at(self.runtime.settings.no_answer_minutes)
        return max(0, round((self.now - due).total_seconds())) if due else 0

    def _note(self, note: ConditionNote) -> NoteDay:
        return NoteDay(
            uid=note.uid,
            door=self.reach.door(note.order_id),
            courier=self.reach.courier_code(note.courier_id),
            condition=note.condition if self.told else None,
            note=note.note if self.told else None,
            at=note.at,
            by=note.by,
            handled_at=note.handled_at,
            handled_by=note.handled_by,
            answer=note.answer if self.told else None,
        )

    def _kept_apart(self, event: Event, reason: NotCounted, counted: bool) -> KeptApart:
        door = self.reach.door(event.order_id) if event.order_id is not None else None
        return KeptApart(
            uid=event.uid,
            kind=event.kind,
            reason=reason,
            courier=self.reach.courier_code(event.courier_id),
            door=door,
            trip=event.trip,
            outcome=event.outcome,
            note=event.note if self.told else None,
            happened_at=event.happened_at,
            received_at=event.received_at,
            by=event.reported_by,
            counted=counted,
        )


def read_stops(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> list[StopDay]:
    """Return every stop with what was reported; raises NotFound if there is no such service."""
    return _read(runtime, caller, day, meal, Day.stops, len)


def read_cases(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> list[CaseDay]:
    """Return the cases of "nobody opens"; raises NotFound if there is no such service."""
    return _read(runtime, caller, day, meal, Day.cases, len)


def read_notes(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> list[NoteDay]:
    """Return the condition notes; raises NotFound if there is no such service."""
    return _read(runtime, caller, day, meal, Day.notes, len)


def read_kept_apart(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> list[KeptApart]:
    """Return what is not counted, and why; raises NotFound if there is no such service."""
    return _read(runtime, caller, day, meal, Day.kept_apart, len)


def _read[View](
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    view: Callable[[Day], View],
    people: Callable[[View], int],
) -> View:
    """Read a service's day for a caller; whatever names people is noted in the audit trail."""
    with transaction(runtime.engine) as session:
        service = require_service(session, day, meal)
        key = service.id or 0
        reach = DayReach(session, caller, service)
        shown = view(Day(runtime, reach, follow(session, key), runtime.clock()))
        named = people(shown)
        if named:
            subject = f"{day} {meal.value}"
            note_read(session, runtime, caller, "read.delivery", subject, named)
    return shown
