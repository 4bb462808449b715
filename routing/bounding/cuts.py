"""Subset-row cuts: of any three orders, at most one trip can bring two or more.

Every order is brought at most once, so adding up three such rows, halving and rounding down gives a
row that no plan breaks and that mixtures of trips do break (Jepsen, Petersen, Spoorendonk and
Pisinger, *Subset-row inequalities applied to the vehicle-routing problem with time windows*,
Operations Research 2008). A trip counts once for every two visits, also to the same order.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import numpy as np
import numpy.typing as npt

from routing.tables import Floats, Ints

type Cut = tuple[int, int, int]
"""Three order rows, ascending."""

CLEAR = 0.02
"""Less than this beyond the limit is not worth a cut."""


MOST_WORDS = 4
"""Words of 64 cuts that label setting looks at."""


def hits(cut: Cut, orders: Iterable[int]) -> int:
    """Return how often a trip counts in a cut."""
    return sum(order in cut for order in orders) // 2


def broken(
    trips: Iterable[tuple[tuple[int, ...], float]], known: Iterable[Cut]
) -> list[tuple[Cut, float]]:
    """Return the cuts that a mixture of trips breaks, the most broken first.

    Parameters
    ----------
    trips : iterable of (orders, share)
        The mixture.
    known : iterable of Cut
        Cuts not to return again.

    Returns
    -------
    list of (Cut, float)
        Each with how much the mixture is beyond the limit.
    """
    pairs: dict[tuple[int, int], float] = defaultdict(float)
    triples: dict[Cut, float] = defaultdict(float)
    partners: dict[int, set[int]] = defaultdict(set)
    for orders, share in trips:
        visited = sorted(set(orders))
        for one, two in combinations(visited, 2):
            pairs[one, two] += share
            partners[one].add(two)
            partners[two].add(one)
        for one, two, three in combinations(visited, 3):
            triples[one, two, three] += share
    candidates = {
        _ascending(one, two, three)
        for one, two in pairs
        for three in (partners[one] | partners[two]) - {one, two}
    }
    over = []
    for cut in candidates.difference(known):
        # A trip with all three is counted with each of its pairs, and counts once.
        shares = sum(pairs.get((one, two), 0.0) for one, two in combinations(cut, 2))
        excess = shares - 2.0 * triples.get(cut, 0.0) - 1.0
        if excess > CLEAR:
            over.append((cut, excess))
    return sorted(over, key=lambda item: (-round(item[1], 6), item[0]))


def _ascending(one: int, two: int, three: int) -> Cut:
    first, second, third = sorted((one, two, three))
    return first, second, third


def charged_visits(
    cuts: list[Cut], prices: Floats, orders: Ints, most: int = 64 * MOST_WORDS
) -> tuple[npt.NDArray[np.uint64], Floats]:
    """Return what label setting wants to know of the cuts that can charge a crew.

    Parameters
    ----------
    cuts : list of Cut
        The cuts.
    prices : array of float64, (up to all cuts,)
        What each charges; those without a price charge nothing.
    orders : array of int64, (n,)
        Orders of the crew, ascending.
    most : int
        How many cuts are heeded, the dearest first.

    Returns
    -------
    array of uint64, (n, words)
        The cuts of each order.
    array of float64, (64 · words,)
        What they charge. Only the dearest are kept, which charges trips too little if anything.
    """
    row_of = {order: row for row, order in enumerate(orders.tolist())}
    dear = sorted(range(len(prices)), key=lambda cut: -prices[cut])
    felt = [
        cut for cut in dear if prices[cut] > 0.0 and sum(order in row_of for order in cuts[cut]) > 1
    ][:most]
    words = max(1, -(-len(felt) // 64))
    bits = np.zeros((len(orders), words), dtype=np.uint64)
    charge = np.zeros(64 * words)
    for place, cut in enumerate(felt):
        charge[place] = prices[cut]
        for order in cuts[cut]:
            if order in row_of:
                bits[row_of[order], place // 64] |= np.uint64(1 << (place % 64))
    return bits, charge
