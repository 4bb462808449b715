"""Where elders may eat or collect a meal: canteens and meal points that are open for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from sqlmodel import Session, col, select

from mealsvc.settings import Settings
from mealsvc.store import Canteen, CanteenMeal, MealPoint
from mealsvc.vocabulary import Meal, SiteKind


@dataclass(frozen=True)
class Site:
    """A canteen or meal point for one meal.

    Attributes
    ----------
    code
        Its code in the records; for one that a scenario adds, the key given there.
    name, kind
        What it is.
    lon, lat
        Degrees WGS-84.
    capacity
        Portions of the meal; None for no limit.
    opens, closes
        Its hours.
    record
        Database id; None for a site that only a scenario has.
    supplied_by
        Code of the canteen that supplies a meal point.
    couriers, boxes
        Couriers that a scenario stations at a new canteen, and portions that each carries.
    """

    code: str
    name: str
    kind: SiteKind
    lon: float
    lat: float
    capacity: int | None
    opens: time
    closes: time
    record: int | None = None
    supplied_by: str | None = None
    couriers: int = 0
    boxes: int = 0

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude as plans use them."""
        return round(self.lon, 6), round(self.lat, 6)

    def open_for(self, settings: Settings, meal: Meal) -> bool:
        """Return whether its hours touch those of a meal."""
        first, last = settings.hours(meal)
        return self.opens < last and self.closes > first


def read_sites(session: Session, meal: Meal) -> tuple[Site, ...]:
    """Read the sites in use that are on the map: canteens that cook the meal, and meal points.

    Whether they are open in the hours of the meal is asked later (`Site.open_for`): a scenario
    may change hours first.
    """
    return (*_canteens(session, meal), *_meal_points(session))


def _canteens(session: Session, meal: Meal) -> Iterator[Site]:
    query = (
        select(Canteen, CanteenMeal)
        .join(CanteenMeal, col(CanteenMeal.canteen_id) == col(Canteen.id))
        .where(col(Canteen.active), col(CanteenMeal.meal) == meal, col(Canteen.lon).is_not(None))
        .order_by(col(Canteen.code))
    )
    for canteen, cooked in session.exec(query):
        if canteen.lon is not None and canteen.lat is not None:
            yield Site(
                code=canteen.code,
                name=canteen.name,
                kind=SiteKind.CANTEEN,
                lon=canteen.lon,
                lat=canteen.lat,
                capacity=cooked.capacity,
                opens=cooked.opens,
                closes=cooked.closes,
                record=canteen.id,
            )


def _meal_points(session: Session) -> Iterator[Site]:
    query = (
        select(MealPoint, Canteen.code)
        .join(Canteen, col(Canteen.id) == col(MealPoint.canteen_id))
        .where(col(MealPoint.active), col(MealPoint.lon).is_not(None))
        .order_by(col(MealPoint.code))
    )
    for point, canteen in session.exec(query):
        if point.lon is not None and point.lat is not None:
            yield Site(
                code=point.code,
                name=point.name,
                kind=SiteKind.MEAL_POINT,
                lon=point.lon,
                lat=point.lat,
                capacity=point.capacity,
                opens=point.opens,
                closes=point.closes,
                record=point.id,
                supplied_by=canteen,
            )
