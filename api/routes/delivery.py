"""A service's day for the console: progress, cases, notes, and what managers enter."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.encoded import Encoded
from api.files import file_answer
from api.listening import hub_of
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
from api.turns import in_turn
from mealsvc.access import Action, Caller
from mealsvc.desk import day as days
from mealsvc.desk import entering, glance
from mealsvc.desk.photos import photo_of_day
from mealsvc.desk.watching import service_and_newest
from mealsvc.vocabulary import Meal

router = APIRouter(prefix="/services/{day}/{meal}/delivery", tags=["delivery"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_DELIVERY))]
Keeper = Annotated[Caller, Depends(Allowed(Action.CHANGE_DELIVERY))]
CourierCode = Annotated[str, Path(min_length=1, max_length=40)]


_PROGRESS = Encoded(DayProgressOut)


@router.get("", response_model=DayProgressOut)
async def read_progress(day: date, meal: Meal, caller: Reader, runtime: RuntimeDep) -> Response:
    """Read how a service goes: counts, each courier against the plan, what waits for somebody.

    Where nothing came in, the answer is that of at most a second ago; `now` tells of when.
    """
    return await in_turn(lambda: _PROGRESS.answer(glance.read_progress(runtime, caller, day, meal)))


@router.get("/stops")
async def list_stops(
    day: date, meal: Meal, caller: Reader, runtime: RuntimeDep
) -> list[StopDayOut]:
    """List every stop with what was reported of it, by courier and trip."""

    def shown() -> list[StopDayOut]:
        found = days.read_stops(runtime, caller, day, meal)
        return [StopDayOut.model_validate(stop) for stop in found]

    return await in_turn(shown)


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


@router.get("/photos/{photo}", response_class=Response, responses=file_answer("image/jpeg"))
def read_photo(
    day: date,
    meal: Meal,
    photo: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")],
    caller: Keeper,
    runtime: RuntimeDep,
) -> Response:
    """Read a photo of a stop; only managers may, of stops within their canteens."""
    return Response(photo_of_day(runtime, caller, day, meal, photo), media_type="image/jpeg")


@router.get(
    "/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def listen(
    day: date,
    meal: Meal,
    request: Request,
    caller: Reader,
    runtime: RuntimeDep,
    seconds: Annotated[
        float, Query(ge=0, le=900, description="the stream ends after so long; ask again")
    ] = 900,
    last_event_id: Annotated[
        str, Header(description="resume after this event; default: what comes from now on")
    ] = "",
) -> StreamingResponse:
    """Listen to what comes in, as server-sent events that name nobody.

    `report` tells that an event came, with its number as id; `plan` the revision in force; `reset`
    that too much was missed and everything should be read again.
    """
    hub = hub_of(request.app)
    hub.require_room()
    service = await to_thread.run_sync(service_and_newest, runtime, day, meal)
    known = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) < 10
    after = int(last_event_id) if known else service[1]
    stream = hub.listen(runtime, caller, service, after, seconds)
    # Proxies that gather answers before they pass them on would hold back the news.
    unbuffered = {"x-accel-buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=unbuffered)


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
