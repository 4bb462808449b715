"""Errors that a person can act on.

Each says what is wrong, where, and what to do. They are also built-ins where one fits, so callers
of the library need not know this module.
"""

from __future__ import annotations


class MealsvcError(Exception):
    """Anything this service refuses or cannot do.

    Parameters
    ----------
    message
        One sentence: what is wrong, where (file, row, field, value) and what to do.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(MealsvcError, ValueError):  # noqa: N818 - reads as what happened
    """Something a person or a file gave cannot be used."""


class NotFound(MealsvcError, LookupError):  # noqa: N818
    """What was asked for does not exist, or not for this person."""


class Conflict(MealsvcError):  # noqa: N818
    """The request does not fit the present state (a past service, a closed plan, a used name)."""


class NotReady(MealsvcError):  # noqa: N818
    """Something must be done first (streets not built, no roster, database not migrated)."""


class NotAllowed(MealsvcError, PermissionError):  # noqa: N818
    """The person's role does not allow this."""


class StorageFailure(MealsvcError, OSError):  # noqa: N818
    """Disk full, database locked or unreachable; what was stored before is still whole."""
