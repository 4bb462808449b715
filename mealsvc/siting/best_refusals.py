"""Why no choice of sites can be made, told to planners in both languages."""

from __future__ import annotations

from mealsvc.errors import InvalidInput
from mealsvc.siting.candidates import Candidates
from mealsvc.siting.disclosure import Disclosure
from routing import sites as choice

_CAUSES = {
    "walk": (
        "即使全部候选点都建，其余老人也走不到；请增加离他们近的候选点，或放宽步行时间",
        (
            "with every candidate built the others still live out of reach: give candidates "
            "nearer to them, or allow a longer walk"
        ),
    ),
    "capacity": (
        "全部候选点的容量之和不够；请提高容量",
        "all candidates together have too few places: give them more",
    ),
    "rules": (
        "预算或间距只允许建更少的站点；请放宽其一",
        "the budget or the mutual distance allows no more: relax one of them",
    ),
}


def refusal_of(
    error: choice.NoSuchChoice, found: Candidates, problem: choice.SiteProblem, told: Disclosure
) -> InvalidInput:
    """Return the refusal of a wish that no choice can meet.

    Parameters
    ----------
    error
        Why not.
    found
        The candidates; those that nobody can walk to are told.
    problem
        What was chosen from.
    told
        How exactly people are counted for the reader.
    """
    english, chinese = _sentence(error, problem, told)
    lost = len(found.left_out)
    if lost:
        english += f"; {lost} more candidates were left out, since nobody can walk to them"
        chinese += f"；另有{lost}个候选点无法步行到达，已排除"
    return InvalidInput(english, chinese)


def _sentence(
    error: choice.NoSuchChoice, problem: choice.SiteProblem, told: Disclosure
) -> tuple[str, str]:
    match error:
        case choice.TooFewCandidates():
            chinese = (
                f"需要{error.wanted}个新站点，但只有{error.candidates}个候选点；"
                "请减少数量或增加候选点"
            )
        case choice.BudgetTooSmall():
            chinese = (
                f"预算{error.budget:g}不够建任何一个候选点，最便宜的需{error.cheapest:g}；"
                "请提高预算或增加便宜的候选点"
            )
        case choice.AllTooNear():
            chinese = f"全部{error.candidates}个候选点离现有站点太近；请减小间距或换候选点"
        case choice.ShareOutOfReach():
            return _out_of_reach(error, problem, told)
        case _:
            chinese = f"没有符合条件的选址方案（{error}）"
    return str(error), chinese


def _out_of_reach(
    error: choice.ShareOutOfReach, problem: choice.SiteProblem, told: Disclosure
) -> tuple[str, str]:
    """Say the largest share as it may be told."""
    chinese, english = _CAUSES[error.cause]
    known = told.share(error.largest * problem.total, problem.total)
    most = "" if known is None else f"; the largest known is {known:.1%}"
    most_zh = "" if known is None else f"，已知最多{known:.1%}"
    return (
        f"a share of {error.wanted:.1%} cannot be covered{most}: {english}",
        f"无法覆盖{error.wanted:.1%}的老人{most_zh}：{chinese}",
    )
