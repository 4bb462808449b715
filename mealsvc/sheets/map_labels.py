"""Where words and numbers stand on a small map without covering one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

_APART = 4.4  # millimetres between the middles of two stop marks that do not touch
_LETTER = 2.7  # millimetres of one Chinese character of a street name
_ASIDE = 2.6  # millimetres from the way to a name beside it
_MOST = 10
_OUTLINES = {"compound", "water", "park"}

Disk = tuple[float, float, float]
"""A round piece of paper that is taken: x, y, radius."""
Line = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered stop, several stops of one place, or the canteen; millimetres."""

    x: float
    y: float
    text: str
    canteen: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A name at its middle, turned by degrees clockwise; millimetres."""

    x: float
    y: float
    text: str
    angle: float


def group_marks(stops: Iterable[tuple[int, float, float]]) -> list[Mark]:
    """Return marks of stops; stops that lie on top of each other share one.

    Parameters
    ----------
    stops
        Number, x and y of each stop.
    """
    groups: list[tuple[list[int], float, float]] = []
    for number, x, y in stops:
        for numbers, at_x, at_y in groups:
            if math.hypot(x - at_x, y - at_y) < _APART:
                numbers.append(number)
                break
        else:
            groups.append(([number], x, y))
    return [Mark(x, y, _runs(numbers)) for numbers, x, y in groups]


def _runs(numbers: Sequence[int]) -> str:
    """Return numbers as runs, for example ``1–3,7``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def place_labels(
    named: Iterable[tuple[str, str, Line]],
    marks: Sequence[Mark],
    way: Iterable[Line],
    width: float,
    height: float,
) -> list[Label]:
    """Return the names that fit, each once, clear of the marks, the way and each other.

    Parameters
    ----------
    named
        Kind, name and line, the important ones first; of outlines the middle is named.
    marks, way
        What must stay visible.
    width, height
        Size of the paper, millimetres.
    """
    taken = [(mark.x, mark.y, 1.2 * len(mark.text) + 2.4) for mark in marks]
    taken += [(x, y, 0.3) for line in way for x, y in _dots(line)]
    taken += [(width - 4.0, 5.0, 5.0)]  # north
    taken += [(x, height - 3.5, 3.5) for x in (4.0, 11.0, 18.0)]  # scale
    labels: list[Label] = []
    for kind, name, line in named:
        if len(labels) == _MOST:
            break
        if any(label.text == name for label in labels):
            continue
        spots = _middle(line) if kind in _OUTLINES else _beside(line, name)
        for label in (Label(x, y, name, angle) for x, y, angle in spots):
            disks = _disks(label)
            if _inside(disks, width, height) and not _touch(disks, taken):
                labels.append(label)
                taken += disks
                break
    return labels


def _disks(label: Label) -> list[Disk]:
    """Return the space of a name as a row of disks."""
    reach = len(label.text) * _LETTER / 2
    turn = math.radians(label.angle)
    return [
        (label.x + math.cos(turn) * at, label.y + math.sin(turn) * at, _LETTER / 2 + 0.2)
        for at in (-reach + 1, -reach / 2, 0.0, reach / 2, reach - 1)
    ]


def _inside(disks: Iterable[Disk], width: float, height: float) -> bool:
    return all(
        radius < x < width - radius and radius < y < height - radius for x, y, radius in disks
    )


def _touch(disks: Sequence[Disk], taken: Iterable[Disk]) -> bool:
    return any(
        math.hypot(x - tx, y - ty) < radius + other
        for tx, ty, other in taken
        for x, y, radius in disks
    )


def _dots(line: Line) -> list[tuple[float, float]]:
    """Return points every millimetre of a line."""
    dots = []
    for (x1, y1), (x2, y2) in pairwise(line):
        steps = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1)))
        dots += [(x1 + (x2 - x1) * at / steps, y1 + (y2 - y1) * at / steps) for at in range(steps)]
    return dots


def _middle(line: Line) -> list[tuple[float, float, float]]:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return [((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, 0.0)]


def _beside(line: Line, name: str) -> list[tuple[float, float, float]]:
    """Return places on and beside the pieces of a street that are long enough for its name."""
    spots = []
    for (x1, y1), (x2, y2) in pairwise(line):
        length = math.hypot(x2 - x1, y2 - y1)
        if length >= 0.8 * len(name) * _LETTER:
            angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
            upright = angle - 180 * round(angle / 180)
            for share, aside in product((0.5, 0.25, 0.75), (0.0, _ASIDE, -_ASIDE)):
                x = x1 + (x2 - x1) * share - (y2 - y1) / length * aside
                y = y1 + (y2 - y1) * share + (x2 - x1) / length * aside
                spots.append((x, y, upright))
    return spots
