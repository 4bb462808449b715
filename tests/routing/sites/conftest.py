"""A street of ten demand points and five candidates, small enough to check by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from routing.sites import SiteProblem

# Points 0 … 9 stand 100 s apart in a line, one person each; candidates at 0, 200, 400, 600, 800 s.
POINTS = np.arange(10) * 100.0
CANDIDATES = np.arange(5) * 200.0


@pytest.fixture
def street():
    """Return the street's problem with a threshold of 100 s, and options as wanted."""

    def make(reach=300.0, **options):
        walks = np.abs(CANDIDATES[:, None] - POINTS[None, :])
        rows, columns = np.nonzero(walks <= reach)
        seconds = csr_array((walks[rows, columns], (rows, columns)), shape=walks.shape)
        return SiteProblem(seconds, np.ones(10), 100.0, **options)

    return make


@pytest.fixture
def town():
    """Return a random town of so many candidates and points."""

    def make(m, n, seed=1, **options):
        rng = np.random.default_rng(seed)
        homes, sites = rng.random((n, 2)) * 3000, rng.random((m, 2)) * 3000
        walks = np.round(np.abs(sites[:, None, :] - homes[None, :, :]).sum(axis=2))
        rows, columns = np.nonzero(walks <= 900)
        seconds = csr_array((walks[rows, columns], (rows, columns)), shape=walks.shape)
        return SiteProblem(seconds, rng.integers(1, 5, n), 600.0, **options)

    return make
