"""Imported map files: boundaries of streets and communities, and people from other sources.

A file is read once, when it is imported; what it came to is kept in the records. People of an area
are spread over its buildings or ways at that moment, so figures do not change by themselves.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.runtime import Runtime
from mealsvc.siting.people import NO_GROUP, People, with_areas
from mealsvc.store import AuditEntry, MapSet
from mealsvc.streets import open_streets
from mealsvc.vocabulary import CareLevel, Grouping, MapSetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.map_findings import Finding

_MOST_FINDINGS = 500
_COLUMNS = {
    "age_band": Grouping.AGE,
    "care_level": Grouping.CARE,
    "hardship": Grouping.HARDSHIP,
}


def import_boundaries(
    session: Session, runtime: Runtime, name: str, path: Path, *, actor: str,
    crs: str | None = None, columns: Mapping[str, str] | None = None,
) -> MapSet:  # fmt: skip
    """Keep the areas of a boundary file.

    Parameters
    ----------
    session, runtime
        The transaction and the installation.
    name
        What the set is called from now on.
    path
        CSV, GeoJSON, GeoPackage or Shapefile (zipped too).
    actor
        Who imports.
    crs
        Coordinate system, where the file does not say: ``EPSG:4490``, ``GCJ02`` …
    columns
        Which column is which, where headers do not tell.

    Raises
    ------
    InvalidInput
        If the file cannot be used; the message says why and what to do.
    Conflict
        If a set has the name.
    """
    from geodata.boundaries import read_boundaries

    with map_file_refusals():
        areas = read_boundaries(path, crs=crs, columns=columns)
    packed = {
        "names": areas.names,
        "shapes": [shape.hex() for shape in shapely.to_wkb(areas.shapes)],
    }
    made = _Making(name, path, actor, MapSetKind.BOUNDARIES, len(areas.names), areas.findings)
    return _keep(session, runtime, made, json.dumps(packed, ensure_ascii=False).encode())


def import_population(
    session: Session, runtime: Runtime, name: str, path: Path, *, actor: str,
    crs: str | None = None, columns: Mapping[str, str] | None = None,
) -> MapSet:  # fmt: skip
    """Keep the people of a population file as points; parameters as in :func:`import_boundaries`.

    Raises
    ------
    InvalidInput, Conflict
        As in :func:`import_boundaries`.
    NotReady
        If no streets are there to spread the people of areas over.
    """
    from geodata.population import demand_points, read_population

    with map_file_refusals():
        read = read_population(path, crs=crs, columns=columns)
    points = demand_points(read, open_streets(runtime).walking)
    groups = {
        name: [read.groups[name][row] for row in points.row.tolist()]
        for name in _COLUMNS
        if name in read.groups
    }
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        allow_pickle=False,
        lonlat=points.points,
        people=points.people,
        groups=np.frombuffer(json.dumps(groups, ensure_ascii=False).encode(), dtype=np.uint8),
    )
    made = _Making(name, path, actor, MapSetKind.POPULATION, len(read.rows), read.findings)
    return _keep(session, runtime, made, buffer.getvalue(), people=float(points.people.sum()))


def people_of(kept: MapSet) -> People:
    """Return the people of an imported population."""
    with np.load(io.BytesIO(kept.content), allow_pickle=False) as arrays:
        lonlat, people = arrays["lonlat"], arrays["people"]
        groups = json.loads(arrays["groups"].tobytes().decode())
    counted = people > 0
    chosen = np.flatnonzero(counted).tolist()
    by_grouping = {
        _COLUMNS[name]: tuple(values[index] or NO_GROUP for index in chosen)
        for name, values in groups.items()
    }
    known = {level.value: level for level in CareLevel}
    care = by_grouping.get(Grouping.CARE, (NO_GROUP,) * len(chosen))
    return People(
        lonlat=lonlat[counted],
        weight=people[counted],
        care=tuple(known.get(level) for level in care),
        groups=by_grouping,
        personal=False,
    )


def in_areas(people: People, kept: MapSet) -> People:
    """Return the same people with the area of a boundary set that each lives in."""
    from geodata.boundaries import Boundaries

    packed = json.loads(kept.content)
    shapes = shapely.from_wkb([bytes.fromhex(shape) for shape in packed["shapes"]])
    names: list[str] = packed["names"]
    areas = Boundaries(kept.source, names, [None] * len(names), shapes, [])
    found = areas.containing(people.lonlat)
    return with_areas(people, [names[area] if area >= 0 else None for area in found.tolist()])


def shapes_of(kept: MapSet) -> list[tuple[str, Any]]:
    """Return name and shape of every area of a boundary set, degrees WGS-84."""
    packed = json.loads(kept.content)
    shapes = shapely.from_wkb([bytes.fromhex(shape) for shape in packed["shapes"]])
    return list(zip(packed["names"], shapes, strict=True))


def list_sets(session: Session) -> Sequence[MapSet]:
    """Return the imported sets without their content, newest first."""
    query = select(MapSet).options(defer(MapSet.content))  # type: ignore[arg-type]
    return session.exec(query.order_by(col(MapSet.id).desc())).all()


def read_set(session: Session, kind: MapSetKind, name: str | None = None) -> MapSet | None:
    """Return an imported set; without a name the newest of its kind, or None where there is none.

    Raises
    ------
    NotFound
        If there is none of that name and kind.
    """
    query = select(MapSet).where(MapSet.kind == kind).order_by(col(MapSet.id).desc())
    if name is None:
        return session.exec(query).first()
    found = session.exec(query.where(MapSet.name == name)).first()
    if found is None:
        raise NotFound(
            f"no {kind.value} set is called {name!r}; see the list of imported sets",
            f"没有名为“{name}”的导入数据，请核对已导入数据的列表",
        )
    return found


def delete_set(session: Session, runtime: Runtime, name: str, *, actor: str) -> None:
    """Delete an imported set.

    Raises
    ------
    NotFound
        If there is none of that name.
    """
    found = session.exec(select(MapSet).where(MapSet.name == name)).first()
    if found is None:
        raise NotFound(f"no imported set is called {name!r}", f"没有名为“{name}”的导入数据")
    session.add(_entry(runtime, found, "maps.delete", actor))
    session.delete(found)


@dataclass(frozen=True)
class _Making:
    """A set that is being made: its name, file, maker and kind, and what was found in the file."""

    name: str
    path: Path
    actor: str
    kind: MapSetKind
    rows: int
    findings: Sequence[Finding]


def _keep(
    session: Session, runtime: Runtime, made: _Making, content: bytes, *,
    people: float | None = None,
) -> MapSet:  # fmt: skip
    if session.exec(select(MapSet.id).where(MapSet.name == made.name)).first() is not None:
        raise Conflict(
            f"a set called {made.name!r} was imported before; delete it or choose another name",
            f"已有名为“{made.name}”的导入数据，请先删除或换一个名称",
        )
    kept = MapSet(
        name=made.name,
        kind=made.kind,
        source=made.path.name[:200],
        imported_at=runtime.clock(),
        imported_by=made.actor,
        rows=made.rows,
        people=people,
        findings=findings_told(made.findings),
        content=content,
    )
    session.add(kept)
    session.add(_entry(runtime, kept, "maps.import", kept.imported_by))
    session.flush()
    return kept


def _entry(runtime: Runtime, kept: MapSet, action: str, actor: str) -> AuditEntry:
    return AuditEntry(
        at=runtime.clock(),
        actor=actor,
        action=action,
        subject=f"{kept.kind.value}:{kept.name}"[:120],
        detail={"rows": kept.rows},
    )


def findings_told(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings as sentences; what is beyond the limit is counted."""
    told: list[dict[str, Any]] = [
        {"row": one.row, "kept": one.kept, "zh": one.explain("zh"), "en": one.explain("en")}
        for one in findings[:_MOST_FINDINGS]
    ]
    more = len(findings) - len(told)
    if more > 0:
        told.append(
            {"row": None, "kept": False, "zh": f"另有{more}条问题", "en": f"and {more} more"}
        )
    return told


@contextmanager
def map_file_refusals() -> Iterator[None]:
    """Turn what is wrong with a map file into an error of this service."""
    from geodata.map_findings import MapFileError

    try:
        yield
    except MapFileError as error:
        raise InvalidInput(error.english, error.chinese) from error
