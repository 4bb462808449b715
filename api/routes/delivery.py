"""A service's day for the console: progress, cases, notes, and what managers enter."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.schemas.day import (
    CaseOut,
    CountIn,
    DayProgressOut,
    EntriesIn,
    KeptApartOut,
    NoteOut,
    SheetIn,
    StopDayOut,
)
from api.schemas.reports import AnswerOut, AnswersOut, Uid
from mealsvc.access import Action, Caller
from mealsvc.desk import day as days
from mealsvc.desk import entering
from mealsvc.vocabulary import Meal

router = APIRouter(prefix="/services/{day}/{meal}/delivery", tags=["delivery"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_DELIVERY))]
Keeper = Annotated[Caller, Depends(Allowed(Action.CHANGE_DELIVERY))]
CourierCode = Annotated[str, Path(min_length=1, max_length=40)]


@router.get("")
def read_progress(day: date, meal: Meal, caller: Reader, runtime: RuntimeDep) -> DayProgressOut:
    """Read how a service goes: counts, each courier against the plan, what waits for somebody."""
    return DayProgressOut.model_validate(days.read_progress(runtime, caller, day, meal))


@router.get("/stops")
def list_stops(day: date, meal: Meal, caller: Reader, runtime: RuntimeDep) -> list[StopDayOut]:
    """List every stop with what was reported of it, by courier and trip."""
    found = days.read_stops(runtime, caller, day, meal)
    return [StopDayOut.model_validate(stop) for stop in found]


@router.get("/cases")
def list_cases(day: date, meal: Meal, caller: Reader, runtime: RuntimeDep) -> list[CaseOut]:
    """List the doors that stayed shut, with the clock of the protocol; closed cases too."""
    found = days.read_cases(runtime, caller, day, meal)
    return [CaseOut.model_validate(case) for case in found]


@router.get("/notes")
def list_notes(day: date, meal: Meal, caller: Reader, runtime: RuntimeDep) -> list[NoteOut]:
    """List what couriers noticed, oldest first; handled notes too."""
    found = days.read_notes(runtime, caller, day, meal)
    return [NoteOut.model_validate(note) for note in found]


@router.get("/not-counted")
def list_kept_apart(
    day: date, meal: Meal, caller: Reader, runtime: RuntimeDep
) -> list[KeptApartOut]:
    """List the reports that are kept but not counted, and why."""
    found = days.read_kept_apart(runtime, caller, day, meal)
    return [KeptApartOut.model_validate(one) for one in found]


@router.post("/reports")
def enter_reports(
    day: date,
    meal: Meal,
    given: EntriesIn,
    caller: Keeper,
    runtime: RuntimeDep,
    language: LanguageDep,
) -> AnswersOut:
    """Enter outcomes, corrections, steps and closings of cases, answers to notes; all or nothing.

    An outcome replaces the one that counted until now.
    """
    told = [entry.told() for entry in given.reports]
    answers = entering.enter_reports(runtime, caller, day, meal, told)
    return AnswersOut.of(answers, language)


@router.post("/sheets/{courier}")
def enter_sheet(
    day: date,
    meal: Meal,
    courier: CourierCode,
    given: SheetIn,
    caller: Keeper,
    runtime: RuntimeDep,
    language: LanguageDep,
) -> AnswersOut:
    """Enter a courier's whole paper sheet at once; it is as good as a phone."""
    answers = entering.enter_sheet(runtime, caller, day, meal, courier, given.told())
    return AnswersOut.of(answers, language)


@router.post("/not-counted/{report}/count")
def count_kept_apart(
    day: date,
    meal: Meal,
    report: Annotated[Uid, Path()],
    given: CountIn,
    caller: Keeper,
    runtime: RuntimeDep,
    language: LanguageDep,
) -> AnswerOut:
    """Count a report that was kept apart, in your own name."""
    answer = entering.count_kept_apart(runtime, caller, day, meal, report, given.id)
    return AnswerOut.of(answer, language)
