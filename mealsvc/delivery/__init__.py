"""What happened: events are appended, state is computed from them, and nothing else decides.

:func:`read_state` tells how far a service is; :func:`service_state` is the same without records.
"""

from mealsvc.delivery.events import Event, read_events, standing
from mealsvc.delivery.planned import PlannedService, read_planned
from mealsvc.delivery.state import (
    DutyState,
    ServiceState,
    StopState,
    TripState,
    read_state,
    service_state,
)

__all__ = [
    "DutyState",
    "Event",
    "PlannedService",
    "ServiceState",
    "StopState",
    "TripState",
    "read_events",
    "read_planned",
    "read_state",
    "service_state",
    "standing",
]
