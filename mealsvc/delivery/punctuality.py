"""How it really was against the plan: ride times, the circle and delays, from what was reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

from mealsvc.delivery.progress import LATE, delay_of
from mealsvc.delivery.state import StopState


@dataclass(frozen=True)
class Punctuality:
    """Stops in figures; every figure is over those of which it is known.

    Attributes
    ----------
    stops, served
        Stops with an outcome, and those with evidence of a meal.
    rides
        Meals handed over of which departure and hand-over were reported.
    ride_seconds, planned_ride_seconds
        Their mean ride time as it was, and as it was planned; None without any.
    inside_circle, planned_inside_circle
        How many of them rode within the circle, and were planned to.
    timed, late
        Outcomes whose time is known, and those later than planned by more than five minutes.
    delay_seconds
        Median delay of the timed ones (negative: early); None without any.
    """

    stops: int
    served: int
    rides: int
    ride_seconds: float | None
    planned_ride_seconds: float | None
    inside_circle: int
    planned_inside_circle: int
    timed: int
    late: int
    delay_seconds: float | None


def ride_of(stop: StopState) -> float | None:
    """Return the seconds from leaving the canteen to the hand-over, as reported; None: unknown."""
    if not stop.served or not stop.time_known or stop.at is None or stop.departed_at is None:
        return None
    return (stop.at - stop.departed_at).total_seconds()


def punctuality_of(stops: Iterable[StopState], circle_seconds: int) -> Punctuality:
    """Return how stops of one or more plans went.

    Parameters
    ----------
    stops
        Stops with or without an outcome.
    circle_seconds
        Ride time of the meal circle.
    """
    settled = [stop for stop in stops if stop.outcome is not None]
    ridden = [
        (ride, stop.planned.ride_seconds)
        for stop in settled
        if stop.planned is not None and (ride := ride_of(stop)) is not None
    ]
    delays = [delay for stop in settled if (delay := delay_of(stop)) is not None]
    return Punctuality(
        stops=len(settled),
        served=sum(stop.served for stop in settled),
        rides=len(ridden),
        ride_seconds=fmean(real for real, _ in ridden) if ridden else None,
        planned_ride_seconds=fmean(planned for _, planned in ridden) if ridden else None,
        inside_circle=sum(real <= circle_seconds for real, _ in ridden),
        planned_inside_circle=sum(planned <= circle_seconds for _, planned in ridden),
        timed=len(delays),
        late=sum(delay > LATE for delay in delays),
        delay_seconds=median(delay.total_seconds() for delay in delays) if delays else None,
    )
