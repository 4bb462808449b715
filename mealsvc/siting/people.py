"""Who is to be within reach: the roster's elders as points with groups, without names."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import or_, select
from sqlmodel import Session, col

from mealsvc.store import Address, Elder, StandingOrder
from mealsvc.vocabulary import AgeBand, CareLevel, Grouping, Meal

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]

NO_GROUP = "none"
"""The group of those of whom a breakdown knows nothing, or to whom it does not apply."""

_BANDS = (
    (60, AgeBand.UNDER_60),
    (70, AgeBand.FROM_60),
    (80, AgeBand.FROM_70),
    (90, AgeBand.FROM_80),
)


@dataclass(frozen=True)
class People:
    """People who should find a site near their home.

    Attributes
    ----------
    lonlat
        Homes, degrees WGS-84, shape (n, 2).
    weight
        How many people live there, shape (n,); 1 for an elder.
    care
        Care level of each, which may set the pace; None where unknown.
    groups
        By grouping the group of each, as text.
    ids
        Database ids of the elders, in order; empty where these are no elders.
    unlocated
        How many more people there are whose home is not on the map.
    personal
        Whether the points are single persons, whose small groups must not be shown.
    """

    lonlat: Floats
    weight: Floats
    care: tuple[CareLevel | None, ...]
    groups: Mapping[Grouping, tuple[str, ...]]
    ids: tuple[int, ...] = ()
    unlocated: float = 0.0
    personal: bool = True

    def __len__(self) -> int:
        return len(self.weight)

    @property
    def total(self) -> float:
        """How many people there are, with those not on the map."""
        return float(self.weight.sum()) + self.unlocated

    @cached_property
    def stamp(self) -> str:
        """Name of these homes: equal homes in the same order have the same."""
        return hashlib.sha256(np.ascontiguousarray(self.lonlat).tobytes()).hexdigest()[:16]

    def members(self, grouping: Grouping) -> dict[str, Ints]:
        """Return the indices of each group's people, groups in order of their keys."""
        keys = np.array(self.groups.get(grouping, ()), dtype=object)
        return {str(key): np.flatnonzero(keys == key) for key in sorted(set(keys.tolist()))}


def read_people(session: Session, today: date, meal: Meal) -> People:
    """Read the elders in service and their homes.

    Parameters
    ----------
    session
        An open session.
    today
        The day on which age and service count.
    meal
        The meal whose standing order tells how somebody eats (``Grouping.WAY``).

    Returns
    -------
    People
        By code. Whoever's service has ended is left out.
    """
    rows = _elders(session, today)
    placed = [row for row in rows if row.lon is not None and row.lat is not None]
    ways = _ways(session, today, meal)
    return People(
        lonlat=np.array([(row.lon, row.lat) for row in placed], dtype=np.float64).reshape(-1, 2),
        weight=np.ones(len(placed)),
        care=tuple(row.care_level for row in placed),
        groups={
            Grouping.AGE: tuple(age_band(row.birth_date, today) for row in placed),
            Grouping.CARE: tuple(row.care_level.value for row in placed),
            Grouping.HARDSHIP: tuple(str(row.hardship or NO_GROUP) for row in placed),
            Grouping.WAY: tuple(ways.get(row.id, NO_GROUP) for row in placed),
        },
        ids=tuple(row.id for row in placed),
        unlocated=float(len(rows) - len(placed)),
    )


def _elders(session: Session, today: date) -> Sequence[Any]:
    """Return what is needed of every elder in service; columns only, for they are many."""
    facts = (col(Elder.id), col(Elder.birth_date), col(Elder.care_level), col(Elder.hardship))
    query = (
        select(*facts, col(Address.lon), col(Address.lat))
        .outerjoin(Address, col(Address.elder_id) == col(Elder.id))
        .where(or_(col(Elder.ended_on).is_(None), col(Elder.ended_on) > today))
        .order_by(col(Elder.code))
    )
    rows: Sequence[Any] = session.connection().execute(query).all()
    return rows


def _ways(session: Session, today: date, meal: Meal) -> dict[int, str]:
    """Return how each elder with a standing order for a meal eats it."""
    query = (
        select(col(StandingOrder.elder_id), col(StandingOrder.way))
        .where(
            col(StandingOrder.meal) == meal,
            col(StandingOrder.valid_from) <= today,
            or_(col(StandingOrder.valid_to).is_(None), col(StandingOrder.valid_to) >= today),
        )
        .order_by(col(StandingOrder.valid_from))
    )
    rows = session.connection().execute(query)
    return {row.elder_id: row.way.value for row in rows}


def age_band(born: date | None, today: date) -> str:
    """Return the band of somebody's age on a day; :data:`NO_GROUP` without a birth date.

    Examples
    --------
    >>> age_band(date(1946, 11, 21), date(2026, 11, 20))
    '70_79'
    """
    if born is None:
        return NO_GROUP
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return next((band for until, band in _BANDS if age < until), AgeBand.FROM_90).value


def with_areas(people: People, areas: Sequence[str | None]) -> People:
    """Return the same people with the street or community that each lives in."""
    named = tuple(area or NO_GROUP for area in areas)
    return People(
        people.lonlat,
        people.weight,
        people.care,
        {**people.groups, Grouping.AREA: named},
        people.ids,
        people.unlocated,
        people.personal,
    )
