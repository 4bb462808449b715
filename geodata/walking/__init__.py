"""Walking times for coverage: who is how far, on foot, from where.

- `Streets.walking` opens the ways of a street network (`open_walking_graph` does the work);
- `place_on_graph` puts homes, sites and candidates onto them, once;
- `walking_seconds` gives all times within a limit, `nearest_site` the nearest site of everybody.

Times agree with the street engine's walking routes within a few percent and are many times faster
for thousands of places. Coverage is decided from them; the shapes of `geodata.areas` are drawings.
"""

from geodata.walking.graph import WalkingGraph, open_walking_graph
from geodata.walking.places import OffGraph, WalkingPlaces, place_on_graph
from geodata.walking.times import ELDERS_PACE, Nearest, nearest_site, walking_seconds

__all__ = [
    "ELDERS_PACE",
    "Nearest",
    "OffGraph",
    "WalkingGraph",
    "WalkingPlaces",
    "nearest_site",
    "open_walking_graph",
    "place_on_graph",
    "walking_seconds",
]
