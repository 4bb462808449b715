"""Which trips to run: the optimiser. It knows integers and matrices, no elders and no maps.

The door: make an `Instance` (or `read_instance`), `solve` it, `check` the `Plan`, `explain` it.
`prepare`, after an installation, compiles what the first solve would otherwise have to.

These two need the libraries of linear and constraint programming, which take half a second to load.
They are loaded when first asked for: reading, checking and repairing do without them.
"""

from typing import TYPE_CHECKING

from routing.check import Fault, Rule, Verdict, check
from routing.errors import InvalidInstance, InvalidPlan
from routing.explaining.causes import Delay
from routing.explaining.changes import Change, Effort, Kind, applied
from routing.explaining.explain import Explanation, Finding, explain
from routing.explaining.remedies import Counsel, Remedy
from routing.explaining.worth import Worth
from routing.files import read_instance, read_plan, write_instance, write_plan
from routing.instance import Instance
from routing.parts import NO_WAY, Canteen, Cost, Courier, Order, Rules
from routing.plan import Plan, Reason, Stop, Trip, Unserved
from routing.progress import Progress

if TYPE_CHECKING:
    from routing.ahead import prepare
    from routing.solving import solve

__all__ = [
    "NO_WAY",
    "Canteen",
    "Change",
    "Cost",
    "Counsel",
    "Courier",
    "Delay",
    "Effort",
    "Explanation",
    "Fault",
    "Finding",
    "Instance",
    "InvalidInstance",
    "InvalidPlan",
    "Kind",
    "Order",
    "Plan",
    "Progress",
    "Reason",
    "Remedy",
    "Rule",
    "Rules",
    "Stop",
    "Trip",
    "Unserved",
    "Verdict",
    "Worth",
    "applied",
    "check",
    "explain",
    "prepare",
    "read_instance",
    "read_plan",
    "solve",
    "write_instance",
    "write_plan",
]


def __getattr__(name: str) -> object:
    """Load `solve` or `prepare` (PEP 562); once loaded they are found without this function."""
    if name not in {"prepare", "solve"}:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from routing.ahead import prepare
    from routing.solving import solve

    globals().update(prepare=prepare, solve=solve)
    return globals()[name]
