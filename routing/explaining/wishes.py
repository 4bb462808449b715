"""What the search of remedies reads and writes: the plan that stays, a wish, the places found."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routing.tables import Floats, Ints

type Flags = npt.NDArray[np.bool_]

# Limits in time; a place needs at most one of them moved.
(
    NOTHING,
    WINDOW_EARLIER,
    WINDOW_LATER,
    RIDE,  # the circle, when the order is to be inside it
    SHIFT_EARLIER,
    SHIFT_LATER,
    HOURS_EARLIER,
    HOURS_LATER,
) = range(8)
TIMES = 8
# Other limits, as bits: a place may need several of them moved.
PORTIONS, BOXES, SKILL, CANTEEN, TRIP, COURIER = (TIMES << bit for bit in range(6))
SETS = TIMES << 6
"""Number of sets of changes: a limit in time and any of the others."""
# Columns of `Effort` as an array, beside the limits in time (per second).
E_PORTION, E_BOX, E_SKILL, E_CANTEEN, E_TRIP, E_COURIER, E_COURIER_SECOND = range(8, 15)
EFFORTS = 15
# Columns of `Found.what`.
F_COURIER, F_TRIP, F_NEW, F_AT, F_SECONDS, F_PORTIONS, F_BOXES, F_BEGIN, F_BACK = range(9)
FOUND_COLUMNS = 9
# Columns of `Present.figures`.
P_LOAD, P_END, P_OPEN, P_SHUT, P_MEALS = range(5)
FIGURES = 5

BARELY = 1e-6
"""Less than this is no gain."""


class Present(NamedTuple):
    """The plan that stays, trip after trip.

    Parameters
    ----------
    stops : array of int64
        Orders of all trips, by courier and time.
    first : array of int64, (trips + 1,)
        Where each trip begins among them.
    duty : array of int64, (couriers + 1,)
        Where each courier's trips begin.
    figures : array of int64, (trips, 5)
        Loading, seconds from departure to return, earliest departure that waits nowhere, latest
        departure by the windows, portions.
    price, outside : arrays of float64, (trips,)
        What a trip costs in all, and the part of it for meals outside the circle.
    cooked : array of int64, (canteens,)
        Portions taken from each canteen.
    """

    stops: Ints
    first: Ints
    duty: Ints
    figures: Ints
    price: Floats
    outside: Floats
    cooked: Ints


class Wish(NamedTuple):
    """What is wanted.

    Parameters
    ----------
    order : int
        The order.
    inside : bool
        Whether it must be handed over inside the circle.
    gain : float
        What the plan costs now because it is not so.
    most : float
        The plan may not cost so much more than without the order.
    kind : bool
        Whether no other meal may leave the circle for it.
    changes : bool
        Whether limits may be moved.
    """

    order: int
    inside: bool
    gain: float
    most: float
    kind: bool
    changes: bool


class Limits(NamedTuple):
    """What a wish meets at each courier.

    Parameters
    ----------
    skilled, allowed, new : arrays of bool, (couriers,)
        Whether the courier has the skills, the order allows the canteen, and the courier is one
        who would have to be found.
    most : array of int64, (couriers, 8)
        Most seconds that each limit in time may be moved.
    effort : array of float64, (15,)
        Effort of a change, per second of a limit in time, then of the others.
    """

    skilled: Flags
    allowed: Flags
    new: Flags
    most: Ints
    effort: Floats


class Found(NamedTuple):
    """The best place for each set of changes.

    Parameters
    ----------
    effort : array of float64, (512,)
        Least effort, infinite where nothing was found.
    saves : array of float64, (512,)
        By how much the plan gets cheaper.
    what : array of int64, (512, 9)
        Courier, trip of the duty, whether it is a new one, place in the trip, seconds, portions and
        boxes that are lacking, start of loading and return.
    """

    effort: Floats
    saves: Floats
    what: Ints
