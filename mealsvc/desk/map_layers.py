"""What planners see over the background map: sites, and the ways of a plan's trips.

Nobody is named, and no door is shown: a trip's way is drawn on the streets only, as one line, so
that neither its stops nor the last steps to a home can be read from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from itertools import pairwise

from geodata.modes import TravelMode
from geodata.streets import NoRouteError, Streets
from mealsvc.access import Caller
from mealsvc.desk import sites
from mealsvc.desk.people import person
from mealsvc.desk.reach import duties_within
from mealsvc.errors import NotReady
from mealsvc.runtime import Runtime
from mealsvc.store import Duty, Order, Trip, transaction
from mealsvc.streets import open_streets
from mealsvc.vocabulary import Meal, Mode, SiteKind

LonLat = tuple[float, float]

_PAGE = 500  # sites asked for at once


@dataclass(frozen=True)
class SiteOnMap:
    """A canteen or a meal point.

    Attributes
    ----------
    place
        Longitude and latitude, WGS-84; ``None`` where there is no usable one.
    canteen
        Code of the canteen that supplies a meal point.
    capacity
        Portions: a canteen's over its meals, a meal point's a meal.
    opens, closes
        Local; a canteen's are those of its first and last meal.
    """

    kind: SiteKind
    code: str
    name: str
    address: str | None
    canteen: str | None
    active: bool
    capacity: int
    opens: time | None
    closes: time | None
    place: LonLat | None


@dataclass(frozen=True)
class TripOnMap:
    """A trip's way on the streets.

    Attributes
    ----------
    line
        Longitude and latitude of every bend, WGS-84; ``None`` where no way is known.
    """

    courier: str
    courier_name: str | None
    canteen: str
    mode: Mode
    trip: int
    stops: int
    portions: int
    departs_at: datetime
    returns_at: datetime
    travel_seconds: int
    line: list[LonLat] | None


def sites_on_map(runtime: Runtime, caller: Caller) -> list[SiteOnMap]:
    """Return the canteens, then the meal points within reach, by code."""
    canteens = _all(partial(sites.canteens, runtime, caller, limit=_PAGE))
    points = _all(partial(sites.meal_points, runtime, caller, limit=_PAGE))
    return [_canteen(canteen) for canteen in canteens] + [_meal_point(point) for point in points]


def trips_on_map(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int | None = None
) -> tuple[int, list[TripOnMap]]:
    """Return a revision's number and the ways of the trips within reach.

    Raises
    ------
    NotFound
        If there is no plan or no such revision.
    """
    with transaction(runtime.engine) as session:
        revision, within = duties_within(session, caller, day, meal, number)
        found = [
            (_facts(duty, trip, caller), _places(duty, trip))
            for duty in within
            for trip in duty.trips
        ]
        number = revision.number
    try:
        streets = open_streets(runtime)
    except NotReady:
        return number, [facts for facts, _ in found]
    return number, [
        replace(facts, line=way_on_streets(streets, facts.mode, places)) for facts, places in found
    ]


def _all[File](page: Callable[..., tuple[list[File], int]]) -> list[File]:
    """Return the files of all pages."""
    found, total = page(offset=0)
    while len(found) < total:
        more, total = page(offset=len(found))
        if not more:
            break  # some were closed meanwhile
        found += more
    return found


def _canteen(canteen: sites.CanteenFile) -> SiteOnMap:
    return SiteOnMap(
        kind=SiteKind.CANTEEN,
        code=canteen.code,
        name=canteen.name,
        address=canteen.address,
        canteen=None,
        active=canteen.active,
        capacity=sum(meal.capacity for meal in canteen.meals),
        opens=min((meal.opens for meal in canteen.meals), default=None),
        closes=max((meal.closes for meal in canteen.meals), default=None),
        place=_place(canteen.lon, canteen.lat),
    )


def _meal_point(point: sites.MealPointFile) -> SiteOnMap:
    return SiteOnMap(
        kind=SiteKind.MEAL_POINT,
        code=point.code,
        name=point.name,
        address=point.address,
        canteen=point.canteen,
        active=point.active,
        capacity=point.capacity,
        opens=point.opens,
        closes=point.closes,
        place=_place(point.lon, point.lat),
    )


def _facts(duty: Duty, trip: Trip, caller: Caller) -> TripOnMap:
    shown = person(duty.courier, caller.grant.detail)
    return TripOnMap(
        courier=duty.courier.code,
        courier_name=shown.name if shown else None,
        canteen=duty.courier.canteen.code,
        mode=duty.courier.mode,
        trip=trip.number,
        stops=len(trip.stops),
        portions=sum(stop.order.portions for stop in trip.stops),
        departs_at=trip.departs_at,
        returns_at=trip.returns_at,
        travel_seconds=trip.travel_seconds,
        line=None,
    )


def _places(duty: Duty, trip: Trip) -> list[LonLat]:
    """Return where a trip comes by, each place once in a row; doors of a building are one place."""
    canteen = duty.courier.canteen
    home = _place(canteen.lon, canteen.lat)
    stops = [door_of(stop.order) for stop in trip.stops]
    known = [place for place in (home, *stops, home) if place is not None]
    return [*known[:1], *(b for a, b in pairwise(known) if a != b)]


def door_of(order: Order) -> LonLat | None:
    """Return where an order is brought; ``None`` where there is no usable place."""
    if order.meal_point is not None:
        return _place(order.meal_point.lon, order.meal_point.lat)
    address = order.elder.address if order.elder else None
    return _place(address.lon, address.lat) if address else None


def _place(lon: float | None, lat: float | None) -> LonLat | None:
    return None if lon is None or lat is None else (lon, lat)


def way_on_streets(streets: Streets, mode: Mode, places: Sequence[LonLat]) -> list[LonLat] | None:
    """Return the way along places on the streets, without the steps between street and door."""
    if len(places) < 2:
        return None
    try:
        route = streets.route(places, TravelMode(mode.value))
    except NoRouteError:
        return None
    bends = [bend for leg in route.legs for bend in leg.geometry[1:-1]]
    line = [*bends[:1], *(b for a, b in pairwise(bends) if a != b)]
    return line if len(line) > 1 else None
