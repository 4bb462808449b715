"""The day itself: revise a published plan while it is carried out.

The door: :func:`propose` works out a revision and keeps it, :func:`accept` publishes it or
:func:`reject` puts it aside; :func:`work_out` tells what would happen and keeps nothing.
"""

from mealsvc.planning.revising.accepting import (
    AGREEABLE,
    Decision,
    accept,
    find_proposal,
    reject,
)
from mealsvc.planning.revising.changes import (
    CanteenLate,
    CourierAway,
    CourierComes,
    DayChange,
    HandedBack,
    HandMove,
    OrderAmended,
    OrderCancelled,
    OrderUrgent,
    StopMoved,
    StopTakenOut,
    StreetClosed,
    TravelSlower,
    TripMoved,
)
from mealsvc.planning.revising.in_force import InForce, TripSeen, read_in_force
from mealsvc.planning.revising.locks import lock, locks_of, no_order, unlock
from mealsvc.planning.revising.proposing import Question, WorkedOut, propose, work_out

__all__ = [
    "AGREEABLE",
    "CanteenLate",
    "CourierAway",
    "CourierComes",
    "DayChange",
    "Decision",
    "HandMove",
    "HandedBack",
    "InForce",
    "OrderAmended",
    "OrderCancelled",
    "OrderUrgent",
    "Question",
    "StopMoved",
    "StopTakenOut",
    "StreetClosed",
    "TravelSlower",
    "TripMoved",
    "TripSeen",
    "WorkedOut",
    "accept",
    "find_proposal",
    "lock",
    "locks_of",
    "no_order",
    "propose",
    "read_in_force",
    "reject",
    "unlock",
    "work_out",
]
