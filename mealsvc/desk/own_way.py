"""The way of a courier's own trip: to every door and back, drawn and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from geodata.modes import TravelMode
from geodata.streets import NoRouteError, Streets
from mealsvc.access import Caller, current_duty
from mealsvc.errors import NotFound, NotReady
from mealsvc.runtime import Runtime
from mealsvc.store import Duty, Order, Trip, transaction
from mealsvc.streets import open_streets
from mealsvc.vocabulary import Mode

LonLat = tuple[float, float]


@dataclass(frozen=True)
class WayLeg:
    """The way from one place of a trip to the next.

    Attributes
    ----------
    order
        Order of the stop that it leads to; ``None``: the canteen.
    metres, seconds
        From door to door.
    line
        Longitude and latitude of every bend, WGS-84.
    directions
        The way in words.
    """

    order: int | None
    metres: float
    seconds: float
    line: list[LonLat]
    directions: list[str]


def own_way(
    runtime: Runtime, caller: Caller, number: int, language: Literal["zh", "en"] = "zh"
) -> list[WayLeg]:
    """Return the legs of a trip of the current duty, from the canteen to each stop and back.

    Stops without a usable place are passed over.

    Raises
    ------
    LinkEnded, NotFound
        As :func:`mealsvc.access.current_duty` has them.
    NotFound
        If there is no such trip, or no way is known.
    """
    with transaction(runtime.engine) as session:
        duty = current_duty(session, runtime, caller.identity).duty
        trip = next((trip for trip in duty.trips if trip.number == number), None)
        if trip is None:
            raise NotFound(
                f"your duty has no trip {number}; open your duty again",
                f"您的任务没有第{number}趟，请重新打开任务",
            )
        places, mode = _places(duty, trip), duty.courier.mode
    try:
        return _legs(open_streets(runtime), mode, places, language)
    except (NotReady, NoRouteError) as error:
        raise NotFound(
            "no way can be shown for this trip; go by the addresses",
            "这一趟没有可以显示的路线，请按地址前往",
        ) from error


def _places(duty: Duty, trip: Trip) -> list[tuple[int | None, LonLat]]:
    """Return where a trip comes by, in order, with the order that is brought there."""
    canteen = duty.courier.canteen
    home = (None, canteen.lon, canteen.lat)
    doors = [(stop.order_id, *_door(stop.order)) for stop in trip.stops]
    return [
        (order, (lon, lat))
        for order, lon, lat in (home, *doors, home)
        if lon is not None and lat is not None
    ]


def _door(order: Order) -> tuple[float | None, float | None]:
    where = order.meal_point or (order.elder.address if order.elder else None)
    return (where.lon, where.lat) if where else (None, None)


def _legs(
    streets: Streets,
    mode: Mode,
    places: Sequence[tuple[int | None, LonLat]],
    language: Literal["zh", "en"],
) -> list[WayLeg]:
    # The engine wants places that differ; several doors of one building share theirs.
    apart = [place for k, (_, place) in enumerate(places) if k == 0 or place != places[k - 1][1]]
    if len(apart) < 2:
        raise NoRouteError("all places of the trip are one")
    found = iter(streets.route(apart, TravelMode(mode.value), language=language).legs)
    legs = []
    for (_, start), (order, end) in pairwise(places):
        if start == end:
            legs.append(WayLeg(order, 0.0, 0.0, [start, end], []))
            continue
        leg = next(found)
        words = [manoeuvre.text for manoeuvre in leg.manoeuvres]
        legs.append(WayLeg(order, leg.metres, leg.seconds, list(leg.geometry), words))
    return legs
