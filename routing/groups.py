"""Independent parts of an instance: canteens that share no order can be planned apart.

Two canteens belong together when some order could be brought from either. Plans of the groups put
together are a plan of the whole, and their lower bounds add up to a lower bound of the whole,
because no rule and no price ties orders of different groups.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from routing.instance import Instance
from routing.tables import C_CANTEEN, Tables


@dataclass(frozen=True, slots=True)
class Group:
    """One independent part.

    Parameters
    ----------
    instance : Instance
        The canteens, couriers and orders of the group, and only the places they use.
    need : float
        How much work it is expected to be, for sharing the time.
    """

    instance: Instance
    need: float


@dataclass(frozen=True, slots=True)
class Split:
    """Groups, largest first, and the price of the orders that nobody can bring."""

    groups: tuple[Group, ...]
    hopeless: float


def split(instance: Instance, tables: Tables) -> Split:
    """Return the independent groups of an instance.

    Parameters
    ----------
    instance : Instance
        The problem.
    tables : Tables
        Its arrays.
    """
    order_rows, courier_rows = np.nonzero(tables.able)
    canteen_rows = tables.couriers[courier_rows, C_CANTEEN]
    count = len(instance.canteens)
    size = count + len(instance.orders)
    links = coo_array(
        (np.ones(len(order_rows)), (canteen_rows, count + order_rows)), shape=(size, size)
    )
    _, label = connected_components(links, directed=False)
    groups = []
    for one in dict.fromkeys(label[:count].tolist()):
        orders = np.nonzero(label[count:] == one)[0]
        if len(orders):
            groups.append(_group(instance, label[:count] == one, orders))
    groups.sort(key=lambda group: -group.need)
    return Split(tuple(groups), float(tables.unserved[~tables.able.any(axis=1)].sum()))


def _group(instance: Instance, chosen: np.ndarray, order_rows: np.ndarray) -> Group:
    """Return the part of an instance with these canteens and orders."""
    canteens = [c for c, take in zip(instance.canteens, chosen.tolist(), strict=True) if take]
    ids = {canteen.id for canteen in canteens}
    couriers = [courier for courier in instance.couriers if courier.canteen in ids]
    orders = [instance.orders[row] for row in order_rows.tolist()]
    places = sorted({part.location for part in (*canteens, *orders)})
    row_of = {place: row for row, place in enumerate(places)}
    part = Instance(
        canteens=tuple(replace(c, location=row_of[c.location]) for c in canteens),
        orders=tuple(
            replace(
                order,
                location=row_of[order.location],
                canteens=tuple(
                    c for c in (ids if order.canteens is None else order.canteens) if c in ids
                ),
            )
            for order in orders
        ),
        couriers=tuple(couriers),
        travel={
            mode: instance.travel[mode][np.ix_(places, places)]
            for mode in sorted({courier.mode for courier in couriers})
        },
        rules=instance.rules,
        name=f"{instance.name}/{canteens[0].id}",
    )
    return Group(part, len(orders) ** 1.5)
