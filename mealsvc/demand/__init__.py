"""What is ordered for a service: standing orders, pauses and changes become orders."""

from mealsvc.demand.calendar import ServiceHours, require_ahead, service_hours
from mealsvc.demand.changes import change_order
from mealsvc.demand.collect import collect_orders, find_service, require_open
from mealsvc.demand.staffing import OnShift, couriers_on_shift
from mealsvc.demand.warnings import DemandWarning, WarningKind, demand_warnings

__all__ = [
    "DemandWarning",
    "OnShift",
    "ServiceHours",
    "WarningKind",
    "change_order",
    "collect_orders",
    "couriers_on_shift",
    "demand_warnings",
    "find_service",
    "require_ahead",
    "require_open",
    "service_hours",
]
