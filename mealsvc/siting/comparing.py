"""Two coverages of the same people side by side: who is newly inside, who no longer, who never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mealsvc.siting.coverage import Coverage, Flags
from mealsvc.siting.disclosure import Count, Disclosure
from mealsvc.siting.figures import CoverageFigures, figures, group_label
from mealsvc.vocabulary import Grouping


@dataclass(frozen=True)
class Change:
    """What becomes of the people of one group, or of all.

    Attributes
    ----------
    people
        How many there are; in total those without a place on the map too, who are outside.
    newly, already, no_longer, still_outside
        Inside the circle after but not before, both, before but not after, neither.
    share_before, share_after
        Shares inside the circle, 0 … 1; None for a small group.
    """

    people: Count
    newly: Count
    already: Count
    no_longer: Count
    still_outside: Count
    share_before: float | None
    share_after: float | None


@dataclass(frozen=True)
class GroupChange:
    """The change of one group."""

    grouping: Grouping
    key: str
    label: str
    change: Change


@dataclass(frozen=True)
class Comparison:
    """Before, after, and the difference; by group too."""

    before: CoverageFigures
    after: CoverageFigures
    total: Change
    groups: tuple[GroupChange, ...]


def compare(before: Coverage, after: Coverage, told: Disclosure, language: str) -> Comparison:
    """Compare two coverages of the same people.

    Parameters
    ----------
    before, after
        The coverages, each by its own assumptions.
    told
        How exactly people are counted for the reader.
    language
        Of names and reasons.
    """
    if before.people.stamp != after.people.stamp:
        raise ValueError("the two coverages are of different people")
    everybody = np.ones(len(before.people), dtype=bool)
    return Comparison(
        before=figures(before, told, language),
        after=figures(after, told, language),
        total=_change(before, after, everybody, before.people.total, told),
        groups=tuple(_groups(before, after, told, language)),
    )


def _groups(
    before: Coverage, after: Coverage, told: Disclosure, language: str
) -> Iterator[GroupChange]:
    for grouping in Grouping:
        for key, indices in before.people.members(grouping).items():
            members = np.zeros(len(before.people), dtype=bool)
            members[indices] = True
            yield GroupChange(
                grouping=grouping,
                key=key,
                label=group_label(grouping, key, language),
                change=_change(before, after, members, before.count(members), told),
            )


def _change(
    before: Coverage, after: Coverage, members: Flags, total: float, told: Disclosure
) -> Change:
    was, becomes = before.inside() & members, after.inside() & members
    return Change(
        people=told.count(total),
        newly=told.count(before.count(becomes & ~was)),
        already=told.count(before.count(was & becomes)),
        no_longer=told.count(before.count(was & ~becomes)),
        still_outside=told.count(total - before.count(was | becomes)),
        share_before=told.share(before.count(was), total),
        share_after=told.share(before.count(becomes), total),
    )
