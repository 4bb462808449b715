"""What makes an instance impossible to mean: one function per part, each error naming its field."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from routing.errors import InvalidInstance
from routing.parts import LARGEST, Canteen, Courier, Order, Rules, Seconds


def validate(
    canteens: Sequence[Canteen],
    orders: Sequence[Order],
    couriers: Sequence[Courier],
    travel: Mapping[str, Seconds],
    rules: Rules,
    coordinates: Sequence[object] | None,
) -> None:
    """Raise `InvalidInstance` for the first field of a problem that cannot be meant.

    What is given are the fields of the same names of `routing.Instance`.
    """
    places = _travel(travel)
    _rules(rules)
    _unique([canteen.id for canteen in canteens], "canteens")
    _unique([order.id for order in orders], "orders")
    _unique([courier.id for courier in couriers], "couriers")
    known = {canteen.id for canteen in canteens}
    for place, canteen in enumerate(canteens):
        _canteen(canteen, f"canteens[{place}]", places)
    for place, order in enumerate(orders):
        _order(order, f"orders[{place}]", places, known)
    for place, courier in enumerate(couriers):
        _courier(courier, f"couriers[{place}]", known, travel)
    if coordinates is not None and travel and len(coordinates) != places:
        raise InvalidInstance(
            "coordinates", f"{len(coordinates)} for {places} places of the travel matrices"
        )


def _travel(travel: Mapping[str, Seconds]) -> int:
    """Check the matrices and return the number of places."""
    places: int | None = None
    for mode, table in travel.items():
        path = f"travel.{mode}"
        if not isinstance(table, np.ndarray) or not np.issubdtype(table.dtype, np.integer):
            raise InvalidInstance(path, "an array of whole seconds is needed")
        if table.ndim != 2 or table.shape[0] != table.shape[1]:
            raise InvalidInstance(path, f"must be square, its shape is {table.shape}")
        if places is not None and table.shape[0] != places:
            raise InvalidInstance(path, f"has {table.shape[0]} places, another mode has {places}")
        places = table.shape[0]
        if table.size and int(table.min()) < 0:
            row, column = np.unravel_index(int(table.argmin()), table.shape)
            raise InvalidInstance(
                f"{path}[{row}][{column}]", f"{table.min()} s is negative; 65535 means no way"
            )
        if table.size and int(table.max()) > LARGEST:
            raise InvalidInstance(path, f"{table.max()} s is too long to be meant")
    return places or 0


def _rules(rules: Rules) -> None:
    _size(rules.circle_seconds, "rules.circle_seconds")
    _size(rules.max_ride_seconds, "rules.max_ride_seconds")
    for name in rules.cost.__slots__:
        _size(getattr(rules.cost, name), f"rules.cost.{name}")


def _unique(ids: Iterable[str], name: str) -> None:
    seen: dict[str, int] = {}
    for place, one in enumerate(ids):
        if one in seen:
            raise InvalidInstance(f"{name}[{place}].id", f"{one!r} is also {name}[{seen[one]}]")
        seen[one] = place


def _canteen(canteen: Canteen, path: str, places: int) -> None:
    _location(canteen.location, path, places)
    _size(canteen.meals, f"{path}.meals")
    _size(canteen.load_seconds, f"{path}.load_seconds")
    _span(canteen.open, canteen.close, f"{path}.close", "closes at {1} before it opens at {0}")


def _order(order: Order, path: str, places: int, canteens: set[str]) -> None:
    _location(order.location, path, places)
    _size(order.meals, f"{path}.meals", least=1)
    _span(*order.window, f"{path}.window", "closes at {1} before it opens at {0}")
    _size(order.handover_seconds, f"{path}.handover_seconds")
    _size(order.pack_seconds, f"{path}.pack_seconds")
    _size(order.priority, f"{path}.priority")
    for place, canteen in enumerate(order.canteens or ()):
        if canteen not in canteens:
            raise InvalidInstance(f"{path}.canteens[{place}]", f"there is no canteen {canteen!r}")


def _courier(
    courier: Courier, path: str, canteens: set[str], travel: Mapping[str, Seconds]
) -> None:
    if courier.canteen not in canteens:
        raise InvalidInstance(f"{path}.canteen", f"there is no canteen {courier.canteen!r}")
    if courier.mode not in travel:
        known = ", ".join(sorted(travel)) or "none"
        raise InvalidInstance(
            f"{path}.mode", f"no travel times for {courier.mode!r}; there are: {known}"
        )
    _size(courier.boxes, f"{path}.boxes")
    _span(*courier.shift, f"{path}.shift", "ends at {1} before it begins at {0}")
    if courier.max_trips is not None:
        _size(courier.max_trips, f"{path}.max_trips")


def _location(location: int, path: str, places: int) -> None:
    if not 0 <= location < places:
        raise InvalidInstance(
            f"{path}.location", f"{location} is no place; the travel matrices have {places}"
        )


def _size(value: float, path: str, least: int = 0) -> None:
    if not value >= least:
        raise InvalidInstance(path, f"{value} is less than {least}")
    if value > LARGEST:
        raise InvalidInstance(path, f"{value} is too large to be meant")


def _span(start: int, end: int, path: str, problem: str) -> None:
    if end < start:
        raise InvalidInstance(path, problem.format(start, end))
    if max(abs(start), abs(end)) > LARGEST:
        raise InvalidInstance(path, f"[{start}, {end}] is too far away to be meant")
