"""The quickest way from one place to doors, other doors allowed on the way.

Travel times need not obey the triangle inequality: a door may be out of direct reach and yet be
reached by way of another. What is impossible by the quickest way is impossible on any trip.
"""

import numpy as np
import numpy.typing as npt

from routing.compiled import kernel
from routing.parts import NO_WAY


@kernel
def quickest(
    seconds: npt.NDArray[np.int32] | npt.NDArray[np.uint16],
    source: int,
    doors: npt.NDArray[np.int64],
    most: int,
) -> npt.NDArray[np.int64]:
    """Return the seconds from one place to some doors, `NO_WAY` at most.

    Dijkstra's algorithm on the full matrix, until all doors are reached that are near enough.

    Parameters
    ----------
    seconds : array of int32 or uint16, (places, places)
        From row to column; the transposed one gives the seconds from the doors to the place.
    source : int
        The place.
    doors : array of int64, (n,)
        Places of the doors; one may stand there several times.
    most : int
        Nobody needs to know more exactly how far a door is that is farther than this. It may come
        out as farther still, never as nearer than `most`.
    """
    count = len(seconds)
    found = np.full(count, NO_WAY, dtype=np.int64)
    open_, wanted = np.arange(count), np.zeros(count, dtype=np.bool_)
    wanted[doors] = True
    missing = wanted.sum()
    found[source] = 0
    while count and missing:
        at = 0
        for place in range(1, count):
            if found[open_[place]] < found[open_[at]]:
                at = place
        here = open_[at]
        if found[here] >= NO_WAY or found[here] > most:
            break
        missing -= wanted[here]
        count -= 1
        open_[at] = open_[count]
        for place in range(count):
            there = open_[place]
            found[there] = min(found[there], found[here] + np.int64(seconds[here, there]))
    return found[doors]
