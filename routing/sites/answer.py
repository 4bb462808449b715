"""The answer to a choice of sites: which, who goes where, and how far from the best possible."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from routing.sites.problem import Matrix
from routing.tables import Floats


class Goal(StrEnum):
    """What a choice is for."""

    MOST_COVERED = "most_covered"
    FEWEST = "fewest"
    LEAST_MEAN_WALK = "least_mean_walk"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a choice may take.

    Parameters
    ----------
    seconds : float
        Wall time.
    gap : float
        Relative gap that is small enough to stop; 0 goes on until the choice is proven best.
    seed : int
        Of random choices. With the same seed the answer is the same, unless the time ran out.
    nodes : int or None
        Most nodes of branch and bound: with them and enough seconds, an answer that is not proven
        best is the same every time, too.
    """

    seconds: float = 60.0
    gap: float = 0.0
    seed: int = 1
    nodes: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a choice is.

    Parameters
    ----------
    seconds : float
        Since its start.
    objective : float
        Of the best choice so far, in the unit of the answer's objective.
    bound : float
        What no choice can beat; infinite until one is known.
    phase : str
        ``search``, ``prices`` or ``branches``.
    """

    seconds: float
    objective: float
    bound: float
    phase: str


type Told = Callable[[Progress], None]


@dataclass(frozen=True, eq=False, slots=True)
class SiteAnswer:
    """A choice of sites.

    Parameters
    ----------
    goal : Goal
        What it is for.
    limit : float
        The goal's figure: new sites at most, or the share wanted (0 to 1).
    beyond : float or None
        Seconds that count for people without a site, where the mean walk is the goal.
    chosen : tuple of int
        New sites, ascending. Sites that would add nothing are not opened.
    open : tuple of int
        Existing and new sites, ascending.
    objective : float
        Weighted people covered; or the number of new sites; or the mean walk in seconds.
    bound : float
        No choice covers more; needs fewer; walks less.
    before : float
        The objective with the existing sites alone; for the fewest sites, 0.
    covered : float
        Weighted people within the threshold of the site that they are assigned to.
    total : float
        Weighted people.
    assigned : sparse array, (m, n)
        People of each demand point who go to each open site. A site takes no more than its
        capacity; where there is room for all, everybody goes to the nearest.
    loads : array of float64, (m,)
        People that go to each site.
    outside : array of float64, (n,)
        People of each demand point who go to none.
    promises : array of float64, (m,)
        For every candidate: no permitted choice that has it is better than this. NaN where it
        was not asked: existing sites, those that may not be chosen, and the goal of fewest sites.
    seconds : float
        Wall time used.
    """

    goal: Goal
    limit: float
    beyond: float | None
    chosen: tuple[int, ...]
    open: tuple[int, ...]
    objective: float
    bound: float
    before: float
    covered: float
    total: float
    assigned: Matrix
    loads: Floats
    outside: Floats
    promises: Floats
    seconds: float

    @property
    def share(self) -> float:
        """Share of the weighted people who are covered."""
        return self.covered / self.total

    @property
    def gap(self) -> float:
        """How far the objective may be from the best possible, relative to the objective."""
        far = abs(self.objective - self.bound)
        return 0.0 if far <= 1e-9 * abs(self.objective) else far / max(abs(self.objective), 1e-12)

    @property
    def gap_of_change(self) -> float:
        """The same, relative to the most that new sites can change: stricter beside many sites."""
        far = abs(self.objective - self.bound)
        return 0.0 if not self.gap else far / max(abs(self.bound - self.before), 1e-12)

    @property
    def proven(self) -> bool:
        """Whether no better choice exists."""
        return self.gap == 0.0
