"""Who looks at a page: the browser's session, and the proof that a form was ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form, Request

from api.deps import SESSION_COOKIE, RuntimeDep, check_csrf
from mealsvc.access import Action, Caller, Identity, NotSignedIn, allow, csrf_of, identify, may
from mealsvc.runtime import Runtime


@dataclass(frozen=True)
class Visitor:
    """Whoever sent a request for a page.

    Attributes
    ----------
    secret
        The session's secret; empty where there is no session.
    identity
        Who is signed in, or ``None``.
    """

    secret: str
    identity: Identity | None

    @property
    def csrf(self) -> str:
        """What forms of this session carry to prove that they are ours."""
        return csrf_of(self.secret)

    def may(self, action: Action) -> bool:
        """Return whether the visitor's role allows an action at all."""
        return self.identity is not None and may(self.identity, action)


def get_visitor(request: Request, runtime: RuntimeDep) -> Visitor:
    """Return who looks at a page; a courier's link signs nobody in."""
    secret = request.cookies.get(SESSION_COOKIE, "")
    identity = holder(runtime, secret)
    return Visitor(secret, None if identity is None or identity.is_link else identity)


VisitorDep = Annotated[Visitor, Depends(get_visitor)]

Proof = Annotated[str, Form(max_length=200)]


class PageAllowed:
    """A dependency that shows a page to whoever is signed in and has the permission.

    Parameters
    ----------
    action
        What the page shows.
    """

    def __init__(self, action: Action) -> None:
        self.action = action

    def __call__(self, visitor: VisitorDep) -> Caller:
        """Return the caller with its reach."""
        return _allowed(visitor, self.action)


class FormAllowed:
    """A dependency that takes a form from whoever has the permission, if our page sent it.

    Parameters
    ----------
    action
        What the form does.
    """

    def __init__(self, action: Action) -> None:
        self.action = action

    def __call__(self, visitor: VisitorDep, csrf: Proof = "") -> Caller:
        """Return the caller with its reach."""
        caller = _allowed(visitor, self.action)
        check_csrf(visitor.secret, csrf)
        return caller


def _allowed(visitor: Visitor, action: Action) -> Caller:
    if visitor.identity is None:
        raise NotSignedIn("sign in on the first page and try again", "请先在首页登录，再试一次")
    return allow(visitor.identity, action)


def holder(runtime: Runtime, secret: str) -> Identity | None:
    """Return whom a session's or link's secret stands for, or ``None``."""
    if not secret:
        return None
    try:
        return identify(runtime, secret)
    except NotSignedIn:
        return None
