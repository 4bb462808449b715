"""What couriers noticed: a queue of condition notes until somebody looked into each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mealsvc.day_words import Condition, EventKind
from mealsvc.delivery.events import Event, standing


@dataclass(frozen=True)
class ConditionNote:
    """Something that somebody should look into, and who did.

    Attributes
    ----------
    uid, order_id, condition, note
        The note: of whose door, what, in which words.
    at, by, courier_id
        When and by whom it was reported.
    handled_at, handled_by, answer
        When, by whom and with which words it was looked into; None while it waits.
    """

    uid: str
    order_id: int
    condition: Condition
    note: str | None
    at: datetime
    by: str
    courier_id: int | None
    handled_at: datetime | None = None
    handled_by: str | None = None
    answer: str | None = None


def notes_of(events: Iterable[Event]) -> list[ConditionNote]:
    """Return the condition notes of a service, oldest first, handled ones too."""
    return notes_among(standing(events))


def notes_among(events: Sequence[Event]) -> list[ConditionNote]:
    """Return the condition notes of a service from its standing events alone."""
    answers = {event.about: event for event in events if event.kind is EventKind.HANDLED}
    return [
        _note(event, event.order_id, answers.get(event.uid))
        for event in events
        if event.kind is EventKind.CONDITION and event.order_id is not None
    ]


def _note(event: Event, order_id: int, answer: Event | None) -> ConditionNote:
    return ConditionNote(
        uid=event.uid,
        order_id=order_id,
        condition=event.condition or Condition.OTHER,
        note=event.note,
        at=event.happened_at,
        by=event.reported_by,
        courier_id=event.courier_id,
        handled_at=answer.happened_at if answer else None,
        handled_by=answer.reported_by if answer else None,
        answer=answer.note if answer else None,
    )
