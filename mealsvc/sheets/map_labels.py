"""Where words and numbers stand on a small map without covering one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_APART = 4.4  # millimetres between the middles of two stop marks that do not touch
_LETTER = 2.7  # millimetres of one Chinese character of a street name
_MOST = 9


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
    named: Iterable[tuple[str, str, list[tuple[float, float]]]],
    marks: Sequence[Mark],
    width: float,
    height: float,
) -> list[Label]:
    """Return the names that fit, each once, clear of the marks and of each other.

    Parameters
    ----------
    named
        Kind, name and line, the important ones first; of outlines the middle is named.
    marks
        What must stay visible.
    width, height
        Size of the paper, millimetres.
    """
    taken = [(mark.x, mark.y, 1.2 * len(mark.text) + 2.4) for mark in marks]
    labels: list[Label] = []
    for kind, name, line in named:
        if len(labels) == _MOST:
            break
        if any(label.text == name for label in labels):
            continue
        spots = _middle(line) if kind in {"compound", "water", "park"} else _straights(line, name)
        for x, y, angle in spots:
            reach = len(name) * _LETTER / 2
            dx = abs(math.cos(math.radians(angle))) * reach + 1.5
            dy = abs(math.sin(math.radians(angle))) * reach + 1.5
            inside = dx < x < width - dx and dy < y < height - dy
            corner = (x > width - 12 and y < 12) or (x < 28 and y > height - 8)
            disks = [
                (x + math.cos(math.radians(angle)) * at, y + math.sin(math.radians(angle)) * at)
                for at in (-reach, -reach / 2, 0.0, reach / 2, reach)
            ]
            free = all(
                math.hypot(px - tx, py - ty) > radius + 1.8
                for px, py in disks
                for tx, ty, radius in taken
            )
            if inside and free and not corner:
                labels.append(Label(x, y, name, angle))
                taken += [(px, py, 1.8) for px, py in disks]
                break
    return labels


def _middle(line: Sequence[tuple[float, float]]) -> list[tuple[float, float, float]]:
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return [((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, 0.0)]


def _straights(line: Sequence[tuple[float, float]], name: str) -> list[tuple[float, float, float]]:
    """Return the middles of the pieces of a street that are long enough for its name."""
    spots = []
    for (x1, y1), (x2, y2) in pairwise(line):
        if math.hypot(x2 - x1, y2 - y1) >= 0.8 * len(name) * _LETTER:
            angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
            upright = angle - 180 * round(angle / 180)
            spots.append(((x1 + x2) / 2, (y1 + y2) / 2, upright))
    return spots
