"""Small maps of single trips, drawn as vectors for a black-and-white printer.

Streets are white bands between grey edges, the way is a black line with arrows (the way back is
dashed), the canteen a black square and every stop its number. Where the streets are not known the
stops are joined by straight lines, and the map says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from geodata.modes import TravelMode
from geodata.streets import NoRouteError
from mealsvc.sheets.facts import LonLat, RouteSheet, TripFacts
from mealsvc.sheets.map_labels import Mark, group_marks, place_labels
from mealsvc.sheets.map_strokes import Line, background, cut_to_paper, draw_way, named_lines
from mealsvc.sheets.wording import Wording

WIDTH = 92.0  # millimetres
# Few stops need little height, and a duty of many trips should not become a booklet.
_HEIGHTS = ((2, 34.0), (5, 46.0), (10_000, 56.0))
_LOW_HEIGHTS = ((2, 28.0), (5, 36.0), (10_000, 50.0))
_MANY_TRIPS = 3
_MARGIN = 7.0  # millimetres between the outermost stop and the frame
_FINE = 0.04  # millimetres per metre below which buildings and paths would only be a grey mist
_DETAILS = {"building", "footway", "path", "steps", "cycleway", "service"}
_LEAST_METRES = 250.0  # a map of one doorstep still shows the streets around it
_METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km
_BARS = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)


class StreetMap(Protocol):
    """What maps ask of a street network (:class:`geodata.streets.Streets`)."""

    def ways_within(self, box: tuple[float, float, float, float]) -> Sequence[Any]:
        """Return lines (kind, name, points) of a box west, south, east, north."""

    def route(self, points: Sequence[LonLat], mode: TravelMode) -> Any:  # noqa: ANN401
        """Return the way along points; each of its legs has a ``geometry``."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The piece of the world on the paper, and how it is put there.

    Attributes
    ----------
    west, north
        The upper left corner, degrees.
    shrink
        Degrees of longitude per degree of latitude, as long on the ground.
    mm_per_metre
        Scale.
    height, width
        Millimetres on the paper; a trip's map is always :data:`WIDTH` wide.
    """

    west: float
    north: float
    shrink: float
    mm_per_metre: float
    height: float
    width: float = WIDTH

    @classmethod
    def around(cls, points: Sequence[LonLat], height: float, width: float = WIDTH) -> Frame:
        """Return the frame of a size that shows all points as large as it allows."""
        west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
        south, north = min(lat for _, lat in points), max(lat for _, lat in points)
        shrink = math.cos(math.radians((south + north) / 2))
        wide = max((east - west) * shrink * _METRES_PER_DEGREE, _LEAST_METRES)
        high = max((north - south) * _METRES_PER_DEGREE, _LEAST_METRES * height / width)
        scale = min((width - 2 * _MARGIN) / wide, (height - 2 * _MARGIN) / high)
        degrees = 1 / (scale * _METRES_PER_DEGREE)
        return cls(
            west=(west + east) / 2 - width / 2 * degrees / shrink,
            north=(south + north) / 2 + height / 2 * degrees,
            shrink=shrink,
            mm_per_metre=scale,
            height=height,
            width=width,
        )

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        degrees = 1 / (self.mm_per_metre * _METRES_PER_DEGREE)
        east = self.west + self.width * degrees / self.shrink
        return self.west, self.north - self.height * degrees, east, self.north

    def put(self, points: Sequence[LonLat]) -> Line:
        """Return millimetres from the upper left corner."""
        scale = self.mm_per_metre * _METRES_PER_DEGREE
        return [
            ((lon - self.west) * self.shrink * scale, (self.north - lat) * scale)
            for lon, lat in points
        ]


class TripMaps:
    """Draws the maps of trips.

    Parameters
    ----------
    streets
        The street network; ``None`` where none is built.
    say
        The words on the map.
    printable
        Tells whether the fonts have every character of a name; names they lack are left out.
    """

    def __init__(
        self, streets: StreetMap | None, say: Wording, printable: Callable[[str], bool]
    ) -> None:
        self._streets = streets
        self._say = say
        self._printable = printable

    def draw(self, sheet: RouteSheet, trip: TripFacts) -> dict[str, Any] | None:
        """Return a trip's map as template data, or ``None`` when nothing of it has a place."""
        stops = [(stop.number, stop.place) for stop in trip.stops if stop.place is not None]
        if sheet.canteen.place is None or not stops:
            return None
        points = [sheet.canteen.place, *(place for _, place in stops), sheet.canteen.place]
        legs = self._way(points, TravelMode(sheet.mode.value))
        heights = _LOW_HEIGHTS if len(sheet.trips) >= _MANY_TRIPS else _HEIGHTS
        height = next(high for most, high in heights if len(stops) <= most)
        frame = Frame.around([point for leg in legs or [points] for point in leg], height)
        visible = cut_to_paper(self._lines(frame), WIDTH, height)
        marks = [
            Mark(*frame.put([sheet.canteen.place])[0], self._say.say("canteen_mark"), canteen=True),
            *group_marks(
                [(number, *frame.put([place])[0]) for number, place in stops],
            ),
        ]
        way = [frame.put(leg) for leg in legs or [list(pair) for pair in pairwise(points)]]
        return {
            "width": WIDTH,
            "height": height,
            "svg": as_svg(background(visible) + draw_way(way), frame),
            "names": [
                {"x": label.x, "y": label.y, "text": label.text, "angle": label.angle}
                for label in place_labels(named_lines(visible), marks, way, WIDTH, height)
            ],
            "marks": [
                {"x": mark.x, "y": mark.y, "text": mark.text, "canteen": mark.canteen}
                for mark in marks
            ],
            **scale_bar(frame),
            "note": self._note(trip, routed=legs is not None, street_lines=bool(visible)),
        }

    def _way(self, points: Sequence[LonLat], mode: TravelMode) -> list[list[LonLat]] | None:
        """Return the way as one line per leg, or ``None`` when it is not known."""
        if self._streets is None:
            return None
        apart = [points[0], *(b for a, b in pairwise(points) if a != b)]
        if len(apart) < 2:
            return None
        try:
            route = self._streets.route(apart, mode)
        except NoRouteError:
            return None
        return [list(leg.geometry) for leg in route.legs]

    def _lines(self, frame: Frame) -> list[tuple[str, str, Line]]:
        if self._streets is None:
            return []
        coarse = frame.mm_per_metre < _FINE
        return [
            (kind, name if self._printable(name) else "", frame.put(points))
            for kind, name, points in self._streets.ways_within(frame.box)
            if not (coarse and kind in _DETAILS)
        ]

    def _note(self, trip: TripFacts, *, routed: bool, street_lines: bool) -> str:
        parts = []
        if street_lines or routed:
            parts.append(self._say.say("attribution"))
        if not routed:
            parts.append(self._say.say("straight"))
        lost = [str(stop.number) for stop in trip.stops if stop.place is None]
        if lost:
            parts.append(self._say.say("unplaced", stops=", ".join(lost)))
        return " · ".join(parts)


def scale_bar(frame: Frame) -> dict[str, Any]:
    """Return text and length on the paper of a scale bar, at most a quarter of the map."""
    metres = max(
        (bar for bar in _BARS if bar * frame.mm_per_metre <= frame.width / 4), default=_BARS[0]
    )
    text = f"{metres} m" if metres < 1000 else f"{metres // 1000} km"
    return {"scale_text": text, "scale_mm": metres * frame.mm_per_metre}


def as_svg(shapes: Sequence[str], frame: Frame) -> str:
    """Return shapes as a picture of the size of a frame."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}mm" '
        f'height="{frame.height}mm" viewBox="0 0 {frame.width} {frame.height}">'
        f"{''.join(shapes)}</svg>"
    )
