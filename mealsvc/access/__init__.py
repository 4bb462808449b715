"""Who may do what: users, passwords, tokens, couriers' links, permissions and the audit trail.

This package knows no web; the API and the command line call it.
"""

from mealsvc.access.errors import Forbidden, LinkEnded, NotSignedIn, TooManySignIns
from mealsvc.access.identity import Identity
from mealsvc.access.links import current_duty, make_link, withdraw_links
from mealsvc.access.permissions import (
    PERMISSIONS,
    Action,
    Caller,
    Detail,
    Grant,
    Reach,
    allow,
    may,
)
from mealsvc.access.signin import sign_in, sign_out
from mealsvc.access.tokens import create_api_token, csrf_of, identify, own_tokens, revoke_own
from mealsvc.access.users import create_user, find_user, list_users, set_active, set_password

__all__ = [
    "PERMISSIONS",
    "Action",
    "Caller",
    "Detail",
    "Forbidden",
    "Grant",
    "Identity",
    "LinkEnded",
    "NotSignedIn",
    "Reach",
    "TooManySignIns",
    "allow",
    "create_api_token",
    "create_user",
    "csrf_of",
    "current_duty",
    "find_user",
    "identify",
    "list_users",
    "make_link",
    "may",
    "own_tokens",
    "revoke_own",
    "set_active",
    "set_password",
    "sign_in",
    "sign_out",
    "withdraw_links",
]
