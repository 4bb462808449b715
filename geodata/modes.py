"""How couriers travel, and how fast: the settings that decide every travel time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class TravelMode(StrEnum):
    """A way of travelling, named as in problem files."""

    FOOT = "foot"
    BICYCLE = "bicycle"
    EBIKE = "ebike"
    CAR = "car"


@dataclass(frozen=True)
class Speeds:
    """Speeds in km/h. Cars follow the speed limits and classes of the streets.

    Attributes
    ----------
    walking
        Of couriers on foot, and of everybody between a street and a door. Set 3.6 to measure what
        elders walk.
    bicycle
        On a flat street. Turns and crossings cost extra time.
    ebike
        As `bicycle`. E-bikes use the streets that bicycles may use; the legal limit in China is 25.
    """

    walking: float = 5.0
    bicycle: float = 15.0
    ebike: float = 20.0

    def __post_init__(self) -> None:
        """Check the ranges that the street engine accepts."""
        for name, least, most in (("walking", 0.5, 25), ("bicycle", 5, 60), ("ebike", 5, 60)):
            if not least <= getattr(self, name) <= most:
                message = f"speed {name}={getattr(self, name)} km/h: give {least} to {most}"
                raise ValueError(message)

    def as_dict(self) -> dict[str, float]:
        """Give the speeds for a cache key or a record."""
        return asdict(self)


def costing(mode: TravelMode, speeds: Speeds) -> dict[str, object]:
    """Give the part of a street engine request that says how one travels."""
    match mode:
        case TravelMode.FOOT:
            return _costing("pedestrian", walking_speed=speeds.walking)
        case TravelMode.BICYCLE:
            return _costing("bicycle", bicycle_type="city", cycling_speed=speeds.bicycle)
        case TravelMode.EBIKE:
            return _costing("bicycle", bicycle_type="city", cycling_speed=speeds.ebike)
        case TravelMode.CAR:
            return _costing("auto")


def _costing(name: str, **options: object) -> dict[str, object]:
    return {"costing": name, "costing_options": {name: options}}


def fastest_metres_per_second(mode: TravelMode, speeds: Speeds) -> float:
    """Give a speed no trip of this mode reaches as the crow flies.

    Walking and cycling speeds of the engine vary with surface and slope by less than half; cars in
    these extracts stay below 130 km/h.
    """
    top = {
        TravelMode.FOOT: speeds.walking * 1.5,
        TravelMode.BICYCLE: speeds.bicycle * 1.5,
        TravelMode.EBIKE: speeds.ebike * 1.5,
        TravelMode.CAR: 130.0,
    }[mode]
    return top / 3.6
