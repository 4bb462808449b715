"""A published service in the records, made without the solver: two couriers, three doors."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import select

from mealsvc.planning.stored import StoredProblem, pack
from mealsvc.store import Duty, Order, Plan, PlanRevision, Service, Stop, Trip
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal, OrderKind, RevisionState
from routing import Cost, Instance, Rules
from tests.fixtures.installation import SHANGHAI
from tests.mealsvc.people import SATURDAY, Town

OPENS = datetime(2026, 11, 21, 10, 30, tzinfo=SHANGHAI)

_NUMBERS = dict.fromkeys(
    [
        "orders", "portions", "served_orders", "served_portions", "unserved_orders",
        "unlocated_orders", "dine_in_portions", "pick_up_portions", "circle_portions",
        "circle_share", "couriers", "couriers_on_shift", "trips", "travel_seconds",
        "unfamiliar_orders", "cost", "solve_seconds", "seed",
    ],
    0,
)  # fmt: skip

#: A problem that says nothing of any order.
_NOTHING_SAID = pack(
    StoredProblem(Instance((), (), (), {}, Rules(600, 1800, Cost(1, 1, 1, 1))), OPENS, {})
)


@dataclass
class PublishedDay:
    """What tests need of a published service."""

    service: Service
    couriers: list[int]
    elders: list[int]
    orders: list[int]


def publish_day(session, duties=((0, 1), (2,)), made=None):
    """Publish Saturday's lunch: each duty is one trip of orders, every five minutes a door.

    Give ``made`` to publish a further revision of the same service.
    """
    made = made or _orders(session)
    plan, _ = one_row(session, Plan, {"service_id": made.service.id})
    earlier = session.exec(select(PlanRevision).where(PlanRevision.plan_id == plan.id)).all()
    for revision in earlier:
        revision.state = RevisionState.SUPERSEDED
    session.flush()
    revision = PlanRevision(
        plan_id=plan.id, number=len(earlier) + 1, state=RevisionState.PUBLISHED,
        streets_fingerprint="x", instance=_NOTHING_SAID, created_at=OPENS, created_by="test",
        published_at=OPENS, published_by="test", **_NUMBERS,
    )  # fmt: skip
    for courier, places in zip(made.couriers, duties, strict=True):
        if places:
            revision.duties.append(_duty(made, courier, places))
    session.add(revision)
    session.flush()
    return made


def _orders(session):
    town = Town(session)
    canteen = town.canteen(code="ST01")
    couriers = [town.courier(canteen, code=f"Z0{number}").id for number in (1, 2)]
    elders = [town.elder(code=f"A{number}", canteen_id=canteen.id).id for number in (1, 2, 3)]
    service = town.keep(Service(day=SATURDAY, meal=Meal.LUNCH))
    orders = [
        town.keep(
            Order(service_id=service.id, kind=OrderKind.DELIVERY, elder_id=elder, portions=1)
        ).id
        for elder in elders
    ]
    return PublishedDay(service, couriers, elders, orders)


def _duty(made, courier, places):
    duty = Duty(courier_id=courier)
    departs = OPENS + timedelta(minutes=5)
    trip = Trip(
        number=1, loads_at=OPENS, departs_at=departs, travel_seconds=600,
        returns_at=departs + timedelta(minutes=40),
    )  # fmt: skip
    for number, place in enumerate(places, start=1):
        trip.stops.append(
            Stop(
                number=number, order_id=made.orders[place], ride_seconds=300 * number,
                arrives_at=departs + timedelta(minutes=5 * number), travel_seconds=300,
                inside_circle=True,
            )
        )  # fmt: skip
    duty.trips.append(trip)
    return duty
