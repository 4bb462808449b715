"""The canteen that keeps an elder's file, chosen among what is stored."""

from __future__ import annotations

from functools import cache

from sqlmodel import Session, select

from mealsvc.roster.guessing import guess_of
from mealsvc.roster.places import LonLat
from mealsvc.roster.placing import SiteChoice
from mealsvc.roster.upkeep.finding import neighbourhood
from mealsvc.runtime import Runtime
from mealsvc.store import Address, Canteen, Courier, MealPoint


def site_choice(session: Session, runtime: Runtime) -> SiteChoice:
    """Return the choice among canteens, meal points and couriers as they are stored."""

    @cache
    def middle(compound: str) -> LonLat | None:
        with session.no_autoflush:  # the file that is being written may not be whole yet
            found = neighbourhood(session, {compound}).of(compound)
        return found[1] if found else None

    def guess(home: Address) -> LonLat | None:
        homes = middle(home.compound) if home.compound else None
        found = guess_of(home, homes, runtime.settings.area)
        return found.point if found else None

    return SiteChoice(
        session.exec(select(Canteen)).all(),
        session.exec(select(MealPoint)).all(),
        session.exec(select(Courier)).all(),
        runtime.settings.reach_seconds,
        guess,
    )
