"""Who finds room where: nearest first within the circle; a full canteen covers nobody more.

The rule: of all pairs of a person and a site within the circle the nearest is settled first, then
the next, and so on; a person who has a place, and a site that is full, are passed over. The result
is the only one in which nobody could move to a nearer site without pushing out somebody who lives
nearer to it (the stable assignment of Gale and Shapley, 1962, when both sides rank by the same
walk). It is exact and depends on nothing else; equal walks are settled by the order of sites, then
of people. People of one place (a block, a grid cell) may be divided between sites.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

type Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Filling:
    """Who found room.

    Attributes
    ----------
    wished
        People whose nearest site within the circle it is, shape (sites,).
    taken
        People that each site takes, shape (sites,).
    served
        People of each place who found room, shape (places,).
    """

    wished: Floats
    taken: Floats
    served: Floats


def fill(
    seconds: csr_array, weight: Floats, capacity: Sequence[int | None], within: float
) -> Filling:
    """Return who finds room where.

    Parameters
    ----------
    seconds
        Walking seconds, shape (sites, places); absent where it is too far.
    weight
        People of each place, shape (places,).
    capacity
        How many people each site takes; None for no limit.
    within
        Seconds of the circle.
    """
    pairs = seconds.tocoo()
    near = pairs.data <= within
    site, place, walk = pairs.row[near], pairs.col[near], pairs.data[near]
    order = np.lexsort((place, site, walk))
    site, place = site[order], place[order]
    # Each place's first pair is its nearest site.
    reached, first = np.unique(place, return_index=True)
    wished = np.bincount(site[first], weights=weight[reached], minlength=len(capacity))
    room = np.array([np.inf if limit is None else limit for limit in capacity], dtype=np.float64)
    if (wished <= room).all():
        served = np.zeros(len(weight))
        served[reached] = weight[reached]
        return Filling(wished, wished, served)
    taken, served = _settle(site.tolist(), place.tolist(), weight, room)
    return Filling(wished, taken, served)


def _settle(
    sites: list[int], places: list[int], weight: Floats, room: Floats
) -> tuple[Floats, Floats]:
    """Settle the pairs in their order; return who is taken by site and served by place."""
    left, waiting, taken = room.tolist(), weight.tolist(), [0.0] * len(room)
    for site, place in zip(sites, places, strict=True):
        moved = min(left[site], waiting[place])
        if moved > 0:
            left[site] -= moved
            waiting[place] -= moved
            taken[site] += moved
    return np.array(taken), weight - np.array(waiting)
