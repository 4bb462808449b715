"""From the orders of a service to a kept, numbered, checkable plan; publish it, read it back."""

from mealsvc.planning import read
from mealsvc.planning.keeping import plan_of
from mealsvc.planning.publish import OrderDifference, order_difference, publish
from mealsvc.planning.quality import proof_text
from mealsvc.planning.reasons import UNLOCATED, reason_text
from mealsvc.planning.service import plan_service
from mealsvc.planning.stored import instance_of
from mealsvc.planning.travel import StreetTravel, Travel

__all__ = [
    "UNLOCATED",
    "OrderDifference",
    "StreetTravel",
    "Travel",
    "instance_of",
    "order_difference",
    "plan_of",
    "plan_service",
    "proof_text",
    "publish",
    "read",
    "reason_text",
]
