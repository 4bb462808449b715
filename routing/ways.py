"""The quickest way from or to one place, other doors allowed on the way.

Travel times need not obey the triangle inequality: a door may be out of direct reach and yet be
reached by way of another. What is impossible by the quickest way is impossible on any trip.
"""

import numpy as np
import numpy.typing as npt

from routing.compiled import kernel
from routing.instance import NO_WAY


@kernel
def quickest(seconds: npt.NDArray[np.int32], source: int, back: bool) -> npt.NDArray[np.int64]:
    """Return the seconds from one place to all (or back from all to it), `NO_WAY` at most.

    Dijkstra's algorithm on the full matrix.
    """
    count = len(seconds)
    found = np.full(count, NO_WAY, dtype=np.int64)
    done = np.zeros(count, dtype=np.bool_)
    found[source] = 0
    for _ in range(count):
        here = -1
        for place in range(count):
            if not done[place] and (here < 0 or found[place] < found[here]):
                here = place
        if found[here] >= NO_WAY:
            break
        done[here] = True
        for place in range(count):
            step = np.int64(seconds[place, here] if back else seconds[here, place])
            found[place] = min(found[place], found[here] + step)
    return found
