"""Users as administrators see them, each call one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mealsvc.access.users import (
    canteen_codes,
    courier_code,
    create_user,
    find_user,
    list_users,
    set_active,
    set_password,
)
from mealsvc.runtime import Runtime
from mealsvc.store import User, transaction
from mealsvc.vocabulary import Role


@dataclass(frozen=True)
class Account:
    """A user with the codes of what they keep or carry."""

    username: str
    name: str
    role: Role
    active: bool
    canteens: list[str]
    courier: str | None
    created_at: datetime


def _account(session: Session, user: User) -> Account:
    return Account(
        username=user.username,
        name=user.name,
        role=user.role,
        active=user.active,
        canteens=canteen_codes(session, user),
        courier=courier_code(session, user),
        created_at=user.created_at,
    )


def read_accounts(
    runtime: Runtime, *, limit: int | None = None, offset: int = 0
) -> tuple[list[Account], int]:
    """Return a page of accounts by name, and how many there are."""
    with transaction(runtime.engine) as session:
        users, total = list_users(session, limit=limit, offset=offset)
        return [_account(session, user) for user in users], total


def read_account(runtime: Runtime, username: str) -> Account:
    """Return one account.

    Raises
    ------
    NotFound
        If there is none of this name.
    """
    with transaction(runtime.engine) as session:
        return _account(session, find_user(session, username))


def open_account(
    runtime: Runtime,
    actor: str,
    *,
    username: str,
    password: str,
    role: Role,
    display_name: str = "",
    canteens: Sequence[str] = (),
    courier: str | None = None,
) -> Account:
    """Make a user; see :func:`mealsvc.access.users.create_user`."""
    with transaction(runtime.engine) as session:
        user = create_user(
            session,
            runtime.clock(),
            actor,
            username=username,
            password=password,
            role=role,
            display_name=display_name,
            canteens=canteens,
            courier=courier,
        )
        return _account(session, user)


def change_account(
    runtime: Runtime,
    actor: str,
    username: str,
    *,
    active: bool | None = None,
    password: str | None = None,
) -> Account:
    """Disable, enable or give a new password; ``None`` leaves as it is.

    Raises
    ------
    NotFound, Conflict, InvalidInput
        As :func:`~mealsvc.access.users.set_active` and
        :func:`~mealsvc.access.users.set_password` have them.
    """
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        user = find_user(session, username)
        if password is not None:
            user = set_password(session, now, actor, username, password)
        if active is not None:
            user = set_active(session, now, actor, username, active)
        return _account(session, user)
