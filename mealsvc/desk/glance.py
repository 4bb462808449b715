"""How a day goes, worked out once for all who ask within the same second.

Twenty consoles hear of a report at the same moment, and all of them ask. Those who may see the same
get the very same answer; those who see other canteens share what is read and computed on the way.
An answer is kept for as long as the records have no newer event and no other revision, and never
for longer than a second: then it is later, names may be others, and somebody may be overdue.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import zip_longest
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from mealsvc.access import Caller, Detail
from mealsvc.delivery.following import MOST_FOLLOWED, FollowedDay, follow
from mealsvc.delivery.progress import CourierProgress, ToldDuty
from mealsvc.desk.day import Day
from mealsvc.desk.day_reach import DayReach, Known
from mealsvc.desk.day_views import DayProgress
from mealsvc.desk.services import require_service
from mealsvc.runtime import Runtime
from mealsvc.sheets.last_changes import last_changes
from mealsvc.store import transaction
from mealsvc.vocabulary import Meal

FRESH = timedelta(seconds=1)
"""So long a moment is the present one, if nothing came in since."""

type _Sight = tuple[frozenset[int] | None, Detail]
"""Of which canteens somebody may see how much."""


@dataclass(eq=False)
class Glance:
    """A service's day at one moment, and what callers were shown of it.

    Attributes
    ----------
    day, now
        The day, and the moment.
    told
        What is told of each duty of the plan.
    couriers
        How each courier does at that moment.
    known
        Names and keepers, read when somebody needs them.
    shown
        Answers by what callers may see.
    """

    day: FollowedDay
    now: datetime
    told: tuple[ToldDuty, ...]
    couriers: tuple[CourierProgress, ...]
    known: Known = field(default_factory=Known)
    shown: dict[_Sight, DayProgress] = field(default_factory=dict)

    @classmethod
    def at(cls, day: FollowedDay, now: datetime, before: Glance | None) -> Glance:
        """Return the glance at a day at a moment; what the last one knew of a duty still holds."""
        duties = day.state.duties
        earlier = before.told if before and len(before.told) == len(duties) else ()
        told = tuple(
            known if known is not None and known.duty is duty else ToldDuty.of(duty)
            for duty, known in zip_longest(duties, earlier)
        )
        return cls(day, now, told, tuple(one.at(now) for one in told))

    def still_true(self, day: FollowedDay, now: datetime) -> bool:
        """Return whether this is what a glance at a day would show now."""
        return self.day is day and timedelta(0) <= now - self.now < FRESH


@dataclass
class _Memory:
    """The glances of one process at one database; one thread at a time works for all."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    glances: OrderedDict[int, Glance] = field(default_factory=OrderedDict)

    def glance(self, key: int, day: FollowedDay, now: datetime) -> Glance:
        """Return the present glance at a service's day."""
        found = self.glances.get(key)
        if found is None or not found.still_true(day, now):
            found = self.glances[key] = Glance.at(day, now, found)
        self.glances.move_to_end(key)
        while len(self.glances) > MOST_FOLLOWED:
            self.glances.popitem(last=False)
        return found


_MEMORIES: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()
_FIRST = threading.Lock()


def read_progress(runtime: Runtime, caller: Caller, day: date, meal: Meal) -> DayProgress:
    """Return how a service goes, in counts; the very same to all who may see the same.

    Raises
    ------
    NotFound
        If there is no such service.
    """
    with _FIRST:
        memory = _MEMORIES.setdefault(runtime.engine, _Memory())
    # Whoever comes while an answer is made finds it made.
    with memory.lock, transaction(runtime.engine) as session:
        service = require_service(session, day, meal)
        key = service.id or 0
        glance = memory.glance(key, follow(session, key), runtime.clock())
        sight = caller.canteens, caller.grant.detail
        shown = glance.shown.get(sight)
        if shown is None:
            reach = DayReach(session, caller, service, glance.known)
            changed = last_changes(session, key, until=glance.day.state.revision)
            shown = Day(runtime, reach, glance.day, glance.now).progress(glance.couriers, changed)
            glance.shown[sight] = shown
    return shown
