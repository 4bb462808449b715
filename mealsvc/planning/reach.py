"""Which canteens may cook a delivered order: those that reach the door soon enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from mealsvc.planning.facts import CanteenFacts, CourierFacts, OrderFacts
from mealsvc.planning.travel import Place, Seconds
from mealsvc.settings import Settings
from mealsvc.vocabulary import Mode, OrderKind

NO_WAY = 65535


@dataclass(frozen=True)
class Reach:
    """Finds the canteens of an order.

    Attributes
    ----------
    canteens, couriers
        Those of the service.
    travel
        Seconds by mode.
    where
        Index of each place in ``travel``.
    settings
        ``reach_seconds``, ``reach_canteens`` and ``max_ride_seconds``.
    """

    canteens: Sequence[CanteenFacts]
    couriers: Mapping[int, Sequence[CourierFacts]]
    travel: Mapping[Mode, Seconds]
    where: Mapping[Place, int]
    settings: Settings

    def canteens_of(self, order: OrderFacts) -> tuple[int, ...]:
        """Return the ids of the canteens that may cook an order, nearest first.

        Supplies come from their own canteen. A delivery may come from the ``reach_canteens``
        nearest of those whose fastest suitable courier is at the door within ``reach_seconds``;
        if there are none, from the nearest. Suitable are couriers with the skills and a box large
        enough; only when no canteen has one, all count, so that the plan can give the reason.
        """
        if order.kind is OrderKind.SUPPLY:
            return tuple(one.id for one in self.canteens if one.id == order.canteen_id)
        for strict in (True, False):
            rides = sorted(self._rides(order, strict))
            near = [one for ride, one in rides if ride <= self._near]
            if near:
                return tuple(near[: self.settings.reach_canteens])
            if rides and (not strict or rides[0][0] <= self.settings.max_ride_seconds):
                return (rides[0][1],)
        return self._closest_on_the_map(order)

    @property
    def _near(self) -> int:
        return min(self.settings.reach_seconds, self.settings.max_ride_seconds)

    def _rides(self, order: OrderFacts, strict: bool) -> list[tuple[int, int]]:
        """Return (seconds, canteen) for every canteen with a way to the door."""
        rides = []
        for canteen in self.canteens:
            if strict and canteen.portions < order.portions:
                continue
            modes = {
                courier.mode
                for courier in self.couriers.get(canteen.id, ())
                if not strict or _suits(courier, order)
            }
            door = self.where[order.place] if order.place else 0
            start = self.where[canteen.place]
            ride = min((int(self.travel[mode][start, door]) for mode in modes), default=NO_WAY)
            if ride < NO_WAY:
                rides.append((ride, canteen.id))
        return rides

    def _closest_on_the_map(self, order: OrderFacts) -> tuple[int, ...]:
        """Return the nearest canteen as the crow flies, one with couriers if there is any.

        One, not all: an order that nobody reaches must not tie independent canteens together.
        """
        if order.place is None or not self.canteens:
            return ()
        lon, lat = order.place
        squeeze = cos(radians(lat))
        nearest = min(
            self.canteens,
            key=lambda one: (
                one.id not in self.couriers,
                hypot((one.place[0] - lon) * squeeze, one.place[1] - lat),
            ),
        )
        return (nearest.id,)


def _suits(courier: CourierFacts, order: OrderFacts) -> bool:
    return courier.boxes >= order.portions and set(order.needs) <= set(courier.skills)
