"""A small town, built by hand: canteens, elders, couriers, orders and revisions of one lunch."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from mealsvc.planning.facts import snapshot_of
from mealsvc.planning.stored import StoredProblem, pack
from mealsvc.store import (
    Address,
    Canteen,
    CanteenMeal,
    Contact,
    Courier,
    Duty,
    Elder,
    MealPoint,
    Order,
    Plan,
    PlanRevision,
    Service,
    Stop,
    Trip,
    UnservedOrder,
    transaction,
)
from mealsvc.vocabulary import Meal, Mode, OrderKind, RevisionState, UnlocatedReason
from routing import Cost, Instance, Rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 21)
MADE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def at(text):
    """Return the moment of a local time on the day of the service, for example ``"10:52"``."""
    return datetime.combine(DAY, time.fromisoformat(text), tzinfo=SHANGHAI)


class Town:
    """Adds rows to a database with as few words as a test needs."""

    def __init__(self, runtime):
        self.runtime = runtime
        self.day, self.meal = DAY, Meal.LUNCH
        service = Service(day=DAY, meal=Meal.LUNCH, frozen_at=None)
        with transaction(runtime.engine) as session:
            session.add(service)
            session.flush()
            plan = Plan(service_id=service.id)
            session.add(plan)
            session.flush()
            self.service_id, self.plan_id = service.id, plan.id

    def add(self, *rows):
        with transaction(self.runtime.engine) as session:
            session.add_all(rows)
            session.flush()
            return rows[0].id

    def canteen(self, code="ST01", name="金田花园老年食堂", lon=120.0940, lat=30.2803):
        canteen = Canteen(
            code=code, name=name, phone="0571-88001122", address="西湖区金田花园",
            lon=lon, lat=lat, unlocated_reason=None, created_at=MADE, updated_at=MADE,
        )  # fmt: skip
        canteen.meals = [
            CanteenMeal(meal=Meal.LUNCH, capacity=90, opens=time(10, 30), closes=time(12, 30))
        ]
        return self.add(canteen)

    def meal_point(self, canteen_id, code="ZC01", name="文化新村助餐点"):
        return self.add(
            MealPoint(
                code=code, name=name, address="西湖区文化新村 2 幢底层", canteen_id=canteen_id,
                capacity=40, opens=time(11, 0), closes=time(12, 15), lon=120.0957, lat=30.2789,
                unlocated_reason=None, note="从北门进,找值班员", created_at=MADE, updated_at=MADE,
            )
        )  # fmt: skip

    def courier(self, canteen_id, code="Z001", name="段建娟", **more):
        given = {"phone": "13900001248", "mode": Mode.EBIKE, "boxes": 12, **more}
        return self.add(
            Courier(
                code=code, name=name, canteen_id=canteen_id, created_at=MADE, updated_at=MADE,
                **given,
            )
        )  # fmt: skip

    def elder(self, code, name, address=None, contacts=(), **more):
        place = {"lon": 120.0940, "lat": 30.2810, "unlocated_reason": None}
        home = {
            "compound": "锦绣花园", "building": "3幢", "unit": "2单元", "room": "104",
            "floor": 1, "lift": False,
        }  # fmt: skip
        elder = Elder(
            code=code, name=name, created_at=MADE, updated_at=MADE,
            **{"phone": "13800005408", **more},
        )  # fmt: skip
        elder.address = Address(**{**home, **place, **(address or {})})
        elder.contacts = [
            Contact(rank=rank, name=who, phone=phone, relation=relation)
            for rank, (who, relation, phone) in enumerate(contacts, start=1)
        ]
        return self.add(elder)

    def order(self, elder_id=None, kind=OrderKind.DELIVERY, portions=1, **more):
        return self.add(
            Order(
                service_id=self.service_id, elder_id=elder_id, kind=kind, portions=portions, **more
            )
        )

    def revision(self, number=1, state=RevisionState.DRAFT, published=None):
        """Add a revision; ``published`` is the hour after which it came out (default: number)."""
        out = None
        if state is not RevisionState.DRAFT:
            out = MADE + timedelta(hours=number if published is None else published)
        return self.add(
            PlanRevision(
                plan_id=self.plan_id, number=number, state=state, created_at=MADE,
                created_by="test", published_at=out, published_by="test" if out else None,
                orders=0, portions=0, served_orders=0, served_portions=0, unserved_orders=0,
                unlocated_orders=0, dine_in_portions=0, pick_up_portions=0, circle_portions=0,
                circle_share=1.0, couriers=0, couriers_on_shift=0, trips=0, travel_seconds=0,
                unfamiliar_orders=0, cost=0, bound=0, solve_seconds=1.0, seed=0,
                streets_fingerprint="test", instance=self._problem(),
            )
        )  # fmt: skip

    def _problem(self):
        """Return what a revision keeps of the orders as they are now."""
        with transaction(self.runtime.engine) as session:
            orders = session.exec(select(Order).where(Order.service_id == self.service_id)).all()
            said = snapshot_of(orders)
        instance = Instance((), (), (), {}, Rules(600, 1800, Cost(1, 1, 1, 1)))
        return pack(StoredProblem(instance, at("10:30"), said))

    def duty(self, revision_id, courier_id, *trips):
        """Add a duty; a trip is ``("10:36", [(order_id, ride minutes), …])``."""
        duty = Duty(revision_id=revision_id, courier_id=courier_id)
        for number, (departs, stops) in enumerate(trips, start=1):
            leaves = at(departs)
            rides = [ride for _, ride in stops]
            duty.trips.append(
                Trip(
                    number=number, loads_at=leaves - timedelta(minutes=5), departs_at=leaves,
                    returns_at=leaves + timedelta(minutes=max(rides, default=0) + 8),
                    travel_seconds=600,
                    stops=[
                        Stop(
                            number=place, order_id=order_id, ride_seconds=int(ride * 60),
                            arrives_at=leaves + timedelta(minutes=ride), travel_seconds=120,
                            inside_circle=ride <= 10,
                        )
                        for place, (order_id, ride) in enumerate(stops, start=1)
                    ],
                )
            )  # fmt: skip
        return self.add(duty)

    def unserved(self, revision_id, order_id, reason):
        return self.add(UnservedOrder(revision_id=revision_id, order_id=order_id, reason=reason))


@pytest.fixture
def town(runtime):
    """An empty town; nothing is planned yet."""
    return Town(runtime)


class Lunch:
    """The rows of :func:`lunch` by name."""


@pytest.fixture
def lunch(town):
    """Two couriers, seven orders of every kind, one unserved and one unlocated: a draft."""
    rows = Lunch()
    rows.canteen = town.canteen()
    rows.point = town.meal_point(rows.canteen)
    rows.duan = town.courier(rows.canteen)
    rows.xu = town.courier(rows.canteen, "Z002", "徐娟", phone=None, mode=Mode.FOOT)
    person = town.elder
    rows.kang = person(
        "L01", "段永康", contacts=[("康荣英", "女儿", "13900002572")], door_note="耳背,请用力敲门"
    )
    rows.xu_bao = person(
        "L02", "许宝根", {"floor": 6, "room": "603", "lon": 120.0951, "lat": 30.2822}, phone=None
    )
    rows.rare = person("L03", "䶮㛃堃", {"lift": True, "floor": 13, "lon": 120.0925, "lat": 30.279})
    rows.guest = person("L04", "姚娟")
    rows.diner = person("L05", "方志生")
    rows.far = person("L06", "文庆祥", contacts=[("梁秀林", "儿子", "13900006035")])
    rows.lost = person(
        "L07", "宋金昌",
        {"lon": None, "lat": None, "unlocated_reason": UnlocatedReason.SWAPPED_AXES,
         "unlocated_detail": "30.28, 120.09"},
        canteen_id=rows.canteen,
    )  # fmt: skip
    rows.o_kang = town.order(
        rows.kang, portions=2, diets=["低糖", "软食"], window_from=time(11, 0),
        window_to=time(11, 45),
    )  # fmt: skip
    rows.o_xu = town.order(rows.xu_bao, needs=["care"])
    rows.o_rare = town.order(rows.rare, diets=["低盐"])
    rows.o_guest = town.order(
        rows.guest, OrderKind.PICK_UP, 3, meal_point_id=rows.point, canteen_id=rows.canteen,
        diets=["清真"],
    )  # fmt: skip
    rows.o_diner = town.order(rows.diner, OrderKind.DINE_IN, 2, canteen_id=rows.canteen)
    rows.o_supply = town.order(
        None, OrderKind.SUPPLY, 3, meal_point_id=rows.point, canteen_id=rows.canteen
    )
    rows.o_far = town.order(rows.far)
    rows.o_lost = town.order(rows.lost, diets=["低糖"])
    rows.revision = town.revision()
    town.duty(
        rows.revision, rows.duan, ("10:36", [(rows.o_kang, 6), (rows.o_xu, 12)]),
        ("11:10", [(rows.o_rare, 5)]),
    )  # fmt: skip
    town.duty(rows.revision, rows.xu, ("10:40", [(rows.o_supply, 8)]))
    town.unserved(rows.revision, rows.o_far, "too_far")
    town.unserved(rows.revision, rows.o_lost, "unlocated")
    return rows
