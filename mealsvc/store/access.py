"""Who may do what: users, their canteens, tokens (hashed), sign-in failures and the audit trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, Relationship, SQLModel

from mealsvc.store.columns import moment_field, word_field
from mealsvc.vocabulary import Role, TokenKind


class User(SQLModel, table=True):
    """Somebody who signs in; a courier's user names the courier."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("(role = 'courier') = (courier_id IS NOT NULL)", name="courier"),
    )

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=80)
    name: str = Field(default="", max_length=80)
    password_hash: str = Field(max_length=300)
    role: Role = word_field(Role)
    courier_id: int | None = Field(default=None, foreign_key="courier.id", index=True)
    active: bool = True
    created_at: datetime = moment_field()

    canteens: list["UserCanteen"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan"}
    )
    tokens: list["Token"] = Relationship(
        back_populates="user", sa_relationship_kwargs={"cascade": "all, delete-orphan"}
    )


class UserCanteen(SQLModel, table=True):
    """A canteen that a manager keeps."""

    __tablename__ = "user_canteen"

    user_id: int | None = Field(
        default=None, foreign_key="user_account.id", primary_key=True, ondelete="CASCADE"
    )
    canteen_id: int = Field(foreign_key="canteen.id", primary_key=True)


class Token(SQLModel, table=True):
    """A bearer token; only its SHA-256 is stored.

    A ``duty`` token belongs to no user: it opens one courier's duty of one service.
    """

    __tablename__ = "token"
    __table_args__ = (
        CheckConstraint(
            "(kind = 'duty') = (user_id IS NULL) AND (kind = 'duty') = (courier_id IS NOT NULL)"
            " AND (kind = 'duty') = (service_id IS NOT NULL)",
            name="owner",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: TokenKind = word_field(TokenKind)
    token_hash: str = Field(unique=True, max_length=64)
    user_id: int | None = Field(
        default=None, foreign_key="user_account.id", index=True, ondelete="CASCADE"
    )
    courier_id: int | None = Field(default=None, foreign_key="courier.id", index=True)
    service_id: int | None = Field(default=None, foreign_key="service.id", index=True)
    name: str = Field(default="", max_length=80)
    created_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    revoked_at: datetime | None = moment_field(default=None)
    used_at: datetime | None = moment_field(default=None)

    user: User | None = Relationship(back_populates="tokens")


class SignInFailure(SQLModel, table=True):
    """A failed sign-in; counted per name and address to slow guessing down."""

    __tablename__ = "sign_in_failure"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True, max_length=200)
    at: datetime = moment_field(index=True)


class AuditEntry(SQLModel, table=True):
    """Who read or changed what, and when. Appended, never changed."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = moment_field(index=True)
    actor: str = Field(max_length=80, index=True)
    action: str = Field(max_length=40, index=True)
    subject: str = Field(max_length=120, index=True)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
