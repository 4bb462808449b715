"""Travel times without streets: straight lines at a steady speed."""

import numpy as np

METRES = np.array([96_000.0, 111_000.0])
SPEED = {"foot": 1.4, "bicycle": 4.0, "ebike": 5.5, "car": 7.0}


class StraightLines:
    """A town without corners; nothing is reachable ``beyond`` metres east of its middle."""

    fingerprint = "straight"

    def __init__(self, beyond=50_000):
        self.beyond = beyond

    def unusable(self, places, _mode):
        return {
            index
            for index, (lon, _lat) in enumerate(places)
            if (lon - 120.1) * METRES[0] > self.beyond
        }

    def seconds(self, places, mode, progress):
        progress(1.0)
        return self.between(places, places, mode)

    def between(self, sources, targets, mode):
        here, there = (np.array(some, dtype=float).reshape(-1, 2) for some in (sources, targets))
        apart = np.linalg.norm((here[:, None] - there[None, :]) * METRES, axis=2)
        return np.round(apart / SPEED[mode.value]).astype(np.int32)
