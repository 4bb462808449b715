"""What would help, in sentences: real times of the day, minutes and portions; Chinese and English.

An explanation is kept as the solver gives it, with numbers of records for names. Whoever shows it
says how canteens and couriers are called for the reader at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any
from zoneinfo import ZoneInfo

import routing
from mealsvc.planning.ids import record_id
from mealsvc.vocabulary import Mode, label

# A change in words: Chinese, English. Names in braces are given by `Advice._words_of`.
_CHANGES: dict[str, tuple[str, str]] = {
    routing.Kind.WINDOW_EARLIER: (
        "送餐时间从{at}开始（提早{minutes}分钟）",
        "its window opens at {at} ({minutes} min earlier)",
    ),
    routing.Kind.WINDOW_LATER: (
        "送餐时间放宽到{at}（推迟{minutes}分钟）",
        "its window closes at {at} ({minutes} min later)",
    ),
    routing.Kind.RIDE: ("在途时限放宽到{limit}分钟", "a ride of {limit} min is allowed"),
    routing.Kind.CIRCLE: ("送餐圈放宽到{limit}分钟", "the circle is {limit} min"),
    routing.Kind.SHIFT_EARLIER: (
        "{courier}提早到{at}到岗（早{minutes}分钟）",
        "{courier} comes at {at} ({minutes} min earlier)",
    ),
    routing.Kind.SHIFT_LATER: (
        "{courier}延长到{at}（晚{minutes}分钟）",
        "{courier} stays until {at} ({minutes} min later)",
    ),
    routing.Kind.HOURS_EARLIER: (
        "{canteen}提早到{at}供餐（早{minutes}分钟）",
        "{canteen} opens at {at} ({minutes} min earlier)",
    ),
    routing.Kind.HOURS_LATER: (
        "{canteen}延后到{at}停止出餐（晚{minutes}分钟）",
        "{canteen} closes at {at} ({minutes} min later)",
    ),
    routing.Kind.PORTIONS: ("{canteen}多做{count}份", "{count} portions more at {canteen}"),
    routing.Kind.BOXES: (
        "{courier}的保温箱多装{count}份",
        "room for {count} portions more in the boxes of {courier}",
    ),
    routing.Kind.SKILL: ("{courier}具备所需技能", "{courier} has the skill it needs"),
    routing.Kind.CANTEEN: ("改由{canteen}供餐", "{canteen} may cook it"),
    routing.Kind.TRIP: ("{courier}多送{count}趟", "{count} trip more for {courier}"),
    routing.Kind.COURIER: (
        "{canteen}在{since}–{until}增加1名{mode}送餐员（{boxes}份）",
        "one courier more at {canteen} between {since} and {until} ({mode}, {boxes} portions)",
    ),
    routing.Kind.PRIORITY: ("优先级提高到{number}", "a priority of {number}"),
}
_ALL_BOXES = (
    "{canteen}每位送餐员的保温箱多装{count}份",
    "room for {count} portions more with every courier of {canteen}",
)
_SOMEBODY = ("{canteen}的送餐员", "a courier of {canteen}")
_OVERLOOKED = ("现有安排中即可加入", "there is room for it as things are")
_SKILLED = ("，须具备所需技能", " who has the skill it needs")
# What a change brings, by figure: more of it, then less of it.
_BROUGHT: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "served": (
        ("多送{count}单", "{count} orders more are served"),
        ("少送{count}单", "{count} orders fewer are served"),
    ),
    "inside": (
        ("圈外减少{count}单", "{count} fewer are outside the circle"),
        ("圈外增加{count}单", "{count} more are outside the circle"),
    ),
}
_SAVES = ("代价减少{count}", "the cost falls by {count}")

type Name = Callable[[int], str]
"""Says what a canteen or courier is called, from the number of its record."""


@dataclass(frozen=True)
class Advice:
    """Puts changes into words.

    Attributes
    ----------
    opens
        The moment that the plan's times count from.
    zone
        Time zone of the service day.
    language
        ``"zh"`` or ``"en"``.
    canteen, courier
        What they are called.
    """

    opens: datetime
    zone: ZoneInfo
    language: str
    canteen: Name
    courier: Name

    def remedy(self, changes: Iterable[dict[str, Any]]) -> str:
        """Return changes that together would help, as one sentence."""
        parts = [self._change(change) for change in changes]
        return ("，并且" if self.language == "zh" else ", and ").join(parts) or self._one(
            _OVERLOOKED
        )

    def somebody(self, canteen_id: int) -> str:
        """Return what a courier of a canteen is called who is not to be named."""
        return self._one(_SOMEBODY).format(canteen=self.canteen(canteen_id))

    def worth(self, worth: dict[str, Any]) -> str:
        """Return what one change of means would be worth, as a sentence."""
        parts = [
            self._one(more if worth[name] > 0 else less).format(count=abs(worth[name]))
            for name, (more, less) in _BROUGHT.items()
            if worth[name]
        ]
        parts.append(self._one(_SAVES).format(count=round(worth["saves"])))
        colon, comma = ("：", "，") if self.language == "zh" else (": ", ", ")
        return self._change(worth) + colon + comma.join(parts)

    def _change(self, change: dict[str, Any]) -> str:
        for_all = change["kind"] == routing.Kind.BOXES and "courier" not in change
        text = self._one(_ALL_BOXES if for_all else _CHANGES[change["kind"]])
        if change.get("skills"):
            text += self._one(_SKILLED)
        return text.format(**self._words_of(change))

    def _one(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language == "zh" else pair[1]

    def _words_of(self, change: dict[str, Any]) -> dict[str, str]:
        """Return what may stand in a sentence about a change.

        Where minutes are rounded, a change is rather made a little larger than too small.
        """
        words = {"count": str(change["amount"]), "number": f"{change['amount']:g}"}
        words["minutes"] = str(ceil(change["amount"] / 60))
        if "limit" in change:
            early = str(change["kind"]).endswith("_earlier")
            words["at"] = self._clock(change["limit"], late=not early)
            words["limit"] = str(ceil(change["limit"] / 60))
        if "canteen" in change:
            words["canteen"] = self.canteen(record_id(change["canteen"]))
        if "courier" in change:
            words["courier"] = self.courier(record_id(change["courier"]))
        if "shift" in change:
            since, until = change["shift"]
            words["since"], words["until"] = self._clock(since), self._clock(until, late=True)
            words["mode"] = label(Mode(change["mode"]), self.language)
            words["boxes"] = str(change["boxes"])
        return words

    def _clock(self, seconds: float, *, late: bool = False) -> str:
        minutes = ceil(seconds / 60) if late else floor(seconds / 60)
        return f"{(self.opens + timedelta(minutes=minutes)).astimezone(self.zone):%H:%M}"
