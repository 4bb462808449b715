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
_AREAS = {"compound": "#f3f3f3", "park": "#ebebeb", "water": "#d2d2d2", "building": "#e6e6e6"}
_EDGE = 0.18
_ARROW_EVERY = 22.0  # millimetres of way


def cut_to_paper(
    lines: Iterable[tuple[str, str, Line]], width: float, height: float
) -> list[tuple[str, str, list[Line]]]:
    """Return what is visible of lines and outlines: kind, name and pieces of each.

    Parameters
    ----------
    lines
        Kind, name and line; the kinds are those of :class:`geodata.map_lines.MapLine`.
    width, height
        Size of the paper; a rim of two millimetres is kept so that cuts do not show.
    """
    rim = (-2.0, -2.0, width + 2, height + 2)
    cut = [
        (kind, name, _cut_area(line, rim) if kind in _AREAS else _cut_line(line, rim))
        for kind, name, line in lines
    ]
    return [entry for entry in cut if entry[2]]


def background(visible: Sequence[tuple[str, str, list[Line]]]) -> list[str]:
    """Return areas, paths and streets as SVG shapes, the important ones on top."""
    paths: dict[str, str] = {}
    for kind, _, pieces in visible:
        end = "Z" if kind in _AREAS else ""
        paths[kind] = paths.get(kind, "") + "".join(_points(piece) + end for piece in pieces)
    shapes = [
        f'<path d="{paths[kind]}" fill="{grey}"/>' for kind, grey in _AREAS.items() if kind in paths
    ]
    if "waterway" in paths:
        shapes.append(_stroke(paths["waterway"], "#d2d2d2", 1.2))
    others = sorted(paths.keys() - {*_BANDS, *_AREAS, "waterway"})
    shapes += [_stroke(paths[kind], "#a8a8a8", 0.2, "0.8 0.6") for kind in others]
    bands = [(paths[kind], band) for kind, band in _BANDS.items() if kind in paths]
    for path, band in reversed(bands):
        shapes.append(_stroke(path, "#8c8c8c", band + 2 * _EDGE))
    for path, band in reversed(bands):
        shapes.append(_stroke(path, "#ffffff", band))
    return shapes


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
    visible: Iterable[tuple[str, str, list[Line]]],
) -> list[tuple[str, str, Line]]:
    """Return the pieces of everything that has a name, the important ones first."""
    order = {kind: rank for rank, kind in enumerate([*_BANDS, "compound", "water", "park"])}
    named = [entry for entry in visible if entry[1] and entry[0] in order]
    named.sort(key=lambda entry: order[entry[0]])
    return [(kind, name, piece) for kind, name, pieces in named for piece in pieces]


def _within(line: Line, rim: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = rim
    return all(left <= x <= right and top <= y <= bottom for x, y in line)


def _cut_line(line: Line, rim: tuple[float, float, float, float]) -> list[Line]:
    if len(line) < 2 or _within(line, rim):
        return [line] if len(line) > 1 else []
    cut = shapely.clip_by_rect(shapely.LineString(line), *rim)
    return [
        [(x, y) for x, y in part.coords]
        for part in shapely.get_parts(cut)
        if part.geom_type == "LineString" and not part.is_empty
    ]


def _cut_area(line: Line, rim: tuple[float, float, float, float]) -> list[Line]:
    """Return the outer rings of an outline's visible parts."""
    if len(line) < 4 or _within(line, rim):
        return [line] if len(line) > 3 else []
    area = shapely.make_valid(shapely.Polygon(line))
    cut = shapely.clip_by_rect(area, *rim)
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
