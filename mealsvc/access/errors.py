"""Refusals at the door, said in the reader's language."""

from __future__ import annotations

from mealsvc.errors import InvalidInput, MealsvcError, NotAllowed


class _Spoken(MealsvcError):  # noqa: N818 - reads as what happened
    """An error whose sentence exists in English (``message``) and Chinese (``message_zh``).

    Parameters
    ----------
    message, message_zh
        What is wrong and what to do, in either language.
    """

    def __init__(self, message: str, message_zh: str) -> None:
        super().__init__(message)
        self.message_zh = message_zh


class NotSignedIn(_Spoken, NotAllowed):
    """Nobody is signed in, or the token is unknown, expired or revoked."""


class Forbidden(_Spoken, NotAllowed):
    """Somebody is signed in whose role does not allow this."""


class LinkEnded(_Spoken, NotAllowed):
    """A courier's link opens nothing any more: the duty is over or was taken out of the plan."""


class TooManySignIns(_Spoken, NotAllowed):
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


class UnusablePassword(_Spoken, InvalidInput):
    """A password that is too short, too long or easily guessed."""
