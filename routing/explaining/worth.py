"""What more means would be worth to a plan, by solving again with them and without them.

Both searches start from the plan, use the same random numbers and make as many steps; so the
difference of their costs is what the change brought, as far as so many steps can show it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from routing.answer import build_trips, duties_of
from routing.budget import Budget
from routing.check import Verdict, check
from routing.explaining.changes import Change, Kind, applied
from routing.instance import Instance
from routing.parts import Courier
from routing.plan import Plan, Reason, Unserved
from routing.search.search import Duty, Search
from routing.tables import Tables, make_tables

MORE_PORTIONS = 10
MORE_BOXES = 1
WIDER_SECONDS = 300
TRIAL_STEPS = 60
"""Steps that measure the speed of the search, and the fewest that a comparison makes."""
STEPS_PER_ORDER = 20
"""The most, when they are not given."""
FIRST_SHARE = 0.25
"""Part of the remaining time that a canteen may take as long as many are waiting."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What one change of means is worth.

    Parameters
    ----------
    change : Change
        One courier more, boxes for one portion more with every courier of a canteen, portions more
        at a canteen, or a circle some minutes wider.
    saves : float
        The plan with the change costs so much less than the plan without it, both searched alike.
    served, inside, couriers : int
        So many orders more are served, so many fewer are outside the circle, and so many couriers
        more are used.
    steps : int
        Steps of either search.
    """

    change: Change
    saves: float
    served: int
    inside: int
    couriers: int
    steps: int

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return {
            **self.change.to_dict(),
            "saves": round(self.saves, 2),
            "served": self.served,
            "inside": self.inside,
            "couriers": self.couriers,
            "steps": self.steps,
        }


def find_worths(instance: Instance, plan: Plan, budget: Budget, seed: int = 0) -> tuple[Worth, ...]:
    """Return what more means are worth, most valuable first.

    Parameters
    ----------
    instance : Instance
        The problem.
    plan : Plan
        A feasible plan of it.
    budget : Budget
        Time for all; canteens for which there is none left are passed over. With `iterations`
        every search makes so many steps, so that the same input gives the same answer.
    seed : int
        Of the random numbers.
    """
    found: list[Worth] = []
    count = 1 + len(instance.canteens)
    for number, (region, changes) in enumerate(_regions(instance, plan)):
        if budget.left() <= 0:
            break
        if region.orders:
            part = budget.part(max(FIRST_SHARE, 1 / (count - number)))
            found.extend(_compare(region, _part_of(plan, region), changes, part, seed))
    return tuple(sorted(found, key=lambda worth: -worth.saves))


def _compare(
    region: Instance, plan: Plan, changes: list[Change], budget: Budget, seed: int
) -> Iterator[Worth]:
    """Yield what each change is worth in one part of the problem."""
    duties, tables = duties_of(region, plan), make_tables(region)
    steps = budget.iterations or _affordable(region, tables, duties, budget, len(changes), seed)
    if not steps:
        return
    base, _ = _searched(region, tables, duties, steps, seed)
    _, still = _searched(region, tables, base, steps, seed + 1)
    for change in changes:
        if budget.left() <= 0:
            return
        changed = applied(region, [change])
        longer = [*base, *([] for _ in changed.couriers[len(base) :])]
        _, now = _searched(changed, make_tables(changed), longer, steps, seed + 1)
        if now.cost >= still.cost:  # the plan without the change is one with it, too
            yield Worth(change, 0.0, 0, 0, 0, steps)
            continue
        yield Worth(
            change,
            still.cost - now.cost,
            still.unserved_orders - now.unserved_orders,
            still.outside_orders - now.outside_orders,
            now.couriers - still.couriers,
            steps,
        )


def _affordable(
    region: Instance,
    tables: Tables,
    duties: list[Duty],
    budget: Budget,
    changes: int,
    seed: int,
) -> int:
    """Return how many steps each search may make, from how long a few take; 0 for too long."""
    began = budget.elapsed()
    _searched(region, tables, duties, TRIAL_STEPS, seed)
    trial = budget.elapsed() - began
    left = budget.left() / (changes + 2)
    if trial > left:
        return 0
    most = max(TRIAL_STEPS, STEPS_PER_ORDER * len(region.orders))
    return int(min(most, TRIAL_STEPS * left / max(trial, 1e-6)))


def _searched(
    instance: Instance, tables: Tables, duties: list[Duty], steps: int, seed: int
) -> tuple[list[Duty], Verdict]:
    """Search from a plan and return the best one found, and its figures."""
    search = Search(tables, seed)
    search.take(duties)
    search.improve(Budget(float("inf"), steps), lambda: False)
    search.complete()
    best = search.duties()
    trips = build_trips(instance, best)
    served = {stop.order for trip in trips for stop in trip.stops}
    left = (order.id for order in instance.orders if order.id not in served)
    plan = Plan(tuple(trips), tuple(Unserved(one, Reason.COURIERS_BUSY) for one in left))
    return best, check(instance, plan)


def _regions(instance: Instance, plan: Plan) -> Iterator[tuple[Instance, list[Change]]]:
    """Yield the parts of the problem in which changes are tried, each made when it is wanted.

    What a canteen gets more matters to it and to those that share orders with it; the others keep
    their trips. A wider circle matters to all.
    """
    bringer = {stop.order: trip.canteen for trip in plan.trips for stop in trip.stops}
    ids = tuple(canteen.id for canteen in instance.canteens)
    wider = instance.rules.circle_seconds + WIDER_SECONDS
    yield instance, [Change(Kind.CIRCLE, WIDER_SECONDS, limit=wider)]
    heavy: dict[str, float] = dict.fromkeys(ids, 0.0)
    for order in instance.orders:
        for one in ids if order.canteens is None else order.canteens:
            heavy[one] += order.weight if order.id not in bringer else 1e-6 * order.weight
    for canteen in sorted(ids, key=lambda one: -heavy[one]):
        near = {
            one
            for order in instance.orders
            if order.canteens is None or canteen in order.canteens
            for one in (ids if order.canteens is None else order.canteens)
        }
        region = _region(instance, bringer, near | {canteen})
        yield region, list(_means(instance, plan, canteen))


def _region(instance: Instance, bringer: dict[str, str], canteens: set[str]) -> Instance:
    """Return some canteens, with the orders that they bring and those they might."""
    orders = [
        replace(
            order,
            canteens=tuple(c for c in order.canteens or sorted(canteens) if c in canteens),
        )
        for order in instance.orders
        if bringer.get(order.id) in canteens
        or (
            order.id not in bringer
            and (order.canteens is None or not canteens.isdisjoint(order.canteens))
        )
    ]
    kitchens = [one for one in instance.canteens if one.id in canteens]
    places = sorted({one.location for one in kitchens} | {one.location for one in orders})
    row = {place: number for number, place in enumerate(places)}
    return replace(
        instance,
        canteens=tuple(replace(one, location=row[one.location]) for one in kitchens),
        orders=tuple(replace(one, location=row[one.location]) for one in orders),
        couriers=tuple(one for one in instance.couriers if one.canteen in canteens),
        travel={mode: table[np.ix_(places, places)] for mode, table in instance.travel.items()},
        coordinates=None,
    )


def _part_of(plan: Plan, region: Instance) -> Plan:
    """Return the trips of a plan that a part of the problem keeps."""
    return Plan(tuple(one for one in plan.trips if one.courier in region.courier_by_id), ())


def _means(instance: Instance, plan: Plan, canteen: str) -> Iterator[Change]:
    """Yield what a canteen might get more: portions, boxes, a courier like its busiest."""
    more = instance.canteen_by_id[canteen].meals + MORE_PORTIONS
    yield Change(Kind.PORTIONS, MORE_PORTIONS, canteen=canteen, limit=more)
    staff = [one for one in instance.couriers if one.canteen == canteen]
    if not staff:
        return
    yield Change(Kind.BOXES, MORE_BOXES, canteen=canteen)
    busy = {one.id: 0 for one in staff}
    for trip in plan.trips:
        if trip.courier in busy:
            busy[trip.courier] += len(trip.stops)
    like: Courier = max(staff, key=lambda one: busy[one.id])
    yield Change(
        Kind.COURIER, 1, canteen=canteen, shift=like.shift, mode=like.mode, boxes=like.boxes
    )
