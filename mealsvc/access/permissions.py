"""The one table of who may do what: role × action, how far it reaches and how much it shows.

Routes name an :class:`Action`; nothing else decides. ``docs/security.md`` prints this table and a
test keeps the two in step.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mealsvc.access.errors import Forbidden
from mealsvc.access.identity import Identity
from mealsvc.vocabulary import Role


class Action(StrEnum):
    """Something a signed-in person or program may want to do."""

    OWN_SESSION = "own_session"
    MANAGE_USERS = "manage_users"
    READ_AUDIT = "read_audit"
    READ_BASEMAP = "read_basemap"
    READ_SITES = "read_sites"
    CHANGE_SITES = "change_sites"
    CREATE_SITES = "create_sites"
    READ_COURIERS = "read_couriers"
    CHANGE_COURIERS = "change_couriers"
    READ_ELDERS = "read_elders"
    CHANGE_ELDERS = "change_elders"
    IMPORT_ROSTER = "import_roster"
    READ_TEMPLATES = "read_templates"
    READ_SERVICES = "read_services"
    READ_ORDERS = "read_orders"
    READ_PLANS = "read_plans"
    MAKE_PLANS = "make_plans"
    READ_JOBS = "read_jobs"
    EXPORT_PLANS = "export_plans"
    READ_SHEETS = "read_sheets"
    GIVE_LINKS = "give_links"
    READ_COVERAGE = "read_coverage"
    READ_WALKS = "read_walks"
    CHANGE_SCENARIOS = "change_scenarios"
    IMPORT_MAPS = "import_maps"
    READ_OWN_DUTY = "read_own_duty"
    REPORT_OWN_DUTY = "report_own_duty"
    READ_DELIVERY = "read_delivery"
    CHANGE_DELIVERY = "change_delivery"


class Reach(StrEnum):
    """How far a permission reaches."""

    ALL = "all"
    OWN_CANTEENS = "own canteens"
    OWN = "own"


class Detail(StrEnum):
    """How much of a person an answer shows."""

    FULL = "full"
    MASKED = "masked"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Grant:
    """What a role may do: how far, and how much of people it shows."""

    reach: Reach
    detail: Detail = Detail.FULL


_ALL = Grant(Reach.ALL)
_CANTEENS = Grant(Reach.OWN_CANTEENS)
_OWN = Grant(Reach.OWN)
_MASKED = Grant(Reach.ALL, Detail.MASKED)
_ANONYMOUS = Grant(Reach.ALL, Detail.ANONYMOUS)

_KEEPERS = {Role.ADMIN: _ALL, Role.MANAGER: _CANTEENS}
# A plan is one for all canteens of a service: who keeps them all may make it (mealsvc.desk.making).
_MAKERS = {**_KEEPERS, Role.PLANNER: _ANONYMOUS}
_OFFICE = {**_KEEPERS, Role.PLANNER: _ANONYMOUS, Role.OFFICER: _MASKED}

PERMISSIONS: dict[Action, dict[Role, Grant]] = {
    Action.OWN_SESSION: dict.fromkeys(Role, _OWN),
    Action.MANAGE_USERS: {Role.ADMIN: _ALL},
    Action.READ_AUDIT: {Role.ADMIN: _ALL},
    Action.READ_BASEMAP: {**_OFFICE, Role.COURIER: _OWN},
    Action.READ_SITES: _OFFICE,
    Action.CHANGE_SITES: _KEEPERS,
    Action.CREATE_SITES: {Role.ADMIN: _ALL},
    Action.READ_COURIERS: _OFFICE,
    Action.CHANGE_COURIERS: _KEEPERS,
    Action.READ_ELDERS: {**_KEEPERS, Role.OFFICER: _MASKED},
    Action.CHANGE_ELDERS: _KEEPERS,
    Action.IMPORT_ROSTER: {Role.ADMIN: _ALL},
    Action.READ_TEMPLATES: _KEEPERS,
    Action.READ_SERVICES: _OFFICE,
    Action.READ_ORDERS: _OFFICE,
    Action.READ_PLANS: _OFFICE,
    Action.MAKE_PLANS: _MAKERS,
    Action.READ_JOBS: _MAKERS,
    Action.EXPORT_PLANS: {Role.ADMIN: _ALL, Role.PLANNER: _ANONYMOUS},
    Action.READ_SHEETS: _KEEPERS,
    Action.GIVE_LINKS: _KEEPERS,
    Action.READ_COVERAGE: _MAKERS,
    Action.READ_WALKS: _KEEPERS,
    Action.CHANGE_SCENARIOS: _MAKERS,
    Action.IMPORT_MAPS: {Role.ADMIN: _ALL, Role.PLANNER: _ANONYMOUS},
    Action.READ_OWN_DUTY: {Role.COURIER: _OWN},
    Action.REPORT_OWN_DUTY: {Role.COURIER: _OWN},
    Action.READ_DELIVERY: _OFFICE,
    Action.CHANGE_DELIVERY: _KEEPERS,
}

#: All that a courier's link may do.
LINK_ACTIONS = frozenset({Action.READ_OWN_DUTY, Action.REPORT_OWN_DUTY, Action.READ_BASEMAP})


@dataclass(frozen=True)
class Caller:
    """Somebody who has been allowed an action, and how far it reaches.

    Attributes
    ----------
    identity
        Who it is.
    action
        What was allowed.
    grant
        How far, and how much is shown.
    """

    identity: Identity
    action: Action
    grant: Grant

    @property
    def name(self) -> str:
        """Whom the audit trail names."""
        return self.identity.name

    @property
    def canteens(self) -> frozenset[int] | None:
        """Ids of the canteens the caller is confined to; ``None`` means every canteen."""
        return self.identity.canteens if self.grant.reach is Reach.OWN_CANTEENS else None

    def sees(self, canteen_id: int | None) -> bool:
        """Return whether something kept by a canteen is within reach."""
        return self.canteens is None or canteen_id in self.canteens


def allow(identity: Identity, action: Action) -> Caller:
    """Return the caller with the grant of an action.

    Raises
    ------
    Forbidden
        If the role does not allow it, or a courier's link is used for anything but the duty.
    """
    grant = PERMISSIONS[action].get(identity.role)
    if grant is None or (identity.is_link and action not in LINK_ACTIONS):
        raise Forbidden(
            f"the role {identity.role.value!r} does not allow this; ask an administrator",
            "您的角色不允许此操作，请联系管理员",
        )
    return Caller(identity, action, grant)


def may(identity: Identity, action: Action) -> bool:
    """Return whether a role allows an action at all (for what a page offers)."""
    return identity.role in PERMISSIONS[action] and not identity.is_link
