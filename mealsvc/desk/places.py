"""Search for a place by name or address: sites, streets and communities, compounds, the extract.

Nobody is found by name here, only places. A compound of the roster is told to whoever may read its
elders' addresses, and to everybody else where enough elders live in it that it gives nobody away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from sqlmodel import Session, col, func, or_, select

from geodata.places import PlaceIndex
from geodata.search_keys import Wanted, key_of
from mealsvc.access import Action, Caller, Detail, allow, may
from mealsvc.clock import local_date
from mealsvc.desk.areas import AreaNames, area_names
from mealsvc.desk.map_layers import SiteOnMap, sites_on_map
from mealsvc.runtime import Runtime
from mealsvc.store import Address, Elder, transaction
from mealsvc.streets import open_place_index

type LonLat = tuple[float, float]

_DIGITS = 4  # of degrees, about ten metres: where a compound is, not whose door
_SAME = 0.01  # degrees, about a kilometre: two of one name that are nearer are the same compound
COMPOUND, AREA = "compound", "area"


@dataclass(frozen=True)
class FoundPlace:
    """A place that fits a query.

    Attributes
    ----------
    kind
        ``canteen``, ``meal_point``, ``area`` (of the imported boundaries), or a kind of
        `geodata.named_places.PlaceKind`.
    name
        What it is called.
    english
        Its English name, where the extract has one.
    code
        Of a canteen or meal point.
    detail
        Address of a canteen or meal point.
    area
        The imported street or community it lies in, else the settlement near it.
    point
        Longitude and latitude, degrees WGS-84.
    """

    kind: str
    name: str
    point: LonLat
    english: str | None = None
    code: str | None = None
    detail: str | None = None
    area: str | None = None


def find_places(runtime: Runtime, caller: Caller, query: str, *, limit: int) -> list[FoundPlace]:
    """Return the places that fit a query, the best first.

    Names that are the query come first, then those that begin with it, then those that hold it;
    equal ones as sites, areas, compounds, and what the extract has. Where nothing fits, parts of
    the query are left out (`geodata.search_keys.Wanted.wider`).

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    query
        A name, a code or an address.
    limit
        How many at most.
    """
    wanted = Wanted.of(query)
    if not wanted.phrase:
        return []
    index, areas = open_place_index(runtime), area_names(runtime)
    sites = [site for site in sites_on_map(runtime, caller) if site.place is not None]
    with transaction(runtime.engine) as session:
        compounds = _Compounds(session, runtime, caller)
        for one in (wanted, *wanted.wider()):
            found = _ranked(_fitting(one, sites, areas, compounds, index, limit))
            if found:
                return found[:limit]
    return []


def _fitting(
    wanted: Wanted, sites: Iterable[SiteOnMap], areas: AreaNames, compounds: _Compounds,
    index: PlaceIndex | None, limit: int,
) -> Iterator[tuple[int, FoundPlace]]:  # fmt: skip
    """Give what fits from every source in order, each with how well."""
    for site in sites:
        levels = [wanted.level(key_of(text)) for text in (site.name, site.code, site.address or "")]
        fits = [level for level in levels if level is not None]
        if fits and site.place is not None:
            yield min(fits), FoundPlace(
                site.kind.value, site.name, site.place, code=site.code, detail=site.address,
                area=areas.containing(site.place),
            )  # fmt: skip
    for name, point in areas.named:
        level = wanted.level(key_of(name))
        if level is not None:
            yield level, FoundPlace(AREA, name, point)
    for level, name, point in compounds.fitting(wanted):
        yield level, FoundPlace(COMPOUND, name, point, area=_area(areas, index, point, name))
    for level, place in index.search(wanted, limit) if index else ():
        yield level, FoundPlace(
            place.kind.value, place.name, place.point, english=place.english or None,
            area=_area(areas, index, place.point, place.name),
        )  # fmt: skip


def _area(areas: AreaNames, index: PlaceIndex | None, point: LonLat, name: str) -> str | None:
    found = areas.containing(point)
    if found is None and index is not None:
        settlement = index.settlement_near(point)
        found = settlement.name if settlement else None
    return None if found == name else found


def _ranked(fitting: Iterable[tuple[int, FoundPlace]]) -> list[FoundPlace]:
    """Return places by how well they fit; one that two sources tell of only once."""
    kept: list[FoundPlace] = []
    for _, place in sorted(fitting, key=lambda one: one[0]):
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _same(one: FoundPlace, other: FoundPlace) -> bool:
    apart = max(abs(one.point[0] - other.point[0]), abs(one.point[1] - other.point[1]))
    return one.name == other.name and one.kind == other.kind and apart < _SAME


class _Compounds:
    """The compounds in which the roster's elders live, as far as a caller may know of them."""

    def __init__(self, session: Session, runtime: Runtime, caller: Caller) -> None:
        self._session = session
        identity = caller.identity
        reader = allow(identity, Action.READ_ELDERS) if may(identity, Action.READ_ELDERS) else None
        # Whoever may read addresses with their places may know of every compound within reach.
        trusted = reader is not None and reader.grant.detail is Detail.FULL
        self._least = 1 if trusted else runtime.settings.least_group
        self._canteens = reader.canteens if reader is not None else None
        today = local_date(runtime.clock(), runtime.settings.zone)
        self._served = or_(col(Elder.ended_on).is_(None), col(Elder.ended_on) > today)
        query = (
            select(Address.compound, func.count())
            .join(Elder, col(Elder.id) == col(Address.elder_id))
            .where(col(Address.compound).is_not(None), col(Address.lon).is_not(None))
            .where(self._served)
            .group_by(col(Address.compound))
            .having(func.count() >= self._least)
        )
        if self._canteens is not None:
            query = query.where(col(Elder.canteen_id).in_(self._canteens))
        rows = session.exec(query.order_by(col(Address.compound)))
        self._names = [(name, key_of(name)) for name, _ in rows if name]

    def fitting(self, wanted: Wanted) -> Iterator[tuple[int, str, LonLat]]:
        """Give the compounds that fit: how well, name, and the middle of its homes."""
        for name, key in self._names:
            level = wanted.level(key)
            if level is not None:
                yield level, name, self._middle(name)

    def _middle(self, name: str) -> LonLat:
        query = (
            select(Address.lon, Address.lat)
            .join(Elder, col(Elder.id) == col(Address.elder_id))
            .where(Address.compound == name, col(Address.lon).is_not(None))
            .where(self._served)
        )
        if self._canteens is not None:
            query = query.where(col(Elder.canteen_id).in_(self._canteens))
        homes = [(lon, lat) for lon, lat in self._session.exec(query) if lon and lat]
        lons, lats = zip(*homes, strict=True)
        return round(median(lons), _DIGITS), round(median(lats), _DIGITS)
