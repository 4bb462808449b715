"""Travel times of the day: slower traffic, closed streets, doors that were not on the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, hypot, radians

import numpy as np

import routing
from mealsvc.errors import Conflict, NotReady
from mealsvc.planning.travel import Place, Seconds, Travel
from mealsvc.vocabulary import Mode
from routing.repair import slower

_METRES_PER_DEGREE = 111_195.0
_SLACK_SECONDS = 5
"""A way counts as leading past a place when the detour over it takes at most so much longer."""
_METRES_PER_SECOND = {Mode.FOOT: 1.4, Mode.BICYCLE: 4.2, Mode.EBIKE: 5.6, Mode.CAR: 8.0}
"""How fast the closed part of a street would be passed, about."""

type _Pairs = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


class StreetsToday:
    """The travel times that a plan is carried out with, as they change during the day.

    Parameters
    ----------
    instance
        The problem of the plan in force; it has coordinates.
    factors
        By how much slower than measured everybody travels already, by mode.
    open_travel
        Opens the measured times; only called for places that the plan does not know.
    """

    def __init__(
        self,
        instance: routing.Instance,
        factors: dict[str, float],
        open_travel: Callable[[], Travel],
    ) -> None:
        if instance.coordinates is None:
            raise NotReady("the plan in force was kept without places; plan the service anew")
        self.places: list[Place] = list(instance.coordinates)
        self.tables: dict[str, Seconds] = {
            mode: np.asarray(table, dtype=np.int32) for mode, table in instance.travel.items()
        }
        self.factors = factors
        self.changed = False
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
                self.tables[name] = self._with_place(name, place)
            self.places.append(place)
            self.changed = True
        return self.places.index(place)

    def add_mode(self, mode: Mode) -> None:
        """Measure the times of a mode that nobody used so far."""
        if mode.value not in self.tables:
            self.tables[mode.value] = self._measured.seconds(self.places, mode, _nobody)
            self.changed = True

    def close(self, place: Place, metres: int) -> None:
        """Lead every way that passes a place around it, by way of other doors and canteens.

        A way passes the place when going there first takes hardly longer. The way around
        goes over one other place of the plan and passes the closed one on neither part; so it can
        be driven, and may be a little longer than need be. Who lives at the closed place itself is
        reached as before.
        """
        beside = np.array([_metres(place, other) <= metres for other in self.places])
        for name in self.tables:
            here = self._with_place(name, place)
            table = self.tables[name]
            over = here[:-1, -1][:, None] + here[-1, :-1][None, :]
            room = _SLACK_SECONDS + 2 * metres / _METRES_PER_SECOND[Mode(name)]
            shut = (over <= table + room) & ~beside[:, None] & ~beside[None, :]
            np.fill_diagonal(shut, val=False)
            self.tables[name] = _led_around(table, shut)
        self.changed = True

    @property
    def _measured(self) -> Travel:
        if self._travel is None:
            self._travel = self._open()
        return self._travel

    def _with_place(self, name: str, place: Place) -> Seconds:
        """Return the times of a mode with a further place at the end."""
        table = self.tables[name]
        if place in self.places:
            rows = [*range(len(table)), self.places.index(place)]
            return table[np.ix_(rows, rows)]
        measured = self._measured.seconds([*self.places, place], Mode(name), _nobody)
        longer = np.array(slower(measured, self.factors.get(name, 1.0)), dtype=np.int32)
        longer[:-1, :-1] = table
        return longer


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
