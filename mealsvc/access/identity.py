"""Who a request comes from, once its token has been recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mealsvc.vocabulary import Role, TokenKind


@dataclass(frozen=True)
class Identity:
    """A signed-in person, a person's program, or a courier's link.

    Attributes
    ----------
    name
        User name, or ``duty:CODE`` of a courier's link; the audit trail keeps it.
    role
        What it may do.
    kind
        Which kind of token was shown.
    token_id
        Database id of that token.
    expires_at
        When the token ends.
    user_id
        Database id of the user; ``None`` for a courier's link.
    display_name
        Name shown on pages.
    canteens
        Database ids of the canteens a manager keeps; empty for other roles.
    courier_id, service_id
        The courier behind the user or link, and the one service that a link opens.
    """

    name: str
    role: Role
    kind: TokenKind
    token_id: int
    expires_at: datetime
    user_id: int | None = None
    display_name: str = ""
    canteens: frozenset[int] = frozenset()
    courier_id: int | None = None
    service_id: int | None = None

    @property
    def is_link(self) -> bool:
        """Whether this is a courier's link, which opens one duty and nothing else."""
        return self.kind is TokenKind.DUTY
