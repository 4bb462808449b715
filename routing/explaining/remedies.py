"""What would help: the least changes that let an order into a plan, or a late meal into the circle.

The plan stays as it is; what is claimed can be tried out: `Counsel.witness` returns the changed
problem and a plan of it that grants the wish and costs as much less as was said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from routing.answer import build_trips, duties_of
from routing.check import check
from routing.explaining import shortfall, wishes
from routing.explaining.changes import Change, Effort, Kind, applied, new_courier_id
from routing.explaining.obstacles import matching, movable, newcomers, units_of
from routing.explaining.present import picture, without
from routing.instance import Instance
from routing.parts import Courier, Order
from routing.plan import Plan, Reason, Unserved
from routing.search.search import Duty
from routing.tables import Ints, make_tables

MOST_REMEDIES = 4
"""So many different remedies are given for one order."""

_TIME_KINDS = {
    wishes.WINDOW_EARLIER: Kind.WINDOW_EARLIER,
    wishes.WINDOW_LATER: Kind.WINDOW_LATER,
    wishes.RIDE: Kind.RIDE,
    wishes.SHIFT_EARLIER: Kind.SHIFT_EARLIER,
    wishes.SHIFT_LATER: Kind.SHIFT_LATER,
    wishes.HOURS_EARLIER: Kind.HOURS_EARLIER,
    wishes.HOURS_LATER: Kind.HOURS_LATER,
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
        self._wide = replace(instance, couriers=(*instance.couriers, *newcomers(instance)))
        tables = make_tables(self._wide, search=False)
        self._tables = tables._replace(orders=tables.orders.copy())
        self._matching = matching(self._wide)
        self._movable = movable(self._wide, self._known)
        self._row = {order.id: row for row, order in enumerate(instance.orders)}
        self._present = picture(self._wide, self._tables, self._duties)

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

        No other meal leaves the circle for it, and the plan does not get dearer. Nothing is
        returned where the others of its trip could not be brought without it.
        """
        apart = without(self._tables, self._present, self._row[order.id])
        if apart is None:
            return ()
        present, gain = apart
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
        wish = wishes.Wish(self._row[order.id], False, gain, np.inf, False, False)
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

    def _wish(self, order: Order, inside: bool, gain: float, most: float) -> wishes.Wish:
        return wishes.Wish(self._row[order.id], inside, gain, most, True, True)

    def _look(self, present: wishes.Present, wish: wishes.Wish) -> wishes.Found:
        """Return the best place of every set of changes."""
        skilled, allowed = self._matching
        new = np.arange(len(self._wide.couriers)) >= self._known
        units = units_of(self._effort, wish)
        limits = wishes.Limits(
            skilled[wish.order] | new, allowed[wish.order], new, self._movable, units
        )
        found = wishes.Found(
            np.full(wishes.SETS, np.inf),
            np.full(wishes.SETS, -np.inf),
            np.zeros((wishes.SETS, wishes.FOUND_COLUMNS), dtype=np.int64),
        )
        shortfall.find_places(self._tables, present, wish, limits, found)
        return found

    def _chosen(
        self, order: Order, found: wishes.Found, present: wishes.Present, inside: bool
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
        self, order: Order, found: wishes.Found, which: int, present: wishes.Present, inside: bool
    ) -> Remedy:
        what = found.what[which]
        courier, place = int(what[wishes.F_COURIER]), int(what[wishes.F_TRIP])
        trip = [self._row[order.id]]
        if not what[wishes.F_NEW]:
            row = present.duty[courier] + place
            trip = present.stops[present.first[row] : present.first[row + 1]].tolist()
            trip.insert(int(what[wishes.F_AT]), self._row[order.id])
        span = (int(what[wishes.F_BEGIN]), int(what[wishes.F_BACK]))
        new = courier >= self._known
        return Remedy(
            changes=tuple(self._changes(order, which, what, span, inside)),
            effort=float(found.effort[which]),
            saves=float(found.saves[which]),
            courier=new_courier_id(self._instance) if new else self._wide.couriers[courier].id,
            trip=tuple(self._instance.orders[one].id for one in trip),
            place=place,
            new_trip=bool(what[wishes.F_NEW]),
            span=span,
        )

    def _changes(
        self, order: Order, which: int, what: Ints, span: tuple[int, int], inside: bool
    ) -> Iterator[Change]:
        """Yield the changes of a set, with their amounts at the place found."""
        who = self._wide.couriers[int(what[wishes.F_COURIER])]
        home = self._instance.canteen_by_id[who.canteen]
        portions, boxes = int(what[wishes.F_PORTIONS]), int(what[wishes.F_BOXES])
        if which & wishes.COURIER:
            yield Change(
                Kind.COURIER,
                1,
                order=order.id,
                canteen=home.id,
                shift=span,
                mode=who.mode,
                boxes=max(who.boxes, order.meals),
                skills=order.needs or None,
            )
        if which & wishes.CANTEEN:
            yield Change(Kind.CANTEEN, 1, order=order.id, canteen=home.id)
        if which & wishes.SKILL:
            lacking = len(set(order.needs) - set(who.skills))
            yield Change(Kind.SKILL, lacking, order=order.id, courier=who.id)
        if which & wishes.PORTIONS:
            yield Change(Kind.PORTIONS, portions, canteen=home.id, limit=home.meals + portions)
        if which & wishes.BOXES:
            yield Change(Kind.BOXES, boxes, courier=who.id, limit=who.boxes + boxes)
        if which & wishes.TRIP:
            yield Change(Kind.TRIP, 1, courier=who.id, limit=(who.max_trips or 0) + 1)
        if which % wishes.TIMES:
            seconds = int(what[wishes.F_SECONDS])
            yield self._moved_limit(order, who, which % wishes.TIMES, seconds, inside)

    def _moved_limit(
        self, order: Order, who: Courier, limit: int, seconds: int, inside: bool
    ) -> Change:
        """Return the change of a limit in time."""
        rules, home = self._instance.rules, self._instance.canteen_by_id[who.canteen]
        kind = Kind.CIRCLE if inside and limit == wishes.RIDE else _TIME_KINDS[limit]
        match kind:
            case Kind.RIDE:
                return Change(kind, seconds, limit=rules.max_ride_seconds + seconds)
            case Kind.CIRCLE:
                return Change(kind, seconds, limit=rules.circle_seconds + seconds)
            case Kind.WINDOW_EARLIER | Kind.WINDOW_LATER:
                moved = _outwards(order.window, limit == wishes.WINDOW_LATER, seconds)
                return Change(kind, seconds, order=order.id, limit=moved)
            case Kind.SHIFT_EARLIER | Kind.SHIFT_LATER:
                moved = _outwards(who.shift, limit == wishes.SHIFT_LATER, seconds)
                return Change(kind, seconds, courier=who.id, limit=moved)
            case _:
                moved = _outwards((home.open, home.close), limit == wishes.HOURS_LATER, seconds)
                return Change(kind, seconds, canteen=home.id, limit=moved)


def _outwards(span: tuple[int, int], later: bool, seconds: int) -> int:
    """Return where the end or the start of a span is when it is moved outwards."""
    return span[1] + seconds if later else span[0] - seconds


def _asks_for_more(which: int, other: int) -> bool:
    """Return whether a set of changes includes another one."""
    bits, less = which - which % wishes.TIMES, other - other % wishes.TIMES
    limit, lesser = which % wishes.TIMES, other % wishes.TIMES
    return bits & less == less and lesser in (wishes.NOTHING, limit)
