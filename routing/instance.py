"""The problem that is planned: canteens, orders, couriers, travel times and rules of one service.

Times are whole seconds from the start of the service, places are rows of the travel matrices.
An instance is checked when it is made, so everything behind this door may trust it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from routing import fields
from routing.errors import InvalidInstance
from routing.fields import Json
from routing.parts import Canteen, Cost, Courier, Order, Rules, Seconds
from routing.validate import validate

FORMAT = "mealsvc-instance/1"


@dataclass(frozen=True, eq=False)
class Instance:
    """One service to plan. Raises `InvalidInstance` when made from values that cannot be meant.

    Parameters
    ----------
    canteens, orders, couriers : tuple
        Who cooks, who eats, who carries; ids are unique within each.
    travel : mapping of str to array
        Per travel mode the seconds from place to place, shape (places, places);
        `NO_WAY` or more means no way.
    rules : Rules
        Limits and prices.
    name : str
        For people and file names.
    coordinates : tuple of (lon, lat) or None
        WGS-84, for drawing only.
    """

    canteens: tuple[Canteen, ...]
    orders: tuple[Order, ...]
    couriers: tuple[Courier, ...]
    travel: Mapping[str, Seconds]
    rules: Rules
    name: str = ""
    coordinates: tuple[tuple[float, float], ...] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        validate(
            self.canteens, self.orders, self.couriers, self.travel, self.rules, self.coordinates
        )

    @cached_property
    def canteen_by_id(self) -> dict[str, Canteen]:
        """Canteens by their id."""
        return {canteen.id: canteen for canteen in self.canteens}

    @cached_property
    def order_by_id(self) -> dict[str, Order]:
        """Orders by their id."""
        return {order.id: order for order in self.orders}

    @cached_property
    def courier_by_id(self) -> dict[str, Courier]:
        """Couriers by their id."""
        return {courier.id: courier for courier in self.couriers}

    @classmethod
    def from_dict(cls, data: object, travel: Mapping[str, Seconds] | None = None) -> Self:
        """Make an instance from its JSON form.

        Parameters
        ----------
        data : dict
            As ``json.load`` returns it.
        travel : mapping, optional
            Matrices that `data` names in a side file, by mode, already read.

        Raises
        ------
        InvalidInstance
            When a field is missing, of the wrong kind, or cannot be meant.
        """
        whole = fields.as_object(data, "instance")
        form = whole.get("format", FORMAT)
        if form != FORMAT:
            raise InvalidInstance(
                "format", f"{fields.shown(form)} is not known; it must be {FORMAT}"
            )
        coordinates = whole.get("coordinates")
        return cls(
            canteens=tuple(_canteen(*item) for item in _items(whole, "canteens")),
            orders=tuple(read_order(*item) for item in _items(whole, "orders")),
            couriers=tuple(read_courier(*item) for item in _items(whole, "couriers")),
            travel=tables_of(fields.as_object(fields.need(whole, "travel", ""), "travel"), travel),
            rules=_rules(fields.as_object(fields.need(whole, "rules", ""), "rules")),
            name=str(whole.get("name", "")),
            coordinates=None if coordinates is None else _coordinates(coordinates),
        )

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form with the matrices inline."""
        data: dict[str, object] = {"format": FORMAT, "name": self.name}
        if self.coordinates is not None:
            data["coordinates"] = [list(pair) for pair in self.coordinates]
        data["travel"] = {
            mode: {"seconds": np.asarray(table).tolist()} for mode, table in self.travel.items()
        }
        data["canteens"] = [_plain(canteen) for canteen in self.canteens]
        data["orders"] = [_plain(order) for order in self.orders]
        data["couriers"] = [_plain(courier) for courier in self.couriers]
        data["rules"] = {
            "circle_seconds": self.rules.circle_seconds,
            "max_ride_seconds": self.rules.max_ride_seconds,
            "cost": _plain(self.rules.cost),
        }
        return data


def _plain(item: Canteen | Order | Courier | Cost) -> dict[str, object]:
    """Return the fields of a part as JSON values, without those that say nothing."""
    values = {name: getattr(item, name) for name in item.__slots__}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None
    }


def _items(whole: Json, name: str) -> list[tuple[Json, str]]:
    values = fields.as_list(fields.need(whole, name, ""), name)
    paths = [f"{name}[{place}]" for place in range(len(values))]
    return [
        (fields.as_object(value, path), path) for value, path in zip(values, paths, strict=True)
    ]


def _whole(data: Json, name: str, path: str, default: int | None = None) -> int:
    if default is not None and name not in data:
        return default
    return fields.as_whole(fields.need(data, name, path), f"{path}.{name}")


def _number(data: Json, name: str, path: str, default: float | None = None) -> float:
    if default is not None and name not in data:
        return default
    return fields.as_number(fields.need(data, name, path), f"{path}.{name}")


def _text(data: Json, name: str, path: str) -> str:
    return fields.as_text(fields.need(data, name, path), f"{path}.{name}")


def _canteen(data: Json, path: str) -> Canteen:
    return Canteen(
        id=_text(data, "id", path),
        location=_whole(data, "location", path),
        meals=_whole(data, "meals", path),
        open=_whole(data, "open", path),
        close=_whole(data, "close", path),
        load_seconds=_whole(data, "load_seconds", path, 0),
    )


def read_order(data: Json, path: str) -> Order:
    """Return an order from its JSON form; raises `InvalidInstance` naming a field under `path`."""
    canteens, usual = data.get("canteens"), data.get("usual_courier")
    return Order(
        id=_text(data, "id", path),
        location=_whole(data, "location", path),
        meals=_whole(data, "meals", path),
        window=fields.as_pair(fields.need(data, "window", path), f"{path}.window"),
        handover_seconds=_whole(data, "handover_seconds", path),
        pack_seconds=_whole(data, "pack_seconds", path, 0),
        priority=_number(data, "priority", path, 1),
        needs=fields.as_texts(data.get("needs", []), f"{path}.needs"),
        canteens=None if canteens is None else fields.as_texts(canteens, f"{path}.canteens"),
        usual_courier=None if usual is None else fields.as_text(usual, f"{path}.usual_courier"),
    )


def read_courier(data: Json, path: str) -> Courier:
    """Return a courier from its JSON form; raises `InvalidInstance` naming a field in `path`."""
    most = data.get("max_trips")
    return Courier(
        id=_text(data, "id", path),
        canteen=_text(data, "canteen", path),
        mode=_text(data, "mode", path),
        boxes=_whole(data, "boxes", path),
        shift=fields.as_pair(fields.need(data, "shift", path), f"{path}.shift"),
        skills=fields.as_texts(data.get("skills", []), f"{path}.skills"),
        max_trips=None if most is None else fields.as_whole(most, f"{path}.max_trips"),
    )


def _rules(data: Json) -> Rules:
    cost = fields.as_object(fields.need(data, "cost", "rules"), "rules.cost")
    return Rules(
        circle_seconds=_whole(data, "circle_seconds", "rules"),
        max_ride_seconds=_whole(data, "max_ride_seconds", "rules"),
        cost=Cost(
            unserved_meal=_number(cost, "unserved_meal", "rules.cost"),
            outside_circle_meal=_number(cost, "outside_circle_meal", "rules.cost"),
            courier=_number(cost, "courier", "rules.cost"),
            travel_second=_number(cost, "travel_second", "rules.cost"),
            unfamiliar_courier=_number(cost, "unfamiliar_courier", "rules.cost", 0),
        ),
    )


def tables_of(data: Json, given: Mapping[str, Seconds] | None) -> dict[str, Seconds]:
    """Return travel times by mode, those given already or from the JSON form."""
    tables: dict[str, Seconds] = {}
    for mode, value in data.items():
        path = f"travel.{mode}"
        if given is not None and mode in given:
            tables[mode] = given[mode]
            continue
        rows = fields.as_list(
            fields.need(fields.as_object(value, path), "seconds", path), f"{path}.seconds"
        )
        tables[mode] = _matrix(rows, f"{path}.seconds")
    return tables


def _matrix(rows: object, path: str) -> npt.NDArray[np.int64]:
    """Return a table of whole numbers as an array; raggedness and holes are errors."""
    try:
        table = np.asarray(rows, dtype=np.float64)
    except (ValueError, TypeError) as error:
        raise InvalidInstance(path, "rows of one length, of whole numbers, are needed") from error
    if not table.size:
        return np.zeros((0, 0), dtype=np.int64)
    wrong = np.argwhere(~np.isfinite(table) | (table != np.floor(table)))
    if len(wrong):
        where = "".join(f"[{place}]" for place in wrong[0])
        raise InvalidInstance(
            path + where, f"a whole number is needed, not {table[tuple(wrong[0])]}"
        )
    return table.astype(np.int64)


def _coordinates(value: object) -> tuple[tuple[float, float], ...]:
    pairs = []
    for place, item in enumerate(fields.as_list(value, "coordinates")):
        pair = fields.as_list(item, f"coordinates[{place}]")
        if len(pair) != 2:
            raise InvalidInstance(f"coordinates[{place}]", "longitude and latitude are needed")
        lon, lat = (fields.as_number(part, f"coordinates[{place}]") for part in pair)
        pairs.append((lon, lat))
    return tuple(pairs)
