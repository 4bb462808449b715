"""Independent parts of an instance: canteens that share no order can be planned apart.

Two canteens belong together when some order could be brought from either. Plans of the groups put
together are a plan of the whole, and their lower bounds add up to a lower bound of the whole,
because no rule and no price ties orders of different groups.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from routing.instance import Instance
from routing.tables import C_CANTEEN, Tables, make_tables


@dataclass(frozen=True, slots=True)
class Group:
    """One independent part.

    Parameters
    ----------
    instance : Instance
        The canteens, couriers and orders of the group, and only the places they use.
    tables : Tables
        Its arrays; they are what workers get.
    need : float
        How much work it is expected to be, for sharing the time.
    """

    instance: Instance
    tables: Tables
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
        Its arrays; it does not matter who is near.
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
            chosen = [c.id for c, of in zip(instance.canteens, label, strict=False) if of == one]
            part = part_of(instance, chosen, orders.tolist())
            groups.append(Group(part, make_tables(part), len(orders) ** 1.5))
    groups.sort(key=lambda group: -group.need)
    return Split(tuple(groups), float(tables.unserved[~tables.able.any(axis=1)].sum()))


def part_of(instance: Instance, canteens: Collection[str], order_rows: Iterable[int]) -> Instance:
    """Return the part of an instance with some canteens, their couriers and some orders.

    Parameters
    ----------
    instance : Instance
        The whole.
    canteens : collection of str
        Ids of the canteens, at least one.
    order_rows : iterable of int
        Rows of the orders, which may come from these canteens only.
    """
    kitchens = [canteen for canteen in instance.canteens if canteen.id in canteens]
    couriers = [courier for courier in instance.couriers if courier.canteen in canteens]
    orders = [instance.orders[row] for row in order_rows]
    places = sorted({c.location for c in kitchens} | {order.location for order in orders})
    row_of = {place: row for row, place in enumerate(places)}
    return Instance(
        canteens=tuple(replace(c, location=row_of[c.location]) for c in kitchens),
        orders=tuple(
            replace(
                order,
                location=row_of[order.location],
                canteens=tuple(
                    canteen.id
                    for canteen in kitchens
                    if order.canteens is None or canteen.id in order.canteens
                ),
            )
            for order in orders
        ),
        couriers=tuple(couriers),
        travel={
            mode: instance.travel[mode]
            if len(places) == len(instance.travel[mode])
            else instance.travel[mode][np.ix_(places, places)]
            for mode in sorted({courier.mode for courier in couriers})
        },
        rules=instance.rules,
        name=f"{instance.name}/{kitchens[0].id}",
    )
