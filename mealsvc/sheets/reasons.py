"""Why an order is not served, short enough for a column on paper."""

from __future__ import annotations

from mealsvc.planning import reasons
from mealsvc.vocabulary import UnlocatedReason, label

NO_KITCHEN = "no_kitchen"
"""Reason for a meal to be eaten or collected that no canteen cooks."""

_NO_KITCHEN = {"zh": "没有食堂备餐，请指定食堂或助餐点", "en": "no canteen cooks it: name one"}


def reason_text(reason: str, language: str = "zh") -> str:
    """Return what a reason means.

    Parameters
    ----------
    reason
        A reason of the plan, :data:`NO_KITCHEN`, or why an address has no place.
    language
        ``"zh"`` (default) or ``"en"``.

    Returns
    -------
    str
        The words; a reason that has none is returned as it is, never hidden.
    """
    if reason == NO_KITCHEN:
        return _NO_KITCHEN[language]
    if reason in set(UnlocatedReason):
        return label(UnlocatedReason(reason), language)
    return reasons.reason_text(reason, language)
