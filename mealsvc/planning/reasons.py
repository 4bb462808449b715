"""Why an order stays unserved, in words for people."""

from __future__ import annotations

import routing

UNLOCATED = "unlocated"
"""The order has no usable place; all other reasons are those of ``routing.Reason``."""

_TEXTS: dict[str, tuple[str, str]] = {
    UNLOCATED: ("没有可用的位置", "no usable place on the map"),
    routing.Reason.NO_CANTEEN: ("没有可供餐的食堂", "no canteen may cook it"),
    routing.Reason.NO_COURIER: ("食堂当班无送餐员", "nobody is on shift at its canteens"),
    routing.Reason.NO_SKILL: ("无具备所需技能的送餐员", "no courier has the skill it needs"),
    routing.Reason.TOO_BIG: (
        "份数超过保温箱或食堂产能",
        "more portions than a box or canteen holds",
    ),
    routing.Reason.NO_WAY: ("道路不通", "there is no way to the door"),
    routing.Reason.TOO_FAR: ("路程超过在途时限", "farther than the ride limit"),
    routing.Reason.WINDOW: ("送餐时间内无法送达", "its time window cannot be met"),
    routing.Reason.CANTEEN_FULL: ("食堂产能已满", "its canteens have no portion left"),
    routing.Reason.COURIERS_BUSY: ("送餐员时间已用完", "its couriers have no time left"),
    routing.Reason.NOT_WORTH_IT: (
        "按价格设置不送更省",
        "by the prices set, leaving it out is cheaper",
    ),
    routing.Reason.OVERLOOKED: (
        "可以安排，但求解时间不足",
        "there is room, the search was too short",
    ),
    routing.Reason.NOT_LOOKED_INTO: (
        "求解时间已到，原因尚未查明",
        "the time was over before the cause was looked for",
    ),
}


def reason_text(reason: str, language: str = "zh") -> str:
    """Return what a reason means, ``"zh"`` (default) or ``"en"``; unknown ones as they are."""
    zh, en = _TEXTS.get(reason, (reason, reason))
    return zh if language == "zh" else en
