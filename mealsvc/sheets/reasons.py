"""Why an order is not served, short enough for a column on paper."""

from __future__ import annotations

from mealsvc.vocabulary import UnlocatedReason, label
from routing import Reason

_WORDS: dict[str, tuple[str, str]] = {
    Reason.NO_CANTEEN: ("附近没有可供餐的食堂", "no canteen may cook it"),
    Reason.NO_COURIER: ("食堂当班没有送餐员", "nobody is on shift at its canteens"),
    Reason.NO_SKILL: ("没有可入户协助的送餐员", "no courier has the skill it needs"),
    Reason.TOO_BIG: ("份数超过保温箱或食堂产能", "more than a box or a canteen holds"),
    Reason.NO_WAY: ("道路不通", "there is no way to the door"),
    Reason.TOO_FAR: ("路程超过在途时限", "farther than the ride limit"),
    Reason.WINDOW: ("要求的时间内送不到", "its time window cannot be met"),
    Reason.CANTEEN_FULL: ("食堂产能已满", "its canteens have no portion left"),
    Reason.COURIERS_BUSY: ("送餐员时间已排满", "its couriers have no time left"),
    Reason.NOT_WORTH_IT: ("按现行权重不送更省", "by the prices set, leaving it out is cheaper"),
    "unlocated": ("地址没有可用位置", "its address has no usable place"),
    "no_kitchen": ("没有食堂备餐，请指定食堂或助餐点", "no canteen cooks it: name one"),
}


def reason_text(reason: str, language: str = "zh") -> str:
    """Return what a reason means.

    Parameters
    ----------
    reason
        A reason of the plan, or why an address has no place.
    language
        ``"zh"`` (default) or ``"en"``.

    Returns
    -------
    str
        The words; a reason that has none is returned as it is, never hidden.
    """
    if reason in _WORDS:
        zh, en = _WORDS[reason]
        return zh if language == "zh" else en
    if reason in set(UnlocatedReason):
        return label(UnlocatedReason(reason), language)
    return reason
