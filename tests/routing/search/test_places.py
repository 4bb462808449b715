"""What an insertion is said to cost is what it costs, and undoing a step leaves no trace."""

import random

import numpy as np
import pytest

from routing import Instance
from routing.search.dice import make_dice
from routing.search.duties import N_ABSENT, S_ORDER, T_COURIER, T_MEALS, T_STOPS, empty_duties
from routing.search.improve import Habits, search
from routing.search.insertion import insert_all, insert_best
from routing.search.places import best_in_trip, best_new_trip
from routing.search.saved import clear_duty, make_saved, offer_trip, save_duty, undo_step
from routing.search.search import NOWHERE
from routing.tables import C_BOXES, O_MEALS, make_tables


def crowded(seed):
    """A town with tight windows, detours, usual couriers, one-way streets and a small circle."""
    dice = random.Random(seed)
    count, places = 24, 13
    seconds = [[dice.randint(0, 400) for _ in range(places)] for _ in range(places)]
    for _ in range(10):
        seconds[dice.randrange(places)][dice.randrange(places)] = 65535
    orders = []
    for number in range(count):
        opens = dice.randint(0, 4000)
        orders.append(
            {
                "id": f"o{number}",
                "location": dice.randrange(1, places),
                "meals": dice.randint(1, 2),
                "window": [opens, opens + dice.choice([0, 60, 900, 5000])],
                "handover_seconds": dice.randint(0, 120),
                "pack_seconds": dice.randint(0, 9),
                "priority": dice.randint(1, 3),
                "usual_courier": dice.choice(["v0", "v1", None]),
            }
        )
    couriers = [
        {"id": f"v{n}", "canteen": "c", "mode": "foot", "boxes": 6, "shift": [n * 300, 5000]}
        for n in range(4)
    ]
    prices = {
        "unserved_meal": 9000,
        "outside_circle_meal": 500,
        "courier": 700,
        "travel_second": 1,
        "unfamiliar_courier": 50,
    }
    return make_tables(
        Instance.from_dict(
            {
                "travel": {"foot": {"seconds": seconds}},
                "canteens": [{"id": "c", "location": 0, "meals": 99, "open": 0, "close": 4500}],
                "orders": orders,
                "couriers": couriers,
                "rules": {"circle_seconds": 300, "max_ride_seconds": 900, "cost": prices},
            }
        )
    )


@pytest.mark.parametrize("seed", range(6))
def test_an_insertion_costs_what_was_said_and_breaks_no_rule(seed):
    tables = crowded(seed)
    duties, dice = empty_duties(tables), make_dice(seed)
    undo = make_saved(tables, duties)
    for order in range(len(tables.orders)):
        options = [(float(tables.unserved[order]), -1)]
        for courier in tables.able_couriers[
            tables.able_start[order] : tables.able_start[order + 1]
        ]:
            rows = duties.chain[courier, : duties.trips[courier]]
            room = tables.couriers[courier, C_BOXES] - tables.orders[order, O_MEALS]
            rows = rows[duties.trip[rows, T_MEALS] <= room]
            options += [best_in_trip(tables, duties, row, order, 0.0, dice, np.inf) for row in rows]
            options.append(best_new_trip(tables, duties, courier, order, 0.0, dice, np.inf))
        said = min(cost for cost, _ in options)
        before = duties.cost[0]
        served = insert_best(tables, duties, undo, 1 + order, order, 0.0, dice)
        assert served == (said < tables.unserved[order])
        assert duties.cost[0] - before == pytest.approx(said - tables.unserved[order])
        if served:
            row = duties.where[order]
            courier = duties.trip[row, T_COURIER]
            undone = float(duties.cost[0])
            again = make_saved(tables, duties)
            assert put_back(tables, duties, again, courier) == pytest.approx(undone)


def put_back(tables, duties, saved, courier):
    """Rebuild a duty from nothing, as a check of its figures; return the plan's cost."""
    save_duty(duties, saved, courier)
    clear_duty(tables, duties, courier)
    total = 0
    for place in range(saved.trips[courier]):
        stops = saved.lengths[courier, place]
        orders = saved.orders[courier, total : total + stops]
        assert offer_trip(tables, duties, courier, place, orders)
        total += stops
    return float(duties.cost[0])


def plan_of(duties):
    """Return the trips of a plan as plain lists, courier by courier."""
    return [
        [
            duties.stop[row, : duties.trip[row, T_STOPS], S_ORDER].tolist()
            for row in duties.chain[courier, : duties.trips[courier]]
        ]
        for courier in range(len(duties.trips))
    ]


def test_a_step_that_is_undone_leaves_no_trace():
    tables = crowded(7)
    duties, dice = empty_duties(tables), make_dice(7)
    best, undo = make_saved(tables, duties), make_saved(tables, duties)
    insert_all(tables, duties, undo, 1, 0, dice)
    plan, cost, absent = plan_of(duties), duties.cost[0], duties.tally[N_ABSENT]
    search(tables, duties, best, undo, dice, 2, 1, 1e12, Habits(), NOWHERE)  # it is kept
    assert plan_of(duties) != plan
    undo_step(tables, duties, undo, 2)
    assert (plan_of(duties), duties.cost[0], duties.tally[N_ABSENT]) == (plan, cost, absent)
    assert duties.where.tolist().count(-1) == absent


@pytest.mark.parametrize("seed", range(8))
def test_a_step_that_is_told_where_to_begin_tears_only_what_is_there(seed):
    tables = crowded(7)
    duties, dice = empty_duties(tables), make_dice(seed)
    best, undo = make_saved(tables, duties), make_saved(tables, duties)
    insert_all(tables, duties, undo, 1, 0, dice)
    before = [trip for duty in plan_of(duties) for trip in duty]
    first = np.array(before[0][:1], dtype=np.int64)
    only_there = Habits(0.3, blocks=0.0, trips=0.0, duty=0.0, scattered=0.0, near=1.0)
    search(tables, duties, best, undo, dice, 2, 1, 1e12, only_there, first)
    after = [trip for duty in plan_of(duties) for trip in duty]
    others = {order for trip in before[1:] for order in trip}
    assert sorted(before[1:]) == sorted(
        rest for trip in after if (rest := [order for order in trip if order in others])
    )
