"""Sign-in, users, tokens and the audit trail over the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field, SecretStr

from api.schemas.shapes import In, Out
from mealsvc.access import Identity
from mealsvc.access.passwords import MAX_LENGTH, MIN_LENGTH
from mealsvc.access.tokens import MAX_API_DAYS
from mealsvc.vocabulary import Role, TokenKind


class SignIn(In):
    """A name and a password."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"username": "li.min", "password": "seven-red-lanterns"}]}
    )

    username: str = Field(min_length=1, max_length=80)
    password: SecretStr = Field(min_length=1, max_length=MAX_LENGTH)


class Who(Out):
    """Somebody who is signed in."""

    username: str = Field(examples=["li.min"])
    name: str = Field(examples=["李敏"])
    role: Role
    token_kind: TokenKind
    expires_at: datetime

    @classmethod
    def of(cls, identity: Identity) -> Who:
        """Return what is sent of an identity."""
        return cls(
            username=identity.name,
            name=identity.display_name,
            role=identity.role,
            token_kind=identity.kind,
            expires_at=identity.expires_at,
        )


class SignedIn(Out):
    """A new session; the token is shown this once."""

    token: str = Field(examples=["q5Vb0o…"], description="send it as 'Authorization: Bearer …'")
    who: Who


class NewToken(In):
    """What a program's token is for and how long it lives."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "nightly export", "days": 90}]}
    )

    name: str = Field(min_length=1, max_length=80, pattern=r"\S")
    days: int = Field(90, ge=1, le=MAX_API_DAYS)


class TokenOut(Out):
    """A token without its secret."""

    id: int
    kind: TokenKind
    name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None = Field(description="to within five minutes")


class TokenMade(Out):
    """A new token; the secret is shown this once."""

    secret: str = Field(examples=["q5Vb0o…"])
    token: TokenOut


class NewUser(In):
    """A user to make."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "username": "wang.lan",
                    "password": "three-green-umbrellas",
                    "role": "manager",
                    "name": "王兰",
                    "canteens": ["ST01"],
                }
            ]
        }
    )

    username: str = Field(min_length=2, max_length=80)
    password: SecretStr = Field(min_length=MIN_LENGTH, max_length=MAX_LENGTH)
    role: Role
    name: str = Field("", max_length=80)
    canteens: list[str] = Field(default=[], max_length=200, description="codes; managers only")
    courier: str | None = Field(None, max_length=40, description="code; couriers only")


class UserChange(In):
    """What to change of a user; leave out what stays."""

    active: bool | None = None
    password: SecretStr | None = Field(None, min_length=MIN_LENGTH, max_length=MAX_LENGTH)


class UserOut(Out):
    """A user."""

    username: str = Field(examples=["wang.lan"])
    name: str = Field(examples=["王兰"])
    role: Role
    active: bool
    canteens: list[str] = Field(examples=[["ST01"]])
    courier: str | None = Field(examples=[None])
    created_at: datetime


class AuditOut(Out):
    """One entry of the audit trail."""

    id: int
    at: datetime
    actor: str = Field(examples=["li.min"])
    action: str = Field(examples=["read.elder"])
    subject: str = Field(examples=["L0001"])
    detail: dict[str, Any]
