"""Walks without streets: straight lines, and nobody walks on the water."""

import numpy as np
import shapely
from scipy.sparse import csr_array

METRES = np.array([96_000.0, 111_000.0])


class StraightWalks:
    """A town without corners; east of ``shore`` metres from its middle is water."""

    fingerprint = "straight"

    def __init__(self, shore=50_000):
        self.shore = shore

    def place(self, lonlat):
        return (np.asarray(lonlat, dtype=float).reshape(-1, 2) - [120.10, 30.30]) * METRES

    def usable(self, placed):
        return placed[:, 0] <= self.shore

    def why_not(self, placed, index):
        assert not self.usable(placed)[index]
        return "在水面上", "in the water"

    def seconds(self, sources, targets, *, limit, pace):
        apart = np.linalg.norm(sources[:, None] - targets[None, :], axis=2)
        seconds = np.maximum(apart / (np.asarray(pace) / 3.6), 1.0)
        seconds[~self.usable(sources)] = np.inf
        seconds[:, ~self.usable(targets)] = np.inf
        row, column = np.nonzero(seconds <= limit + 1e-6)
        return csr_array((seconds[row, column], (row, column)), shape=seconds.shape)

    def bands(self, sites, seconds, *, pace):
        dots = shapely.multipoints(sites[self.usable(sites)])
        rings = [dots.buffer(limit * pace / 3.6) for limit in seconds]
        return [
            shapely.transform(
                shapely.multipolygons([ring] if ring.geom_type == "Polygon" else ring.geoms),
                lambda metres: metres / METRES + [120.10, 30.30],
            )
            for ring in rings
        ]

    def crossings(self):
        """A crossing every 100 m along the street from west to east, up to the shore."""
        metres = np.arange(-1000, min(self.shore, 8_000) + 1, 100.0)
        return np.column_stack([metres, np.zeros(len(metres))]) / METRES + [120.10, 30.30]
