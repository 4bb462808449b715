"""Counts that give nobody away: small groups are not told, all others only to the nearest five.

A planner may ask for many tables of the same people: by street, by age, before and after a site
is moved by a few metres. Leaving out small cells does not help then, since the cell follows from
the total and the others, or from two answers. So nothing exact is told at all: every count of
persons is rounded to a multiple of the smallest group that may be shown, totals like parts, and
what is smaller than that group is told as "<5". Differences of such counts are no exact numbers
either. This is the rounding that official statistics use (for example the HESA Standard Rounding
Methodology, base 5).
"""

from __future__ import annotations

from dataclasses import dataclass

type Count = int | str
"""Number of people, or ``"<5"``."""


@dataclass(frozen=True)
class Disclosure:
    """How exactly people are counted for a reader.

    Attributes
    ----------
    least
        The smallest group that is told; 1 tells everything exactly.
    """

    least: int

    @property
    def exact(self) -> bool:
        """Whether counts are told as they are."""
        return self.least <= 1

    def count(self, people: float) -> Count:
        """Return a number of people as it may be told; a difference keeps its sign."""
        size = abs(people)
        if self.exact or not size:
            return round(people)
        if size < self.least:
            return f"<{self.least}" if people > 0 else f">-{self.least}"
        whole = int(size / self.least + 0.5) * self.least
        return whole if people > 0 else -whole

    def share(self, part: float, whole: float) -> float | None:
        """Return a share as it may be told, 0 … 1; None where it would rest on a small group."""
        top, bottom = self.count(part), self.count(whole)
        if isinstance(top, str) or isinstance(bottom, str) or not bottom:
            return None
        if self.exact:
            return part / whole
        return min(top / bottom, 1.0)

    def average(self, value: float, people: float) -> float | None:
        """Return an average over people as it may be told; None for a small group."""
        return None if people <= 0 or people < self.least else value


EXACT = Disclosure(1)
