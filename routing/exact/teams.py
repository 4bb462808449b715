"""Who could make which listed trip, and when: the choices of the exact integer programme.

A team is couriers whom no rule and no price tells apart. Its trips are pieces of work of fixed
length that begin within a window. The service is cut into slots; a trip that begins in a slot
is counted from the slot's start to the start of the slot in which it ends at the earliest. Rounding
both down keeps the order of any two trips of a duty, so every plan stays a solution, and the finer
the slots, the fewer other solutions there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.bounding.crews import Crew
from routing.exact.listing import Trips
from routing.tables import C_FROM, C_KIND, C_TO, C_TRIPS, O_MEALS, O_USUAL, Floats, Ints, Tables

type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shift:
    """Couriers of a team who work as long as each other.

    Parameters
    ----------
    count : int
        How many they are.
    seconds : int
        How long each works at most.
    price : float
        Of using one of them.
    """

    count: int
    seconds: int
    price: float


@dataclass(frozen=True, slots=True)
class Team:
    """Couriers who are alike, down to whom they usually bring meals to.

    Parameters
    ----------
    canteen : int
        Row of their canteen.
    members : tuple of int
        Rows of the couriers.
    starts, ends : int
        Their shift.
    most_trips : int
        Most trips of each; more than one member only where that cannot bind.
    shifts : tuple of Shift
        How long the members work.
    """

    canteen: int
    members: tuple[int, ...]
    starts: int
    ends: int
    most_trips: int
    shifts: tuple[Shift, ...]


@dataclass(slots=True)
class Choices:
    """All trips of all teams, one row each.

    Parameters
    ----------
    teams : tuple of Team
        Who works.
    team : array of int64, (trips,)
        Row of the team in `teams`.
    brings : array of int8, (trips, n)
        1 where the trip brings the order.
    cost : array of float64, (trips,)
        Price of travel, of meals outside the circle, and of couriers being strangers.
    meals, seconds, earliest, latest : arrays of int64, (trips,)
        Portions, length, and when loading may start.
    routes : tuple of tuple of int
        Order rows of each trip in the order visited.
    """

    teams: tuple[Team, ...]
    team: Ints
    brings: npt.NDArray[np.int8]
    cost: Floats
    meals: Ints
    seconds: Ints
    earliest: Ints
    latest: Ints
    routes: tuple[tuple[int, ...], ...]

    def keep(self, rows: Ints) -> "Choices":
        """Return the choices with some of the trips only."""
        return Choices(
            self.teams, self.team[rows], self.brings[rows], self.cost[rows], self.meals[rows],
            self.seconds[rows], self.earliest[rows], self.latest[rows],
            tuple(self.routes[row] for row in rows.tolist()),
        )  # fmt: skip


def make_choices(t: Tables, crews: Sequence[Crew], listed: Sequence[Trips]) -> Choices:
    """Return the choices of all teams from the trips listed for their crews."""
    teams: list[Team] = []
    parts: list[Choices] = []
    for crew, trips in zip(crews, listed, strict=True):
        for team in _teams_of(t, crew):
            parts.append(_choices_of(t, team, len(teams), trips))
            teams.append(team)
    return join(teams, parts)


def join(teams: Sequence[Team], parts: Sequence[Choices]) -> Choices:
    """Return the choices of teams together; each of the parts is one team's."""
    return Choices(
        tuple(teams),
        np.concatenate([part.team for part in parts]),
        np.concatenate([part.brings for part in parts]),
        np.concatenate([part.cost for part in parts]),
        np.concatenate([part.meals for part in parts]),
        np.concatenate([part.seconds for part in parts]),
        np.concatenate([part.earliest for part in parts]),
        np.concatenate([part.latest for part in parts]),
        tuple(route for part in parts for route in part.routes),
    )


def _teams_of(t: Tables, crew: Crew) -> list[Team]:
    """Return the teams of a crew; a courier with usual customers or few trips is a team alone."""
    groups: dict[tuple[int, int], list[int]] = {}
    for row in crew.members.tolist():
        limited = int(t.couriers[row, C_TRIPS]) < len(t.orders)
        alone = limited or bool((t.orders[:, O_USUAL] == row).any() and t.prices[2] > 0)
        groups.setdefault((int(t.couriers[row, C_KIND]), row if alone else -1), []).append(row)
    teams = []
    for rows in groups.values():
        starts, ends, most = t.couriers[rows[0], [C_FROM, C_TO, C_TRIPS]].tolist()
        shifts = (Shift(len(rows), ends - starts, float(t.prices[0])),)
        teams.append(Team(crew.canteen, tuple(rows), starts, ends, most, shifts))
    return teams


def _choices_of(t: Tables, team: Team, number: int, trips: Trips) -> Choices:
    """Return the listed trips that a team can make."""
    one, count = team.members[0], len(trips.cost)
    brings = np.zeros((count, len(t.orders)), dtype=np.int8)
    brings[np.repeat(np.arange(count), np.diff(trips.first)), trips.orders] = 1
    earliest = np.maximum(trips.earliest, team.starts)
    latest = np.minimum(trips.latest, team.ends - trips.seconds)
    barred = brings @ (~t.able[:, one]).astype(np.int64)
    rows = np.nonzero((earliest <= latest) & (barred == 0))[0]
    strange = (t.orders[:, O_USUAL] >= 0) & (t.orders[:, O_USUAL] != one)
    first, orders = trips.first.tolist(), trips.orders.tolist()
    return Choices(
        teams=(team,),
        team=np.full(len(rows), number, dtype=np.int64),
        brings=brings[rows],
        cost=trips.cost[rows] + t.prices[2] * (brings[rows] @ strange.astype(np.int64)),
        meals=brings[rows] @ t.orders[:, O_MEALS],
        seconds=trips.seconds[rows],
        earliest=earliest[rows],
        latest=latest[rows],
        routes=tuple(tuple(orders[first[row] : first[row + 1]]) for row in rows.tolist()),
    )


@dataclass(slots=True)
class Slots:
    """When the trips may begin, slot by slot.

    Parameters
    ----------
    marks : array of int64, (slots + 1,)
        Where the slots begin, and where the last one ends.
    ends : array of int64, (trips, slots)
        The slot in whose beginning a trip is over that begins in a slot.
    free : array of bool, (trips, slots)
        Whether the trip may begin in the slot.
    """

    marks: Ints
    ends: Ints
    free: Flags

    def keep(self, rows: Ints) -> "Slots":
        """Return the slots of some of the trips."""
        return Slots(self.marks, self.ends[rows], self.free[rows])

    def without(self, barred: Flags) -> "Slots":
        """Return the slots with some beginnings ruled out."""
        return Slots(self.marks, self.ends, self.free & ~barred)


def make_slots(choices: Choices, count: int) -> Slots:
    """Return slots of equal width over all shifts."""
    low = min(team.starts for team in choices.teams)
    high = max(team.ends for team in choices.teams)
    marks = np.unique(np.linspace(low, max(high, low + 1), count + 1).round().astype(np.int64))
    return _slots(choices, marks, np.ones((len(choices.cost), len(marks) - 1), dtype=np.bool_))


def halve(choices: Choices, slots: Slots) -> Slots:
    """Return slots half as wide; what is ruled out stays ruled out."""
    middle = (slots.marks[:-1] + slots.marks[1:]) // 2
    marks = np.unique(np.concatenate([slots.marks, middle]))
    before = np.searchsorted(slots.marks, marks[:-1], side="right") - 1
    return _slots(choices, marks, slots.free[:, before])


def _slots(choices: Choices, marks: Ints, free: Flags) -> Slots:
    begin = np.maximum(choices.earliest[:, None], marks[None, :-1])
    last = np.minimum(choices.latest[:, None], marks[None, 1:] - 1)
    ends = np.searchsorted(marks, begin + choices.seconds[:, None], side="right") - 1
    return Slots(marks, np.minimum(ends, len(marks) - 1).astype(np.int64), free & (begin <= last))


def on_shift(team: Team, marks: Ints) -> slice:
    """Return the slots that a team's shift touches."""
    first = int(np.searchsorted(marks, team.starts, side="right")) - 1
    return slice(first, int(np.searchsorted(marks, team.ends, side="left")))
