"""A paper sheet as it is typed on the command line: lines by trip and stop, as they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from mealsvc.cli.typed import number_of, time_of, unreadable
from mealsvc.day_words import Outcome
from mealsvc.errors import InvalidInput

if TYPE_CHECKING:
    from mealsvc.desk.entering import Sheet

_LINE = "1/3=nobody_home@11:05"
_TIME = "1=10:36"
_NOTE = "1/3=门锁已换"

type _Place = tuple[int, int]
"""Number of the trip and of the stop in it, from 1."""


@dataclass(frozen=True)
class Ticks:
    """The options of one sheet.

    Attributes
    ----------
    rest
        Outcome of every stop without a line; None: those stay open.
    lines, notes
        ``TRIP/STOP=…``.
    departed, returned
        ``TRIP=HH:MM``.
    """

    rest: Outcome | None
    lines: Sequence[str]
    departed: Sequence[str]
    returned: Sequence[str]
    notes: Sequence[str]


def sheet_of(
    ticks: Ticks,
    trips: Mapping[int, Sequence[int]],
    day: date,
    zone: tzinfo,
    *,
    uid: str,
    revision: int,
) -> Sheet:
    """Return a sheet as the desk takes it.

    Parameters
    ----------
    trips
        Orders of the courier's trips in that revision, in the order of the stops.
    day, zone
        What its times of day are of.

    Raises
    ------
    InvalidInput
        If an option cannot be read, stands twice, or names a trip or stop that is not there.
    """
    from mealsvc.desk.entering import Sheet, SheetStop, SheetTrip

    lines = _by_place(ticks.lines, trips, _LINE)
    notes = _by_place(ticks.notes, trips, _NOTE)
    departed = _by_trip(ticks.departed, trips, day, zone)
    returned = _by_trip(ticks.returned, trips, day, zone)
    filled = []
    for trip, orders in trips.items():
        stops = []
        for number, order in enumerate(orders, start=1):
            place = (trip, number)
            outcome, at = ticks.rest, None
            if place in lines:
                outcome, at = _line(lines[place], day, zone)
            if outcome is not None:
                stops.append(SheetStop(order, outcome, at, notes.get(place)))
            elif place in notes:
                raise unreadable(f"{trip}/{number}={notes[place]}", f"{_LINE} --note {_NOTE}")
        if stops or trip in departed or trip in returned:
            filled.append(SheetTrip(trip, stops, departed.get(trip), returned.get(trip)))
    if not filled:
        raise InvalidInput(
            "nothing is filled in; give --all OUTCOME, or --stop for each line that is ticked",
            "没有填写任何内容；请用 --all 结果，或逐行用 --stop",
        )
    return Sheet(uid, revision, filled)


def _by_place(
    texts: Sequence[str], trips: Mapping[int, Sequence[int]], example: str
) -> dict[_Place, str]:
    found: dict[_Place, str] = {}
    for text in texts:
        place, equals, told = text.partition("=")
        trip, _, stop = place.partition("/")
        if not equals:
            raise unreadable(text, example)
        key = (number_of(trip, text, example), number_of(stop, text, example))
        if key[1] > len(trips.get(key[0], ())):
            raise InvalidInput(
                f"{text!r}: the sheet has no stop {key[1]} on trip {key[0]}",
                f"“{text}”：单上没有第 {key[0]} 趟第 {key[1]} 站",
            )
        if key in found:
            raise _twice(text)
        found[key] = told
    return found


def _by_trip(
    texts: Sequence[str], trips: Mapping[int, Sequence[int]], day: date, zone: tzinfo
) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for text in texts:
        trip, _, at = text.partition("=")
        number = number_of(trip, text, _TIME)
        if number not in trips:
            raise InvalidInput(
                f"{text!r}: the sheet has no trip {number}", f"“{text}”：单上没有第 {number} 趟"
            )
        if number in found:
            raise _twice(text)
        found[number] = datetime.combine(day, time_of(at, text, _TIME), zone)
    return found


def _line(told: str, day: date, zone: tzinfo) -> tuple[Outcome | None, datetime | None]:
    """Return what a line says; an empty one has no tick."""
    word, _, at = told.partition("@")
    if not told:
        return None, None
    try:
        outcome = Outcome(word)
    except ValueError as error:
        words = ", ".join(Outcome)
        raise InvalidInput(
            f"{word!r} is no outcome; write one of {words}", f"“{word}”不是结果，可填：{words}"
        ) from error
    return outcome, datetime.combine(day, time_of(at, told, _LINE), zone) if at else None


def _twice(text: str) -> InvalidInput:
    return InvalidInput(
        f"{text!r}: this line was given before; give each once", f"“{text}”：此行已经给出"
    )
