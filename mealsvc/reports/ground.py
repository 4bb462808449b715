"""The ground of a printed map of a whole district: water, green, the streets that matter, names.

Sheets draw every path round a door (`mealsvc.sheets.map_strokes`); here the same lines of the
extract are drawn from far away, thin and pale, so that what stands on them is read first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import shapely

from mealsvc.sheets.map_labels import Label, Mark, place_labels
from mealsvc.sheets.map_strokes import Line, cut_to_paper, named_lines
from mealsvc.sheets.maps import Frame

#: Width in millimetres of a street on the paper by kind, and the scale (millimetres per metre)
#: from which on it is drawn.
_STREETS: dict[str, tuple[float, float]] = {
    "motorway": (0.75, 0.0),
    "trunk": (0.7, 0.0),
    "primary": (0.6, 0.0),
    "secondary": (0.45, 0.0),
    "tertiary": (0.35, 0.009),
    "unclassified": (0.25, 0.016),
    "residential": (0.25, 0.016),
    "living_street": (0.2, 0.024),
    "pedestrian": (0.2, 0.024),
}
_AREAS = {"park": "#eef1ea", "water": "#d5dde3"}
_STREET, _RIVER = "#b4b4b4", "#c3d0da"
_LEAST_AREA = 3.0  # square millimetres
_NAMED = ("motorway", "trunk", "primary", "secondary", "water")


class GroundLines(Protocol):
    """What a map asks of a street network (:class:`geodata.streets.Streets`)."""

    def ways_within(
        self, box: tuple[float, float, float, float], kinds: Sequence[str] | None = None
    ) -> Sequence[Any]:
        """Return lines (kind, name, points) of a box west, south, east, north."""


def ground(
    streets: GroundLines | None, frame: Frame, marks: Sequence[Mark],
    printable: Callable[[str], bool],
) -> tuple[list[str], list[Label]]:  # fmt: skip
    """Return the ground as SVG shapes, and the names that fit on it.

    Parameters
    ----------
    streets
        The street network; None where none is built: the ground stays white.
    frame
        The piece of the world.
    marks
        What must stay visible.
    printable
        Tells whether the fonts have every character of a name.
    """
    if streets is None:
        return [], []
    kinds = [kind for kind, (_, scale) in _STREETS.items() if frame.mm_per_metre >= scale]
    lines = [
        (kind, name if printable(name) else "", frame.put(points))
        for kind, name, points in streets.ways_within(frame.box, [*kinds, *_AREAS, "waterway"])
    ]
    visible = cut_to_paper(lines, frame.width, frame.height)
    named = [entry for entry in named_lines(visible) if entry[0] in _NAMED]
    return _shapes(visible), place_labels(named, marks, (), frame.width, frame.height)


def _shapes(visible: Sequence[tuple[str, str, list[Line]]]) -> list[str]:
    shapes = [
        f'<path d="{path_of(piece, closed=True)}" fill="{_AREAS[kind]}"/>'
        for kind, _, pieces in visible
        for piece in pieces
        if kind in _AREAS and shapely.Polygon(piece).area >= _LEAST_AREA
    ]
    drawn: dict[str, list[str]] = {}
    for kind, _, pieces in visible:
        drawn.setdefault(kind, []).extend(path_of(piece) for piece in pieces)
    if "waterway" in drawn:
        shapes.append(stroke("".join(drawn["waterway"]), _RIVER, 0.5))
    for kind, (width, _) in reversed(_STREETS.items()):
        if kind in drawn:
            shapes.append(stroke("".join(drawn[kind]), _STREET, width))
    return shapes


def path_of(line: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
    """Return path data to a tenth of a millimetre, points that fall together left out."""
    kept: list[str] = []
    for x, y in line:
        point = f"{x:.1f} {y:.1f}"
        if not kept or kept[-1] != point:
            kept.append(point)
    return "M" + "L".join(kept) + ("Z" if closed else "") if len(kept) > 1 else ""


def stroke(path: str, colour: str, width: float, dash: str = "") -> str:
    """Return a line as SVG; without path data nothing."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.2f}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashed}/>'
        if path
        else ""
    )


def paths_of(shape: Any, frame: Frame) -> str:  # noqa: ANN401 - any area
    """Return the rings of an area as path data."""
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(path_of(frame.put(list(ring.coords)), closed=True) for ring in rings)
