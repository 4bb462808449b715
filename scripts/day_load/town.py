"""An invented bureau with a published lunch: many couriers with small duties, made without solver.

The plan is written into the records as planning would, but nothing is solved: what matters for the
load is how many duties, stops and links there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from mealsvc.access import create_user, make_link
from mealsvc.clock import local_moment
from mealsvc.runtime import Runtime
from mealsvc.store import (
    Address,
    Canteen,
    CanteenMeal,
    Contact,
    Courier,
    Duty,
    Elder,
    Order,
    Plan,
    PlanRevision,
    Service,
    Stop,
    Trip,
    transaction,
)
from mealsvc.vocabulary import Meal, OrderKind, RevisionState, Role

CANTEENS = 10
TRIPS = 2
STOPS = 3
"""Stops of one trip."""
MIDDLE = (120.15, 30.27)
"""Longitude and latitude of the invented town."""
PASSWORD = "ten-paper-lanterns"  # noqa: S105 - of users who live as long as the measurement


@dataclass(frozen=True)
class Link:
    """A courier's link: whose it is, and the secret that opens the duty."""

    courier_id: int
    secret: str


@dataclass(frozen=True)
class Town:
    """What phones and consoles need: links, and names of users who may sign in."""

    service_id: int
    day: date
    links: tuple[Link, ...]
    users: tuple[str, ...]


def make_town(runtime: Runtime, day: date, *, couriers: int, consoles: int) -> Town:
    """Fill an empty installation with an invented bureau whose lunch is published.

    Parameters
    ----------
    runtime
        The empty installation.
    day
        Date of the lunch; must not be over.
    couriers
        Each has two trips of three stops, and a link.
    consoles
        Users to make: every fifth an administrator, the others managers of one canteen each.
    """
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        canteens = [_canteen(session, number, now) for number in range(1, CANTEENS + 1)]
        made = [
            _courier(session, number, canteens[number % CANTEENS], now)
            for number in range(1, couriers + 1)
        ]
        service = Service(day=day, meal=Meal.LUNCH, frozen_at=now)
        session.add(service)
        session.flush()
        opens = local_moment(day, runtime.settings.lunch_opens, runtime.settings.zone)
        _publish(session, service.id or 0, made, opens, now)
        users = tuple(_user(session, number, now) for number in range(1, consoles + 1))
        service_id, ids = service.id or 0, [courier.id or 0 for courier in made]
    links = tuple(Link(key, _secret(runtime, day, key)) for key in ids)
    return Town(service_id, day, links, users)


def _secret(runtime: Runtime, day: date, courier_id: int) -> str:
    return make_link(runtime, day, Meal.LUNCH, courier_id, "bench").rpartition("/")[2]


def _user(session: Session, number: int, now: datetime) -> str:
    name = f"console{number:03}"
    everything = number % 5 == 0
    create_user(
        session,
        now,
        "bench",
        username=name,
        password=PASSWORD,
        role=Role.ADMIN if everything else Role.MANAGER,
        canteens=() if everything else (f"ST{number % CANTEENS + 1:02}",),
    )
    return name


def _canteen(session: Session, number: int, now: datetime) -> Canteen:
    lon, lat = MIDDLE
    canteen = Canteen(
        code=f"ST{number:02}", name=f"第{number}老年食堂", lon=lon + number / 200, lat=lat,
        created_at=now, updated_at=now,
    )  # fmt: skip
    canteen.meals.append(
        CanteenMeal(meal=Meal.LUNCH, capacity=5000, opens=time(10, 30), closes=time(12, 30))
    )
    session.add(canteen)
    session.flush()
    return canteen


def _courier(session: Session, number: int, canteen: Canteen, now: datetime) -> Courier:
    courier = Courier(
        code=f"Z{number:04}", name=f"送餐员{number}", canteen_id=canteen.id or 0, boxes=12,
        created_at=now, updated_at=now,
    )  # fmt: skip
    session.add(courier)
    session.flush()
    return courier


def _publish(
    session: Session, service_id: int, couriers: list[Courier], opens: datetime, now: datetime
) -> None:
    orders = len(couriers) * TRIPS * STOPS
    plan = Plan(service_id=service_id)
    session.add(plan)
    session.flush()
    revision = PlanRevision(
        plan_id=plan.id or 0, number=1, state=RevisionState.PUBLISHED, created_at=now,
        created_by="bench", published_at=now, published_by="bench", streets_fingerprint="none",
        instance=b"", orders=orders, portions=orders, served_orders=orders,
        served_portions=orders, circle_portions=orders, circle_share=1.0, couriers=len(couriers),
        couriers_on_shift=len(couriers), trips=len(couriers) * TRIPS, travel_seconds=1200 * orders,
        unserved_orders=0, unlocated_orders=0, dine_in_portions=0, pick_up_portions=0,
        unfamiliar_orders=0, cost=0, solve_seconds=0, seed=0,
    )  # fmt: skip
    for courier in couriers:
        duty = Duty(courier_id=courier.id or 0)
        duty.trips = [_trip(session, service_id, courier, n, opens, now) for n in range(TRIPS)]
        revision.duties.append(duty)
    session.add(revision)


def _trip(
    session: Session, service_id: int, courier: Courier, index: int, opens: datetime, now: datetime
) -> Trip:
    departs = opens + timedelta(minutes=10 + 30 * index)
    trip = Trip(
        number=index + 1, loads_at=departs - timedelta(minutes=5), departs_at=departs,
        returns_at=departs + timedelta(minutes=20), travel_seconds=1200,
    )  # fmt: skip
    for number in range(1, STOPS + 1):
        order = _order(session, service_id, courier, index * STOPS + number, now)
        trip.stops.append(
            Stop(
                number=number, order_id=order.id or 0, travel_seconds=300, inside_circle=True,
                ride_seconds=180 * number, arrives_at=departs + timedelta(minutes=3 * number),
            )
        )  # fmt: skip
    return trip


def _order(
    session: Session, service_id: int, courier: Courier, number: int, now: datetime
) -> Order:
    elder = Elder(
        code=f"L{courier.code}{number}", name=f"老人{courier.code}{number}", phone="057100000000",
        canteen_id=courier.canteen_id, created_at=now, updated_at=now,
    )  # fmt: skip
    lon, lat = MIDDLE
    elder.address = Address(compound="荷花苑", building=f"{number}幢", lon=lon, lat=lat)
    elder.contacts = [Contact(name="女儿", phone="057100000001", relation="女儿")]
    session.add(elder)
    session.flush()
    order = Order(service_id=service_id, kind=OrderKind.DELIVERY, elder_id=elder.id, portions=1)
    session.add(order)
    session.flush()
    return order
