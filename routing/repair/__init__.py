"""The day itself: a plan is in force, something has changed, and a new plan is needed at once.

The door: state a `Situation` (the plan, the time, what happened, what changed) and `repair` it, or
`price` moves made by hand. The past stays as it was; what is left becomes a smaller problem of the
same kind, solved from the plan in force with a price on every order that changes courier.
"""

from routing.repair.hand import (
    LockDuty,
    LockOrder,
    Move,
    MoveTrip,
    PlaceStop,
    Priced,
    TakeOut,
    price,
)
from routing.repair.mend import Repair, repair
from routing.repair.news import slower
from routing.repair.reading import read_changes
from routing.repair.situation import (
    CanteenLate,
    Change,
    CourierAvailable,
    CourierGone,
    OrderChanged,
    OrderGone,
    OrderNew,
    Situation,
    TravelChanged,
    TravelSlower,
    TripReport,
)
from routing.repair.standing import Standing, stand
from routing.repair.telling import Teller
from routing.repair.timing import drive

__all__ = [
    "CanteenLate",
    "Change",
    "CourierAvailable",
    "CourierGone",
    "LockDuty",
    "LockOrder",
    "Move",
    "MoveTrip",
    "OrderChanged",
    "OrderGone",
    "OrderNew",
    "PlaceStop",
    "Priced",
    "Repair",
    "Situation",
    "Standing",
    "TakeOut",
    "Teller",
    "TravelChanged",
    "TravelSlower",
    "TripReport",
    "drive",
    "price",
    "read_changes",
    "repair",
    "slower",
    "stand",
]
