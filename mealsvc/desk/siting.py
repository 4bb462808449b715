"""Coverage and candidates as a role may see them: counts for planners, people for who has a task.

Exact counts are for administrators. Everybody else is told counts that no small group can be read
from (`mealsvc.siting.disclosure`); a manager's figures hold the elders of other canteens, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from mealsvc.access import Caller, Detail, audit
from mealsvc.desk.people import Person, note_read, person
from mealsvc.runtime import Runtime
from mealsvc.siting.asking import Asked, measured
from mealsvc.siting.comparing import Comparison, compare
from mealsvc.siting.coverage import NO_SITE, Coverage
from mealsvc.siting.disclosure import EXACT, Disclosure
from mealsvc.siting.figures import CoverageFigures, figures
from mealsvc.siting.people import People
from mealsvc.siting.views import Candidate, candidate_of, candidate_site
from mealsvc.store import Elder, transaction


@dataclass(frozen=True)
class Walk:
    """An elder's walk to the nearest site.

    Attributes
    ----------
    elder
        Who.
    compound
        Where the elder lives.
    site
        Code of the nearest site, or None where none is near enough.
    minutes
        The walk.
    inside
        Whether it is inside the circle.
    """

    elder: Person
    compound: str | None
    site: str | None
    minutes: float | None
    inside: bool


def disclosure(runtime: Runtime, caller: Caller, people: People) -> Disclosure:
    """Return how exactly people are counted for a caller."""
    sees_all = caller.grant.detail is Detail.FULL and caller.canteens is None
    if sees_all or not people.personal:
        return EXACT
    return Disclosure(runtime.settings.least_group)


def coverage(runtime: Runtime, caller: Caller, asked: Asked, *, language: str) -> CoverageFigures:
    """Return the figures of a scenario or of the present.

    Raises
    ------
    NotFound
        If there is no such scenario or imported set.
    NotReady
        If no street network was built.
    """
    _, cover = measured(runtime, asked, language=language)
    return figures(cover, disclosure(runtime, caller, cover.people), language)


def comparison(
    runtime: Runtime, caller: Caller, before: Asked, after: Asked, *, language: str
) -> Comparison:
    """Return two coverages of the same people side by side; people and areas are ``after``'s.

    Raises
    ------
    NotFound, NotReady
        As in :func:`coverage`.
    """
    _, then = measured(runtime, after, language=language)
    _, now = measured(runtime, before, language=language, people=then.people)
    return compare(now, then, disclosure(runtime, caller, then.people), language)


def candidate(
    runtime: Runtime, caller: Caller, asked: Asked, lon: float, lat: float, *, language: str
) -> Candidate:  # fmt: skip
    """Say at once what a site at a place would change.

    Raises
    ------
    InvalidInput
        If nobody can walk there: in the water, on an island, outside the streets.
    NotFound, NotReady
        As in :func:`coverage`.
    """
    bench, cover = measured(runtime, asked, language=language)
    told = disclosure(runtime, caller, cover.people)
    return candidate_of(bench, cover, candidate_site(lon, lat), told)[0]


def walks(
    runtime: Runtime, caller: Caller, scenario: int | None, *, outside_only: bool, limit: int,
    offset: int = 0, language: str,
) -> tuple[list[Walk], int]:  # fmt: skip
    """Return a page of the elders within reach with their nearest site, and how many there are.

    Those who walk farthest come first. The read is noted.

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    scenario
        Number of the scenario; None for the present.
    outside_only
        Leave out those inside the circle.
    limit, offset
        The page.
    language
        Of warnings.

    Raises
    ------
    NotFound, NotReady
        As in :func:`coverage`.
    """
    _, cover = measured(runtime, Asked(scenario), language=language)
    inside = cover.inside()
    with transaction(runtime.engine) as session:
        mine = _within_reach(session, caller)
        order = [
            index
            for index, elder in enumerate(cover.people.ids)
            if elder in mine and not (outside_only and inside[index])
        ]
        order.sort(key=lambda index: (-float(cover.walk[index]), index))
        page = order[offset : offset + limit]
        shown = [_walk(session, caller, cover, index) for index in page]
        note_read(session, runtime, caller, "read.walks", f"scenario:{scenario}", len(shown))
    return [one for one in shown if one is not None], len(order)


def _within_reach(session: Session, caller: Caller) -> set[int | None]:
    query = select(Elder.id)
    if caller.canteens is not None:
        query = query.where(col(Elder.canteen_id).in_(caller.canteens))
    return set(session.exec(query))


def _walk(session: Session, caller: Caller, cover: Coverage, index: int) -> Walk | None:
    elder = session.get(Elder, cover.people.ids[index])
    shown = person(elder, caller.grant.detail)
    if elder is None or shown is None:
        return None
    site = int(cover.nearest[index])
    far = site == NO_SITE
    return Walk(
        elder=shown,
        compound=elder.address.compound if elder.address else None,
        site=None if far else cover.sites[site].code,
        minutes=None if far else round(float(cover.walk[index]) / 60, 1),
        inside=bool(cover.inside()[index]),
    )


def note_export(runtime: Runtime, caller: Caller, what: str, asked: Asked) -> None:
    """Write an export of figures into the audit trail."""
    whose = asked.scenario if asked.content is None else "unsaved"
    audit.note(runtime, caller.name, "export.coverage", f"scenario:{whose}", layer=what)
