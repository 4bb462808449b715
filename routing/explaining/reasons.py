"""The reason of every order that a plan leaves out, as far as the time allows.

A plain reason comes first, which takes little; then places are tried for those whom couriers could
bring, heaviest first, to tell apart who fits, who costs too much and who finds no room.
"""

from collections.abc import Sequence

from routing.answer import left_out
from routing.budget import Budget
from routing.explaining.explain import Explainer
from routing.instance import Instance
from routing.plan import Plan, Reason, Trip, Unserved

TRIED = (Reason.COURIERS_BUSY, Reason.NOT_WORTH_IT)
"""Plain reasons that trying places may turn into another."""


def find_reasons(instance: Instance, trips: Sequence[Trip], budget: Budget) -> list[Unserved]:
    """Return the orders that no trip brings, with the reasons that are found in the time.

    Parameters
    ----------
    instance : Instance
        The problem.
    trips : sequence of Trip
        A feasible plan of it.
    budget : Budget
        When to stop; orders that nobody looked into by then say so.
    """
    left = left_out(instance, trips)
    explainer = Explainer(instance, Plan(tuple(trips), ()))
    reasons = {order.id: Reason.NOT_LOOKED_INTO for order in left}
    for tries in (False, True):
        for order in sorted(left, key=lambda order: -order.weight):
            if budget.left() <= 0.0:
                break
            if not tries or reasons[order.id] in TRIED:
                reasons[order.id] = explainer.reason(order, tries=tries)
    return [Unserved(name, reason) for name, reason in reasons.items()]
