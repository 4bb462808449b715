"""What would help: the least changes that let an order into a plan, or a late meal into the circle.

The plan stays as it is; what is claimed can be tried out: `Counsel.witness` returns the changed
problem and a plan of it that grants the wish and costs as much less as was said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from routing import shortfall as sf
from routing.answer import build_trips, duties_of
from routing.changes import Change, Effort, Kind, applied, new_courier_id
from routing.check import check
from routing.instance import Courier, Instance, Order
from routing.plan import Plan, Reason, Unserved
from routing.search import Duty
from routing.tables import C_CANTEEN, Floats, Ints, make_tables, matches

MOST_SECONDS = 3600
"""No limit in time is moved by more."""
MOST_REMEDIES = 4
"""So many different remedies are given for one order."""
FAR_OFF = 10**8
"""End of the shift of couriers who are yet to be found (seconds)."""

_TIME_KINDS = {
    sf.WINDOW_EARLIER: Kind.WINDOW_EARLIER,
    sf.WINDOW_LATER: Kind.WINDOW_LATER,
    sf.RIDE: Kind.RIDE,
    sf.SHIFT_EARLIER: Kind.SHIFT_EARLIER,
    sf.SHIFT_LATER: Kind.SHIFT_LATER,
    sf.HOURS_EARLIER: Kind.HOURS_EARLIER,
    sf.HOURS_LATER: Kind.HOURS_LATER,
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """Changes that together grant a wish, the rest of the plan staying as it is.

    Parameters
    ----------
    changes : tuple of Change
        What is to be changed; empty where a place was overlooked.
    effort : float
        How hard that is, by `Effort`.
    saves : float
        By how much the plan gets cheaper, at least; negative where the prices speak against it.
    courier : str
        Who brings the order then; the id of nobody yet for a courier more.
    trip : tuple of str
        The orders of the trip, in the order driven.
    place : int
        Which trip of the courier it is, from 0.
    new_trip : bool
        Whether it is a trip more.
    span : tuple of int
        Start of its loading and return (seconds).
    """

    changes: tuple[Change, ...]
    effort: float
    saves: float
    courier: str
    trip: tuple[str, ...]
    place: int
    new_trip: bool
    span: tuple[int, int]

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return {
            "changes": [change.to_dict() for change in self.changes],
            "effort": round(self.effort, 2),
            "saves": round(self.saves, 2),
            "courier": self.courier,
            "trip": list(self.trip),
            "span": list(self.span),
        }


class Counsel:
    """Finds remedies for the orders of one plan.

    Parameters
    ----------
    instance : Instance
        The problem.
    plan : Plan
        A feasible plan of it.
    effort : Effort
        How changes compare.
    """

    def __init__(self, instance: Instance, plan: Plan, effort: Effort | None = None) -> None:
        self._instance = instance
        self._duties = duties_of(instance, plan)
        self._effort = effort or Effort()
        self._known = len(instance.couriers)
        self._wide = replace(instance, couriers=(*instance.couriers, *_newcomers(instance)))
        tables = make_tables(self._wide)
        self._tables = tables._replace(orders=tables.orders.copy())
        self._matching = _matching(self._wide)
        self._row = {order.id: row for row, order in enumerate(instance.orders)}
        self._present = self._picture()

    def serve(self, order: Order) -> tuple[Remedy, ...]:
        """Return the least changes with which an unserved order would be served, easiest first.

        If none saves anything by the prices, those that can be made are returned all the same,
        with what they cost as negative savings.
        """
        gain = float(self._tables.unserved[self._row[order.id]])
        for most in (gain, np.inf):
            found = self._look(self._present, self._wish(order, False, gain, most))
            if np.isfinite(found.effort).any():
                break
        return tuple(self._chosen(order, found, self._present, False))

    def bring_inside(self, order: Order) -> tuple[Remedy, ...]:
        """Return the least changes with which a meal would be inside the circle, easiest first.

        No other meal leaves the circle for it, and the plan does not get dearer.
        """
        present, gain = self._without(order)
        found = self._look(present, self._wish(order, True, gain, gain))
        return tuple(self._chosen(order, found, present, True))

    def witness(self, order: Order, remedy: Remedy) -> tuple[Instance, Plan]:
        """Return the changed problem, and the plan of it that the remedy speaks of."""
        changed = applied(self._instance, remedy.changes)
        duties = [
            [kept for trip in duty if (kept := [row for row in trip if row != self._row[order.id]])]
            for duty in self._duties
        ]
        duties += [[] for _ in changed.couriers[self._known :]]
        who = [courier.id for courier in changed.couriers].index(remedy.courier)
        rows = [self._row[one] for one in remedy.trip]
        duties[who][remedy.place : remedy.place + (not remedy.new_trip)] = [rows]
        return changed, self._plan_of(duties, changed)

    def _plan_of(self, duties: list[Duty], instance: Instance) -> Plan:
        """Return the plan of some duties, of this problem or a changed one."""
        trips = build_trips(instance, duties)
        served = {stop.order for trip in trips for stop in trip.stops}
        left = [order.id for order in instance.orders if order.id not in served]
        return Plan(tuple(trips), tuple(Unserved(one, Reason.COURIERS_BUSY) for one in left))

    def serve_anyhow(self, order: Order) -> tuple[Remedy, ...]:
        """Return the cheapest place for an unserved order with no limit moved, if there is one.

        Other meals may leave the circle for it, and it may cost more than it is worth.
        """
        gain = float(self._tables.unserved[self._row[order.id]])
        wish = sf.Wish(self._row[order.id], False, gain, np.inf, False, False)
        found = self._look(self._present, wish)
        return tuple(self._chosen(order, found, self._present, False))

    def least_price(self, order: Order) -> float:
        """Return what serving an unserved order adds to the rest of the cost; inf if it can't be.

        No limit is moved, but other meals may leave the circle for it.
        """
        gain = float(self._tables.unserved[self._row[order.id]])
        places = self.serve_anyhow(order)
        return gain - places[0].saves if places else np.inf

    def enough_priority(self, order: Order, remedy: Remedy) -> float | None:
        """Return a priority at which a place for an order pays, or None where none does."""
        _, served = self.witness(order, remedy)
        without = self._plan_of(self._duties, self._instance)
        costs = []
        for priority in (0.0, 1.0):
            change = Change(Kind.PRIORITY, priority, order=order.id)
            changed = applied(self._instance, [change])
            costs.append(check(changed, served).cost - check(changed, without).cost)
        dear, dearer = costs
        if dearer >= dear:  # its own place outside the circle grows dearer with it
            return None
        return float(np.floor(100 * dear / (dear - dearer)) + 1) / 100

    def _wish(self, order: Order, inside: bool, gain: float, most: float) -> sf.Wish:
        return sf.Wish(self._row[order.id], inside, gain, most, True, True)

    def _look(self, present: sf.Present, wish: sf.Wish) -> sf.Found:
        """Return the best place of every set of changes."""
        skilled, allowed = self._matching
        opens = [self._wide.canteen_by_id[one.canteen].open for one in self._wide.couriers]
        starts = [one.shift[0] for one in self._wide.couriers]
        spare = np.array(starts, dtype=np.int64) - np.array(opens, dtype=np.int64)
        new = np.arange(len(self._wide.couriers)) >= self._known
        most = np.full((len(new), sf.TIMES), MOST_SECONDS, dtype=np.int64)
        most[:, sf.SHIFT_EARLIER] = np.clip(spare, 0, MOST_SECONDS)
        most[:, sf.HOURS_EARLIER] = np.clip(-spare, 0, MOST_SECONDS)
        most[new, sf.HOURS_EARLIER] = MOST_SECONDS
        most[new, sf.SHIFT_EARLIER] = most[new, sf.SHIFT_LATER] = 0
        limits = sf.Limits(
            skilled[wish.order] | new, allowed[wish.order], new, most, _units(self._effort, wish)
        )
        found = sf.Found(
            np.full(sf.SETS, np.inf),
            np.full(sf.SETS, -np.inf),
            np.zeros((sf.SETS, sf.FOUND_COLUMNS), dtype=np.int64),
        )
        sf.find_places(self._tables, present, wish, limits, found)
        return found

    def _chosen(
        self, order: Order, found: sf.Found, present: sf.Present, inside: bool
    ) -> Iterator[Remedy]:
        """Yield the easiest remedies; none that asks for all of another and more."""
        kept: list[int] = []
        for which in np.argsort(found.effort, kind="stable").tolist():
            if len(kept) == MOST_REMEDIES or not np.isfinite(found.effort[which]):
                return
            if not any(_asks_for_more(which, other) for other in kept):
                kept.append(which)
                yield self._remedy(order, found, which, present, inside)

    def _remedy(
        self, order: Order, found: sf.Found, which: int, present: sf.Present, inside: bool
    ) -> Remedy:
        what = found.what[which]
        courier, place = int(what[sf.F_COURIER]), int(what[sf.F_TRIP])
        trip = [self._row[order.id]]
        if not what[sf.F_NEW]:
            row = present.duty[courier] + place
            trip = present.stops[present.first[row] : present.first[row + 1]].tolist()
            trip.insert(int(what[sf.F_AT]), self._row[order.id])
        span = (int(what[sf.F_BEGIN]), int(what[sf.F_BACK]))
        new = courier >= self._known
        return Remedy(
            changes=tuple(self._changes(order, which, what, span, inside)),
            effort=float(found.effort[which]),
            saves=float(found.saves[which]),
            courier=new_courier_id(self._instance) if new else self._wide.couriers[courier].id,
            trip=tuple(self._instance.orders[one].id for one in trip),
            place=place,
            new_trip=bool(what[sf.F_NEW]),
            span=span,
        )

    def _changes(
        self, order: Order, which: int, what: Ints, span: tuple[int, int], inside: bool
    ) -> Iterator[Change]:
        """Yield the changes of a set, with their amounts at the place found."""
        who = self._wide.couriers[int(what[sf.F_COURIER])]
        if which & sf.COURIER:
            boxes = max(who.boxes, order.meals)
            yield Change(
                Kind.COURIER, 1, order.id, None, who.canteen, shift=span, mode=who.mode, boxes=boxes
            )
        if which & sf.CANTEEN:
            yield Change(Kind.CANTEEN, 1, order=order.id, canteen=who.canteen)
        if which & sf.SKILL:
            lacking = len(set(order.needs) - set(who.skills))
            yield Change(Kind.SKILL, lacking, order=order.id, courier=who.id)
        if which & sf.PORTIONS:
            yield Change(Kind.PORTIONS, int(what[sf.F_PORTIONS]), canteen=who.canteen)
        if which & sf.BOXES:
            yield Change(Kind.BOXES, int(what[sf.F_BOXES]), courier=who.id)
        if which & sf.TRIP:
            yield Change(Kind.TRIP, 1, courier=who.id)
        limit, seconds = which % sf.TIMES, int(what[sf.F_SECONDS])
        match limit:
            case sf.WINDOW_EARLIER | sf.WINDOW_LATER:
                yield Change(_TIME_KINDS[limit], seconds, order=order.id)
            case sf.RIDE:
                yield Change(Kind.CIRCLE if inside else Kind.RIDE, seconds)
            case sf.SHIFT_EARLIER | sf.SHIFT_LATER:
                yield Change(_TIME_KINDS[limit], seconds, courier=who.id)
            case sf.HOURS_EARLIER | sf.HOURS_LATER:
                yield Change(_TIME_KINDS[limit], seconds, canteen=who.canteen)
            case _:
                return

    def _picture(self) -> sf.Present:
        """Return the plan as arrays, with idle newcomers at the end."""
        trips = [(row, trip) for row, duty in enumerate(self._duties) for trip in duty]
        counts = [len(duty) for duty in self._duties]
        counts += [0] * (len(self._wide.couriers) - self._known)
        cooked = np.zeros(len(self._tables.meals), dtype=np.int64)
        place = {canteen.id: row for row, canteen in enumerate(self._instance.canteens)}
        figures = np.zeros((len(trips), sf.FIGURES), dtype=np.int64)
        price, outside = np.zeros(len(trips)), np.zeros(len(trips))
        for number, (row, trip) in enumerate(trips):
            stops = np.array(trip, dtype=np.int64)
            _, price[number], outside[number], _ = sf.walk(
                self._tables, row, stops, -1, figures[number]
            )
            cooked[place[self._instance.couriers[row].canteen]] += figures[number, sf.P_MEALS]
        return sf.Present(
            stops=np.array([stop for _, trip in trips for stop in trip], dtype=np.int64),
            first=np.cumsum([0, *(len(trip) for _, trip in trips)], dtype=np.int64),
            duty=np.cumsum([0, *counts], dtype=np.int64),
            figures=figures,
            price=price,
            outside=outside,
            cooked=cooked,
        )

    def _without(self, order: Order) -> tuple[sf.Present, float]:
        """Return the plan without a served order, and what it costs less."""
        p, gone = self._present, self._row[order.id]
        at = int(np.nonzero(p.stops == gone)[0][0])
        row = int(np.searchsorted(p.first, at, side="right")) - 1
        courier = int(np.searchsorted(p.duty, row, side="right")) - 1
        stops = np.delete(p.stops, at)
        first = p.first - (p.first > at)
        cooked = p.cooked.copy()
        cooked[self._tables.couriers[courier, C_CANTEEN]] -= order.meals
        rest = stops[first[row] : first[row + 1]]
        if not len(rest):
            alone = p.duty[courier + 1] - p.duty[courier] == 1
            gain = float(p.price[row]) + (float(self._tables.prices[0]) if alone else 0.0)
            return sf.Present(
                stops,
                np.delete(first, row),
                p.duty - (p.duty > row),
                np.delete(p.figures, row, axis=0),
                np.delete(p.price, row),
                np.delete(p.outside, row),
                cooked,
            ), gain
        figures, price, outside = p.figures.copy(), p.price.copy(), p.outside.copy()
        _, price[row], outside[row], _ = sf.walk(self._tables, courier, rest, -1, figures[row])
        gain = float(p.price[row] - price[row])
        return sf.Present(stops, first, p.duty, figures, price, outside, cooked), gain


def _asks_for_more(which: int, other: int) -> bool:
    """Return whether a set of changes includes another one."""
    bits, less = which - which % sf.TIMES, other - other % sf.TIMES
    limit, lesser = which % sf.TIMES, other % sf.TIMES
    return bits & less == less and lesser in (sf.NOTHING, limit)


def _newcomers(instance: Instance) -> Iterator[Courier]:
    """Yield couriers who are not there: one per canteen and kind of courier seen there."""
    everywhere = {(one.mode, one.boxes) for one in instance.couriers}
    largest = max((order.meals for order in instance.orders), default=1)
    for canteen in instance.canteens:
        kinds = {(one.mode, one.boxes) for one in instance.couriers if one.canteen == canteen.id}
        kinds = kinds or everywhere or {(mode, largest) for mode in instance.travel}
        most: dict[str, int] = {}
        for mode, boxes in sorted(kinds):
            most[mode] = max(boxes, most.get(mode, 1))
        for mode, boxes in most.items():
            name = f"{new_courier_id(instance)}/{canteen.id}/{mode}"
            shift = (canteen.open, canteen.close + FAR_OFF)
            yield Courier(name, canteen.id, mode, boxes, shift, max_trips=1)


def _matching(instance: Instance) -> tuple[np.ndarray, np.ndarray]:
    """Return whether couriers have an order's skills, and whether it allows their canteens."""
    anywhere = replace(
        instance, orders=tuple(replace(order, canteens=None) for order in instance.orders)
    )
    unskilled = replace(
        instance, orders=tuple(replace(order, needs=()) for order in instance.orders)
    )
    return matches(anywhere), matches(unskilled)


def _units(effort: Effort, wish: sf.Wish) -> Floats:
    """Return the efforts in the order that the compiled search reads them."""
    units = np.zeros(sf.EFFORTS)
    units[[sf.WINDOW_EARLIER, sf.WINDOW_LATER]] = effort.window / 60
    units[sf.RIDE] = (effort.circle if wish.inside else effort.ride) / 60
    units[[sf.SHIFT_EARLIER, sf.SHIFT_LATER]] = effort.shift / 60
    units[[sf.HOURS_EARLIER, sf.HOURS_LATER]] = effort.hours / 60
    units[sf.E_PORTION], units[sf.E_BOX] = effort.portion, effort.box
    units[sf.E_SKILL], units[sf.E_CANTEEN] = effort.skill, effort.canteen
    units[sf.E_TRIP], units[sf.E_COURIER] = effort.trip, effort.courier
    units[sf.E_COURIER_SECOND] = effort.courier_minute / 60
    return units
