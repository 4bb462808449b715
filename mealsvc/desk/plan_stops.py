"""Where a plan's stops are, for the map of those who see addresses; nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mealsvc.access import Caller, Detail
from mealsvc.desk.map_layers import LonLat, door_of
from mealsvc.desk.people import note_read
from mealsvc.desk.reach import duties_within
from mealsvc.runtime import Runtime
from mealsvc.store import Duty, transaction
from mealsvc.vocabulary import Meal


@dataclass(frozen=True)
class StopOnMap:
    """A stop of a trip.

    Attributes
    ----------
    order
        Number of the order.
    number
        Its place among the stops of the trip, from 1.
    place
        Longitude and latitude, WGS-84.
    """

    order: int
    courier: str
    trip: int
    number: int
    place: LonLat


def stops_on_map(
    runtime: Runtime, caller: Caller, day: date, meal: Meal, number: int | None = None
) -> tuple[int, list[StopOnMap]]:
    """Return a revision's number and the stops within reach that have a usable place.

    Doors are addresses: whoever does not see people in full gets none.

    Raises
    ------
    NotFound
        If there is no plan or no such revision.
    """
    with transaction(runtime.engine) as session:
        revision, within = duties_within(session, caller, day, meal, number)
        found = list(_stops(within)) if caller.grant.detail is Detail.FULL else []
        if found:
            subject = f"{day} {meal.value} r{revision.number}"
            note_read(session, runtime, caller, "read.plan_stops", subject, len(found))
        return revision.number, found


def _stops(duties: Iterable[Duty]) -> Iterable[StopOnMap]:
    for duty in duties:
        for trip in duty.trips:
            for place, stop in enumerate(trip.stops, start=1):
                where = door_of(stop.order)
                if where is not None:
                    yield StopOnMap(
                        order=stop.order_id,
                        courier=duty.courier.code,
                        trip=trip.number,
                        number=place,
                        place=where,
                    )
