"""Coverage: who walks how long to the nearest open site, decided person by person from times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from mealsvc.siting.filling import Filling, fill
from mealsvc.siting.people import People
from mealsvc.siting.sites import Site
from mealsvc.siting.terms import Terms

type Floats = npt.NDArray[np.float64]
type Ints = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]

NO_SITE = -1
"""Stands for the nearest site of somebody who reaches none."""


@dataclass(frozen=True)
class Coverage:
    """Everybody's walk to the sites of a scenario, or of the present.

    Attributes
    ----------
    people, sites, terms
        Who, to where, by which assumptions.
    seconds
        Walking seconds, shape (sites, people); absent beyond ``terms.limit``.
    usable
        Of everybody whether a way that can be walked is near the home, shape (people,).
    unreached
        Of sites that nobody can walk to the reason in Chinese and English, by index.
    warnings
        What a reader of the figures should know.
    """

    people: People
    sites: tuple[Site, ...]
    terms: Terms
    seconds: csr_array
    usable: Flags
    unreached: dict[int, tuple[str, str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @cached_property
    def _nearest(self) -> tuple[Ints, Floats]:
        return nearest_of(self.seconds)

    @property
    def nearest(self) -> Ints:
        """Index of everybody's nearest site, or :data:`NO_SITE`; shape (people,)."""
        return self._nearest[0]

    @property
    def walk(self) -> Floats:
        """Everybody's walking seconds to the nearest site, ``inf`` beyond the limit."""
        return self._nearest[1]

    def inside(self, seconds: float | None = None) -> Flags:
        """Return who is within a walking time of a site; default: the circle."""
        flags: Flags = self.walk <= (self.terms.circle if seconds is None else seconds)
        return flags

    @cached_property
    def filling(self) -> Filling:
        """Who finds room within the circle, capacities kept."""
        capacity = [site.capacity for site in self.sites]
        return fill(self.seconds, self.people.weight, capacity, self.terms.circle)

    def count(self, flags: Flags | None = None) -> float:
        """Return how many people are marked; default: all whose home is on the map."""
        weight = self.people.weight
        return float(weight.sum() if flags is None else weight[flags].sum())


def nearest_of(seconds: csr_array) -> tuple[Ints, Floats]:
    """Return for every column the row with the least entry, and that entry.

    Of equal ones the first row counts; a column without entries gets :data:`NO_SITE` and ``inf``.
    """
    count = seconds.shape[1]
    site, walk = np.full(count, NO_SITE, dtype=np.int64), np.full(count, np.inf)
    for row in range(seconds.shape[0]):
        part = slice(seconds.indptr[row], seconds.indptr[row + 1])
        who, long = seconds.indices[part], seconds.data[part]
        nearer = long < walk[who]
        site[who[nearer]], walk[who[nearer]] = row, long[nearer]
    return site, walk


def with_site(cover: Coverage, site: Site, seconds: csr_array) -> Coverage:
    """Return the coverage with one more site.

    Parameters
    ----------
    cover
        The coverage without it.
    site
        The site.
    seconds
        Its walking seconds, shape (1, people).
    """
    both: Sequence[csr_array] = (cover.seconds, seconds)
    return Coverage(
        people=cover.people,
        sites=(*cover.sites, site),
        terms=cover.terms,
        seconds=_stacked(both, len(cover.people)),
        usable=cover.usable,
        unreached=cover.unreached,
        warnings=cover.warnings,
    )


def _stacked(parts: Sequence[csr_array], columns: int) -> csr_array:
    """Return sparse matrices one below the other."""
    entries = np.cumsum([0, *(part.nnz for part in parts)])
    pointers = [part.indptr[1:] + start for part, start in zip(parts, entries, strict=False)]
    return csr_array(
        (
            np.concatenate([part.data for part in parts]),
            np.concatenate([part.indices for part in parts]),
            np.concatenate([[0], *pointers]),
        ),
        shape=(sum(part.shape[0] for part in parts), columns),
    )
