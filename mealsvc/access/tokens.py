"""Tokens: 256 random bits that open the door, of which only the SHA-256 is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, update
from sqlmodel import Session, col, func, select

from mealsvc.access import audit
from mealsvc.access.errors import Forbidden, NotSignedIn
from mealsvc.access.identity import Identity
from mealsvc.errors import InvalidInput, NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import Courier, Token, User, transaction
from mealsvc.vocabulary import Role, TokenKind

#: Longest life of a program's token.
MAX_API_DAYS = 366

#: The last use of a token is written at most this often: reading must not always mean writing.
_USE_NOTED_EVERY = timedelta(minutes=5)

#: Ended tokens are kept this long for whoever looks into an incident.
_KEPT = timedelta(days=30)


def hash_token(secret: str) -> str:
    """Return what is stored of a token; a fast hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf_of(secret: str) -> str:
    """Return the proof that a form was made by this service for the holder of a session.

    It is derived from the session's secret, so nothing need be stored, and another site, which
    cannot read the cookie, cannot make it.
    """
    return hmac.new(secret.encode(), b"mealsvc form", hashlib.sha256).hexdigest()


def issue(session: Session, token: Token) -> str:
    """Store a token (its hash is filled in here) and return its secret, which is shown once."""
    secret = secrets.token_urlsafe(32)
    token.token_hash = hash_token(secret)
    session.add(token)
    session.flush()
    return secret


def identify(runtime: Runtime, secret: str) -> Identity:
    """Return who a token belongs to, and note its use.

    Raises
    ------
    NotSignedIn
        If the token is unknown, expired or revoked, or its user is disabled. A courier's link that
        has ended is recognised all the same: :mod:`mealsvc.access.links` says so.
    """
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        shown = {"token_hash": hash_token(secret)}
        found = session.execute(_SHOWN, shown).first()  # as columns: every request asks for it
        if found is None:
            raise _unknown()
        if found.kind is TokenKind.DUTY:
            identity = _link_identity(found)
        else:
            token = session.get_one(Token, found.id)
            if token.revoked_at is not None or token.expires_at <= now or token.user is None:
                raise _unknown()
            identity = _user_identity(token, found.id, token.user)
        if found.used_at is None or now - found.used_at >= _USE_NOTED_EVERY:
            session.exec(update(Token).where(col(Token.id) == found.id).values(used_at=now))
    return identity


_SHOWN = (
    select(Token.id, Token.kind, Token.expires_at, Token.used_at)
    .add_columns(col(Token.service_id), col(Courier.id).label("courier_id"))
    .add_columns(col(Courier.code), col(Courier.name).label("courier_name"))
    .join(Courier, col(Courier.id) == Token.courier_id, isouter=True)
    .where(col(Token.token_hash) == bindparam("token_hash"))
)


def _unknown() -> NotSignedIn:
    return NotSignedIn(
        "sign in first: the token is missing, unknown, expired or revoked",
        "请先登录：凭证缺失、无效、已过期或已撤销",
    )


def _user_identity(token: Token, token_id: int, user: User) -> Identity:
    if not user.active:
        raise _unknown()
    return Identity(
        name=user.username,
        role=user.role,
        kind=token.kind,
        token_id=token_id,
        expires_at=token.expires_at,
        user_id=user.id,
        display_name=user.name or user.username,
        canteens=frozenset(kept.canteen_id for kept in user.canteens),
        courier_id=user.courier_id,
    )


def _link_identity(found: Row[Any]) -> Identity:
    return Identity(
        name=f"duty:{found.code}",
        role=Role.COURIER,
        kind=found.kind,
        token_id=found.id,
        expires_at=found.expires_at,
        display_name=found.courier_name,
        courier_id=found.courier_id,
        service_id=found.service_id,
    )


def create_api_token(runtime: Runtime, owner: Identity, name: str, days: int) -> tuple[Token, str]:
    """Make a program's token for the signed-in user and return it with its secret.

    Parameters
    ----------
    runtime
        The installation.
    owner
        Who asks; must have signed in with a password.
    name
        What the token is for, 1 to 80 characters.
    days
        Life, 1 to :data:`MAX_API_DAYS`.

    Raises
    ------
    Forbidden
        If a program asks: a token that leaks must not be able to make others.
    InvalidInput
        If the name or the days do not fit.
    """
    if owner.kind is not TokenKind.SESSION:
        raise Forbidden(
            "only somebody signed in with a password can make tokens",
            "只有用密码登录后才能创建凭证",
        )
    if not 1 <= len(name.strip()) <= 80 or not 1 <= days <= MAX_API_DAYS:
        raise InvalidInput(
            f"a token needs a name of 1-80 characters and 1-{MAX_API_DAYS} days",
            f"凭证名称须为1至80个字，期限为1至{MAX_API_DAYS}天",
        )
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        token = Token(
            kind=TokenKind.API,
            token_hash="",
            user_id=owner.user_id,
            name=name.strip(),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        secret = issue(session, token)
        audit.record(session, now, owner.name, "token.create", f"token:{token.id}", days=days)
    return token, secret


def own_tokens(
    session: Session, owner: Identity, *, limit: int, offset: int = 0
) -> tuple[Sequence[Token], int]:
    """Return a page of the tokens a user holds, newest first, and how many there are."""
    query = select(Token).where(Token.user_id == owner.user_id)
    total = session.exec(select(func.count()).select_from(query.subquery())).one()
    newest = query.order_by(col(Token.id).desc()).limit(limit).offset(offset)
    return session.exec(newest).all(), total


def revoke_own(runtime: Runtime, owner: Identity, token_id: int) -> None:
    """End one of the user's own tokens; ending an ended one changes nothing.

    Raises
    ------
    NotFound
        If the user has no such token.
    """
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        token = session.get(Token, token_id)
        if token is None or owner.user_id is None or token.user_id != owner.user_id:
            raise NotFound(f"you have no token {token_id}", f"您没有编号为 {token_id} 的凭证")
        if token.revoked_at is None:
            token.revoked_at = now
            audit.record(session, now, owner.name, "token.revoke", f"token:{token_id}")


def forget_ended(session: Session, now: datetime) -> None:
    """Delete tokens that ended long ago, so that the table does not grow with every sheet."""
    session.exec(delete(Token).where(col(Token.expires_at) < now - _KEPT))
