"""Who goes to which of the open sites, so that nobody is sent to a full one."""

import numpy as np
from scipy.sparse import csr_array

from routing.sites.problem import Matrix, SiteProblem
from routing.sites.sharing import share_out
from routing.sites.task import gains
from routing.tables import Floats, Ints

COVERED_FIRST = 1000.0
"""A covered person weighs so many times the longest walk: seconds only decide between equals."""


def assign(problem: SiteProblem, sites: list[int], beyond: float | None) -> Matrix:
    """Assign people to open sites.

    Where every site has room for all who live nearest to it, they go there. Where not, people are
    shared out so that the goal is served best: first as many as can be (by weight), then by the
    shortest walks; or by the least weighted walk at once.

    Parameters
    ----------
    problem : SiteProblem
        The problem.
    sites : list of int
        Open sites.
    beyond : float or None
        Seconds that count for people without a site; None where coverage is the goal.

    Returns
    -------
    sparse array, (m, n)
        People; those of weight 0 are not assigned.
    """
    reach = gains(problem, beyond)[sites]
    walks = problem.seconds[sites].tocsr()
    m, n = problem.seconds.shape
    where = np.repeat(np.arange(len(sites)), np.diff(reach.indptr))
    seconds = np.asarray(walks[where, reach.indices]).ravel() if reach.nnz else np.zeros(0)
    people = _nearest(problem, where, reach, seconds)
    room = np.full(len(sites), np.inf)
    if problem.capacities is not None:
        room = problem.capacities[sites]
        if (np.bincount(where, weights=people, minlength=len(sites)) > room).any():
            each = reach.copy()
            if beyond is None:
                scale = COVERED_FIRST / each.data.min()
                each.data = each.data * scale - seconds / max(1.0, problem.threshold)
            people = share_out(each, problem.people, room).people
    kept = people > 0
    rows = np.asarray(sites, dtype=np.int64)[where[kept]]
    return csr_array((people[kept], (rows, reach.indices[kept])), shape=(m, n))


def _nearest(problem: SiteProblem, where: Ints, reach: Matrix, seconds: Floats) -> Floats:
    """Return the people of each pair when everybody goes to the nearest site."""
    order = np.lexsort((where, seconds, reach.indices))
    points = reach.indices[order]
    first = order[np.concatenate([[True], points[1:] != points[:-1]])[: len(order)]]
    people = np.zeros(reach.nnz)
    people[first] = problem.people[reach.indices[first]]
    return people
