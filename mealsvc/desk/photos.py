"""Photos of a stop: sent by its courier, seen by those who have a task with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from mealsvc.access import Caller, LinkEnded, audit, current_duty
from mealsvc.day_words import EventKind, Source
from mealsvc.delivery import Event, read_events, standing
from mealsvc.delivery.carried import read_carried
from mealsvc.delivery.moments import clock_offset, placed
from mealsvc.delivery.photos import keep, read, shrunk
from mealsvc.delivery.receiving import lock
from mealsvc.delivery.reports import WHY, Answer, Result
from mealsvc.demand import service_hours
from mealsvc.desk.day_reach import DayReach
from mealsvc.desk.reporting import own_service, sender_of
from mealsvc.desk.services import require_service
from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import DeliveryEvent, Service, transaction
from mealsvc.vocabulary import Meal

MOST_PHOTOS = 60
"""Photos of one courier in one service at most."""


@dataclass(frozen=True)
class SentPhoto:
    """A photo as a phone sends it: of which stop, taken and sent when by the phone's clock."""

    uid: str
    order: int
    at: datetime
    sent_at: datetime
    data: bytes


def send_photo(runtime: Runtime, caller: Caller, day: date, meal: Meal, photo: SentPhoto) -> Answer:
    """Keep a photo of a stop that the courier has or had; sent again, it is kept once.

    Raises
    ------
    LinkEnded
        If the link was withdrawn or the duty is over: photos are not kept apart.
    NotFound
        If there is no such service, or the stop was never the courier's.
    InvalidInput
        If it is too large, no photo, or dated where it cannot be.
    Conflict
        If the link is another service's, the id is used, or there are too many photos.
    """
    largest = runtime.settings.photo_megabytes
    if len(photo.data) > largest * 1_000_000:
        raise InvalidInput(
            f"the photo is larger than {largest} MB; send a smaller one",
            f"照片超过 {largest} MB，请发送较小的照片",
        )
    with transaction(runtime.engine) as session:  # before the picture is worked on
        service = own_service(session, caller, day, meal)
        row, known = _checked(session, runtime, caller, service, photo)
    if known:
        return Answer(photo.uid, Result.KNOWN, happened_at=row.happened_at)
    name = keep(runtime.settings.photos_folder, shrunk(photo.data))
    with transaction(runtime.engine) as session:
        service = own_service(session, caller, day, meal)
        lock(session, service)
        row, known = _checked(session, runtime, caller, service, photo)
        if not known:
            row.detail = {"photo": name}
            session.add(row)
    result = Result.KNOWN if known else Result.ACCEPTED
    return Answer(photo.uid, result, happened_at=row.happened_at)


def _checked(
    session: Session, runtime: Runtime, caller: Caller, service: Service, photo: SentPhoto
) -> tuple[DeliveryEvent, bool]:
    """Return the event of a photo, and whether it is known already; or refuse it."""
    now = runtime.clock()
    sender = sender_of(session, runtime, caller, service)
    if sender.ended is not None:
        raise LinkEnded(WHY[sender.ended].en, WHY[sender.ended].zh)
    if photo.order not in read_carried(session, service.id or 0, sender.courier_id).ever:
        raise NotFound("this stop was never in your duty", "这一停靠点不在您的任务中")
    before = session.exec(
        select(DeliveryEvent).where(
            DeliveryEvent.service_id == service.id, DeliveryEvent.uid == photo.uid
        )
    ).first()
    if before is not None:
        if (before.kind, before.courier_id, before.order_id) != (
            EventKind.PHOTO,
            sender.courier_id,
            photo.order,
        ):
            raise Conflict("this id is used by another report", "此编号已被另一条记录使用")
        return before, True
    _require_room(session, service, sender.courier_id)
    opens = service_hours(runtime.settings, service.day, service.meal).opens
    offset = clock_offset(photo.sent_at, now)
    moment, why = placed(EventKind.PHOTO, photo.at, offset, opens=opens, received_at=now)
    if why is not None:
        raise InvalidInput(WHY[why].en, WHY[why].zh)
    row = DeliveryEvent(
        service_id=service.id or 0,
        uid=photo.uid,
        kind=EventKind.PHOTO,
        source=Source.PHONE,
        courier_id=sender.courier_id,
        order_id=photo.order,
        happened_at=moment,
        told_at=photo.at,
        sent_at=photo.sent_at,
        received_at=now,
        reported_by=sender.name,
    )
    return row, False


def _require_room(session: Session, service: Service, courier_id: int) -> None:
    query = select(func.count()).where(
        DeliveryEvent.service_id == service.id,
        DeliveryEvent.courier_id == courier_id,
        col(DeliveryEvent.kind) == EventKind.PHOTO,
    )
    if session.exec(query).one() >= MOST_PHOTOS:
        raise Conflict(
            f"there are {MOST_PHOTOS} photos of this duty already; no more are kept",
            f"本次任务已有 {MOST_PHOTOS} 张照片，不能再添加",
        )


def own_photo(runtime: Runtime, caller: Caller, name: str) -> bytes:
    """Return a photo of a stop of the courier's current duty.

    Raises
    ------
    LinkEnded, NotFound
        If the duty is over, or no stop of it has such a photo.
    """
    with transaction(runtime.engine) as session:
        current = current_duty(session, runtime, caller.identity)
        orders = {stop.order_id for trip in current.duty.trips for stop in trip.stops}
        service = current.service
        _find(session, service, name, lambda event: event.order_id in orders)
        _note(session, runtime, caller, service)
    return read(runtime.settings.photos_folder, name)


def photo_of_day(runtime: Runtime, caller: Caller, day: date, meal: Meal, name: str) -> bytes:
    """Return a photo of a stop within a manager's canteens; raises NotFound otherwise."""
    with transaction(runtime.engine) as session:
        service = require_service(session, day, meal)
        reach = DayReach(session, caller, service)
        _find(session, service, name, lambda one: reach.sees(one.order_id, one.courier_id))
        _note(session, runtime, caller, service)
    return read(runtime.settings.photos_folder, name)


def _find(session: Session, service: Service, name: str, within: Callable[[Event], bool]) -> None:
    """Raise NotFound unless a photo of that name, not taken back, is within reach."""
    events = standing(read_events(session, service.id or 0))
    if not any(one.kind is EventKind.PHOTO and one.photo == name and within(one) for one in events):
        raise NotFound("there is no such photo", "没有这张照片")


def _note(session: Session, runtime: Runtime, caller: Caller, service: Service) -> None:
    subject = f"{service.day} {service.meal.value}"
    audit.record(session, runtime.clock(), caller.name, "read.photo", subject)
