"""Write a small invented Chinese city as an OpenStreetMap file, for the demo and for tests.

Real extracts may not be copied into this project, and a toy grid would hide what makes Chinese
cities hard for delivery: walled compounds with one or two gates, inner paths that lead nowhere
else, a river with few bridges, one-way streets, stairs. The city of Linlan (临澜) has them all,
and no place or person in it exists.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from geodata.osm_sketch import Sheet
from geodata.sample_compounds import Compound, build_compound
from geodata.sample_grid import CENTRE, CITY, lay_out_streets
from geodata.sample_names import NameBook

type LonLat = tuple[float, float]

_ROOM = 5_000_000  # bytes; the city takes less in any format

_CANTEENS = (  # where the city would like its four canteens, metres from the centre
    ("望河老年食堂", (-1500.0, -900.0)),
    ("南苑老年食堂", (1350.0, -1050.0)),
    ("北桥老年食堂", (-1150.0, 1050.0)),
    ("东湖老年食堂", (1400.0, 1150.0)),
)
_MEAL_POINTS = (("钟楼助餐点", (100.0, 600.0)), ("滨河助餐点", (150.0, -500.0)))


@dataclass(frozen=True)
class SampleBuilding:
    """A residential building: where its door is and how high one climbs."""

    name: str  # for example 3幢
    point: LonLat  # of the door, WGS-84
    levels: int
    lift: bool


@dataclass(frozen=True)
class SampleCompound:
    """A walled residential compound (小区)."""

    name: str
    address: str  # street and number of the main gate
    gate: LonLat  # main gate, WGS-84
    buildings: tuple[SampleBuilding, ...]


@dataclass(frozen=True)
class SampleSite:
    """A place for a canteen or a meal point."""

    name: str
    address: str
    point: LonLat  # WGS-84


@dataclass(frozen=True)
class SampleCity:
    """What a roster of invented elders needs to know about the city."""

    name: str
    path: Path
    seed: int
    compounds: tuple[SampleCompound, ...]
    canteens: tuple[SampleSite, ...]
    meal_points: tuple[SampleSite, ...]


def write_sample_city(path: Path, *, seed: int = 1) -> SampleCity:
    """Write the invented city to a file and describe it.

    Parameters
    ----------
    path
        File to write; its ending chooses the format: ``.osm.pbf`` or ``.osm``. An existing file is
        replaced.
    seed
        The same seed gives the same city, byte for byte.

    Returns
    -------
    SampleCity
        About 60 compounds with 2,000 buildings, four canteens and two meal points, in 5 by 4 km.

    Raises
    ------
    ValueError
        The file name has an ending that is not an OpenStreetMap format.
    OSError
        The disk is full.
    """
    if not path.name.endswith((".osm.pbf", ".osm", ".osm.gz", ".osm.bz2")):
        raise ValueError(f"cannot write the sample city to {path}: name it .osm.pbf or .osm")
    if shutil.disk_usage(path.parent).free < _ROOM:
        # The writer of extracts would abort the process.
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    rng = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    sheet = Sheet(CENTRE)
    names = NameBook(rng)
    parcels = lay_out_streets(sheet, rng, names)
    compounds = [build_compound(sheet, rng, names, parcel) for parcel in parcels]
    canteens = [_site(sheet, name, near, compounds, "canteen") for name, near in _CANTEENS]
    points = [_site(sheet, name, near, compounds, "meal point") for name, near in _MEAL_POINTS]
    sheet.node((0.0, 0.0), {"place": "city", "name": CITY})
    sheet.write(path)
    return SampleCity(
        name=CITY,
        path=path,
        seed=seed,
        compounds=tuple(_describe(sheet, compound) for compound in compounds),
        canteens=tuple(canteens),
        meal_points=tuple(points),
    )


def _describe(sheet: Sheet, compound: Compound) -> SampleCompound:
    return SampleCompound(
        name=compound.parcel_name,
        address=compound.address,
        gate=sheet.degrees(compound.gate),
        buildings=tuple(
            SampleBuilding(house.name, sheet.degrees(house.door), house.levels, house.lift)
            for house in compound.houses
        ),
    )


def _site(
    sheet: Sheet, name: str, near: tuple[float, float], compounds: list[Compound], kind: str
) -> SampleSite:
    """Put a canteen or meal point beside the main gate nearest to where it is wanted."""
    home = min(compounds, key=lambda c: (c.gate[0] - near[0]) ** 2 + (c.gate[1] - near[1]) ** 2)
    at = (home.gate[0] + 14.0, home.gate[1] + 9.0)
    amenity = {"amenity": "restaurant" if kind == "canteen" else "social_facility"}
    sheet.node(at, {**amenity, "name": name, "social_facility:for": "senior"})
    return SampleSite(name, home.address, sheet.degrees(at))
