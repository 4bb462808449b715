"""A plan as arrays for the search of remedies, and the same plan without one of its orders."""

import numpy as np

from routing.explaining import shortfall, wishes
from routing.instance import Instance
from routing.search.search import Duty
from routing.tables import C_CANTEEN, O_MEALS, Tables


def picture(instance: Instance, tables: Tables, duties: list[Duty]) -> wishes.Present:
    """Return a plan as arrays.

    Parameters
    ----------
    instance : Instance
        The problem; couriers beyond the duties are idle.
    tables : Tables
        Its arrays.
    duties : list of Duty
        Per courier the trips in the order driven, each a list of order rows.
    """
    trips = [(row, trip) for row, duty in enumerate(duties) for trip in duty]
    counts = [len(duty) for duty in duties]
    counts += [0] * (len(instance.couriers) - len(duties))
    cooked = np.zeros(len(tables.meals), dtype=np.int64)
    place = {canteen.id: row for row, canteen in enumerate(instance.canteens)}
    figures = np.zeros((len(trips), wishes.FIGURES), dtype=np.int64)
    price, outside = np.zeros(len(trips)), np.zeros(len(trips))
    for number, (row, trip) in enumerate(trips):
        stops = np.array(trip, dtype=np.int64)
        _, price[number], outside[number], _ = shortfall.walk(
            tables, row, stops, -1, figures[number]
        )
        cooked[place[instance.couriers[row].canteen]] += figures[number, wishes.P_MEALS]
    return wishes.Present(
        stops=np.array([stop for _, trip in trips for stop in trip], dtype=np.int64),
        first=np.cumsum([0, *(len(trip) for _, trip in trips)], dtype=np.int64),
        duty=np.cumsum([0, *counts], dtype=np.int64),
        figures=figures,
        price=price,
        outside=outside,
        cooked=cooked,
    )


def without(tables: Tables, p: wishes.Present, gone: int) -> tuple[wishes.Present, float] | None:
    """Return a plan without a served order, and what it costs less.

    None when the others of its trip cannot be brought without it: where travel times break the
    triangle inequality, the way to a door may lead by way of another.

    Parameters
    ----------
    tables : Tables
        The problem.
    p : Present
        The plan; it is not changed.
    gone : int
        The order's row.
    """
    at = int(np.nonzero(p.stops == gone)[0][0])
    row = int(np.searchsorted(p.first, at, side="right")) - 1
    courier = int(np.searchsorted(p.duty, row, side="right")) - 1
    stops = np.delete(p.stops, at)
    first = p.first - (p.first > at)
    cooked = p.cooked.copy()
    cooked[tables.couriers[courier, C_CANTEEN]] -= int(tables.orders[gone, O_MEALS])
    rest = stops[first[row] : first[row + 1]]
    if not len(rest):
        alone = p.duty[courier + 1] - p.duty[courier] == 1
        gain = float(p.price[row]) + (float(tables.prices[0]) if alone else 0.0)
        return wishes.Present(
            stops,
            np.delete(first, row),
            p.duty - (p.duty > row),
            np.delete(p.figures, row, axis=0),
            np.delete(p.price, row),
            np.delete(p.outside, row),
            cooked,
        ), gain
    figures, price, outside = p.figures.copy(), p.price.copy(), p.outside.copy()
    possible, price[row], outside[row], _ = shortfall.walk(tables, courier, rest, -1, figures[row])
    trip = row - int(p.duty[courier])
    if not (possible and shortfall.fits_duty(tables, p, courier, trip, False, figures[row])[0]):
        return None
    gain = float(p.price[row] - price[row])
    return wishes.Present(stops, first, p.duty, figures, price, outside, cooked), gain
