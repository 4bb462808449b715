"""What a new revision changes for a courier who may still hold the sheet of the one before.

A stop counts as changed when the courier must act differently: it is new, comes from somebody
else, is on another trip, stands at another place in the order, has another door, other portions or
other hours asked for, or its time moved noticeably. A stop that merely slides back because another
was put in before it keeps its order and is not marked. Neither is a stop that was past when the
revision was published: its new time is what really happened.

A duty counts as changed when one of its stops does, or when a stop was taken away. By this rule
sheets are printed again, phones ask their couriers to confirm, and the office waits for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(minutes=5)
"""Planned times that move less than this are not called changed."""


class ChangeKind(StrEnum):
    """How a stop differs from the published revision before."""

    NEW = "new"
    COURIER = "courier"
    TRIP = "trip"
    ORDER = "order"
    DOOR = "door"
    PORTIONS = "portions"
    WINDOW = "window"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Visit:
    """One stop of a revision, as far as comparing needs it.

    Attributes
    ----------
    window
        Hours asked for, as ISO times; empty or of ``None`` where any time will do.
    place
        The door, WGS-84 degrees; ``None`` where it is not known.
    """

    order_id: int
    courier_id: int
    trip: int
    number: int
    arrives_at: datetime
    portions: int
    window: tuple[str | None, ...] = ()
    place: tuple[float, float] | None = None

    @property
    def label(self) -> tuple[int, int, int, int]:
        """What a label says that a revision can change."""
        return self.courier_id, self.trip, self.number, self.portions


@dataclass(frozen=True, slots=True)
class StopChange:
    """How a stop differs, and what it was before.

    Attributes
    ----------
    before
        The earlier visit; ``None`` for a new stop.
    courier
        Name of the courier who had it before, where that is what changed.
    """

    kind: ChangeKind
    before: Visit | None = None
    courier: str = ""


@dataclass(frozen=True, slots=True)
class GoneStop:
    """A stop that the courier had before and has no longer.

    ``taken_by`` is who brings it now; empty when the revision leaves it out.
    """

    name: str
    code: str
    trip: int
    number: int
    taken_by: str


def compare(
    now: Iterable[Visit], before: Iterable[Visit], *, published_at: datetime | None = None
) -> dict[int, StopChange]:
    """Return the changed stops of a revision by order id.

    Parameters
    ----------
    now, before
        All visits of the two revisions; each order at most once in each.
    published_at
        When the revision was published: stops until then are past. ``None`` for a draft.
    """
    visits = list(now)
    earlier = {visit.order_id: visit for visit in before}
    moved = _moved(visits, earlier)
    changes: dict[int, StopChange] = {}
    for visit in visits:
        if published_at is not None and visit.arrives_at <= published_at:
            continue
        change = _change(visit, earlier.get(visit.order_id), moved)
        if change is not None:
            changes[visit.order_id] = change
    return changes


def gone_stops(now: Iterable[Visit], before: Iterable[Visit]) -> dict[int, list[Visit]]:
    """Return by courier the visits before of stops that they have no longer, in their order."""
    carried = {visit.order_id: visit.courier_id for visit in now}
    gone: dict[int, list[Visit]] = {}
    for was in sorted(before, key=lambda visit: (visit.trip, visit.number)):
        if carried.get(was.order_id) != was.courier_id:
            gone.setdefault(was.courier_id, []).append(was)
    return gone


def changed_couriers(
    now: Iterable[Visit], before: Iterable[Visit], *, published_at: datetime | None = None
) -> frozenset[int]:
    """Return the couriers whose duty a revision changes; parameters as of :func:`compare`.

    Those who have no duty any more are among them.
    """
    visits, earlier = list(now), list(before)
    marked = compare(visits, earlier, published_at=published_at)
    given = {visit.courier_id for visit in visits if visit.order_id in marked}
    return frozenset(given | gone_stops(visits, earlier).keys())


def relabelled(now: Iterable[Visit], before: Iterable[Visit]) -> frozenset[int]:
    """Return the orders whose labels say something else than before, or that had none."""
    earlier = {visit.order_id: visit.label for visit in before}
    return frozenset(visit.order_id for visit in now if earlier.get(visit.order_id) != visit.label)


def _change(visit: Visit, was: Visit | None, moved: set[int]) -> StopChange | None:
    if was is None:
        return StopChange(ChangeKind.NEW)
    differs = {
        ChangeKind.COURIER: was.courier_id != visit.courier_id,
        ChangeKind.TRIP: was.trip != visit.trip,
        ChangeKind.ORDER: visit.order_id in moved,
        ChangeKind.DOOR: was.place != visit.place,
        ChangeKind.PORTIONS: was.portions != visit.portions,
        ChangeKind.WINDOW: was.window != visit.window,
        ChangeKind.TIME: abs(visit.arrives_at - was.arrives_at) >= TOLERANCE,
    }
    first = next((kind for kind, told in differs.items() if told), None)
    return None if first is None else StopChange(first, was)


def _moved(visits: Sequence[Visit], earlier: dict[int, Visit]) -> set[int]:
    """Return the orders whose place among the kept stops of their trip is another than before."""
    kept: dict[tuple[int, int], list[Visit]] = {}
    for visit in sorted(visits, key=lambda visit: visit.number):
        was = earlier.get(visit.order_id)
        if was is not None and (was.courier_id, was.trip) == (visit.courier_id, visit.trip):
            kept.setdefault((visit.courier_id, visit.trip), []).append(visit)
    moved: set[int] = set()
    for trip in kept.values():
        places = [earlier[visit.order_id].number for visit in trip]
        still = _longest_rise(places)
        moved |= {visit.order_id for at, visit in enumerate(trip) if at not in still}
    return moved


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the positions of one longest increasing subsequence (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    links: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(tails, number)
        links.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(number)
            ends.append(position)
        else:
            tails[length] = number
            ends[length] = position
    positions: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        positions.add(position)
        position = links[position]
    return positions
