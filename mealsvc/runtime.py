"""What every entry point needs: settings, an open and migrated database, and a clock."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from mealsvc.clock import Clock, shifted_clock, system_clock
from mealsvc.settings import Settings
from mealsvc.store import migrate, open_engine


@dataclass(frozen=True)
class Runtime:
    """One installation at work.

    Attributes
    ----------
    settings
        The installation's settings.
    engine
        Its database, at the newest migration.
    clock
        Where it takes the time from.
    """

    settings: Settings
    engine: Engine
    clock: Clock


def open_runtime(settings: Settings | None = None, clock: Clock | None = None) -> Runtime:
    """Open the installation that the settings describe; a new one is made where none is.

    Parameters
    ----------
    settings
        Default: read from the environment.
    clock
        Default: the system's clock, moved by ``MEALSVC_CLOCK_OFFSET_SECONDS``.

    Raises
    ------
    StorageFailure
        If the database cannot be opened or migrated.
    """
    settings = settings or Settings()
    if clock is None:
        clock = shifted_clock(settings.clock_offset) if settings.clock_offset else system_clock
    engine = open_engine(settings.database)
    migrate(engine)
    return Runtime(settings, engine, clock)
