"""The choice of sites as a planner states it: who lives how far from where, and what is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

from routing.sites.errors import InvalidSites
from routing.tables import Floats, Ints

type Matrix = Any
"""A scipy sparse matrix by rows (CSR); scipy's own types do not say of what."""


@dataclass(frozen=True, eq=False)
class SiteProblem:
    """Candidates, demand points and the rules of a choice; m candidates, n demand points.

    Existing sites are candidates, too: their rows stand in `seconds` like those of all others.

    Parameters
    ----------
    seconds : sparse array, (m, n)
        Walking seconds from demand points to candidates; a pair that is not stored is out of
        reach, a stored 0 is next door.
    people : array of float, (n,)
        People at each demand point; fractions are allowed.
    threshold : float
        A person is covered by a site at most so many seconds away.
    weights : array of float, (n,), optional
        What one person there counts, 1 where not given: hardship may count double.
    existing : sequence of int
        Candidates that are open already and stay so. They count neither for the number of new
        sites nor for the budget.
    capacities : array of float, (m,), optional
        People that each site takes; ``inf`` is without limit, as is everything if not given.
    costs : array of float, (m,), optional
        Fixed cost of each candidate, in any unit.
    budget : float, optional
        Most that the new sites may cost together; needs `costs`.
    apart : sparse array, (m, m), optional
        Pairs that are too near each other to have both, wherever a value other than 0 is stored
        in either direction; see `pairs_nearer`. Existing sites exclude candidates near them.

    Raises
    ------
    InvalidSites
        If a field has the wrong shape or a value that cannot be meant.
    """

    seconds: Matrix
    people: Floats
    threshold: float
    weights: Floats = field(default_factory=lambda: np.zeros(0))
    existing: Sequence[int] = ()
    capacities: Floats | None = None
    costs: Floats | None = None
    budget: float | None = None
    apart: Matrix | None = None

    def __post_init__(self) -> None:
        seconds = _walks(self.seconds)
        m, n = seconds.shape
        weights = np.ones(n) if not len(self.weights) else self.weights
        put = object.__setattr__
        put(self, "seconds", seconds)
        put(self, "people", _figures("people", self.people, n))
        put(self, "weights", _figures("weights", weights, n))
        if not self.threshold >= 0:
            raise InvalidSites("threshold", f"must be 0 seconds or more, not {self.threshold}")
        put(self, "existing", _existing(self.existing, m))
        if self.capacities is not None:
            put(self, "capacities", _figures("capacities", self.capacities, m, endless=True))
        if self.costs is not None:
            put(self, "costs", _figures("costs", self.costs, m))
        if self.budget is not None:
            if self.costs is None:
                raise InvalidSites("budget", "means nothing without costs: give them")
            if not self.budget >= 0:
                raise InvalidSites("budget", f"must be 0 or more, not {self.budget}")
        if self.apart is not None:
            put(self, "apart", _apart(self.apart, m))

    @property
    def total(self) -> float:
        """Weighted people at all demand points."""
        return float(self.people @ self.weights)

    @property
    def candidates(self) -> Ints:
        """Candidates that are not open yet, ascending."""
        return np.setdiff1d(np.arange(self.seconds.shape[0]), np.asarray(self.existing, int))

    def price(self, sites: Sequence[int]) -> float:
        """Return what these sites cost together."""
        return 0.0 if self.costs is None else float(self.costs[list(sites)].sum())


def pairs_nearer(seconds: Matrix, least: float) -> Matrix:
    """Return which candidates lie nearer to each other than so many seconds, as `apart` wants it.

    Parameters
    ----------
    seconds : sparse array, (m, m)
        Seconds between candidates; what is not stored is far.
    least : float
        Mutual distance in seconds; a pair at exactly this distance may both be chosen.
    """
    pairs = coo_array(seconds)
    near = (pairs.data < least) & (pairs.row != pairs.col)
    return _apart(
        coo_array((np.ones(near.sum()), (pairs.row[near], pairs.col[near])), shape=pairs.shape),
        pairs.shape[0],
    )


def _walks(seconds: Matrix) -> Matrix:
    """Return the walking seconds as sorted rows without doubles."""
    rows = csr_array(seconds, dtype=np.float64, copy=True)
    if rows.ndim != 2:
        raise InvalidSites("seconds", "must have rows (candidates) and columns (demand points)")
    rows.sort_indices()
    where = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    double = np.nonzero((np.diff(rows.indices) == 0) & (np.diff(where) == 0))[0]
    if len(double):
        pair = int(where[double[0]]), int(rows.indices[double[0]])
        raise InvalidSites(f"seconds[{pair[0]}, {pair[1]}]", "is given twice")
    wrong = np.nonzero(~(np.isfinite(rows.data) & (rows.data >= 0)))[0]
    if len(wrong):
        name = f"seconds[{where[wrong[0]]}, {rows.indices[wrong[0]]}]"
        problem = f"must be 0 or more, not {rows.data[wrong[0]]}; leave out pairs out of reach"
        raise InvalidSites(name, problem)
    return rows


def _figures(name: str, values: npt.ArrayLike, count: int, *, endless: bool = False) -> Floats:
    """Return figures of 0 or more, checked one by one."""
    figures = np.array(values, dtype=np.float64)
    if figures.shape != (count,):
        problem = f"must hold {count} figures as seconds has it, not shape {figures.shape}"
        raise InvalidSites(name, problem)
    wrong = ~(figures >= 0) | (np.isinf(figures) & (not endless))
    if wrong.any():
        first = int(np.argmax(wrong))
        raise InvalidSites(f"{name}[{first}]", f"must be 0 or more, not {figures[first]}")
    return figures


def _existing(sites: Sequence[int], m: int) -> tuple[int, ...]:
    """Return the existing sites in order, each once."""
    for number, site in enumerate(sites):
        if not 0 <= site < m:
            problem = f"there is no candidate {site}, they are numbered 0 to {m - 1}"
            raise InvalidSites(f"existing[{number}]", problem)
    return tuple(sorted({int(site) for site in sites}))


def _apart(pairs: Matrix, m: int) -> Matrix:
    """Return the pairs in both directions, none with itself."""
    if pairs.shape != (m, m):
        problem = f"must be {m} by {m}, the number of candidates, not {pairs.shape}"
        raise InvalidSites("apart", problem)
    found = coo_array(pairs)
    real = (found.data != 0) & (found.row != found.col)
    row, column = found.row[real], found.col[real]
    both = np.concatenate([row, column]), np.concatenate([column, row])
    clash = csr_array((np.ones(len(both[0])), both), shape=(m, m))
    clash.data[:] = 1.0
    return clash
