"""The answer to an instance: trips with their stops, and who stays unserved and why."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from routing import fields
from routing.errors import InvalidInstance, InvalidPlan


class Reason(StrEnum):
    """Why an order is not served: the first that is true, checked from the top.

    Each can be checked from the instance, from `CANTEEN_FULL` on from the instance and the plan.
    The last one says only that nobody has.
    """

    NO_CANTEEN = "no_canteen"
    """No canteen may cook it."""
    NO_COURIER = "no_courier"
    """Nobody works at a canteen that may cook it."""
    NO_SKILL = "no_skill"
    """No courier of those canteens has all the skills it needs."""
    TOO_BIG = "too_big"
    """It fits no box of a courier with the skills, or is more than its canteens cook at all."""
    NO_WAY = "no_way"
    """There is no way from canteen to door and back for any of those couriers."""
    TOO_FAR = "too_far"
    """Every direct ride takes longer than the ride limit."""
    WINDOW = "window"
    """Opening hours, shifts and its window leave no moment for it, even alone on a trip."""
    CANTEEN_FULL = "canteen_full"
    """Its canteens have no portion left, or none where a courier still has time."""
    COURIERS_BUSY = "couriers_busy"
    """The couriers who could bring it have no time left beside their trips."""
    NOT_WORTH_IT = "not_worth_it"
    """Bringing it costs more, by the prices of the instance, than leaving it unserved."""
    OVERLOOKED = "overlooked"
    """There is a place for it in this plan at a fair price: the search was cut short."""
    NOT_LOOKED_INTO = "not_looked_into"
    """The time was over before the cause was looked for; `routing.explain` finds it."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One order handed over; `arrive` is the start of the hand-over (seconds)."""

    order: str
    arrive: int


@dataclass(frozen=True, slots=True)
class Trip:
    """One round of a courier: loading ends at `depart` (seconds), then the stops in order."""

    courier: str
    canteen: str
    depart: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Unserved:
    """An order left out; `reason` is a `Reason` in plans made here, any text in others."""

    order: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What every courier does in one service.

    Parameters
    ----------
    trips : tuple of Trip
        By courier and time.
    unserved : tuple of Unserved
        Every order that no trip brings.
    cost : float or None
        Cost by the prices of the instance; None when the maker did not say.
    bound : float or None
        Proven lower bound on the cost of any feasible plan; None when none is known.
    seconds : float
        Wall time used.
    explanation : mapping or None
        What `routing.explain` says of the plan, in its JSON form; None when it was not asked.
    """

    trips: tuple[Trip, ...]
    unserved: tuple[Unserved, ...]
    cost: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    explanation: fields.Json | None = None

    @classmethod
    def from_dict(cls, data: object) -> Self:
        """Make a plan from its JSON form; raises `InvalidPlan` naming a field that is wrong."""
        try:
            return cls._read(data)
        except InvalidInstance as error:
            raise InvalidPlan(str(error)) from error

    @classmethod
    def _read(cls, data: object) -> Self:
        whole = fields.as_object(data, "plan")
        trips = fields.as_list(fields.need(whole, "trips", ""), "trips")
        left = fields.as_list(whole.get("unserved", []), "unserved")
        return cls(
            trips=tuple(_trip(item, f"trips[{place}]") for place, item in enumerate(trips)),
            unserved=tuple(
                _unserved(item, f"unserved[{place}]") for place, item in enumerate(left)
            ),
            cost=_optional(whole, "cost"),
            bound=_optional(whole, "bound"),
            seconds=_optional(whole, "seconds") or 0.0,
            explanation=None
            if whole.get("explanation") is None
            else fields.as_object(whole["explanation"], "explanation"),
        )

    def to_dict(self) -> dict[str, object]:
        """Return the JSON form."""
        data: dict[str, object] = {
            "trips": [
                {
                    "courier": trip.courier,
                    "canteen": trip.canteen,
                    "depart": trip.depart,
                    "stops": [{"order": stop.order, "arrive": stop.arrive} for stop in trip.stops],
                }
                for trip in self.trips
            ],
            "unserved": [
                {"order": item.order, "reason": str(item.reason)} for item in self.unserved
            ],
            "cost": self.cost,
            "bound": self.bound,
            "seconds": round(self.seconds, 3),
        }
        return data if self.explanation is None else {**data, "explanation": self.explanation}

    def with_seconds(self, seconds: float) -> Self:
        """Return the same plan with another wall time."""
        return replace(self, seconds=seconds)


def _trip(item: object, path: str) -> Trip:
    data = fields.as_object(item, path)
    text: Callable[[str], str] = lambda name: fields.as_text(  # noqa: E731 - one line, used twice
        fields.need(data, name, path), f"{path}.{name}"
    )
    stops = fields.as_list(fields.need(data, "stops", path), f"{path}.stops")
    return Trip(
        courier=text("courier"),
        canteen=text("canteen"),
        depart=fields.as_whole(fields.need(data, "depart", path), f"{path}.depart"),
        stops=tuple(_stop(stop, f"{path}.stops[{place}]") for place, stop in enumerate(stops)),
    )


def _stop(item: object, path: str) -> Stop:
    data = fields.as_object(item, path)
    return Stop(
        order=fields.as_text(fields.need(data, "order", path), f"{path}.order"),
        arrive=fields.as_whole(fields.need(data, "arrive", path), f"{path}.arrive"),
    )


def _unserved(item: object, path: str) -> Unserved:
    data = fields.as_object(item, path)
    return Unserved(
        order=fields.as_text(fields.need(data, "order", path), f"{path}.order"),
        reason=str(data.get("reason", "")),
    )


def _optional(data: fields.Json, name: str) -> float | None:
    value = data.get(name)
    return None if value is None else fields.as_number(value, name)
