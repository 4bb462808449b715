"""Choices that follow from where people live: neighbours, nearest meal point, keeping canteen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from mealsvc.roster.places import LonLat, metres_between
from mealsvc.store import Address, Canteen, Courier, Elder, MealPoint

#: Pace of elders on foot, metres per second (3.6 km/h).
ELDERS_PACE = 1.0


class Neighbourhood:
    """Where the located homes of each compound are, to suggest a place for the others."""

    def __init__(self) -> None:
        self._homes: dict[str, list[LonLat]] = {}
        self._middles: dict[str, LonLat] = {}

    def add(self, compound: str | None, point: LonLat | None) -> None:
        """Add a home; one without compound or point says nothing."""
        if compound and point:
            self._homes.setdefault(compound, []).append(point)
            self._middles.pop(compound, None)

    def of(self, compound: str | None) -> tuple[int, LonLat] | None:
        """Return how many homes of a compound are located, and the middle of them."""
        homes = self._homes.get(compound or "")
        if not compound or not homes:
            return None
        if compound not in self._middles:
            lons, lats = zip(*homes, strict=True)
            self._middles[compound] = round(median(lons), 6), round(median(lats), 6)
        return len(homes), self._middles[compound]


class SiteChoice:
    """Chooses for elders who name no meal point or canteen.

    Parameters
    ----------
    canteens, meal_points, couriers
        All that are kept.
    reach_seconds
        How long an elder walks to a meal point at most, at :data:`ELDERS_PACE` as the crow flies.
    guess
        Where a home without a usable place probably is (`mealsvc.roster.guessing`).
    """

    def __init__(
        self,
        canteens: Iterable[Canteen],
        meal_points: Iterable[MealPoint],
        couriers: Iterable[Courier],
        reach_seconds: int,
        guess: Callable[[Address], LonLat | None],
    ) -> None:
        self._canteens = sorted((c for c in canteens if c.active), key=lambda c: c.code)
        self._only = self._canteens[0].id if len(self._canteens) == 1 else None
        self._points = {p.id: p for p in sorted(meal_points, key=lambda p: p.code) if p.active}
        self._couriers = {courier.id: courier for courier in couriers}
        self._reach_metres = reach_seconds * ELDERS_PACE
        self._guess = guess

    def meal_point(self, number: int | None) -> MealPoint | None:
        """Return an active meal point by its id."""
        return self._points.get(number)

    def nearest_meal_point(self, home: Address) -> tuple[MealPoint, float] | None:
        """Return the nearest active meal point within reach and its distance in metres."""
        if home.lon is None or home.lat is None:
            return None
        near = [
            (metres_between((home.lon, home.lat), (point.lon, point.lat)), point.code, point)
            for point in self._points.values()
            if point.lon is not None and point.lat is not None
        ]
        metres, _, point = min(near, default=(0.0, "", None), key=lambda found: found[:2])
        return None if point is None or metres > self._reach_metres else (point, metres)

    def canteen_of(self, elder: Elder) -> int | None:
        """Return the canteen that keeps an elder's file when the roster names none.

        The meal point's comes first, then the usual courier's, then the nearest: to the home, else
        the one that keeps the file already, else to where the home probably is. The only canteen
        there is keeps everybody.
        """
        point = self._points.get(elder.meal_point_id)
        if point is not None:
            return point.canteen_id
        courier = self._couriers.get(elder.usual_courier_id)
        if courier is not None:
            return courier.canteen_id
        home = elder.address
        if home.lon is not None and home.lat is not None:
            return self._nearest_canteen((home.lon, home.lat))
        if elder.canteen_id is not None:
            return elder.canteen_id
        guess = self._guess(home)
        if guess is not None:
            return self._nearest_canteen(guess)
        return self._only

    def _nearest_canteen(self, point: LonLat) -> int | None:
        near = [
            (metres_between(point, (one.lon, one.lat)), one.code, one.id)
            for one in self._canteens
            if one.lon is not None and one.lat is not None
        ]
        return min(near, default=(0.0, "", self._only))[2]
