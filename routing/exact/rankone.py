"""Rank-one cuts over listed trips: sums of the rows "brought at most once", rounded down.

For multipliers u of a few orders no plan has more than ⌊Σ u⌋ of Σ ⌊Σ_{o in trip} u_o⌋ x, as x is
whole and an order is brought at most once (Chvátal and Gomory). Halves of three orders are the
subset-row cuts (Jepsen, Petersen, Spoorendonk and Pisinger, *Subset-row inequalities applied to the
vehicle-routing problem with time windows*, Operations Research 2008). As all trips are listed, a
cut costs no more than a row.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.exact.teams import Choices
from routing.tables import Floats, Ints

type Name = tuple[int, tuple[int, ...]]
"""Which multipliers, and the orders that have them: what tells a cut from others."""

PATTERNS: tuple[tuple[tuple[int, ...], int], ...] = (((1, 1, 1), 2),)
"""Numerators of the multipliers, falling, and their denominator.

Those of four and five orders (Pecin, Pessoa, Poggi, Uchoa and Santos, *Limited memory rank-1 cuts
for vehicle routing problems*, Operations Research Letters 2017) prove more, but their rows are so
full that branch and bound is many times slower.
"""
CLEAR = 0.02
"""Less than this beyond the limit is not worth a cut."""
PASSES = 3
"""How often every order of a set is looked at again."""
MOST_TRIPLES = 150
"""Of more orders than this not all sets of three are looked at."""


@dataclass(frozen=True, slots=True)
class Cut:
    """No plan has more of these trips than `most`, each counted as often as `weight` says.

    Parameters
    ----------
    weight : array of int8, (trips,)
        Of the trips, whenever they begin.
    most : int
        The limit.
    needed : bool
        Whether it says what no other row says, and so must not be dropped.
    """

    weight: npt.NDArray[np.int8]
    most: int
    needed: bool = False


def rank_one_cuts(choices: Choices, share: Floats, known: set[Name], most: int) -> list[Cut]:
    """Return cuts that a mixture of trips breaks, the most broken first.

    Parameters
    ----------
    choices : Choices
        All trips.
    share : array of float64, (trips,)
        How much of each is chosen.
    known : set
        Cuts there are already; new ones are added.
    most : int
        How many cuts.
    """
    rows = np.nonzero((share > 1e-6) & (share < 1.0 - 1e-6))[0]
    if not len(rows):
        return []
    brings, shares = choices.brings[rows].astype(np.float64), share[rows]
    together = (brings * shares[:, None]).T @ brings
    found: dict[Name, float] = {}
    for number, (numerators, denominator) in enumerate(PATTERNS):
        if len(numerators) > brings.shape[1]:
            continue
        if number == 0 and brings.shape[1] <= MOST_TRIPLES:
            sets, values = _triples(brings, shares, together)
        else:
            sets, values = _climbed(brings, shares, together, numerators, denominator)
        over = values - sum(numerators) // denominator
        for orders, beyond in zip(sets.tolist(), over.tolist(), strict=True):
            if beyond > CLEAR:
                found[number, _sorted_alike(numerators, orders)] = beyond
    names = sorted(found.keys() - known, key=lambda name: (-round(found[name], 6), name))[:most]
    known.update(names)
    return [_cut(choices, name) for name in names]


def _cut(choices: Choices, name: Name) -> Cut:
    numerators, denominator = PATTERNS[name[0]]
    sums = choices.brings[:, list(name[1])] @ np.array(numerators, dtype=np.int8)
    return Cut((sums // denominator).astype(np.int8), sum(numerators) // denominator)


def _sorted_alike(numerators: tuple[int, ...], orders: list[int]) -> tuple[int, ...]:
    """Return the orders, those with the same multiplier in ascending order."""
    ranked = sorted(zip(numerators, orders, strict=True), key=lambda one: (-one[0], one[1]))
    return tuple(order for _, order in ranked)


def _triples(brings: Floats, shares: Floats, together: Floats) -> tuple[Ints, Floats]:
    """Return all sets of three that at least look broken, and how many trips count in them."""
    weighed = brings * shares[:, None]
    all_three = np.einsum("ri,rj,rk->ijk", weighed, brings, brings, optimize=True)
    pairs = together[:, :, None] + together[:, None, :] + together[None, :, :]
    over = pairs - 2.0 * all_three
    places: Ints = np.argwhere(over > 1.0 + CLEAR)
    places = places[(places[:, 0] < places[:, 1]) & (places[:, 1] < places[:, 2])]
    return places, over[tuple(places.T)]


def _climbed(
    brings: Floats, shares: Floats, together: Floats, numerators: tuple[int, ...], denominator: int
) -> tuple[Ints, Floats]:
    """Return sets of orders that count many trips, and how many.

    Every order begins a set with those that it is most often brought with; then one order after
    the other is exchanged for the best.
    """
    n, size = brings.shape[1], len(numerators)
    near = together.copy()
    np.fill_diagonal(near, np.inf)
    sets = np.argsort(-near, axis=1, kind="stable")[:, :size]
    rows, values = np.arange(n), np.zeros(n)
    for _ in range(PASSES):
        for place, numerator in enumerate(numerators):
            others = [other for other in range(size) if other != place]
            sums = sum(numerators[other] * brings.T[sets[:, other]] for other in others)
            plain = np.floor(sums / denominator + 1e-9)
            more = np.floor((sums + numerator) / denominator + 1e-9) - plain
            value = (plain @ shares)[:, None] + (more * shares) @ brings
            for other in others:
                value[rows, sets[:, other]] = -np.inf
            sets[:, place] = value.round(9).argmax(axis=1)
            values = value[rows, sets[:, place]]
    return sets, values
