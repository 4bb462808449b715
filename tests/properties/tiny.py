"""Random tiny problems, and the best there is for each.

The best is found by trying every duty with every departure second, without anything that the
solver knows about departures.
"""

import random
from itertools import permutations, product

from hypothesis import settings
from hypothesis import strategies as st

from routing import NO_WAY, Instance

END_OF_DAY = 70
TINY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
)


def make_instance(seed):
    """Up to four orders, two canteens, three couriers, and every kind of obstacle now and then."""
    dice = random.Random(seed)
    places, whole, some = dice.randint(2, 5), dice.randint, dice.choice
    travel = {
        mode: {"seconds": [[seconds(dice) for _ in range(places)] for _ in range(places)]}
        for mode in ("foot", "bicycle")[: whole(1, 2)]
    }
    canteens = [
        {
            "id": f"c{number}",
            "location": whole(0, places - 1),
            "meals": some([2, 4, 12, 12]),
            "open": whole(0, 8),
            "close": whole(25, END_OF_DAY),
            "load_seconds": whole(0, 6),
        }
        for number in range(whole(1, 2))
    ]
    couriers = [
        {
            "id": f"v{number}",
            "canteen": some(canteens)["id"],
            "mode": some(sorted(travel)),
            "boxes": whole(1, 6),
            "shift": [whole(0, 10), whole(40, END_OF_DAY)],
            "skills": some([[], ["care"], ["care"]]),
            **some([{}, {}, {"max_trips": 1}]),
        }
        for number in range(whole(1, 3))
    ]
    orders = [
        {
            "id": f"o{number}",
            "location": whole(0, places - 1),
            "meals": some([1, 1, 2, 3]),
            "window": some([[0, END_OF_DAY], sorted([whole(0, 30), whole(20, 60)])]),
            "handover_seconds": whole(0, 6),
            "pack_seconds": whole(0, 3),
            "priority": some([0, 0.5, 1, 1, 3]),
            "needs": some([[], [], [], ["care"]]),
            **some([{}, {}, {}, {"canteens": ["c0"]}, {}]),
            **some([{}, {"usual_courier": "v0"}, {"usual_courier": "away"}]),
        }
        for number in range(some([0, 1, 2, 3, 4, 4, 4]))
    ]
    rules = {
        "circle_seconds": whole(0, 25),
        "max_ride_seconds": some([0, 15, 30, 60, 60]),
        "cost": {
            "unserved_meal": some([5, 100, 100, 1000]),
            "outside_circle_meal": some([0, 3, 40]),
            "courier": some([0, 10, 50]),
            "travel_second": some([0, 1, 2.5]),
            "unfamiliar_courier": some([0, 7]),
        },
    }
    parts = {"canteens": canteens, "couriers": couriers, "orders": orders}
    return Instance.from_dict({"travel": travel, "rules": rules, **parts})


def seconds(dice):
    """A travel time that is sometimes nothing, sometimes impossible, seldom the shortest way."""
    return dice.choice([0, NO_WAY, *[dice.randint(1, 12) for _ in range(18)]])


instances = st.integers(0, 10**9).map(make_instance)


def trip_choices(instance, courier, sequence):
    """Every (loading start, return, cost) of a trip with these orders, one per departure second."""
    canteen, rules = instance.canteen_by_id[courier.canteen], instance.rules
    orders = [instance.orders[row] for row in sequence]
    if sum(order.meals for order in orders) > courier.boxes:
        return []
    for order in orders:
        if order.canteens is not None and canteen.id not in order.canteens:
            return []
        if not set(order.needs) <= set(courier.skills):
            return []
    table, price, found = instance.travel[courier.mode], rules.cost, []
    load = canteen.load_seconds + sum(order.pack_seconds for order in orders)
    for depart in range(canteen.close + 1):
        clock, here, cost, possible = depart, canteen.location, 0.0, depart - load >= canteen.open
        for order in orders:
            step = int(table[here, order.location])
            clock = max(clock + step, order.window[0])
            possible &= step < NO_WAY and clock <= order.window[1]
            possible &= clock - depart <= rules.max_ride_seconds
            cost += price.travel_second * step
            if clock - depart > rules.circle_seconds:
                cost += price.outside_circle_meal * order.weight
            if order.usual_courier is not None and order.usual_courier != courier.id:
                cost += price.unfamiliar_courier
            clock, here = clock + order.handover_seconds, order.location
        home = int(table[here, canteen.location])
        possible &= depart - load >= courier.shift[0] and clock + home <= courier.shift[1]
        if possible:
            found.append((depart - load, clock + home, cost + price.travel_second * home))
    return found


def duty_costs(instance, courier):
    """The least cost of every set of orders that one courier can bring, by bit set."""
    rows = range(len(instance.orders))
    trips = {}
    for size in range(1, len(instance.orders) + 1):
        for sequence in permutations(rows, size):
            bits = sum(1 << row for row in sequence)
            trips.setdefault(bits, []).extend(trip_choices(instance, courier, sequence))
    most = len(instance.orders) if courier.max_trips is None else courier.max_trips
    states = {(0, 0): {-(10**6): 0.0}}  # orders brought and trips made -> return -> cost
    best = {0: 0.0}
    for made in range(most):
        for (bits, count), backs in list(states.items()):
            if count != made:
                continue
            for more, choices in trips.items():
                if bits & more:
                    continue
                into = states.setdefault((bits | more, made + 1), {})
                for begin, back, cost in choices:
                    before = min((c for b, c in backs.items() if b <= begin), default=None)
                    if before is not None:
                        into[back] = min(into.get(back, float("inf")), before + cost)
        for (bits, count), backs in states.items():
            if count and backs:
                least = min(backs.values()) + instance.rules.cost.courier
                best[bits] = min(best.get(bits, float("inf")), least)
    return best


def optimum(instance):
    """The least cost of any feasible plan."""
    return min(optima(instance))


def optima(instance):
    """The least cost of any feasible plan with so many couriers, from none to all."""
    duties = [duty_costs(instance, courier) for courier in instance.couriers]
    price, least = instance.rules.cost.unserved_meal, [float("inf")] * (len(duties) + 1)
    for hands in product(range(-1, len(duties)), repeat=len(instance.orders)):
        sets = [
            sum(1 << row for row, hand in enumerate(hands) if hand == k) for k in range(len(duties))
        ]
        costs = [duty.get(bits) for duty, bits in zip(duties, sets, strict=True)]
        if None in costs:
            continue
        cooked = dict.fromkeys(instance.canteen_by_id, 0)
        cost = float(sum(costs))
        for order, hand in zip(instance.orders, hands, strict=True):
            if hand < 0:
                cost += price * order.weight
            else:
                cooked[instance.couriers[hand].canteen] += order.meals
        used = sum(bits > 0 for bits in sets)
        if all(cooked[c.id] <= c.meals for c in instance.canteens):
            least[used] = min(least[used], cost)
    return least


def chain_cost(instance, courier, sequences):
    """The least cost of making these trips in this order, or None where they do not fit."""
    backs = {-(10**6): instance.rules.cost.courier if sequences else 0.0}
    for sequence in sequences:
        into = {}
        for begin, back, cost in trip_choices(instance, courier, sequence):
            before = min((c for b, c in backs.items() if b <= begin), default=None)
            if before is not None:
                into[back] = min(into.get(back, float("inf")), before + cost)
        backs = into
    return min(backs.values(), default=None)
