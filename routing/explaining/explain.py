"""Why orders are left out or late, what would help, and what more means would be worth."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from routing.budget import Budget, StopSignal
from routing.explaining.causes import Delay, cause_alone, delay, price_alone, straight
from routing.explaining.changes import Change, Effort, Kind
from routing.explaining.remedies import Counsel, Remedy
from routing.explaining.wishes import BARELY
from routing.explaining.worth import Worth, find_worths
from routing.instance import Instance
from routing.parts import Order
from routing.plan import Plan, Reason, Trip

REMEDY_SHARE = 0.5
"""Part of the time that the orders may take; the worth of more means gets the rest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one order.

    Parameters
    ----------
    order : str
        Its id.
    wish : str
        ``served`` for an order left out, ``inside`` for a meal outside the circle.
    cause : Reason or Delay
        The first documented cause that is true.
    figure : float or None
        A number that goes with the cause, see `docs/explanations.md`.
    remedies : tuple of Remedy
        What would help, easiest first; empty where nothing of the kinds known does.
    looked : bool
        Whether there was time to try places; if not, no remedies were looked for.
    """

    order: str
    wish: Literal["served", "inside"]
    cause: Reason | Delay
    figure: float | None = None
    remedies: tuple[Remedy, ...] = ()
    looked: bool = True

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return {
            "order": self.order,
            "wish": self.wish,
            "cause": self.cause.value,
            "figure": self.figure,
            "remedies": [remedy.to_dict() for remedy in self.remedies],
            "looked": self.looked,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """All findings of a plan, heaviest first, and what more means would be worth."""

    findings: tuple[Finding, ...]
    worths: tuple[Worth, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        return {
            "findings": [finding.to_dict() for finding in self.findings],
            "worths": [worth.to_dict() for worth in self.worths],
        }


def explain(
    instance: Instance,
    plan: Plan,
    *,
    seconds: float = 10,
    effort: Effort | None = None,
    seed: int = 0,
    worths: bool = True,
    stop: Callable[[], bool] | None = None,
) -> Explanation:
    """Explain a plan.

    Causes are always given. Remedies are looked for from the heaviest order on, and then what
    more means are worth, until the time is over.

    Parameters
    ----------
    instance : Instance
        The problem.
    plan : Plan
        A feasible plan of it.
    seconds : float
        Wall time.
    effort : Effort, optional
        How changes compare.
    seed : int
        Of the random numbers of the searches that find worths.
    worths : bool
        Whether to find what more means are worth.
    stop : callable, optional
        Asked now and then; once it says True only causes are still given.
    """
    budget = Budget(seconds, signal=StopSignal(stop))
    part = budget.part(REMEDY_SHARE if worths else 1.0)
    explainer = Explainer(instance, plan, effort)
    findings = tuple(explainer.findings(part))
    return Explanation(findings, find_worths(instance, plan, budget, seed) if worths else ())


class Explainer:
    """Explains the orders of one plan; what all orders share is worked out once.

    Parameters
    ----------
    instance : Instance
        The problem.
    plan : Plan
        A feasible plan of it; what it says of reasons is not read.
    effort : Effort, optional
        How changes compare.
    """

    def __init__(self, instance: Instance, plan: Plan, effort: Effort | None = None) -> None:
        self._instance = instance
        self._plan = plan
        self._effort = effort
        self._left = {canteen.id: canteen.meals for canteen in instance.canteens}
        for trip in plan.trips:
            self._left[trip.canteen] -= sum(
                instance.order_by_id[stop.order].meals for stop in trip.stops
            )
        self._counsel: Counsel | None = None

    @property
    def counsel(self) -> Counsel:
        """What finds the remedies; made when it is first asked for."""
        if self._counsel is None:
            self._counsel = Counsel(self._instance, self._plan, self._effort)
        return self._counsel

    def reason(self, order: Order, *, tries: bool = True) -> Reason:
        """Return why the plan leaves this order out, checked from the broadest cause on.

        What only this plan leaves no room for is tried: at a fair price there is a place, or one
        that costs too much, or none. So is a courier for this order alone, and whether portions are
        all that is missing where couriers have time.

        Parameters
        ----------
        order : Order
            An order that the plan leaves out.
        tries : bool
            Whether places are tried, which takes about half a millisecond. Without, as good as none
            is taken to be left, which is so when the plan comes from a search that was completed.
        """
        found = cause_alone(self._instance, order)
        if isinstance(found, Reason):
            return found
        couriers = [self._instance.couriers[row] for row in found]
        able = [one for one in couriers if self._left[one.canteen] >= order.meals]
        if not able:
            return Reason.CANTEEN_FULL
        price = self._instance.rules.cost.unserved_meal * order.weight
        least = self.counsel.least_price(order) if tries else inf
        if least < price - BARELY:
            return Reason.OVERLOOKED
        if least < inf or min(price_alone(self._instance, order, one) for one in able) >= price:
            return Reason.NOT_WORTH_IT
        if tries and len(able) < len(couriers) and self._lacks_portions_alone(order):
            return Reason.CANTEEN_FULL
        return Reason.COURIERS_BUSY

    def _lacks_portions_alone(self, order: Order) -> bool:
        """Return whether more portions, and nothing else, would make a fair place for an order."""
        return any(
            remedy.saves > 0.0 and {change.kind for change in remedy.changes} == {Kind.PORTIONS}
            for remedy in self.counsel.serve(order)
        )

    def findings(self, budget: Budget) -> Iterator[Finding]:
        """Yield what is to be said of every order left out, and every meal outside the circle."""
        served = {stop.order for trip in self._plan.trips for stop in trip.stops}
        left = [order for order in self._instance.orders if order.id not in served]
        for order in sorted(left, key=lambda order: -order.weight):
            yield self._unserved(order, looks=budget.left() > 0)
        circle = self._instance.rules.circle_seconds
        late = [
            (self._instance.order_by_id[stop.order], trip, stop.arrive - trip.depart)
            for trip in self._plan.trips
            for stop in trip.stops
            if stop.arrive - trip.depart > circle
        ]
        for order, trip, _ in sorted(late, key=lambda one: (-one[0].weight, -one[2])):
            yield self._outside(order, trip, looks=budget.left() > 0)

    def _unserved(self, order: Order, looks: bool) -> Finding:
        reason = self.reason(order, tries=looks)
        finding = Finding(order.id, "served", reason, looked=looks)
        if reason is not Reason.NOT_WORTH_IT or looks:  # its figure is found by trying places
            finding = replace(finding, figure=self._figure(order, reason))
        if not looks:
            return finding
        remedies = self.counsel.serve(order)
        if reason is Reason.NOT_WORTH_IT:
            remedies = (*self._priority(order), *(one for one in remedies if one.changes))
        return replace(finding, remedies=remedies)

    def _priority(self, order: Order) -> Iterator[Remedy]:
        """Yield the priority at which the order would be worth its place in this plan."""
        for remedy in self.counsel.serve_anyhow(order):
            priority = self.counsel.enough_priority(order, remedy)
            if priority is not None:
                change = Change(Kind.PRIORITY, priority, order=order.id)
                yield replace(remedy, changes=(change,))

    def _outside(self, order: Order, trip: Trip, looks: bool) -> Finding:
        here = straight(self._instance, order, self._instance.courier_by_id[trip.courier])[0]
        return Finding(
            order.id,
            "inside",
            delay(self._instance, trip, order),
            here,
            self.counsel.bring_inside(order) if looks else (),
            looks,
        )

    def _figure(self, order: Order, reason: Reason) -> float | None:
        """Return the number that goes with a cause, or None."""
        couriers = [
            one
            for one in self._instance.couriers
            if order.canteens is None or one.canteen in order.canteens
        ]
        match reason:
            case Reason.TOO_BIG:
                skilled = (one for one in couriers if set(order.needs) <= set(one.skills))
                return max((one.boxes for one in skilled), default=None)
            case Reason.TOO_FAR:
                skilled = (one for one in couriers if set(order.needs) <= set(one.skills))
                return min(straight(self._instance, order, one)[0] for one in skilled)
            case Reason.CANTEEN_FULL:
                left = (self._left[one.canteen] for one in couriers)
                return max(portions for portions in left if portions < order.meals)
            case Reason.NOT_WORTH_IT:
                least = self.counsel.least_price(order)
                return None if least == inf else least
            case _:
                return None
