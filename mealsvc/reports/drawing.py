"""The map of a siting report: people by hexagon, the circle, the sites and what becomes of them.

It is read in colour and from a black-and-white copier: the fewer people of a hexagon are inside the
circle, the darker it is; sites differ by shape, what becomes of them by their frame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mealsvc.reports.ground import GroundLines, ground, path_of, paths_of, stroke
from mealsvc.reports.reading import SitingReport
from mealsvc.reports.site_changes import Fate, SiteNow
from mealsvc.sheets.map_labels import Mark
from mealsvc.sheets.maps import Frame, as_svg, scale_bar
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.layers import Feature, band_layer, cell_layer
from mealsvc.vocabulary import SiteKind

WIDTH = 186.0  # millimetres
HEIGHT, HEIGHT_WITH_CHANGES = 204.0, 182.0  # the changes are told below the map
#: Share inside from which on a hexagon has a colour, and the colour: one hue, ever darker.
SHADES = ((0.8, "#fde6cf"), (0.6, "#fdbe85"), (0.4, "#f08a3c"), (0.2, "#c4520a"), (0.0, "#7a2a02"))
UNTOLD = "#ffffff"  # fewer than can be told are inside
_HEXAGONS = (250.0, 500.0, 1000.0, 2000.0, 5000.0)  # metres
_LEAST_HEXAGON = 3.6  # millimetres
_CIRCLE, _CIRCLE_BEFORE = "#10345c", "#5d6f82"
_MOST_CODES = 60
_LETTER = 1.45  # millimetres of one character of a site's code

type Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Spot:
    """A site on the paper."""

    x: float
    y: float
    one: SiteNow


def draw_report_map(
    report: SitingReport, streets: GroundLines | None, printable: Callable[[str], bool]
) -> dict[str, Any]:
    """Return the map as template data.

    Parameters
    ----------
    report
        What is drawn.
    streets
        The street network; None where none is built.
    printable
        Tells whether the fonts have every character of a name.
    """
    sites = report.sites
    frame = _frame(report, sites)
    cells = cell_layer(report.after, report.told, _hexagon_metres(frame))
    spots = [_Spot(*frame.put([(one.site.lon, one.site.lat)])[0], one) for one in sites]
    marks = [Mark(spot.x, spot.y, "食") for spot in spots]
    below, names = ground(streets, frame, marks, printable)
    shapes = [*below, *_cells(cells, frame), *_circles(report, frame), *_sites(spots, frame)]
    return {
        "width": frame.width,
        "height": frame.height,
        "svg": as_svg(shapes, frame),
        "names": [
            {"x": label.x, "y": label.y, "text": label.text, "angle": label.angle}
            for label in names
        ],
        "codes": list(_codes(spots, frame)),
        "hexagon": round(_hexagon_metres(frame)),
        **scale_bar(frame),
    }


def legend_mark(kind: SiteKind, fate: Fate) -> str:
    """Return the mark of a site as a picture for the legend."""
    frame = Frame(0.0, 0.0, 1.0, 1.0, height=6.0, width=6.0)
    return as_svg(list(_mark(3.0, 3.0, kind, (fate,))), frame)


def legend_shade(colour: str, *, untold: bool = False) -> str:
    """Return a hexagon as a picture for the legend."""
    frame = Frame(0.0, 0.0, 1.0, 1.0, height=6.0, width=6.0)
    corners = [(3.0, 0.5), (5.2, 1.75), (5.2, 4.25), (3.0, 5.5), (0.8, 4.25), (0.8, 1.75)]
    return as_svg(_hexagon(path_of(corners, closed=True), (3.0, 3.0), colour, untold), frame)


def legend_circle(*, before: bool) -> str:
    """Return a piece of the circle's edge as a picture for the legend."""
    frame = Frame(0.0, 0.0, 1.0, 1.0, height=6.0, width=9.0)
    return as_svg(_edge("M0.5 3L8.5 3", before=before), frame)


def _frame(report: SitingReport, sites: Sequence[SiteNow]) -> Frame:
    """Return the frame round all sites and all people that may be shown."""
    places = [(one.site.lon, one.site.lat) for one in sites]
    places += [(one.before.lon, one.before.lat) for one in sites if one.before]
    for cell in cell_layer(report.after, report.told, _HEXAGONS[0]):
        west, south, east, north = cell.shape.bounds
        places += [(west, south), (east, north)]
    height = HEIGHT if report.before is None else HEIGHT_WITH_CHANGES
    return Frame.around(places or [(120.15, 30.27)], height, WIDTH)


def _hexagon_metres(frame: Frame) -> float:
    large = (metres for metres in _HEXAGONS if metres * frame.mm_per_metre >= _LEAST_HEXAGON)
    return next(large, _HEXAGONS[-1])


def _cells(cells: Sequence[Feature], frame: Frame) -> Iterator[str]:
    for cell in cells:
        share = cell.properties["share"]
        middle = frame.put([(cell.shape.centroid.x, cell.shape.centroid.y)])[0]
        untold = share is None
        colour = UNTOLD if share is None else shade_of(share)
        yield from _hexagon(paths_of(cell.shape, frame), middle, colour, untold)


def shade_of(share: float) -> str:
    """Return the colour of a share inside the circle, 0 … 1."""
    return next(colour for least, colour in SHADES if share >= least)


def _hexagon(path: str, middle: tuple[float, float], colour: str, untold: bool) -> list[str]:
    shape = (
        f'<path d="{path}" fill="{colour}" fill-opacity="0.85" '
        'stroke="#6b6b6b" stroke-width="0.12"/>'
    )
    dot = f'<circle cx="{middle[0]:.1f}" cy="{middle[1]:.1f}" r="0.5" fill="#7a2a02"/>'
    return [shape, dot] if untold else [shape]


def _circles(report: SitingReport, frame: Frame) -> Iterator[str]:
    """Give the edge of the circle, over that of the coverage it is compared with."""
    for cover, before in ((report.before, True), (report.after, False)):
        if cover is not None and cover.sites:
            alone: Coverage = replace(
                cover, terms=replace(cover.terms, bands=(cover.terms.circle,))
            )
            for band in band_layer(report.bench, alone):
                yield from _edge(paths_of(band.shape, frame), before=before)


def _edge(path: str, *, before: bool) -> list[str]:
    if before:
        return [stroke(path, "#ffffff", 0.7), stroke(path, _CIRCLE_BEFORE, 0.35, "1.2 0.9")]
    return [stroke(path, "#ffffff", 1.0), stroke(path, _CIRCLE, 0.5)]


def _sites(spots: Sequence[_Spot], frame: Frame) -> Iterator[str]:
    for spot in sorted(spots, key=lambda spot: spot.one.changed):  # what changes lies on top
        was = spot.one.before
        if Fate.MOVED in spot.one.fates and was is not None:
            start = frame.put([(was.lon, was.lat)])[0]
            yield stroke(path_of([start, (spot.x, spot.y)]), "#ffffff", 1.2)
            yield stroke(path_of([start, (spot.x, spot.y)]), "#000000", 0.45, "1 0.8")
            yield f'<circle cx="{start[0]:.1f}" cy="{start[1]:.1f}" r="0.8" fill="#000000"/>'
        yield from _mark(spot.x, spot.y, spot.one.site.kind, spot.one.fates)


_HOUSE = "M0 -2.1L2.1 -0.2V2.1H-2.1V-0.2Z"
_DIAMOND = "M0 -2.1L2.1 0L0 2.1L-2.1 0Z"


def _mark(x: float, y: float, kind: SiteKind, fates: Sequence[Fate]) -> Iterator[str]:
    """Give a site's mark: a house or a diamond; framed if it changes, crossed out if it closes."""
    path = _HOUSE if kind is SiteKind.CANTEEN else _DIAMOND
    at = f'transform="translate({x:.1f} {y:.1f})"'
    closed, added = Fate.CLOSED in fates, Fate.ADDED in fates
    if Fate.SAME not in fates and not closed:
        yield (
            f'<circle r="3.5" fill="#ffffff" fill-opacity="0.8" stroke="#000000" '
            f'stroke-width="{0.7 if added else 0.35}" {at}/>'
        )
    fill = "#ffffff" if closed else "#000000"
    edge = "#000000" if closed else "#ffffff"
    yield f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="0.4" {at}/>'
    if closed:
        yield (
            f'<path d="M-2.6 -2.6L2.6 2.6M2.6 -2.6L-2.6 2.6" stroke="#000000" '
            f'stroke-width="0.6" {at}/>'
        )


def _codes(spots: Sequence[_Spot], frame: Frame) -> Iterator[dict[str, Any]]:
    """Give the codes of sites beside their marks where they fit, the changed sites' first."""
    taken: list[Box] = [(s.x - 2.2, s.y - 2.2, s.x + 2.2, s.y + 2.2) for s in spots]
    wide, high = frame.width, frame.height
    taken += [(wide - 8, 0, wide, 10), (0, high - 7, wide / 4 + 6, high)]  # north, scale
    told = 0
    for spot in sorted(spots, key=lambda spot: not spot.one.changed):
        half = len(spot.one.site.code) * _LETTER / 2 + 0.3
        off = 4.0 if spot.one.changed else 2.7
        for dx, dy in ((off + half, 0.0), (-off - half, 0.0), (0.0, off + 1.2), (0.0, -off - 1.2)):
            box = (spot.x + dx - half, spot.y + dy - 1.2, spot.x + dx + half, spot.y + dy + 1.2)
            if _inside(box, frame) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                told += 1
                yield {
                    "x": spot.x + dx, "y": spot.y + dy, "text": spot.one.site.code,
                    "bold": spot.one.changed,
                }  # fmt: skip
                break
        if told == _MOST_CODES:
            return


def _inside(box: Box, frame: Frame) -> bool:
    left, top, right, bottom = box
    return min(left, top) > 0.5 and right < frame.width - 0.5 and bottom < frame.height - 0.5


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
