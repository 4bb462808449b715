"""Users: made, listed, disabled and given passwords; by the command line and by administrators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from mealsvc.access import audit
from mealsvc.access.passwords import check_password, hash_password
from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.store import Canteen, Courier, Token, User, UserCanteen
from mealsvc.vocabulary import Role

_NAME = re.compile(r"[\w.@+-]{2,80}")


def normal_username(username: str) -> str:
    """Return a user name as it is stored: one form of each character, no capitals, no spaces."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def create_user(
    session: Session,
    at: datetime,
    actor: str,
    *,
    username: str,
    password: str,
    role: Role,
    display_name: str = "",
    canteens: Sequence[str] = (),
    courier: str | None = None,
) -> User:
    """Make a user.

    Parameters
    ----------
    session, at, actor
        The transaction, the moment, and who does it.
    username
        2 to 80 letters (of any script), digits and ``. _ @ + -``; capitals do not count.
    password
        See :func:`mealsvc.access.passwords.check_password`.
    role
        A manager needs canteens, a courier the courier's code; other roles have neither.
    display_name
        Name shown on pages.
    canteens
        Codes of the canteens a manager keeps.
    courier
        Code of the courier.

    Raises
    ------
    InvalidInput
        If a field does not fit; the sentence names it.
    Conflict
        If the name is taken.
    NotFound
        If a canteen or courier is not in the records.
    """
    username = normal_username(username)
    if not _NAME.fullmatch(username):
        raise InvalidInput(
            f"user name {username!r}: use 2 to 80 letters, digits and . _ @ + - without spaces"
        )
    check_password(password, username)
    if session.exec(select(User.id).where(User.username == username)).first() is not None:
        raise Conflict(
            f"the user name {username!r} is taken; choose another",
            f"用户名 {username} 已被使用，请换一个",
        )
    user = User(
        username=username,
        name=display_name[:80],
        password_hash=hash_password(password),
        role=role,
        courier_id=_courier_of(session, role, courier),
        canteens=[UserCanteen(canteen_id=key) for key in _canteens_of(session, role, canteens)],
        created_at=at,
    )
    session.add(user)
    session.flush()
    audit.record(session, at, actor, "user.create", username, role=role.value)
    return user


def _canteens_of(session: Session, role: Role, codes: Sequence[str]) -> list[int]:
    if (role is Role.MANAGER) != bool(codes):
        raise InvalidInput(
            "a manager needs at least one canteen (--canteen CODE)"
            if role is Role.MANAGER
            else f"the role {role.value!r} has no canteens; leave them out"
        )
    found = session.exec(select(Canteen.code, Canteen.id).where(col(Canteen.code).in_(codes)))
    ids = {code: key for code, key in found if key is not None}
    if missing := sorted(set(codes) - set(ids)):
        raise NotFound(f"no canteen has the code {', '.join(missing)}; import the roster first")
    return sorted(ids.values())


def _courier_of(session: Session, role: Role, code: str | None) -> int | None:
    if (role is Role.COURIER) != bool(code):
        raise InvalidInput(
            "a courier's user needs the courier's code (--courier CODE)"
            if role is Role.COURIER
            else f"the role {role.value!r} has no courier; leave it out"
        )
    if code is None:
        return None
    courier = session.exec(select(Courier.id).where(Courier.code == code)).first()
    if courier is None:
        raise NotFound(f"no courier has the code {code}; import the roster first")
    return courier


def find_user(session: Session, username: str) -> User:
    """Return a user by name.

    Raises
    ------
    NotFound
        If there is none.
    """
    name = normal_username(username)
    user = session.exec(select(User).where(User.username == name)).first()
    if user is None:
        raise NotFound(
            f"no user has the name {name!r}; see: mealsvc user list", f"没有名为 {name} 的用户"
        )
    return user


def list_users(
    session: Session, *, limit: int | None = None, offset: int = 0
) -> tuple[Sequence[User], int]:
    """Return a page of users by name, and how many there are."""
    total = session.exec(select(func.count()).select_from(User)).one()
    query = select(User).order_by(User.username).limit(limit).offset(offset)
    return session.exec(query).all(), total


def canteen_codes(session: Session, user: User) -> list[str]:
    """Return the codes of a manager's canteens."""
    ids = [kept.canteen_id for kept in user.canteens]
    query = select(Canteen.code).where(col(Canteen.id).in_(ids)).order_by(Canteen.code)
    return list(session.exec(query))


def courier_code(session: Session, user: User) -> str | None:
    """Return the code of the courier behind a user."""
    if user.courier_id is None:
        return None
    return session.exec(select(Courier.code).where(Courier.id == user.courier_id)).one()


def set_password(session: Session, at: datetime, actor: str, username: str, password: str) -> User:
    """Give a user a new password; everything signed in with the old one is signed out."""
    user = find_user(session, username)
    check_password(password, user.username)
    user.password_hash = hash_password(password)
    _sign_out_everywhere(session, at, user)
    audit.record(session, at, actor, "user.password", user.username)
    return user


def set_active(session: Session, at: datetime, actor: str, username: str, active: bool) -> User:
    """Disable a user (whose tokens end at once), or enable one again.

    Raises
    ------
    Conflict
        If it would disable the last administrator.
    """
    user = find_user(session, username)
    if user.role is Role.ADMIN and user.active and not active:
        admins = select(func.count()).where(User.role == Role.ADMIN, col(User.active).is_(True))
        if session.exec(admins).one() == 1:
            raise Conflict(
                f"{user.username!r} is the last administrator; make another one first",
                f"{user.username} 是最后一位管理员，请先添加另一位",
            )
    user.active = active
    if not active:
        _sign_out_everywhere(session, at, user)
    action = "user.enable" if active else "user.disable"
    audit.record(session, at, actor, action, user.username)
    return user


def _sign_out_everywhere(session: Session, at: datetime, user: User) -> None:
    session.exec(
        update(Token)
        .where(col(Token.user_id) == user.id, col(Token.revoked_at).is_(None))
        .values(revoked_at=at)
    )
