"""Travel times of the day: slower traffic, closed streets, doors that were not on the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, hypot, radians

import numpy as np

import routing
from mealsvc.errors import Conflict, NotReady
from mealsvc.planning.stored import Closed
from mealsvc.planning.travel import Place, Seconds, Travel
from mealsvc.vocabulary import Mode
from routing.repair import slower

_METRES_PER_DEGREE = 111_195.0
_SLACK_SECONDS = 5
"""A way counts as leading past a place when the detour over it takes at most so much longer."""
_METRES_PER_SECOND = {Mode.FOOT: 1.4, Mode.BICYCLE: 4.2, Mode.EBIKE: 5.6, Mode.CAR: 8.0}
"""How fast the closed part of a street would be passed, about."""
_NEAR = 1.5
"""Ways to a new door are measured from places that it can reach within so many circles,"""
_NEAREST = 5
"""and from so many of the nearest in any case."""

type _Pairs = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


class StreetsToday:
    """The travel times that a plan is carried out with, as they change during the day.

    Parameters
    ----------
    instance
        The problem of the plan in force; it has coordinates.
    factors
        By how much slower than measured everybody travels already, by mode.
    closed
        Where nobody gets past already.
    open_travel
        Opens the measured times; only called for places that the plan does not know.
    """

    def __init__(
        self,
        instance: routing.Instance,
        factors: dict[str, float],
        closed: Sequence[Closed],
        open_travel: Callable[[], Travel],
    ) -> None:
        if instance.coordinates is None:
            raise NotReady("the plan in force was kept without places; plan the service anew")
        self.places: list[Place] = list(instance.coordinates)
        self.tables: dict[str, Seconds] = {
            mode: np.asarray(table, dtype=np.int32) for mode, table in instance.travel.items()
        }
        self.factors = factors
        self.closed = list(closed)
        self.changed = False
        self._canteens = sorted({canteen.location for canteen in instance.canteens})
        self._rules = instance.rules
        self._open = open_travel
        self._travel: Travel | None = None

    def slow_down(self, percent: int, mode: Mode | None) -> None:
        """Make everybody, or those of one mode, slower by so many per cent."""
        factor = (100 + percent) / 100
        for name in self.tables if mode is None else [mode.value]:
            if name in self.tables:
                self.tables[name] = slower(self.tables[name], factor).astype(np.int32)
                self.factors[name] = self.factors.get(name, 1.0) * factor
        self.changed = True

    def index_of(self, place: Place) -> int:
        """Return the index of a place, which is added and measured if it is new.

        Raises
        ------
        Conflict
            If no street is near it.
        NotReady
            If it is new and no street network was built.
        """
        if place not in self.places:
            if all(place_is_out(self._measured, place, Mode(name)) for name in self.tables):
                raise Conflict(
                    f"no street is near the door at {place[0]}, {place[1]}; correct the place",
                    "该老人住址附近没有可用道路，请先在地图上改正位置",
                )
            for name in self.tables:
                self.tables[name] = self._with_door(name, place)
            self.places.append(place)
            for name in self.tables:
                self._lead_around(name, self.closed, only=len(self.places) - 1)
            self.changed = True
        return self.places.index(place)

    def add_mode(self, mode: Mode) -> None:
        """Measure the times of a mode that nobody used so far."""
        if mode.value not in self.tables:
            self.tables[mode.value] = self._measured.seconds(self.places, mode, _nobody)
            self._lead_around(mode.value, self.closed)
            self.changed = True

    def close(self, places: Sequence[Place], metres: int) -> None:
        """Lead every way that passes one of some places around it, over other doors and canteens.

        A way passes a place when going there first takes hardly longer. The way around
        goes over one other place of the plan and passes the closed one on neither part; so it can
        be driven, and may be a little longer than need be. Who lives at a closed place itself is
        reached as before.
        """
        shut = [Closed(place, metres) for place in places]
        for name in self.tables:
            self._lead_around(name, shut)
        self.closed += shut
        self.changed = True

    def _lead_around(self, name: str, closed: Sequence[Closed], only: int | None = None) -> None:
        """Lead the ways of a mode around some places; ``only``: ways to and from one door."""
        theres, backs = self._past(name, [one.place for one in closed])
        for one, there, back in zip(closed, theres, backs, strict=True):
            table = self.tables[name]
            beside = np.array([_metres(one.place, other) <= one.metres for other in self.places])
            room = _SLACK_SECONDS + 2 * one.metres / _METRES_PER_SECOND[Mode(name)]
            passes = there[:, None] + back[None, :] <= table + room
            passes &= ~beside[:, None] & ~beside[None, :]
            np.fill_diagonal(passes, val=False)
            if only is not None:
                concerned = np.arange(len(table)) == only
                passes &= concerned[:, None] | concerned[None, :]
            self.tables[name] = _led_around(table, passes)

    def _past(self, name: str, places: list[Place]) -> tuple[Seconds, Seconds]:
        """Return the times of a mode to some places and from them, shapes (some, places).

        Nobody brings a meal past one who is farther from it than the longest ride: no way. All are
        asked about at once, which takes the engine hardly longer than one.
        """
        table = self.tables[name]
        theres = np.full((len(places), len(table)), routing.NO_WAY, dtype=np.int32)
        backs = theres.copy()
        for row, place in enumerate(places):
            if place in self.places:
                at = self.places.index(place)
                theres[row], backs[row] = table[:, at], table[at]
        new = [row for row, place in enumerate(places) if place not in self.places]
        if new:
            asked = [places[row] for row in new]
            backs[new] = self._measure(asked, self.places, name)
            near = self._near(backs[new].min(axis=0), self._rules.max_ride_seconds)
            measured = self._measure([self.places[k] for k in near], asked, name)
            theres[np.ix_(new, near)] = measured.T
        return theres, backs

    def _with_door(self, name: str, place: Place) -> Seconds:
        """Return the times of a mode with a new door at the end.

        The engine looks from one place at many others much faster than from many at one. So the
        way to the door is measured from canteens and from places near it; from farther away it
        leads over one of these, so it can be driven, and may be a little longer than need be.
        """
        table = self.tables[name]
        back = self._measure([place], self.places, name)[0]
        near = self._near(back, round(_NEAR * self._rules.circle_seconds))
        measured = self._measure([self.places[k] for k in near], [place], name)[:, 0]
        there = (table[:, near].astype(np.int64) + measured).min(axis=1)
        there[near] = measured
        longer = np.zeros((len(table) + 1, len(table) + 1), dtype=np.int32)
        longer[:-1, :-1] = table
        longer[:-1, -1] = np.minimum(there, routing.NO_WAY)
        longer[-1, :-1] = back
        return longer

    def _near(self, back: Seconds, most: int) -> list[int]:
        """Return the canteens, the nearest places and those within so many seconds, by index."""
        near = {*self._canteens, *np.argsort(back, kind="stable")[:_NEAREST].tolist()}
        return sorted(near | set(np.flatnonzero(back <= most).tolist()))

    def _measure(self, sources: list[Place], targets: list[Place], name: str) -> Seconds:
        """Return the times of a mode at today's speed, shape (sources, targets)."""
        measured = self._measured.between(sources, targets, Mode(name))
        return np.asarray(slower(measured, self.factors.get(name, 1.0)), dtype=np.int32)

    @property
    def _measured(self) -> Travel:
        if self._travel is None:
            self._travel = self._open()
        return self._travel


def _nobody(_share: float) -> None:
    """Report to nobody."""


def place_is_out(travel: Travel, place: Place, mode: Mode) -> bool:
    """Return whether a place cannot be used by a mode."""
    return bool(travel.unusable([place], mode))


def _metres(one: Place, other: Place) -> float:
    east = (one[0] - other[0]) * cos(radians(one[1]))
    return hypot(east, one[1] - other[1]) * _METRES_PER_DEGREE


def _led_around(table: Seconds, shut: _Pairs) -> Seconds:
    """Return the times where ways that are shut go over the best third place instead."""
    way = np.where(shut, routing.NO_WAY, table).astype(np.int64)
    around = way.copy()
    for start, end in _pairs(shut):
        around[start, end] = (way[start] + way[:, end]).min()
    around[around >= routing.NO_WAY] = routing.NO_WAY
    return around.astype(np.int32)


def _pairs(shut: _Pairs) -> Sequence[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in zip(*np.nonzero(shut), strict=True)]
