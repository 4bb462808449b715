"""Random numbers inside compiled loops: small, fast, and the same on every machine for one seed."""

import numpy as np
import numpy.typing as npt

from routing.compiled import lean_kernel

type Dice = npt.NDArray[np.uint64]
"""The state of the generator, shape (1,), never zero."""


def make_dice(seed: int) -> Dice:
    """Return a generator; every seed gives its own sequence."""
    return np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)


@lean_kernel
def roll(dice: Dice) -> float:
    """Return a number in [0, 1), by xorshift64* (Vigna 2016)."""
    x = dice[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    dice[0] = x
    return np.float64((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@lean_kernel
def pick(dice: Dice, count: int) -> int:
    """Return a whole number from 0 up to, not including, `count`."""
    return int(roll(dice) * count)
