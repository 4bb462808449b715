"""Punctuality of days, canteens and couriers within a caller's reach."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from mealsvc.access import Caller
from mealsvc.delivery import StopState, read_state
from mealsvc.delivery.punctuality import Punctuality, punctuality_of
from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, Courier, DeliveryEvent, Service, transaction
from mealsvc.vocabulary import Meal

MOST_DAYS = 31
"""Days that are told at once."""


@dataclass(frozen=True)
class PartPunctuality:
    """A canteen or courier, by code, in figures."""

    code: str
    figures: Punctuality


@dataclass(frozen=True)
class ServicePunctuality:
    """A service in figures: together, by the couriers' canteens, by courier."""

    day: date
    meal: Meal
    together: Punctuality
    canteens: list[PartPunctuality]
    couriers: list[PartPunctuality]


def punctuality(
    runtime: Runtime, caller: Caller, first: date, last: date
) -> list[ServicePunctuality]:
    """Return how the services of some days went against their plans, those that were reported on.

    Raises
    ------
    InvalidInput
        If the days are in the wrong order or more than :data:`MOST_DAYS`.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        raise InvalidInput(
            f"ask for 1 to {MOST_DAYS} days, the first before the last",
            f"请选择 1 至 {MOST_DAYS} 天，起始日期不晚于结束日期",
        )
    circle = runtime.settings.circle_seconds
    with transaction(runtime.engine) as session:
        rows = session.exec(select(Courier, Canteen.code).join(Canteen))
        keepers = {c.id: (c.code, code) for c, code in rows if caller.sees(c.canteen_id)}
        reported = select(DeliveryEvent.service_id).distinct()
        services = session.exec(
            select(Service)
            .where(col(Service.day).between(first, last), col(Service.id).in_(reported))
            .order_by(col(Service.day), col(Service.meal).desc())  # lunch before dinner
        ).all()
        found = []
        for service in services:
            stops = read_state(session, service.id or 0).stops
            within = [stop for stop in stops if _whose(stop) in keepers]
            if within:
                found.append(_figures(service, within, keepers, circle))
        return found


def _whose(stop: StopState) -> int | None:
    """Return who brought a stop, or by the plan should have."""
    return stop.by_courier_id or stop.courier_id


def _figures(
    service: Service,
    stops: list[StopState],
    keepers: dict[int | None, tuple[str, str]],
    circle: int,
) -> ServicePunctuality:
    by_courier: dict[str, list[StopState]] = defaultdict(list)
    by_canteen: dict[str, list[StopState]] = defaultdict(list)
    for stop in stops:
        courier, canteen = keepers[_whose(stop)]
        by_courier[courier].append(stop)
        by_canteen[canteen].append(stop)
    return ServicePunctuality(
        day=service.day,
        meal=service.meal,
        together=punctuality_of(stops, circle),
        canteens=_parts(by_canteen, circle),
        couriers=_parts(by_courier, circle),
    )


def _parts(stops: dict[str, list[StopState]], circle: int) -> list[PartPunctuality]:
    return [PartPunctuality(code, punctuality_of(of, circle)) for code, of in sorted(stops.items())]
