"""One form for all goals: choose rows so that elements of demand gain the most.

Covering people and shortening walks are the same programme. Let a site j give a demand point e,
when it serves all of it, the value v_ej: what the people there count if they are within the
threshold, or the seconds that they are spared. Then

    most Σ v_ej y_ej   where   Σ_j y_ej ≤ 1,   y_ej ≤ x_j,   Σ_e size_e y_ej ≤ capacity_j x_j.

Points that the same candidates reach equally well are one element. Without capacities, what the
existing sites give is taken off beforehand, and they disappear.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from routing.sites.problem import Matrix, SiteProblem
from routing.tables import Floats, Ints

type Flags = np.typing.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Task:
    """What rows give to elements.

    Parameters
    ----------
    value : sparse array, (rows, elements)
        What a site gives when it serves all of an element; all stored values are above 0.
    size : array of float64, (elements,)
        People of the elements.
    capacity : array of float64, (rows,)
        People that a row takes; ``inf`` where it takes all that it reaches.
    base : float
        What the existing sites give that are not rows.
    sites : array of int64, (rows,)
        Which candidates the rows are.
    kept : array of bool, (rows,)
        Rows that are open in every choice.
    flat : bool
        Whether every element has the same value from all rows that reach it.
    """

    value: Matrix
    size: Floats
    capacity: Floats
    base: float
    sites: Ints
    kept: Flags
    flat: bool

    @property
    def limited(self) -> bool:
        """Whether a capacity may matter."""
        return bool(np.isfinite(self.capacity).any())

    @property
    def highest(self) -> Floats:
        """The most that any row gives to each element."""
        most = np.zeros(self.value.shape[1])
        np.maximum.at(most, self.value.indices, self.value.data)
        return most

    def only(self, rows: Flags) -> "Task":
        """Return the task with these rows only; the elements keep their numbers."""
        return Task(
            self.value[np.nonzero(rows)[0]], self.size, self.capacity[rows], self.base,
            self.sites[rows], self.kept[rows], self.flat,
        )  # fmt: skip


def gains(problem: SiteProblem, beyond: float | None = None) -> Matrix:
    """Return what a site gives a person of a demand point.

    Parameters
    ----------
    problem : SiteProblem
        The problem.
    beyond : float or None
        Seconds that count for people without a site; None asks for coverage.

    Returns
    -------
    sparse array, (m, n)
        The weight of a person within the threshold; or with `beyond`, the weighted seconds spared.
    """
    walks = problem.seconds
    spared = walks.data <= problem.threshold if beyond is None else beyond - walks.data
    each = np.maximum(spared, 0.0) * problem.weights[walks.indices]
    result = csr_array((each, walks.indices.copy(), walks.indptr.copy()), shape=walks.shape)
    result.eliminate_zeros()
    return result


def make_task(problem: SiteProblem, allowed: Flags, beyond: float | None = None) -> Task:
    """Return a goal's task.

    Parameters
    ----------
    problem : SiteProblem
        The problem.
    allowed : array of bool, (m,)
        Candidates that may be chosen; existing sites need not be marked.
    beyond : float or None
        As in `gains`.
    """
    kept = np.zeros(len(allowed), dtype=bool)
    kept[list(problem.existing)] = True
    value = gains(problem, beyond)
    capacity = _binding(problem, value)
    value.data *= problem.people[value.indices]
    value.eliminate_zeros()
    base, chosen = 0.0, allowed | kept
    if not np.isfinite(capacity[chosen]).any():
        value, base = _without_kept(value, kept)
        chosen = allowed & ~kept
    rows = np.nonzero(chosen & (np.diff(value.indptr) > 0))[0]
    flat = beyond is None
    alike = flat and not np.isfinite(capacity[rows]).any()
    value, size = _merged(value[rows], problem.people, alike=alike)
    return Task(value, size, capacity[rows], base, rows, kept[rows], flat)


def _binding(problem: SiteProblem, reach: Matrix) -> Floats:
    """Return the capacities, without limit where a site has room for all that it reaches."""
    if problem.capacities is None:
        return np.full(reach.shape[0], np.inf)
    ones = csr_array((np.ones(reach.nnz), reach.indices, reach.indptr), shape=reach.shape)
    return np.where(problem.capacities >= ones @ problem.people, np.inf, problem.capacities)


def _without_kept(value: Matrix, kept: Flags) -> tuple[Matrix, float]:
    """Return what the other rows give on top of the kept ones, and what those give."""
    most = np.zeros(value.shape[1])
    stays = value[np.nonzero(kept)[0]]
    np.maximum.at(most, stays.indices, stays.data)
    value.data = np.maximum(value.data - most[value.indices], 0.0)
    value.eliminate_zeros()
    return value, float(most.sum())


def _merged(value: Matrix, people: Floats, *, alike: bool) -> tuple[Matrix, Floats]:
    """Return the values with equal demand points made one element, and the elements' people.

    Points are equal if the same rows reach them and, per person, give the same. Where all rows that
    reach a point give it the same, and there is room for everybody (`alike`), the rows are enough.
    """
    columns = value.tocsc()
    columns.sort_indices()
    element = np.full(value.shape[1], -1)
    known: dict[tuple[bytes, bytes], int] = {}
    for point in np.nonzero(np.diff(columns.indptr))[0].tolist():
        cells = slice(columns.indptr[point], columns.indptr[point + 1])
        each = b"" if alike else np.round(columns.data[cells] / people[point], 9).tobytes()
        key = (columns.indices[cells].tobytes(), each)
        element[point] = known.setdefault(key, len(known))
    reached = element >= 0
    size = np.bincount(element[reached], weights=people[reached], minlength=len(known))
    rows = np.repeat(np.arange(value.shape[0]), np.diff(value.indptr))
    merged = csr_array(
        (value.data, (rows, element[value.indices])), shape=(value.shape[0], len(known))
    )
    merged.sum_duplicates()
    return merged, size
