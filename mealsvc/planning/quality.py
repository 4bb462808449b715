"""How near to the best a plan is proven to be, in words for people who read no formulas."""

from __future__ import annotations

from math import ceil

TELLING = 0.1
"""A proof from farther away than this says nothing about the plan, only about the proof."""
EQUAL = 5e-4
"""Closer than this to the bound, relative to the cost, no plan that matters is cheaper."""

_UNKNOWN = ("尚未计算", "not worked out yet")
_BEST = ("已是最优（已证明）", "the best there is (proven)")
_NEAR = ("与最优方案至多相差{percent}%", "at most {percent} % from the best")
_FAR = (
    "还不能证明离最优多近（不表示计划不好）",
    "how near is not proven (this does not mean that the plan is poor)",
)


def proof_text(gap: float | None, language: str = "zh") -> str:
    """Return what a gap means to somebody who runs a canteen.

    A large gap is nearly always the proof's and not the plan's, so it is not shown as a number
    that looks like room to improve.

    Parameters
    ----------
    gap
        Relative distance of the cost from its proven lower bound, 0 … 1; None when unknown.
    language
        ``"zh"`` (default) or ``"en"``.
    """
    if gap is None:
        words = _UNKNOWN
    elif gap <= EQUAL:
        words = _BEST
    else:
        words = _NEAR if gap <= TELLING else _FAR
    percent = ceil(1000 * (gap or 0.0)) / 10
    return words[language != "zh"].format(percent=f"{percent:g}")
