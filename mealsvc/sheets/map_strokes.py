"""Lines of a map as SVG: what lies around in grey, the courier's way in black."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import shapely

Line = list[tuple[float, float]]
"""A line on the paper, millimetres from the upper left corner."""

# Width of a street on the paper in millimetres, the edges not counted.
_BANDS = {
    "motorway": 1.9,
    "trunk": 1.9,
    "primary": 1.7,
    "secondary": 1.4,
    "tertiary": 1.1,
    "unclassified": 0.8,
    "residential": 0.8,
    "living_street": 0.7,
    "pedestrian": 0.7,
    "service": 0.45,
}
_AREAS = {"compound": "#f3f3f3", "park": "#ebebeb", "water": "#d2d2d2", "building": "#e2e2e2"}
_EDGE = 0.18
_ARROW_EVERY = 16.0  # millimetres of way


def background(lines: Sequence[tuple[str, str, Line]], width: float, height: float) -> list[str]:
    """Return areas, paths and streets as SVG shapes, the important ones on top.

    Parameters
    ----------
    lines
        Kind, name and line; the kinds are those of :class:`geodata.map_lines.MapLine`.
    width, height
        Size of the paper; what lies outside is cut off.
    """
    shapes = [
        f'<path d="{_path(lines, kind, width, height)}" fill="{grey}"/>'
        for kind, grey in _AREAS.items()
    ]
    shapes.append(_stroke(_path(lines, "waterway", width, height), "#d2d2d2", 1.2))
    others = {kind for kind, _, _ in lines} - {*_BANDS, *_AREAS, "waterway"}
    for kind in sorted(others):
        path = _path(lines, kind, width, height)
        shapes.append(_stroke(path, "#8c8c8c", 0.25, "0.9 0.6"))
    bands = [(_path(lines, kind, width, height), band) for kind, band in _BANDS.items()]
    for path, band in reversed(bands):
        shapes.append(_stroke(path, "#8c8c8c", band + 2 * _EDGE))
    for path, band in reversed(bands):
        shapes.append(_stroke(path, "#ffffff", band))
    return [shape for shape in shapes if 'd=""' not in shape]


def draw_way(legs: Sequence[Line]) -> list[str]:
    """Return the way as SVG shapes: a black line with arrows, the last leg (back) dashed."""
    out = " ".join(_points(leg) for leg in legs[:-1])
    back = _points(legs[-1]) if legs else ""
    return [
        _stroke(back, "#ffffff", 1.3),
        _stroke(out, "#ffffff", 1.7),
        _stroke(back, "#000000", 0.5, "1.6 1.1"),
        _stroke(out, "#000000", 0.85),
        *(_arrow(*spot) for leg in legs[:-1] for spot in _arrow_spots(leg)),
    ]


def named_lines(
    lines: Iterable[tuple[str, str, Line]], width: float, height: float
) -> list[tuple[str, str, Line]]:
    """Return the visible pieces of everything that has a name, the important ones first."""
    order = {kind: rank for rank, kind in enumerate([*_BANDS, "compound", "water", "park"])}
    named = [entry for entry in lines if entry[1] and entry[0] in order]
    named.sort(key=lambda entry: order[entry[0]])
    return [
        (kind, name, piece) for kind, name, line in named for piece in _pieces(line, width, height)
    ]


def _pieces(line: Line, width: float, height: float) -> list[Line]:
    """Return the parts of a line inside the paper (with a rim, so that cuts do not show)."""
    if len(line) < 2:
        return []
    cut = shapely.clip_by_rect(shapely.LineString(line), -2, -2, width + 2, height + 2)
    return [
        [(x, y) for x, y in part.coords]
        for part in shapely.get_parts(cut)
        if part.geom_type == "LineString" and not part.is_empty
    ]


def _path(lines: Iterable[tuple[str, str, Line]], wanted: str, width: float, height: float) -> str:
    """Return all lines of one kind as SVG path data."""
    paths = []
    for kind, _, line in lines:
        if kind != wanted:
            continue
        if kind in _AREAS:
            paths += [_points(ring) + "Z" for ring in _rings(line, width, height)]
        else:
            paths += [_points(piece) for piece in _pieces(line, width, height)]
    return " ".join(paths)


def _rings(line: Line, width: float, height: float) -> list[Line]:
    """Return the outer rings of an outline inside the paper."""
    if len(line) < 4:
        return []
    area = shapely.make_valid(shapely.Polygon(line))
    cut = shapely.clip_by_rect(area, -2, -2, width + 2, height + 2)
    return [
        [(x, y) for x, y in part.exterior.coords]
        for part in shapely.get_parts(cut)
        if part.geom_type == "Polygon" and not part.is_empty
    ]


def _points(line: Line) -> str:
    """Return path data to a hundredth of a millimetre, repeated points left out."""
    kept: list[str] = []
    for x, y in line:
        point = f"{x:.2f} {y:.2f}"
        if not kept or kept[-1] != point:
            kept.append(point)
    return "M" + "L".join(kept) if len(kept) > 1 else ""


def _stroke(path: str, grey: str, width: float, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="{grey}" stroke-width="{width:.2f}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashed}/>'
    )


def _arrow_spots(leg: Line) -> list[tuple[float, float, float]]:
    """Return where arrows stand on a leg and where they point: x, y, radians."""
    lengths = [math.dist(a, b) for a, b in pairwise(leg)]
    total = sum(lengths)
    count = int(total // _ARROW_EVERY) + 1
    if total < 6.0:
        return []
    spots = []
    for turn in range(count):
        left = total * (turn + 0.5) / count
        for (a, b), length in zip(pairwise(leg), lengths, strict=True):
            if left <= length and length > 0:
                share = left / length
                x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
                spots.append((x, y, math.atan2(b[1] - a[1], b[0] - a[0])))
                break
            left -= length
    return spots


def _arrow(x: float, y: float, angle: float) -> str:
    return (
        f'<path d="M1.5 0L-1.1 1.25L-0.5 0L-1.1 -1.25Z" fill="#000000" stroke="#ffffff" '
        f'stroke-width="0.25" transform="translate({x:.2f} {y:.2f}) '
        f'rotate({math.degrees(angle):.1f})"/>'
    )
