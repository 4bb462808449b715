"""What a new plan changes: for orders, for trips, for couriers."""

from dataclasses import dataclass

from routing.plan import Plan, Trip, Unserved
from routing.repair.standing import Standing


@dataclass(frozen=True, slots=True)
class Moved:
    """An order that changes courier."""

    order: str
    before: str
    after: str
    arrive: int


@dataclass(frozen=True, slots=True)
class Retimed:
    """An order that keeps its courier and gets another time of hand-over (seconds)."""

    order: str
    courier: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Served:
    """An order that was on no trip and now is."""

    order: str
    courier: str
    arrive: int


@dataclass(frozen=True, slots=True)
class TripChanged:
    """A trip of the new plan that is not one of the old plan with the same stops.

    Parameters
    ----------
    courier : str
        Who makes it.
    depart : int
        When it leaves (seconds).
    added, removed : tuple of str
        Orders that the old trip with the most common stops did not have, and had.
    new : bool
        Whether it shares no stop with an old trip of the courier.
    """

    courier: str
    depart: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    new: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """The differences between the plan in force and a new one.

    Parameters
    ----------
    moved, retimed, served : tuple
        Orders, as in the plan.
    dropped : tuple of Unserved
        Orders that were to be brought and now stay unserved, with the reason.
    refused : tuple of Unserved
        New orders that stay unserved, with the reason.
    still_unserved : tuple of Unserved
        Orders that stay unserved as before, with the reason.
    trips : tuple of TripChanged
        Trips with other stops or another sequence.
    couriers : tuple of str
        Whose duty differs in anything but what is past.
    """

    moved: tuple[Moved, ...]
    retimed: tuple[Retimed, ...]
    served: tuple[Served, ...]
    dropped: tuple[Unserved, ...]
    refused: tuple[Unserved, ...]
    still_unserved: tuple[Unserved, ...]
    trips: tuple[TripChanged, ...]
    couriers: tuple[str, ...]


def compare(standing: Standing, plan: Plan) -> Differences:
    """Return the differences of a new plan from the plan in force of a situation."""
    old = standing.situation.plan
    had = {stop.order: (trip.courier, stop.arrive) for trip in old.trips for stop in trip.stops}
    known = standing.situation.instance.order_by_id
    moved, retimed, served = [], [], []
    for trip in plan.trips:
        for stop in trip.stops:
            who, when = had.get(stop.order, (None, 0))
            if who is None:
                served.append(Served(stop.order, trip.courier, stop.arrive))
            elif who != trip.courier:
                moved.append(Moved(stop.order, who, trip.courier, stop.arrive))
            elif when != stop.arrive:
                retimed.append(Retimed(stop.order, who, when, stop.arrive))
    old_trips, new_trips = _by_courier(old), _by_courier(plan)
    couriers = sorted(old_trips.keys() | new_trips.keys())
    return Differences(
        moved=tuple(moved),
        retimed=tuple(retimed),
        served=tuple(served),
        dropped=tuple(item for item in plan.unserved if item.order in had),
        refused=tuple(item for item in plan.unserved if item.order not in known),
        still_unserved=tuple(
            item for item in plan.unserved if item.order in known and item.order not in had
        ),
        trips=tuple(
            change
            for courier in couriers
            for change in _trips(old_trips.get(courier, []), new_trips.get(courier, []))
        ),
        couriers=tuple(one for one in couriers if old_trips.get(one, []) != new_trips.get(one, [])),
    )


def _by_courier(plan: Plan) -> dict[str, list[Trip]]:
    trips: dict[str, list[Trip]] = {}
    for trip in sorted(plan.trips, key=lambda trip: trip.depart):
        trips.setdefault(trip.courier, []).append(trip)
    return trips


def _trips(old: list[Trip], new: list[Trip]) -> list[TripChanged]:
    """Return how the trips of one courier have changed."""
    found = []
    sequences = [[stop.order for stop in trip.stops] for trip in old]
    for trip in new:
        stops = [stop.order for stop in trip.stops]
        if stops in sequences:
            continue
        nearest = max(sequences, key=lambda one: len(set(one) & set(stops)), default=[])
        shared = set(nearest) & set(stops)
        found.append(
            TripChanged(
                courier=trip.courier,
                depart=trip.depart,
                added=tuple(order for order in stops if order not in nearest),
                removed=tuple(order for order in nearest if shared and order not in stops),
                new=not shared,
            )
        )
    return found
