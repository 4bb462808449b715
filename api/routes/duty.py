"""A courier's own duty, by the courier's sign-in or by the link on the route sheet."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, Response, UploadFile, status

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.files import file_answer
from api.schemas.duty import DutyNowOut, OwnDutyOut, TripWayOut, WayLegOut
from api.schemas.reports import AnswerOut, AnswersOut, Key, ReportsIn, ToldMoment, Uid
from api.turns import in_turn
from mealsvc.access import Action, Caller
from mealsvc.desk.own_duty import duty_now, own_duty
from mealsvc.desk.own_way import own_way
from mealsvc.desk.photos import SentPhoto, own_photo, send_photo
from mealsvc.desk.reporting import report
from mealsvc.vocabulary import Meal

router = APIRouter(tags=["duty"])

OwnCourier = Annotated[Caller, Depends(Allowed(Action.READ_OWN_DUTY))]
Reporter = Annotated[Caller, Depends(Allowed(Action.REPORT_OWN_DUTY))]

TripNumber = Annotated[int, Path(ge=1, le=1000, description="number of the trip")]

#: What photos are called.
PHOTO_NAME = r"^[0-9a-f]{64}$"

_ENDED = {"description": "The duty is over or was withdrawn"}


@router.get("/duty", responses={410: _ENDED})
async def read_own_duty(caller: OwnCourier, runtime: RuntimeDep) -> OwnDutyOut:
    """Read your current duty: what to load, where to stop, whom to call, what was reported.

    It can be read from publication until the duty ends; a link opens the duty of its service only.
    """
    return await in_turn(lambda: OwnDutyOut.model_validate(own_duty(runtime, caller)))


@router.get("/duty/now", responses={410: _ENDED})
def read_duty_now(caller: OwnCourier, runtime: RuntimeDep) -> DutyNowOut:
    """Ask whether there is a new revision; cheap, for asking every half minute."""
    return DutyNowOut.model_validate(duty_now(runtime, caller))


@router.get("/duty/trips/{trip}/way", responses={410: _ENDED})
def read_own_way(
    trip: TripNumber, caller: OwnCourier, runtime: RuntimeDep, language: LanguageDep
) -> TripWayOut:
    """Read the way of one of your trips, from the canteen to each stop and back."""
    return TripWayOut(
        legs=[WayLegOut.model_validate(leg) for leg in own_way(runtime, caller, trip, language)]
    )


@router.post("/duty/reports")
def report_own_duty(
    given: ReportsIn, caller: Reporter, runtime: RuntimeDep, language: LanguageDep
) -> AnswersOut:
    """Report what happened, in order. Each report is kept once, however often it is sent.

    Reports of a withdrawn link or of a duty that is over are kept but not counted; the answer to
    each report says so.
    """
    told = [one.told() for one in given.reports]
    answers = report(runtime, caller, given.day, given.meal, given.sent_at, told)
    return AnswersOut.of(answers, language)


@router.post("/duty/photos", status_code=status.HTTP_201_CREATED, responses={410: _ENDED})
def send_own_photo(
    caller: Reporter,
    runtime: RuntimeDep,
    language: LanguageDep,
    day: Annotated[date, Form()],
    meal: Annotated[Meal, Form()],
    id: Annotated[Uid, Form()],  # noqa: A002 - the name that reports have
    order: Annotated[Key, Form(description="the stop's order")],
    at: Annotated[ToldMoment, Form(description="taken when, by the phone's clock")],
    sent_at: Annotated[ToldMoment, Form(description="now, by the phone's clock")],
    photo: Annotated[UploadFile, File(description="JPEG, PNG or WebP")],
) -> AnswerOut:
    """Send a photo of one of your stops; it is made small, and where it was taken is removed."""
    sent = SentPhoto(id, order, at, sent_at, photo.file.read())
    return AnswerOut.of(send_photo(runtime, caller, day, meal, sent), language)


@router.get(
    "/duty/photos/{photo}",
    response_class=Response,
    responses={410: _ENDED, **file_answer("image/jpeg")},
)
def read_own_photo(
    photo: Annotated[str, Path(pattern=PHOTO_NAME)], caller: OwnCourier, runtime: RuntimeDep
) -> Response:
    """Read a photo of a stop of your current duty."""
    return Response(own_photo(runtime, caller, photo), media_type="image/jpeg")
