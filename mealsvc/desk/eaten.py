"""Meals eaten in the canteen or picked up: recorded by card number, twice is caught, counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mealsvc.access import Caller, Detail, audit
from mealsvc.clock import local_date
from mealsvc.day_words import EventKind, Source
from mealsvc.delivery import read_events, read_state
from mealsvc.delivery.eaten import (
    WAYS,
    Delivered,
    MealEaten,
    PersonMeals,
    eaten_of,
    person_meals,
    served_meals,
)
from mealsvc.demand import find_service
from mealsvc.desk.people import Person, note_read, person
from mealsvc.desk.reach import canteen_within
from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.roster import upkeep
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, Courier, DeliveryEvent, Elder, Order, Service, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal, MealWay, OrderKind, label


@dataclass(frozen=True)
class EatenEntry:
    """What is recorded: whose card, how, where, how many portions; ``uid`` makes it once."""

    uid: str
    elder: str
    way: MealWay
    canteen: str
    portions: int = 1


@dataclass(frozen=True)
class EatenView:
    """A meal eaten elsewhere; the elder as the caller may know."""

    uid: str
    elder: Person | None
    way: MealWay
    canteen: str
    portions: int
    at: datetime
    by: str


@dataclass(frozen=True)
class DayMeals:
    """Person-meals of a service within a caller's canteens.

    Attributes
    ----------
    ways
        By how the meal reached the elder.
    persons
        Different elders in all.
    twice
        Elders who were served in more than one way, to be looked into.
    """

    ways: dict[MealWay, PersonMeals]
    persons: int
    twice: int


def record(runtime: Runtime, caller: Caller, day: date, meal: Meal, entry: EatenEntry) -> EatenView:
    """Record a meal that an elder ate in one of the caller's canteens, or picked up there.

    The elder may be of any canteen: who shows the card is there.

    Raises
    ------
    NotFound
        If the canteen is out of reach, or nobody has this code.
    Conflict
        If a meal of this service is recorded for the elder already, or the service ended.
    InvalidInput
        If the day has not come, or the way is none of the two.
    """
    now = runtime.clock()
    if day > local_date(now, runtime.settings.zone):
        raise InvalidInput(f"{day} has not come yet", f"{day} 还没有到")
    if entry.way is MealWay.DELIVERY:
        raise InvalidInput("deliveries are reported by couriers", "送餐上门由送餐员记录")
    with transaction(runtime.engine) as session:
        canteen = canteen_within(session, caller, entry.canteen)
        elder = upkeep.get_elder(session, entry.elder)
        if elder.ended_on is not None and elder.ended_on <= day:
            raise Conflict(
                f"the service of elder {elder.code} ended on {elder.ended_on}",
                f"老人 {elder.code} 的服务已于 {elder.ended_on} 终止",
            )
        service, _ = one_row(session, Service, {"day": day, "meal": meal})
        row = _row(service, elder, canteen, entry, caller, now)
        if not _known(session, row):
            _require_first(session, runtime, service, elder)
            session.add(row)
            subject = f"{day} {meal.value} {canteen.code}"
            audit.record(session, now, caller.name, "delivery.eaten", subject, elder=elder.code)
        kept = MealEaten(
            entry.uid, elder.id or 0, canteen.id or 0, entry.way, entry.portions, now, caller.name
        )
        return _view(kept, elder, canteen.code, caller)


def _row(
    service: Service,
    elder: Elder,
    canteen: Canteen,
    entry: EatenEntry,
    caller: Caller,
    now: datetime,
) -> DeliveryEvent:
    kind = next(kind for kind, way in WAYS.items() if way is entry.way)
    return DeliveryEvent(
        service_id=service.id or 0,
        uid=entry.uid,
        kind=kind,
        source=Source.OFFICE,
        elder_id=elder.id,
        canteen_id=canteen.id,
        detail={"portions": entry.portions},
        happened_at=now,
        received_at=now,
        reported_by=caller.name,
    )


def _known(session: Session, row: DeliveryEvent) -> bool:
    before = session.exec(
        select(DeliveryEvent).where(
            DeliveryEvent.service_id == row.service_id, DeliveryEvent.uid == row.uid
        )
    ).first()
    if before is None:
        return False
    told = ("kind", "elder_id", "canteen_id", "detail")
    if any(getattr(before, name) != getattr(row, name) for name in told):
        raise Conflict("this id is used by another record", "此编号已被另一条记录使用")
    return True


def _require_first(session: Session, runtime: Runtime, service: Service, elder: Elder) -> None:
    """Refuse a second meal of one service; what was delivered is a meal too."""
    key = service.id or 0
    for one in eaten_of(read_events(session, key)):
        if one.elder_id == elder.id:
            where = session.get_one(Canteen, one.canteen_id).code
            raise _twice(runtime, elder, one.way, where, one.at, one.by)
    order = session.exec(
        select(Order).where(Order.service_id == key, Order.elder_id == elder.id)
    ).first()
    stop = read_state(session, key).stop(order.id or 0) if order else None
    if stop is not None and stop.served:
        raise _twice(runtime, elder, MealWay.DELIVERY, None, stop.at, None)


def _twice(
    runtime: Runtime,
    elder: Elder,
    way: MealWay,
    canteen: str | None,
    at: datetime | None,
    by: str | None,
) -> Conflict:
    local = f"{at.astimezone(runtime.settings.zone):%H:%M}" if at else "?"
    known = " ".join(part for part in (canteen, local, by) if part)
    return Conflict(
        f"elder {elder.code} has a meal of this service already: {label(way, 'en')}, {known}; for "
        "more portions take that record back and record it anew",
        f"老人 {elder.code} 本餐次已有记录：{label(way)}，{known}；如需更多份数，请撤回后重新登记",
    )


def take_back(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, uid: str, own_uid: str
) -> None:
    """Take back a record that was a mistake; done again, it changes nothing.

    Raises
    ------
    NotFound
        If there is no such record within the caller's canteens.
    """
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        if find_service(session, day, meal) is None:
            raise _no_record(uid)
        service, _ = one_row(session, Service, {"day": day, "meal": meal})
        events = read_events(session, service.id or 0)
        if any(event.uid == own_uid and event.about == uid for event in events):
            return
        found = next((one for one in eaten_of(events) if one.uid == uid), None)
        taken = any(event.uid == own_uid for event in events)
        if found is None or taken or not caller.sees(found.canteen_id):
            raise _no_record(uid)
        session.add(
            DeliveryEvent(
                service_id=service.id or 0,
                uid=own_uid,
                kind=EventKind.RETRACTED,
                source=Source.OFFICE,
                elder_id=found.elder_id,
                canteen_id=found.canteen_id,
                about=uid,
                happened_at=now,
                received_at=now,
                reported_by=caller.name,
            )
        )
        audit.record(session, now, caller.name, "delivery.take_back", f"{day} {meal.value}")


def _no_record(uid: str) -> NotFound:
    return NotFound(f"there is no record {uid} to take back", "没有可撤回的这条记录，请刷新")


def list_eaten(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> list[EatenView]:
    """Return the meals eaten in the caller's canteens or picked up there, oldest first."""
    with transaction(runtime.engine) as session:
        service = find_service(session, day, meal)
        if service is None:
            return []
        kept = [one for one in eaten_of(read_events(session, service.id or 0))
                if caller.sees(one.canteen_id)]  # fmt: skip
        codes = dict(session.exec(select(Canteen.id, Canteen.code)).all())
        ids = {one.elder_id for one in kept}
        elders = {one.id: one for one in session.exec(select(Elder).where(col(Elder.id).in_(ids)))}
        subject = f"{day} {meal.value}"
        note_read(session, runtime, caller, "read.eaten", subject, len(kept))
        return [_view(one, elders[one.elder_id], codes[one.canteen_id], caller) for one in kept]


def _view(one: MealEaten, elder: Elder, canteen: str, caller: Caller) -> EatenView:
    detail = caller.grant.detail
    if detail is Detail.FULL and not caller.sees(elder.canteen_id):
        detail = Detail.MASKED  # another canteen keeps the file
    shown = person(elder, detail)
    return EatenView(one.uid, shown, one.way, canteen, one.portions, one.at, one.by)


def day_meals(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> DayMeals:
    """Return the person-meals of a service by way, of the caller's canteens."""
    with transaction(runtime.engine) as session:
        service = find_service(session, day, meal)
        key = service.id or 0 if service else 0
        orders = session.exec(
            select(Order).where(Order.service_id == key, Order.kind == OrderKind.DELIVERY)
        )
        ordered = {
            one.id or 0: Delivered(one.elder_id, one.portions)
            for one in orders
            if one.elder_id is not None
        }
        canteens = dict(session.exec(select(Courier.id, Courier.canteen_id)).all())
        eaten = eaten_of(read_events(session, key))
        meals = served_meals(read_state(session, key), eaten, ordered, canteens)
    own = [one for one in meals if caller.sees(one.canteen_id)]
    ways: dict[int, set[MealWay]] = {}
    for one in own:
        ways.setdefault(one.elder_id, set()).add(one.way)
    return DayMeals(
        ways=person_meals(own), persons=len(ways), twice=sum(len(of) > 1 for of in ways.values())
    )
