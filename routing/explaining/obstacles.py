"""What a wish meets at each courier: skills, canteens, limits that may be moved and how hard it is.

Beside the couriers of the problem stand newcomers, who are yet to be found.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from routing.explaining import wishes
from routing.explaining.changes import Effort, new_courier_id
from routing.instance import Instance
from routing.parts import Courier
from routing.tables import Floats, Ints, matches

MOST_SECONDS = 3600
"""No limit in time is moved by more."""
FAR_OFF = 10**8
"""End of the shift of newcomers, after their canteen closes (seconds)."""

type Flags = npt.NDArray[np.bool_]


def newcomers(instance: Instance) -> Iterator[Courier]:
    """Yield couriers who are not there: one per canteen and kind of courier seen there."""
    everywhere = {(one.mode, one.boxes) for one in instance.couriers}
    largest = max((order.meals for order in instance.orders), default=1)
    for canteen in instance.canteens:
        kinds = {(one.mode, one.boxes) for one in instance.couriers if one.canteen == canteen.id}
        kinds = kinds or everywhere or {(mode, largest) for mode in instance.travel}
        most: dict[str, int] = {}
        for mode, boxes in sorted(kinds):
            most[mode] = max(boxes, most.get(mode, 1))
        for mode, boxes in most.items():
            name = f"{new_courier_id(instance)}/{canteen.id}/{mode}"
            shift = (canteen.open, canteen.close + FAR_OFF)
            yield Courier(name, canteen.id, mode, boxes, shift, max_trips=1)


def movable(instance: Instance, known: int) -> Ints:
    """Return the most seconds by which each courier's limits in time may be moved.

    A shift that begins before its canteen opens gains nothing from beginning earlier, and a canteen
    gains nothing from opening before its courier comes; newcomers come when they are needed.
    """
    opens = np.array([instance.canteen_by_id[one.canteen].open for one in instance.couriers])
    spare = np.array([one.shift[0] for one in instance.couriers]) - opens
    most = np.full((len(spare), wishes.TIMES), MOST_SECONDS, dtype=np.int64)
    most[:, wishes.SHIFT_EARLIER] = np.clip(spare, 0, MOST_SECONDS)
    most[:known, wishes.HOURS_EARLIER] = np.clip(-spare[:known], 0, MOST_SECONDS)
    most[known:, [wishes.SHIFT_EARLIER, wishes.SHIFT_LATER]] = 0
    return most


def matching(instance: Instance) -> tuple[Flags, Flags]:
    """Return whether couriers have an order's skills, and whether it allows their canteens."""
    anywhere = replace(
        instance, orders=tuple(replace(order, canteens=None) for order in instance.orders)
    )
    unskilled = replace(
        instance, orders=tuple(replace(order, needs=()) for order in instance.orders)
    )
    return matches(anywhere), matches(unskilled)


def units_of(effort: Effort, wish: wishes.Wish) -> Floats:
    """Return the efforts in the order that the compiled search reads them."""
    units = np.zeros(wishes.EFFORTS)
    units[[wishes.WINDOW_EARLIER, wishes.WINDOW_LATER]] = effort.window / 60
    units[wishes.RIDE] = (effort.circle if wish.inside else effort.ride) / 60
    units[[wishes.SHIFT_EARLIER, wishes.SHIFT_LATER]] = effort.shift / 60
    units[[wishes.HOURS_EARLIER, wishes.HOURS_LATER]] = effort.hours / 60
    units[wishes.E_PORTION], units[wishes.E_BOX] = effort.portion, effort.box
    units[wishes.E_SKILL], units[wishes.E_CANTEEN] = effort.skill, effort.canteen
    units[wishes.E_TRIP], units[wishes.E_COURIER] = effort.trip, effort.courier
    units[wishes.E_COURIER_SECOND] = effort.courier_minute / 60
    return units
