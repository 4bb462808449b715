"""Best sites with a proven gap: most people covered, fewest sites, least mean walk.

The door: state a `SiteProblem` in walking seconds and people, then ask `most_covered`, `fewest`,
`least_mean_walk` or `curve`; `why_not` and `next_best` explain the answer.
"""

from routing.sites.answer import Goal, Limits, Progress, SiteAnswer
from routing.sites.errors import (
    AllTooNear,
    BudgetTooSmall,
    InvalidSites,
    NoSuchChoice,
    ShareOutOfReach,
    TooFewCandidates,
)
from routing.sites.goals import curve, fewest, least_mean_walk, most_covered
from routing.sites.problem import SiteProblem, pairs_nearer
from routing.sites.reasons import WhyNot, next_best, why_not

__all__ = [
    "AllTooNear",
    "BudgetTooSmall",
    "Goal",
    "InvalidSites",
    "Limits",
    "NoSuchChoice",
    "Progress",
    "ShareOutOfReach",
    "SiteAnswer",
    "SiteProblem",
    "TooFewCandidates",
    "WhyNot",
    "curve",
    "fewest",
    "least_mean_walk",
    "most_covered",
    "next_best",
    "pairs_nearer",
    "why_not",
]
