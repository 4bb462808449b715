"""Takes back what does not pay: a duty is changed only where that gains more than it costs.

The search improves whatever it meets, also by a second or two far from any change. Couriers who
exchanged orders belong together; a set of couriers whose changes gain less than the price of
touching their duties gets its old duties back.
"""

from collections import defaultdict

import numpy as np

from routing.search.duties import Duties, empty_duties
from routing.search.saved import clear_all, offer_trip
from routing.search.search import Duty
from routing.tables import C_CANTEEN, O_MEALS, Tables


def settle(
    tables: Tables, before: list[Duty], after: list[Duty], touched_duty: float
) -> list[Duty]:
    """Return the duties after the search, without the changes that do not pay.

    Parameters
    ----------
    tables : Tables
        The problem that is left, with the prices of the plan in force.
    before, after : list of Duty
        Per courier the trips kept from the plan in force, and the trips found.
    touched_duty : float
        Price of changing a duty.
    """
    scratch = empty_duties(tables)
    settled = list(after)
    for couriers in _exchanges(before, after):
        old = sum(_worth(tables, scratch, row, before[row]) for row in couriers)
        new = sum(_worth(tables, scratch, row, after[row]) for row in couriers)
        if old - new > touched_duty * len(couriers):
            continue
        trial = list(settled)
        for row in couriers:
            trial[row] = before[row]
        if _portions_suffice(tables, trial):
            settled = trial
    return settled


def _exchanges(before: list[Duty], after: list[Duty]) -> list[list[int]]:
    """Return sets of couriers (rows) whose duties differ and who exchanged orders."""
    had = {order: row for row, duty in enumerate(before) for trip in duty for order in trip}
    has = {order: row for row, duty in enumerate(after) for trip in duty for order in trip}
    leader = {row: row for row, duty in enumerate(after) if duty != before[row]}

    def find(row: int) -> int:
        while leader[row] != row:
            row = leader[row]
        return row

    for order, row in had.items():
        if order in has and has[order] != row:
            leader[find(row)] = find(has[order])
    sets: dict[int, list[int]] = defaultdict(list)
    for row in leader:
        sets[find(row)].append(row)
    return list(sets.values())


def _worth(tables: Tables, scratch: Duties, courier: int, duty: Duty) -> float:
    """Return the cost of a duty less the price of leaving its orders unserved."""
    clear_all(tables, scratch)
    nothing = float(scratch.cost[0])
    for trip in duty:
        place = int(scratch.trips[courier])
        offer_trip(tables, scratch, courier, place, np.array(trip, dtype=np.int64))
    return float(scratch.cost[0]) - nothing


def _portions_suffice(tables: Tables, duties: list[Duty]) -> bool:
    """Return whether no canteen gives more than it has."""
    cooked = np.zeros(len(tables.meals), dtype=np.int64)
    served: set[int] = set()
    for courier, duty in enumerate(duties):
        rows = [order for trip in duty for order in trip]
        if not served.isdisjoint(rows):
            return False
        served.update(rows)
        cooked[tables.couriers[courier, C_CANTEEN]] += tables.orders[rows, O_MEALS].sum()
    return bool((cooked <= tables.meals).all())
