"""A proposal in words, Chinese or English: who is affected, what it costs, what it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import routing
from mealsvc.planning.reasons import reason_text
from mealsvc.sentences import Sentence
from routing import Rule
from routing.repair import Teller
from routing.repair.differences import Differences, Moved, Retimed, Served, TripChanged

_RULES: dict[Rule, Sentence] = {
    Rule.KNOWN: Sentence("计划中有不存在的人或单", "somebody or something is unknown"),
    Rule.HOME: Sentence("送餐员不属于该食堂", "the courier belongs to another canteen"),
    Rule.BOXES: Sentence("超过保温箱容量", "more portions than the boxes hold"),
    Rule.CANTEEN_HOURS: Sentence("不在食堂供餐时间内", "outside the canteen's hours"),
    Rule.WAY: Sentence("道路不通", "there is no way"),
    Rule.EARLIEST: Sentence("无法这么早送到", "nobody can be there so early"),
    Rule.WINDOW: Sentence("错过送餐时间", "misses the time asked for"),
    Rule.RIDE: Sentence("超过在途时限", "rides longer than the limit"),
    Rule.ONCE: Sentence("同一单安排了两次", "one order is on two trips"),
    Rule.ALLOWED: Sentence("该食堂不供应此单", "the canteen may not cook it"),
    Rule.SKILLS: Sentence("送餐员不具备所需技能", "the courier lacks a skill it needs"),
    Rule.SHIFT: Sentence("超出送餐员班次", "outside the courier's shift"),
    Rule.OVERLAP: Sentence("同一送餐员两趟重叠", "two trips of the courier overlap"),
    Rule.MAX_TRIPS: Sentence("超过送餐员趟次上限", "more trips than the courier makes"),
    Rule.CANTEEN_MEALS: Sentence("超过食堂产能", "more portions than the canteen cooks"),
    Rule.UNSERVED_LIST: Sentence("未送达名单不符", "the list of the unserved is wrong"),
    Rule.COST: Sentence("费用不符", "the cost is wrong"),
    Rule.BOUND: Sentence("下界不符", "the bound is wrong"),
}


@dataclass(frozen=True)
class Names:
    """How people and moments are called.

    Attributes
    ----------
    order, courier
        From a name in the problem to what the reader calls it.
    opens
        The moment that seconds count from, in local time.
    """

    order: Callable[[str], str]
    courier: Callable[[str], str]
    opens: datetime

    def time(self, seconds: int) -> str:
        """Return seconds of the service as a time of day."""
        return f"{self.opens + timedelta(seconds=seconds):%H:%M}"


def differences_of(content: Mapping[str, Any]) -> Differences:
    """Return the differences that a proposal keeps."""
    kept = content["differences"]

    def unserved(name: str) -> tuple[routing.Unserved, ...]:
        return tuple(routing.Unserved(**one) for one in kept[name])

    return Differences(
        moved=tuple(Moved(**one) for one in kept["moved"]),
        retimed=tuple(Retimed(**one) for one in kept["retimed"]),
        served=tuple(Served(**one) for one in kept["served"]),
        dropped=unserved("dropped"),
        refused=unserved("refused"),
        still_unserved=unserved("still_unserved"),
        trips=tuple(
            TripChanged(**{**one, "added": tuple(one["added"]), "removed": tuple(one["removed"])})
            for one in kept["trips"]
        ),
        couriers=tuple(kept["couriers"]),
    )


def sentences(
    content: Mapping[str, Any], shown: Differences, names: Names, language: str
) -> list[str]:
    """Return what a proposal changes, the gravest first.

    Parameters
    ----------
    content
        What the proposal keeps.
    shown
        Its differences, as far as the reader may see them.
    names
        How people are called.
    language
        ``"zh"``, else English.
    """
    teller = Teller(
        language=language,
        order=names.order,
        courier=names.courier,
        time=names.time,
        reason=lambda reason: reason_text(reason, language),
    )
    return [
        _summary(shown, names).in_language(language),
        _price(content).in_language(language),
        *(rule_sentence(one, names, language) for one in content["broken"]),
        *(_by_courier(content["skipped"], _SKIPPED, names, language)),
        *(_by_courier(content["lost"], _LOST, names, language)),
        *teller.differences(shown),
    ]


def rule_sentence(fault: Mapping[str, Any], names: Names, language: str) -> str:
    """Return a broken rule in words: who, which trip, whose meal."""
    rule = _RULES[Rule(fault["rule"])].in_language(language)
    who = [names.courier(fault["courier"])] if fault["courier"] else []
    when = [names.time(fault["departs"])] if fault["departs"] is not None else []
    whom = [names.order(one) for one in fault["orders"]]
    joined = ("，" if language == "zh" else ", ").join([*who, *when, *whom])
    if language == "zh":
        return f"违反规则：{rule}（{joined}）。" if joined else f"违反规则：{rule}。"
    return f"Breaks a rule: {rule} ({joined})." if joined else f"Breaks a rule: {rule}."


_SKIPPED = Sentence("{courier}不再去{order}（已取消）。", "{courier} skips {order} (cancelled).")
_LOST = Sentence(
    "{courier}无法送达{order}，需重新备餐。",
    "{courier} does not reach {order}; the meal must be made again.",
)


def _by_courier(
    pairs: Iterable[tuple[str, str]], words: Sentence, names: Names, language: str
) -> list[str]:
    return [
        words.in_language(language).format(courier=names.courier(who), order=names.order(whose))
        for who, whose in pairs
    ]


def _summary(shown: Differences, names: Names) -> Sentence:
    left = len(shown.dropped) + len(shown.refused)
    couriers = sorted({names.courier(one) for one in shown.couriers})
    if not couriers:
        return Sentence("所有送餐任务保持不变。", "All duties stay as they are.")
    return Sentence(
        f"涉及{len(couriers)}名送餐员（{'、'.join(couriers)}）：{len(shown.moved)}单换人，"
        f"{len(shown.retimed)}单改时间，{len(shown.served)}单新安排，{left}单无法送达。",
        f"Couriers concerned: {', '.join(couriers)}. Orders: {len(shown.moved)} change courier, "
        f"{len(shown.retimed)} change time, {len(shown.served)} are newly served, "
        f"{left} cannot be served.",
    )


def _price(content: Mapping[str, Any]) -> Sentence:
    """Return what the plan costs before and after, in the units of the prices set."""
    before, after = content["cost_before"], content["cost"]
    rest = content["cost_unrepaired"]
    undone_zh = "" if rest is None else f"；如不调整为 {rest:,.0f}"
    undone_en = "" if rest is None else f"; without a revision {rest:,.0f}"
    return Sentence(
        f"方案代价：{before:,.0f} → {after:,.0f}（{after - before:+,.0f}）{undone_zh}。",
        f"Cost: {before:,.0f} → {after:,.0f} ({after - before:+,.0f}){undone_en}.",
    )
