"""Which ways of a map can be walked, by their tags: the rules of the street engine for walkers.

Kept the same as the engine's own (Valhalla 3, its default rules for ``pedestrian``), so that who is
said to be near a site here is also near it on a route sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

# Values of `highway` that are open to walkers unless a tag says otherwise.
OPEN_CLASSES = frozenset(
    (
        *("trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link"),
        *("tertiary", "tertiary_link", "unclassified", "residential", "residential_link"),
        *("living_street", "service", "road", "track", "path", "footway", "pedestrian", "steps"),
    )
)
# Closed unless `foot` opens them. Everything else cannot be walked, whatever its tags say.
CLOSED_CLASSES = frozenset(
    ("motorway", "motorway_link", "cycleway", "bridleway", "bus_guideway", "busway")
)
# Private ways are open: behind them people live, and who lives there walks home. The engine avoids
# them where it can and takes them where it must.
_CLOSED_TO_ALL = frozenset(
    ("no", "agricultural", "forestry", "discouraged", "official", "emergency")
)
_CLOSED_TO_WALKERS = frozenset(("no", "agricultural", "forestry", "discouraged"))
_OPEN_TO_WALKERS = frozenset(
    (
        *("yes", "designated", "permissive", "private", "destination", "customers", "delivery"),
        *("official", "public", "allowed", "passable", "use_sidepath", "sidewalk", "crossing"),
        *("restricted", "footway"),
    )
)
# Paths that an elder cannot walk: mountain hiking and harder.
_EASY_PATHS = frozenset(("no", "none", "strolling", "hiking"))


def walkable(tags: Mapping[str, str]) -> bool:
    """Say whether a way with these tags can be walked, in both directions."""
    kind = tags.get("highway", "")
    if kind not in OPEN_CLASSES and kind not in CLOSED_CLASSES:
        return False
    if tags.get("sac_scale", "no") not in _EASY_PATHS:
        return False
    foot = tags.get("foot")
    if foot in _OPEN_TO_WALKERS:
        return True
    if foot in _CLOSED_TO_WALKERS or tags.get("impassable") == "yes":
        return False
    return kind in OPEN_CLASSES and tags.get("access") not in _CLOSED_TO_ALL


def passable(tags: Mapping[str, str]) -> bool:
    """Say whether one can walk through a node with these tags: most gates and bollards, yes."""
    foot = tags.get("foot")
    if foot is not None:
        return foot not in _CLOSED_TO_WALKERS
    return tags.get("access") not in _CLOSED_TO_ALL
