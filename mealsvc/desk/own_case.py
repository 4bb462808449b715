"""A door that stayed shut, as its courier's phone needs it to run the clock without a network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mealsvc.day_words import CaseStep, Source, StepResult
from mealsvc.delivery import Event
from mealsvc.delivery.cases import Case, cases_among


@dataclass(frozen=True)
class OwnStep:
    """A step that was taken; ``by_office`` tells whether the canteen's office took it."""

    uid: str
    step: CaseStep
    result: StepResult
    at: datetime
    by_office: bool


@dataclass(frozen=True)
class OwnCase:
    """A case: since when it runs, what was done, and whether somebody ended it.

    Attributes
    ----------
    opened_at
        When the door stayed shut.
    steps
        What was done since, oldest first.
    met_at
        When somebody stood before the elder after all.
    closed_at
        When the office closed it.
    """

    opened_at: datetime
    steps: list[OwnStep]
    met_at: datetime | None
    closed_at: datetime | None


def own_cases(events: Iterable[Event]) -> dict[int, OwnCase]:
    """Return, by order, the cases among standing events; those taken back are left out."""
    return {case.order_id: _shown(case) for case in cases_among(events) if not case.withdrawn}


def _shown(case: Case) -> OwnCase:
    steps = [
        OwnStep(one.uid, one.step, one.result, one.at, by_office=one.source is not Source.PHONE)
        for one in case.steps
    ]
    return OwnCase(
        opened_at=case.opened_at,
        steps=steps,
        met_at=case.met_at,
        closed_at=case.closing.at if case.closing else None,
    )
