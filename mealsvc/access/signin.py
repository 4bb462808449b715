"""Signing in and out, and slowing guessing down.

Attempts are counted in the database, so the limit holds for all server processes together. An
attempt is written down *before* the password is tried: parallel guesses cannot slip past the count.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from mealsvc.access import audit
from mealsvc.access.errors import NotSignedIn, TooManySignIns
from mealsvc.access.identity import Identity
from mealsvc.access.passwords import verify_password
from mealsvc.access.tokens import forget_ended, identify, issue
from mealsvc.access.users import normal_username
from mealsvc.runtime import Runtime
from mealsvc.store import SignInFailure, Token, User, transaction
from mealsvc.vocabulary import TokenKind


def sign_in(runtime: Runtime, username: str, password: str, address: str) -> tuple[Identity, str]:
    """Check a name and a password and open a session.

    Parameters
    ----------
    runtime
        The installation; its settings hold the limits and the session's hours.
    username, password
        What was typed.
    address
        Network address of whoever typed it.

    Returns
    -------
    tuple of Identity and str
        Who it is, and the secret of the new session.

    Raises
    ------
    TooManySignIns
        After too many failures of this name from this address, or from this address at all.
    NotSignedIn
        If name or password is wrong, or the user is disabled; the sentence does not say which.
    """
    name = normal_username(username)[:80]
    keys = (f"name:{name}|{address}"[:200], f"address:{address}"[:200])
    _reserve_attempt(runtime, keys)
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        user = session.exec(select(User).where(User.username == name)).first()
    fits = verify_password(password, user.password_hash if user else None)
    with transaction(runtime.engine) as session:
        if not fits or user is None or not user.active:
            audit.record(session, now, name or "?", "access.sign_in_failed", address)
            secret = None
        else:
            secret = _open_session(session, runtime, user, now)
            _forgive(session, keys)
            forget_ended(session, now)
            audit.record(session, now, name, "access.sign_in", address)
    if secret is None:
        raise NotSignedIn("the user name or the password is wrong", "用户名或密码不正确")
    return identify(runtime, secret), secret


def sign_out(runtime: Runtime, identity: Identity) -> None:
    """End the token that the request came with."""
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        token = session.get(Token, identity.token_id)
        if token is not None and token.revoked_at is None:
            token.revoked_at = now
            audit.record(session, now, identity.name, "access.sign_out", f"token:{token.id}")


def _open_session(session: Session, runtime: Runtime, user: User, now: datetime) -> str:
    hours = timedelta(hours=runtime.settings.session_hours)
    token = Token(
        kind=TokenKind.SESSION,
        token_hash="",
        user_id=user.id,
        name="sign-in",
        created_at=now,
        expires_at=now + hours,
    )
    return issue(session, token)


def _reserve_attempt(runtime: Runtime, keys: tuple[str, str]) -> None:
    settings, now = runtime.settings, runtime.clock()
    window = timedelta(minutes=settings.sign_in_minutes)
    limits = (settings.sign_in_attempts, settings.sign_in_attempts_per_address)
    attempts = [SignInFailure(key=key, at=now) for key in keys]
    with transaction(runtime.engine) as session:
        session.exec(delete(SignInFailure).where(col(SignInFailure.at) <= now - window))
        session.add_all(attempts)
    with transaction(runtime.engine) as session:
        if all(_count(session, key) <= limit for key, limit in zip(keys, limits, strict=True)):
            return
        # A refused attempt does not count, or knocking on would keep the door shut for ever.
        _take_back(session, attempts)
        wait = _seconds_until_heard(session, keys, limits, now, window)
    minutes = -(-wait // 60)
    raise TooManySignIns(
        f"too many failed sign-ins; try again in {minutes} minutes",
        f"登录失败次数过多，请{minutes}分钟后再试",
        wait,
    )


def _count(session: Session, key: str) -> int:
    return session.exec(select(func.count()).where(SignInFailure.key == key)).one()


def _take_back(session: Session, attempts: list[SignInFailure]) -> None:
    ids = [attempt.id for attempt in attempts]
    session.exec(delete(SignInFailure).where(col(SignInFailure.id).in_(ids)))


def _seconds_until_heard(
    session: Session,
    keys: tuple[str, str],
    limits: tuple[int, int],
    now: datetime,
    window: timedelta,
) -> int:
    waits = [1]
    for key, limit in zip(keys, limits, strict=True):
        newest_first = select(SignInFailure.at).where(SignInFailure.key == key)
        newest_first = newest_first.order_by(col(SignInFailure.at).desc())
        blocking = session.exec(newest_first.offset(limit - 1).limit(1)).first()
        if blocking is not None:
            waits.append(int((blocking + window - now).total_seconds()) + 1)
    return max(waits)


def _forgive(session: Session, keys: tuple[str, str]) -> None:
    # The name's count starts anew. Of the address only this attempt is forgiven: otherwise one
    # own account would reset the count of somebody who guesses others' passwords.
    session.exec(delete(SignInFailure).where(col(SignInFailure.key) == keys[0]))
    newest = session.exec(
        select(SignInFailure)
        .where(SignInFailure.key == keys[1])
        .order_by(col(SignInFailure.id).desc())
    ).first()
    if newest is not None:
        session.delete(newest)
