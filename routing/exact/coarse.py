"""Crews as teams: a choice among their trips that forgets who of them does what.

It has one column for each trip of a crew where teams have one for every team, at the loss of what
tells members apart. What it proves is true of plans all the same. Only whole seconds of work and
the number of couriers keep its trips apart, so it is for cases in which shifts are all but full.
"""

import numpy as np
import numpy.typing as npt

from routing.bounding.crews import Crew
from routing.bounding.generation import Generation
from routing.bounding.master import Staff
from routing.exact.listing import Trips
from routing.exact.teams import Choices, Shift, Team, join
from routing.tables import C_FROM, C_TO, O_MEALS, Floats, Tables


def crews_as_teams(
    t: Tables, crews: list[Crew], staff: Staff, listed: list[Trips], seconds: Floats
) -> Choices:
    """Return the choices of whole crews.

    Every second of work is charged, and every second of a shift that is used is credited as much:
    no plan becomes dearer, and one that works less than its shifts are long becomes cheaper.

    Parameters
    ----------
    t : Tables
        The problem.
    crews : list of Crew
        Who makes trips.
    staff : mapping of int to (int, int)
        Who of them is used.
    listed : list of Trips
        Their trips.
    seconds : array of float64, (crews,)
        What is charged for a second of each crew.
    """
    teams: list[Team] = []
    parts: list[Choices] = []
    for crew, trips, charge in zip(crews, listed, seconds.tolist(), strict=True):
        team = _team(t, crew, staff, charge)
        if team.shifts:
            parts.append(_choices(t, team, len(teams), trips, charge))
            teams.append(team)
    return join(teams, parts)


def _team(t: Tables, crew: Crew, staff: Staff, charge: float) -> Team:
    """Return a crew as a team; it has no shifts where nobody of it may be used."""
    members = t.couriers[crew.members]
    shifts = [
        Shift(most, unit.span, float(t.prices[0]) - charge * unit.span)
        for unit in crew.units
        if (most := staff.get(unit.key, (0, unit.count))[1]) > 0
    ]
    return Team(
        crew.canteen, tuple(crew.members.tolist()), int(members[:, C_FROM].min()),
        int(members[:, C_TO].max()), len(t.orders), tuple(shifts),
    )  # fmt: skip


def _choices(t: Tables, team: Team, number: int, trips: Trips, charge: float) -> Choices:
    """Return all trips listed for a crew, its members taken to know whoever one of them knows."""
    count = len(trips.cost)
    brings = np.zeros((count, len(t.orders)), dtype=np.int8)
    brings[np.repeat(np.arange(count), np.diff(trips.first)), trips.orders] = 1
    first, orders = trips.first.tolist(), trips.orders.tolist()
    return Choices(
        teams=(team,),
        team=np.full(count, number, dtype=np.int64),
        brings=brings,
        cost=trips.cost + charge * trips.seconds,
        meals=brings @ t.orders[:, O_MEALS],
        seconds=trips.seconds,
        earliest=trips.earliest,
        latest=trips.latest,
        routes=tuple(tuple(orders[first[row] : first[row + 1]]) for row in range(count)),
    )


def cheap_at(case: Generation, listed: list[Trips], cost: float) -> list[Trips]:
    """Return the trips that plans cheaper than `cost` could contain, at the prices of a case.

    Parameters
    ----------
    case : Generation
        With prices.
    listed : list of Trips
        Of its crews: all that such plans could contain.
    cost : float
        Of no interest from there.
    """
    center = case.center
    if center is None:
        return listed
    charges = list(zip(case.master.cuts, center.cuts.tolist(), strict=False))
    reduced = []
    for number, (crew, trips) in enumerate(zip(case.crews, listed, strict=True)):
        second = float(center.seconds[number])
        gain = np.zeros(len(case.t.orders))
        gain[crew.orders] = center.gains(crew) - crew.room.unfamiliar
        value = trips.cost + second * trips.seconds - _sums(trips, gain[trips.orders])
        for cut, charge in charges:
            if charge > 0.0:
                value += charge * (_sums(trips, np.isin(trips.orders, cut).astype(float)) // 2)
        reduced.append(value)
    worst = np.array([value.min(initial=0.0) for value in reduced])
    most = cost - case.master.bound(center, worst)
    return [
        trips.take(np.nonzero(value <= most)[0])
        for trips, value in zip(listed, reduced, strict=True)
    ]


def _sums(trips: Trips, values: npt.NDArray[np.float64]) -> Floats:
    """Return the sums of values of stops over each trip."""
    return np.add.reduceat(values, trips.first[:-1]) if len(trips.cost) else np.zeros(0)
