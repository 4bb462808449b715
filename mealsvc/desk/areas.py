"""The imported streets and communities by name and place, kept ready in this process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import shapely
from sqlalchemy import Engine
from sqlmodel import col, func, select

from mealsvc.runtime import Runtime
from mealsvc.siting import map_sets
from mealsvc.store import MapSet, transaction
from mealsvc.vocabulary import MapSetKind

type LonLat = tuple[float, float]

_opened: WeakKeyDictionary[Engine, tuple[int | None, AreaNames]] = WeakKeyDictionary()
_lock = threading.Lock()


class AreaNames:
    """Areas with names, to be found and to say where a place is.

    Parameters
    ----------
    shapes
        Name and shape of every area, degrees WGS-84.

    Attributes
    ----------
    named
        Name of every area and a point inside it.
    """

    def __init__(self, shapes: Sequence[tuple[str, Any]]) -> None:
        inside = [shapely.point_on_surface(shape) for _, shape in shapes]
        self.named: list[tuple[str, LonLat]] = [
            (name, (round(point.x, 6), round(point.y, 6)))
            for (name, _), point in zip(shapes, inside, strict=True)
        ]
        self._tree = shapely.STRtree([shape for _, shape in shapes])

    def containing(self, point: LonLat) -> str | None:
        """Return the name of the area that a place is in, if it is in one."""
        found = self._tree.query(shapely.Point(*point), predicate="within").tolist()
        return self.named[min(found)][0] if found else None


def area_names(runtime: Runtime) -> AreaNames:
    """Return the areas of the boundary set imported last; none where there is none."""
    newest = select(func.max(MapSet.id)).where(col(MapSet.kind) == MapSetKind.BOUNDARIES)
    with transaction(runtime.engine) as session:
        number = session.exec(newest).one()
        with _lock:
            present = _opened.get(runtime.engine)
        if present is not None and present[0] == number:
            return present[1]
        kept = map_sets.read_set(session, MapSetKind.BOUNDARIES)
        made = AreaNames([] if kept is None else map_sets.shapes_of(kept))
    with _lock:
        _opened[runtime.engine] = (number, made)
    return made
