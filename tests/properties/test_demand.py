"""Whatever the roster says, the orders of a service follow from it."""

import math
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, col, create_engine, select

from mealsvc.demand import collect_orders, service_hours
from mealsvc.demand.calendar import seconds_of
from mealsvc.demand.rules import handover_seconds, usable_window
from mealsvc.demand.supply import split
from mealsvc.demand.wishes import wish_of
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.store import Address, Elder, Order, OrderChange, Pause, StandingOrder
from mealsvc.vocabulary import EndReason, Meal, MealWay, OrderKind
from tests.mealsvc.people import SATURDAY, STAMP, UNLOCATED, Town, place

EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

days = st.integers(-4, 4).map(lambda shift: SATURDAY + timedelta(days=shift))
times = st.builds(time, st.integers(8, 20), st.sampled_from([0, 15, 30, 45]))
windows = st.none() | st.tuples(times, times).filter(lambda pair: pair[0] < pair[1])
ways = st.sampled_from(MealWay)


def spans(first, last):
    """A first and a last day in order; the last may be open."""
    return first, None if last is None or last < first else last


@st.composite
def people(draw):
    """One elder's file as plain values."""
    standing = {}
    for _ in range(draw(st.integers(0, 2))):
        begins, ends = spans(draw(days), draw(st.none() | st.none() | days))
        standing[begins] = {
            "valid_from": begins,
            "valid_to": ends,
            "way": draw(ways),
            "portions": draw(st.integers(1, 9)),
            "weekdays": draw(st.sampled_from([127, 127, 0b0100000, 0b0011111])),
            "window": draw(windows),
        }
    return {
        "standing": list(standing.values()),
        "pauses": [
            spans(draw(days), draw(st.none() | days)) for _ in range(draw(st.integers(0, 1)))
        ],
        "change": draw(
            st.none()
            | st.fixed_dictionaries({"portions": st.integers(0, 9), "way": st.none() | ways})
        ),
        "ended_on": draw(st.none() | days),
        "located": draw(st.booleans()),
    }


rosters = st.fixed_dictionaries(
    {
        "people": st.lists(people(), max_size=7),
        "boxes": st.lists(st.integers(1, 12), max_size=3),
    }
)


def file_of(person, **more):
    """An elder with the orders, pauses and changes of a person."""
    ended = {"ended_on": person["ended_on"], "end_reason": EndReason.MOVED}
    elder = Elder(
        code="x", name="x", created_at=STAMP, updated_at=STAMP, **more,
        **(ended if person["ended_on"] else {}),
    )  # fmt: skip
    for standing in person["standing"]:
        window = standing["window"] or (None, None)
        plain = {name: value for name, value in standing.items() if name != "window"}
        elder.standing_orders.append(
            StandingOrder(meal=Meal.LUNCH, window_from=window[0], window_to=window[1], **plain)
        )
    elder.pauses = [Pause(first_day=first, last_day=last) for first, last in person["pauses"]]
    if person["change"]:
        change = OrderChange(day=SATURDAY, meal=Meal.LUNCH, made_at=STAMP, **person["change"])
        elder.order_changes = [change]
    return elder


def settle(session, roster):
    """Put a roster into an empty database; return the elders and the meal point."""
    town = Town(session)
    canteen = town.canteen()
    point = town.point(canteen)
    for boxes in roster["boxes"]:
        town.courier(canteen, boxes)
    elders = []
    for number, person in enumerate(roster["people"]):
        elder = file_of(person, meal_point_id=point.id, canteen_id=canteen.id)
        elder.code = f"L{number}"
        elder.address = Address(**(place() if person["located"] else UNLOCATED))
        elders.append(town.keep(elder))
    return elders, point


@pytest.fixture
def collected(clock, tmp_path):
    """Collect Saturday's lunch of a roster, in a database that lives in memory."""

    def collect(roster, check):
        engine = create_engine("sqlite://")
        SQLModel.metadata.create_all(engine)
        runtime = Runtime(Settings(home=tmp_path, _env_file=None), engine, clock)
        with Session(engine) as session:
            elders, point = settle(session, roster)

            def orders():
                service = collect_orders(session, runtime, SATURDAY, Meal.LUNCH)
                query = select(Order).where(col(Order.service_id) == service.id)
                return session.exec(query.order_by(col(Order.id))).all()

            check(session, elders, point, orders)
        engine.dispose()

    return collect


def expected(person):
    """Portions and way of an elder, said as plainly as can be."""
    if person["ended_on"] is not None and person["ended_on"] <= SATURDAY:
        return None
    fitting = [
        one
        for one in person["standing"]
        if one["valid_from"] <= SATURDAY
        and (one["valid_to"] is None or one["valid_to"] >= SATURDAY)
        and one["weekdays"] & 0b0100000
    ]
    fitting.sort(key=lambda one: one["valid_from"])
    if person["change"]:
        if person["change"]["portions"] == 0:
            return None
        known = fitting or sorted(person["standing"], key=lambda one: one["valid_from"])
        way = person["change"]["way"] or (known[-1]["way"] if known else MealWay.DELIVERY)
        return person["change"]["portions"], way
    away = any(a <= SATURDAY and (b is None or b >= SATURDAY) for a, b in person["pauses"])
    if away or not fitting:
        return None
    return fitting[-1]["portions"], fitting[-1]["way"]


@settings(max_examples=300, deadline=None)
@given(person=people())
def test_a_wish_is_standing_orders_minus_pauses_plus_changes(person):
    wish = wish_of(file_of(person), SATURDAY, Meal.LUNCH)
    assert (wish and (wish.portions, wish.way)) == expected(person)


@EXAMPLES
@given(roster=rosters)
def test_orders_are_the_wishes_of_everybody(collected, roster):
    def check(_session, elders, _point, orders):
        standing = {order.elder_id: order for order in orders() if not order.cancelled}
        for elder, person in zip(elders, roster["people"], strict=True):
            order = standing.get(elder.id)
            found = (order.portions, order.kind.value) if order else None
            wanted = expected(person)
            assert found == (wanted and (wanted[0], wanted[1].value))

    collected(roster, check)


@EXAMPLES
@given(roster=rosters)
def test_supply_orders_carry_exactly_what_is_collected(collected, roster):
    def check(_session, _elders, point, orders):
        present = [order for order in orders() if not order.cancelled]
        supply = [order for order in present if order.kind is OrderKind.SUPPLY]
        picked = [order for order in present if order.kind is OrderKind.PICK_UP]
        assert sum(o.portions for o in supply) == sum(o.portions for o in picked)
        assert [order.part for order in supply] == list(range(1, len(supply) + 1))
        if roster["boxes"]:
            assert all(order.portions <= max(roster["boxes"]) for order in supply)
        assert {order.meal_point_id for order in supply} <= {point.id}

    collected(roster, check)


@EXAMPLES
@given(before=rosters, after=st.lists(people(), min_size=7, max_size=7))
def test_collecting_again_ends_where_collecting_once_would(collected, before, after):
    def check(session, elders, _point, orders):
        first = [order.model_dump() for order in orders()]
        assert [order.model_dump() for order in orders()] == first
        ids = {order["id"]: order["elder_id"] for order in first}
        for elder, person in zip(elders, after, strict=False):
            elder.pauses = [Pause(first_day=a, last_day=b) for a, b in person["pauses"]]
        session.flush()
        again = orders()
        # An order keeps its identity whatever happens to it.
        assert ids.items() <= {order.id: order.elder_id for order in again}.items()
        wanted = {elder.id for elder in elders if wish_of(elder, SATURDAY, Meal.LUNCH)}
        assert {o.elder_id for o in again if o.elder_id and not o.cancelled} == wanted

    collected(before, check)


@given(portions=st.integers(0, 500), box=st.none() | st.integers(0, 40))
def test_a_split_is_complete_fits_and_is_even(portions, box):
    parts = split(portions, box)
    assert sum(parts) == portions
    assert all(part > 0 for part in parts)
    if box:
        assert all(part <= box for part in parts)
        assert len(parts) == math.ceil(portions / box)
        assert not parts or max(parts) - min(parts) <= 1


@given(window=windows)
def test_a_usable_window_lies_in_the_service(window):
    hours = service_hours(Settings(_env_file=None), date(2026, 11, 21), Meal.LUNCH)
    found = usable_window(window, hours)
    if found is not None:
        assert 0 <= hours.offset(found[0]) < hours.offset(found[1]) <= hours.length
        assert window[0] <= found[0] < found[1] <= window[1]
    elif window is not None:
        assert seconds_of(window[1]) <= seconds_of(hours.first) or window[0] >= hours.last


@given(floor=st.integers(-3, 40), lift=st.sampled_from([True, False, None]))
def test_a_higher_door_never_takes_less_time(floor, lift):
    kept = Settings(_env_file=None)
    elder = Elder(code="x", name="x", created_at=STAMP, updated_at=STAMP)

    def seconds(at):
        return handover_seconds(elder, Address(floor=at, lift=lift), kept)

    assert seconds(floor) >= kept.handover_seconds
    if floor > 0 and lift is not None:
        assert seconds(floor + 1) >= seconds(floor)
