"""Refusals at the door."""

from __future__ import annotations

from mealsvc.errors import InvalidInput, NotAllowed


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or the token is unknown, expired or revoked."""


class Forbidden(NotAllowed):
    """Somebody is signed in whose role does not allow this."""


class LinkEnded(NotAllowed):
    """A courier's link opens nothing any more: the duty is over or was taken out of the plan."""


class TooManySignIns(NotAllowed):
    """Too many failed sign-ins of one name or from one address.

    Parameters
    ----------
    message, message_zh
        The sentence.
    retry_after
        Seconds until a new attempt is heard.
    """

    def __init__(self, message: str, message_zh: str, retry_after: int) -> None:
        super().__init__(message, message_zh)
        self.retry_after = retry_after


class UnusablePassword(InvalidInput):
    """A password that is too short, too long or easily guessed."""
