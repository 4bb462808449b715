"""Records: tables by subject, the engine, migrations.

Import tables from here; :func:`open_engine`, :func:`migrate` and :func:`transaction` are the door.
"""

from sqlmodel import SQLModel

# Names of constraints must not depend on the database, or migrations could not refer to them.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

from mealsvc.store.access import AuditEntry, SignInFailure, Token, User, UserCanteen  # noqa: E402
from mealsvc.store.couriers import Absence, Courier, Shift  # noqa: E402
from mealsvc.store.delivery import DeliveryEvent  # noqa: E402
from mealsvc.store.engine import check_migrated, migrate, open_engine, transaction  # noqa: E402
from mealsvc.store.jobs import ImportRun, JobRun  # noqa: E402
from mealsvc.store.people import (  # noqa: E402
    Address,
    Contact,
    Elder,
    OrderChange,
    Pause,
    StandingOrder,
)
from mealsvc.store.plans import (  # noqa: E402
    Duty,
    Plan,
    PlanRevision,
    Stop,
    Trip,
    UnservedOrder,
)
from mealsvc.store.services import Order, Service  # noqa: E402
from mealsvc.store.sites import Canteen, CanteenMeal, MealPoint  # noqa: E402
from mealsvc.store.siting import MapSet, Scenario, ScenarioEdit, ScenarioResult  # noqa: E402

__all__ = [
    "Absence",
    "Address",
    "AuditEntry",
    "Canteen",
    "CanteenMeal",
    "Contact",
    "Courier",
    "DeliveryEvent",
    "Duty",
    "Elder",
    "ImportRun",
    "JobRun",
    "MapSet",
    "MealPoint",
    "Order",
    "OrderChange",
    "Pause",
    "Plan",
    "PlanRevision",
    "Scenario",
    "ScenarioEdit",
    "ScenarioResult",
    "Service",
    "Shift",
    "SignInFailure",
    "StandingOrder",
    "Stop",
    "Token",
    "Trip",
    "UnservedOrder",
    "User",
    "UserCanteen",
    "check_migrated",
    "migrate",
    "open_engine",
    "transaction",
]
