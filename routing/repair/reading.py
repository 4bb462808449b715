"""Changes, reports and moves from their JSON file.

One file says what happened at a moment, see ``docs/repair.md``::

    {"format": "mealsvc-changes/1", "now": 3600,
     "reports": [{"trip": 3, "departed": 2400, "visited": {"e7": 2700}}],
     "changes": [{"kind": "order_gone", "order": "e5"}],
     "locked_orders": [], "locked_couriers": [],
     "moves": [{"kind": "place_stop", "order": "e5", "trip": 4, "place": 0}]}
"""

import json
from collections.abc import Callable
from pathlib import Path

from routing import fields
from routing.errors import InvalidChange, InvalidInstance
from routing.fields import Json
from routing.files import read_travel
from routing.instance import Instance, read_courier, read_order
from routing.plan import Plan
from routing.repair.hand import LockDuty, LockOrder, Move, MoveTrip, PlaceStop, TakeOut
from routing.repair.situation import (
    CanteenLate,
    Change,
    CourierAvailable,
    CourierGone,
    OrderChanged,
    OrderGone,
    OrderNew,
    Situation,
    TravelChanged,
    TravelSlower,
    TripReport,
)

FORMAT = "mealsvc-changes/1"


def read_changes(
    path: str | Path, instance: Instance, plan: Plan
) -> tuple[Situation, tuple[Move, ...]]:
    """Read a file of changes for a plan in force.

    Parameters
    ----------
    path : path
        The JSON file; travel times may stand in files beside it.
    instance : Instance
        The problem that the plan answers.
    plan : Plan
        The plan in force.

    Returns
    -------
    Situation, tuple of moves
        What happened and changed, and the moves made by hand, if any.

    Raises
    ------
    OSError
        When the file cannot be opened.
    InvalidChange
        When it is not JSON, or a field is missing or cannot be meant.
    """
    path = Path(path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InvalidChange(path.name, "is not a JSON file") from error
    try:
        return _read(fields.as_object(data, "changes"), path.parent, instance, plan)
    except InvalidInstance as error:
        raise InvalidChange(error.field, error.problem) from error


def _read(
    data: Json, folder: Path, instance: Instance, plan: Plan
) -> tuple[Situation, tuple[Move, ...]]:
    form = data.get("format", FORMAT)
    if form != FORMAT:
        raise InvalidChange("format", f"{fields.shown(form)} is not known; it must be {FORMAT}")
    situation = Situation(
        instance=instance,
        plan=plan,
        now=fields.as_whole(fields.need(data, "now", ""), "now"),
        reports=tuple(_report(*item) for item in _items(data, "reports")),
        changes=tuple(_change(*item, folder) for item in _items(data, "changes")),
        locked_orders=frozenset(fields.as_texts(data.get("locked_orders", []), "locked_orders")),
        locked_couriers=frozenset(
            fields.as_texts(data.get("locked_couriers", []), "locked_couriers")
        ),
    )
    return situation, tuple(_move(*item) for item in _items(data, "moves"))


def _items(data: Json, name: str) -> list[tuple[Json, str]]:
    """Return the objects of a list that may be absent, each with its path."""
    values = fields.as_list(data.get(name, []), name)
    paths = [f"{name}[{place}]" for place in range(len(values))]
    return [(fields.as_object(one, path), path) for one, path in zip(values, paths, strict=True)]


def _text(data: Json, name: str, path: str) -> str:
    return fields.as_text(fields.need(data, name, path), f"{path}.{name}")


def _whole(data: Json, name: str, path: str) -> int:
    return fields.as_whole(fields.need(data, name, path), f"{path}.{name}")


def _maybe(data: Json, name: str, path: str) -> int | None:
    value = data.get(name)
    return None if value is None else fields.as_whole(value, f"{path}.{name}")


def _part(data: Json, name: str, path: str) -> tuple[Json, str]:
    inner = f"{path}.{name}"
    return fields.as_object(fields.need(data, name, path), inner), inner


def _report(data: Json, path: str) -> TripReport:
    visited = fields.as_object(data.get("visited", {}), f"{path}.visited")
    begun = data.get("begun", True)
    if not isinstance(begun, bool):
        raise InvalidChange(f"{path}.begun", f"true or false is needed, not {fields.shown(begun)}")
    return TripReport(
        trip=_whole(data, "trip", path),
        begun=begun,
        departed=_maybe(data, "departed", path),
        visited={
            order: fields.as_whole(moment, f"{path}.visited.{order}")
            for order, moment in visited.items()
        },
        returned=_maybe(data, "returned", path),
    )


def _change(data: Json, path: str, folder: Path) -> Change:
    readers: dict[str, Callable[[], Change]] = {
        "order_gone": lambda: OrderGone(_text(data, "order", path)),
        "order_new": lambda: OrderNew(read_order(*_part(data, "order", path))),
        "order_changed": lambda: OrderChanged(read_order(*_part(data, "order", path))),
        "courier_gone": lambda: CourierGone(
            _text(data, "courier", path), _whole(data, "since", path)
        ),
        "courier_available": lambda: CourierAvailable(read_courier(*_part(data, "courier", path))),
        "canteen_late": lambda: CanteenLate(
            _text(data, "canteen", path), _whole(data, "until", path)
        ),
        "travel_changed": lambda: TravelChanged(
            read_travel(_part(data, "travel", path)[0], folder)
        ),
        "travel_slower": lambda: TravelSlower(
            fields.as_number(fields.need(data, "factor", path), f"{path}.factor"),
            None if data.get("mode") is None else _text(data, "mode", path),
        ),
    }
    return _reader(data, path, readers)()


def _move(data: Json, path: str) -> Move:
    readers: dict[str, Callable[[], Move]] = {
        "place_stop": lambda: PlaceStop(
            order=_text(data, "order", path),
            courier=_text(data, "courier", path) if data.get("trip") is None else "",
            trip=_maybe(data, "trip", path),
            place=_maybe(data, "place", path),
            depart=_maybe(data, "depart", path),
        ),
        "move_trip": lambda: MoveTrip(
            _whole(data, "trip", path), _text(data, "courier", path), _maybe(data, "depart", path)
        ),
        "take_out": lambda: TakeOut(_text(data, "order", path)),
        "lock_order": lambda: LockOrder(_text(data, "order", path)),
        "lock_duty": lambda: LockDuty(_text(data, "courier", path)),
    }
    return _reader(data, path, readers)()


def _reader[T](data: Json, path: str, readers: dict[str, Callable[[], T]]) -> Callable[[], T]:
    kind = _text(data, "kind", path)
    if kind not in readers:
        raise InvalidChange(
            f"{path}.kind", f"{kind!r} is not known; there are: {', '.join(readers)}"
        )
    return readers[kind]
