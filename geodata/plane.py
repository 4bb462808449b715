"""A flat plane to measure on: degrees to plane units and back, and how long a unit is where.

The plane is Mercator's on a sphere. It keeps angles, so the nearest street on it is the nearest on
the ground, and what is round stays round; one of its units is as long as the cosine of the latitude
in metres. No zone has to be chosen, and a province is as good as a district.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

RADIUS = 6_371_009.0  # metres, the mean radius of the earth; as in the rest of this package


def to_plane(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give plane units east and north of a position in degrees (not at the poles)."""
    return RADIUS * np.radians(lon), RADIUS * np.arctanh(np.sin(np.radians(lat)))


def to_degrees(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Give longitude and latitude in degrees of a position on the plane."""
    return np.degrees(x / RADIUS), np.degrees(np.arcsin(np.tanh(y / RADIUS)))


def metres_per_unit(y: Floats | np.float64) -> Floats:
    """Say how many metres a unit of the plane is long at this height of the plane."""
    scale: Floats = np.asarray(1.0 / np.cosh(y / RADIUS))
    return scale
