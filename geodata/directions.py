"""Turn the engine's routes into legs with geometry and instructions in Chinese and English.

The engine speaks many languages but not Chinese, so the Chinese text is put together here from the
type of a manoeuvre and the names of streets, in the words that Chinese navigation uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from valhalla.midgard.utils import decode_polyline

from geodata.engine import Answer

type LonLat = tuple[float, float]
type Language = Literal["zh", "en"]

_COMPASS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
_COUNT = "零一二三四五六七八九十"
# Types of manoeuvre as the engine numbers them (valhalla, proto/directions.proto).
_STARTS = (1, 2, 3)
_ARRIVALS = {4: "到达目的地", 5: "到达目的地，在右侧", 6: "到达目的地，在左侧"}
_ROUNDABOUT_IN, _ROUNDABOUT_OUT = 26, 27
_TURNS = {
    7: "直行",
    8: "直行",
    9: "向右前方行驶",
    10: "右转",
    11: "向右后方转弯",
    12: "掉头",
    13: "掉头",
    14: "向左后方转弯",
    15: "左转",
    16: "向左前方行驶",
    17: "直行上匝道",
    18: "靠右上匝道",
    19: "靠左上匝道",
    20: "从右侧出口驶出",
    21: "从左侧出口驶出",
    22: "保持直行",
    23: "靠右行驶",
    24: "靠左行驶",
    25: "汇入主路",
    28: "上轮渡",
    29: "下轮渡",
    37: "向右汇入主路",
    38: "向左汇入主路",
    39: "乘电梯",
    40: "走台阶",
    41: "乘自动扶梯",
    42: "进入建筑",
    43: "走出建筑",
}
_ON_FOOT = {
    "向右前方行驶": "向右前方走",
    "向左前方行驶": "向左前方走",
    "靠右行驶": "靠右走",
    "靠左行驶": "靠左走",
}


@dataclass(frozen=True)
class Manoeuvre:
    """One instruction: what to do at a point, and how far it is to the next."""

    text: str
    metres: float
    seconds: float
    street: str | None
    point: LonLat


@dataclass(frozen=True)
class Leg:
    """The way from one place to the next.

    Attributes
    ----------
    seconds, metres
        From door to door: along the streets, and between the streets and the two places at walking
        speed.
    off_street_metres
        How much of the distance is between streets and places, in a straight line.
    geometry
        Longitude and latitude of every bend, from the first place to the second.
    manoeuvres
        Instructions in order; the last one is the arrival.
    """

    seconds: float
    metres: float
    off_street_metres: float
    geometry: tuple[LonLat, ...]
    manoeuvres: tuple[Manoeuvre, ...]


@dataclass(frozen=True)
class Route:
    """The way along several places, in order: one leg between each two."""

    legs: tuple[Leg, ...]

    @property
    def seconds(self) -> float:
        """Travel time of all legs."""
        return sum(leg.seconds for leg in self.legs)

    @property
    def metres(self) -> float:
        """Length of all legs."""
        return sum(leg.metres for leg in self.legs)


def read_route(
    answer: Answer,
    places: Sequence[LonLat],
    off_street: Sequence[float],
    walking_metres_per_second: float,
    language: Language,
) -> Route:
    """Read the engine's answer to a route request.

    Parameters
    ----------
    answer
        The engine's JSON, its shape in six decimals, its own texts in English.
    places
        The places themselves, longitude and latitude.
    off_street
        Metres from each place to its street.
    walking_metres_per_second
        Speed between streets and places.
    language
        Of the instructions.
    """
    legs = []
    for k, leg in enumerate(answer["trip"]["legs"]):
        shape = [(float(lon), float(lat)) for lon, lat in decode_polyline(leg["shape"])]
        metres_off = off_street[k] + off_street[k + 1]
        summary = leg["summary"]
        legs.append(
            Leg(
                seconds=summary["time"] + metres_off / walking_metres_per_second,
                metres=summary["length"] * 1000.0 + metres_off,
                off_street_metres=metres_off,
                geometry=(places[k], *shape, places[k + 1]),
                manoeuvres=tuple(_read(m, shape, language) for m in leg["maneuvers"]),
            )
        )
    return Route(tuple(legs))


def _read(maneuver: Answer, shape: list[LonLat], language: Language) -> Manoeuvre:
    names = maneuver.get("street_names") or [None]
    text = maneuver["instruction"] if language == "en" else chinese(maneuver)
    return Manoeuvre(
        text=text,
        metres=maneuver["length"] * 1000.0,
        seconds=maneuver["time"],
        street=names[0],
        point=shape[maneuver["begin_shape_index"]],
    )


def chinese(maneuver: Answer) -> str:
    """Say a manoeuvre of the engine in Chinese."""
    kind = maneuver["type"]
    names = maneuver.get("begin_street_names") or maneuver.get("street_names") or []
    street = names[0] if names else ""
    if kind in _ARRIVALS:
        return _ARRIVALS[kind]
    if kind in _STARTS:
        towards = f"向{_COMPASS[round(maneuver.get('bearing_after', 0) / 45) % 8]}"
        return f"从{street}出发，{towards}行" if street else f"出发，{towards}行"
    if kind == _ROUNDABOUT_IN:
        leave = maneuver.get("roundabout_exit_count")
        return f"进入环岛，从第{_ordinal(leave)}个出口驶出" if leave else "进入环岛"
    if kind == _ROUNDABOUT_OUT:
        return f"驶出环岛，进入{street}" if street else "驶出环岛"
    words = _TURNS.get(kind, "继续前行")
    if maneuver.get("travel_mode") == "pedestrian":
        words = _ON_FOOT.get(words, words)
    if kind == 8 and street:
        return f"沿{street}继续直行"
    return f"{words}进入{street}" if street else words


def _ordinal(number: int) -> str:
    return _COUNT[number] if number <= 10 else str(number)
