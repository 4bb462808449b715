"""What a repair cannot change any more: trips that have begun, as far as they have come.

A trip has begun when its loading has, or when it is reported. It keeps its courier, its stops and
their order. Three things may still happen to it: a cancelled stop is skipped, a courier who is gone
hands over nothing more, and times that are still to come are estimated anew.
"""

from dataclasses import dataclass, replace

from routing.parts import NO_WAY, Order
from routing.plan import Stop, Trip
from routing.repair.news import News
from routing.repair.situation import Situation, TripReport

EVER = 1 << 40
"""Later than everything."""


@dataclass(frozen=True, slots=True)
class BegunTrip:
    """A trip that has begun.

    Parameters
    ----------
    number : int
        Its place in the plan in force.
    trip : Trip
        What is kept of it, with reported and newly estimated times; may have no stop left.
    back : int
        When its courier is free again (seconds).
    done : frozenset of str
        Orders whose hand-over has begun.
    skipped : tuple of str
        Cancelled orders that it no longer visits.
    lost : tuple of str
        Orders that its courier will not bring, but somebody must.
    spoiled : int
        Portions that left the canteen and reach nobody.
    """

    number: int
    trip: Trip
    back: int
    done: frozenset[str]
    skipped: tuple[str, ...]
    lost: tuple[str, ...]
    spoiled: int


def begun_trips(situation: Situation, news: News) -> tuple[BegunTrip, ...]:
    """Return the trips that have begun, in the order of the plan."""
    reports = {report.trip: report for report in situation.reports}
    found = []
    for number, trip in enumerate(situation.plan.trips):
        report = reports.get(number)
        if _has_begun(situation, news, trip, report):
            found.append(_follow(situation, news, number, report))
    return tuple(found)


def _has_begun(situation: Situation, news: News, trip: Trip, report: TripReport | None) -> bool:
    """Return whether a trip can no longer be changed."""
    if report is not None:
        return report.begun
    if news.gone.get(trip.courier, EVER) <= trip.depart:
        return False
    instance = situation.instance
    load = instance.canteen_by_id[trip.canteen].load_seconds + sum(
        instance.order_by_id[stop.order].pack_seconds for stop in trip.stops
    )
    begin = trip.depart - load
    if begin < news.late.get(trip.canteen, -EVER):  # a late kitchen has filled no boxes yet
        begin = trip.depart
    return begin <= situation.now


def _follow(situation: Situation, news: News, number: int, report: TripReport | None) -> BegunTrip:
    """Return how far a begun trip has come and how it will go on."""
    trip, now = situation.plan.trips[number], situation.now
    known = now if situation.known is None else situation.known
    departed = trip.depart
    if report is not None and report.departed is not None:
        departed = report.departed
    gone = news.gone.get(trip.courier, EVER)
    done = _done(situation, trip, report, gone)
    ahead = [stop.order for stop in trip.stops if stop.order not in {one.order for one in done}]
    skipped = tuple(order for order in ahead if order in news.cancelled)
    ahead = [order for order in ahead if order not in news.cancelled]
    courier = situation.instance.courier_by_id[trip.courier]
    as_planned = (
        report is None
        and not skipped
        and courier.mode not in news.other_modes
        and news.changed.isdisjoint(ahead)
    )
    road = _Road(situation, news, trip)
    clock, here = departed, road.home
    for stop in done:
        order = situation.instance.order_by_id[stop.order]
        clock, here = stop.arrive + order.handover_seconds, order.location
    planned = {stop.order: stop.arrive for stop in trip.stops}
    coming: list[Stop] = []
    for name in ahead:
        order = news.orders[name]
        reached = max(clock + road.seconds(here, order.location), order.window[0])
        arrive = planned[name] if as_planned else max(reached, known)
        if arrive >= gone or (report is not None and report.returned is not None):
            break
        coming.append(Stop(name, arrive))
        clock, here = arrive + order.handover_seconds, order.location
    if skipped and not coming:  # already on the way to a door that nobody waits behind
        clock = max(clock, now)
        if not done and departed <= now:
            here = situation.instance.order_by_id[skipped[0]].location
    back = clock + road.seconds(here, road.home)
    if report is not None and report.returned is not None:
        back = report.returned
    lost = tuple(ahead[len(coming) :])
    wasted = sum(situation.instance.order_by_id[name].meals for name in (*skipped, *lost))
    return BegunTrip(
        number=number,
        trip=replace(trip, depart=departed, stops=(*done, *coming)),
        back=back,
        done=frozenset(stop.order for stop in done),
        skipped=skipped,
        lost=lost,
        spoiled=wasted if departed <= now else 0,
    )


def _done(
    situation: Situation, trip: Trip, report: TripReport | None, gone: int
) -> tuple[Stop, ...]:
    """Return the stops whose hand-over has begun, in the order driven."""
    if report is not None:
        visited = sorted(report.visited.items(), key=lambda pair: pair[1])
        return tuple(Stop(order, moment) for order, moment in visited)
    return tuple(stop for stop in trip.stops if stop.arrive <= situation.now and stop.arrive < gone)


class _Road:
    """Travel times of a courier who is out: the new ones, or the old where those have no way."""

    def __init__(self, situation: Situation, news: News, trip: Trip) -> None:
        instance = situation.instance
        mode = instance.courier_by_id[trip.courier].mode
        self._new, self._old = news.travel[mode], instance.travel[mode]
        self.home = instance.canteen_by_id[trip.canteen].location

    def seconds(self, here: int, there: int) -> int:
        """Return the seconds from place to place."""
        step = int(self._new[here, there])
        if step >= NO_WAY and max(here, there) < len(self._old):
            return int(self._old[here, there])
        return step


def carried_record(situation: Situation, news: News, begun: BegunTrip, name: str) -> Order:
    """Return the record of an order on a begun trip: what is done, or in a box, stays as it was."""
    old = situation.instance.order_by_id[name]
    return old if name in begun.done else replace(news.orders[name], meals=old.meals)
