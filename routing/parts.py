"""The parts of a problem: canteens, orders, couriers, prices and rules, and travel times."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NO_WAY = 65535
"""A travel time of this or more means that there is no way."""

LARGEST = 10**9
"""Largest time, count or price that is taken for meant."""

type Seconds = npt.NDArray[np.int32] | npt.NDArray[np.int64]
"""Travel seconds, shape (places, places), ``[from][to]``."""


@dataclass(frozen=True, slots=True)
class Canteen:
    """A kitchen that couriers load at.

    Parameters
    ----------
    id : str
        Unique name.
    location : int
        Its place in the travel matrices.
    meals : int
        Most portions that it gives in this service.
    open, close : int
        Loading begins not before `open`, a trip leaves not after `close` (seconds).
    load_seconds : int
        Loading time of every trip, beside the packing of its orders.
    """

    id: str
    location: int
    meals: int
    open: int
    close: int
    load_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """Portions for one door.

    Parameters
    ----------
    id : str
        Unique name.
    location : int
        Its place in the travel matrices.
    meals : int
        Portions, at least one; they travel together.
    window : tuple of int
        Earliest and latest start of the hand-over (seconds).
    handover_seconds : int
        Time at the door.
    pack_seconds : int
        Added to the loading of its trip.
    priority : float
        Weight of its meals when they stay unserved or are late; 1 is usual, 0 is allowed.
    needs : tuple of str
        Skills that its courier must have.
    canteens : tuple of str or None
        Canteens that may cook it; None means any.
    usual_courier : str or None
        The courier the elder knows; another one costs
        `Cost.unfamiliar_courier`. May be absent today.
    """

    id: str
    location: int
    meals: int
    window: tuple[int, int]
    handover_seconds: int = 0
    pack_seconds: int = 0
    priority: float = 1
    needs: tuple[str, ...] = ()
    canteens: tuple[str, ...] | None = None
    usual_courier: str | None = None

    @property
    def weight(self) -> float:
        """Meals times priority: what the prices per meal are multiplied by."""
        return self.meals * self.priority


@dataclass(frozen=True, slots=True)
class Courier:
    """Somebody who carries meals from one canteen.

    Parameters
    ----------
    id : str
        Unique name.
    canteen : str
        Where every trip starts and ends.
    mode : str
        Travel mode: a key of `Instance.travel`.
    boxes : int
        Most portions on one trip.
    shift : tuple of int
        Earliest start of loading and latest return (seconds).
    skills : tuple of str
        Which needs it can meet.
    max_trips : int or None
        Most trips in this service; None means any number.
    """

    id: str
    canteen: str
    mode: str
    boxes: int
    shift: tuple[int, int]
    skills: tuple[str, ...] = ()
    max_trips: int | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """The prices that plans are compared by (any unit, none negative).

    Parameters
    ----------
    unserved_meal, outside_circle_meal : float
        Per meal and priority left unserved, or handed over outside the circle.
    courier : float
        Per courier used.
    travel_second : float
        Per second of travel, returns included, waiting and hand-over not.
    unfamiliar_courier : float
        Per order brought by another than its usual courier.
    """

    unserved_meal: float
    outside_circle_meal: float
    courier: float
    travel_second: float
    unfamiliar_courier: float = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits on ride time (hand-over start less departure, seconds) and the prices."""

    circle_seconds: int
    max_ride_seconds: int
    cost: Cost
