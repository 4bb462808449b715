"""What may change on the day, in the words of those who report it: codes, minutes, times of day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import time
from typing import Any

from mealsvc.demand.rules import Window
from mealsvc.planning.travel import Place
from mealsvc.vocabulary import Mode


@dataclass(frozen=True)
class OrderCancelled:
    """An elder (code) does not want the meal after all."""

    elder: str


@dataclass(frozen=True)
class OrderUrgent:
    """An elder (code) wants a meal at the door who had none; the window is in local time."""

    elder: str
    portions: int = 1
    window: Window | None = None
    note: str | None = None


@dataclass(frozen=True)
class OrderAmended:
    """An elder (code) wants other portions or another time, or lives at another door by now.

    What is None stays; the place is always that of the elder's file.
    """

    elder: str
    portions: int | None = None
    window: Window | None = None


@dataclass(frozen=True)
class CourierAway:
    """A courier (code) can do nothing any more, from now or from a local time on."""

    courier: str
    since: time | None = None


@dataclass(frozen=True)
class HandedBack:
    """What couriers handed back is to be planned anew; they can do nothing any more from now."""


@dataclass(frozen=True)
class CourierComes:
    """A courier (code) comes, comes back or works other hours: between two local times."""

    courier: str
    hours: Window


@dataclass(frozen=True)
class CanteenLate:
    """A canteen (code) can fill no boxes for so many minutes, from now or from its opening on."""

    canteen: str
    minutes: int


@dataclass(frozen=True)
class TravelSlower:
    """Everybody (or those of one mode) travels slower by so many per cent than in the plan."""

    percent: int
    mode: Mode | None = None


@dataclass(frozen=True)
class StreetClosed:
    """Nobody gets past these places (longitude, latitude, WGS-84) within so many metres."""

    places: tuple[Place, ...]
    metres: int = 30


type DayChange = (
    OrderCancelled
    | OrderUrgent
    | OrderAmended
    | CourierAway
    | HandedBack
    | CourierComes
    | CanteenLate
    | TravelSlower
    | StreetClosed
)

KINDS: dict[str, type[Any]] = {
    "order_cancelled": OrderCancelled,
    "order_urgent": OrderUrgent,
    "order_amended": OrderAmended,
    "courier_away": CourierAway,
    "handed_back": HandedBack,
    "courier_comes": CourierComes,
    "canteen_late": CanteenLate,
    "travel_slower": TravelSlower,
    "street_closed": StreetClosed,
}
"""What the changes are called in JSON."""


@dataclass(frozen=True)
class StopMoved:
    """Bring an order (id) on a trip (number) of a courier (code); a new trip where None is named.

    ``place`` counts from 1; None takes the best. ``departs`` is for a new trip, in local time.
    """

    order: int
    courier: str
    trip: int | None = None
    place: int | None = None
    departs: time | None = None


@dataclass(frozen=True)
class TripMoved:
    """Give a courier's trip (number) to another one, leaving at a local time or when it is best."""

    courier: str
    trip: int
    to: str
    departs: time | None = None


@dataclass(frozen=True)
class StopTakenOut:
    """Leave an order (id) to nobody."""

    order: int


type HandMove = StopMoved | TripMoved | StopTakenOut

MOVES: dict[str, type[Any]] = {
    "stop_moved": StopMoved,
    "trip_moved": TripMoved,
    "stop_taken_out": StopTakenOut,
}
"""What moves by hand are called in JSON."""


def as_json(change: DayChange | HandMove) -> dict[str, Any]:
    """Return a change or move as JSON values, with its kind; what is None is left out."""
    names = {kind: name for name, kind in (KINDS | MOVES).items()}
    said = {name: _plain(value) for name, value in asdict(change).items() if value is not None}
    return {"kind": names[type(change)], **said}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value
