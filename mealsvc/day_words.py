"""The words of the day itself as closed sets: reports, outcomes, steps and findings.

They are apart from :mod:`mealsvc.vocabulary` only because there are many; use :func:`day_label`
for what people read.
"""

from __future__ import annotations

from enum import StrEnum


class EventKind(StrEnum):
    """What an event of the day tells."""

    DEPARTED = "departed"
    RETURNED = "returned"
    OUTCOME = "outcome"
    RETRACTED = "retracted"
    ACCOUNTED = "accounted"
    CONDITION = "condition"
    HANDLED = "handled"
    HANDED_BACK = "handed_back"
    SEEN = "seen"
    STEP = "step"
    CLOSED = "closed"
    PHOTO = "photo"
    DINED_IN = "dined_in"
    PICKED_UP = "picked_up"
    UNREADABLE = "unreadable"


class Source(StrEnum):
    """Where an event comes from: a courier's phone, a sheet keyed in, or the office."""

    PHONE = "phone"
    PAPER = "paper"
    OFFICE = "office"


class Outcome(StrEnum):
    """What came of a stop; the first three put the meal into somebody's hands."""

    HANDED_OVER = "handed_over"
    LEFT_AS_AGREED = "left_as_agreed"
    COLLECTED = "collected"
    NOBODY_HOME = "nobody_home"
    REFUSED = "refused"
    WRONG_ADDRESS = "wrong_address"
    UNSAFE = "unsafe"
    OTHER = "other"


SERVED = frozenset({Outcome.HANDED_OVER, Outcome.LEFT_AS_AGREED, Outcome.COLLECTED})
"""Outcomes that are evidence of a meal received."""


class Fate(StrEnum):
    """Where portions went that were not handed over."""

    RETURNED = "returned"
    GIVEN = "given"
    DISCARDED = "discarded"


class Condition(StrEnum):
    """What a courier noticed and somebody should look into."""

    SEEMS_UNWELL = "seems_unwell"
    DOOR_CHANGED = "door_changed"
    PHONE_CHANGED = "phone_changed"
    OTHER = "other"


class CaseStep(StrEnum):
    """Steps when nobody opens, in their order."""

    CALL_ELDER = "call_elder"
    CALL_CONTACT = "call_contact"
    TELL_OFFICE = "tell_office"


class StepResult(StrEnum):
    """What came of a step."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    IMPOSSIBLE = "impossible"


class Finding(StrEnum):
    """How a case of "nobody opens" was closed: what is known of the elder."""

    WELL = "well"
    WAS_OUT = "was_out"
    IN_HOSPITAL = "in_hospital"
    NEEDED_HELP = "needed_help"
    DIED = "died"
    OTHER = "other"


class NotCounted(StrEnum):
    """Why a report is kept apart and changes nothing until somebody counts it."""

    LINK_WITHDRAWN = "link_withdrawn"
    DUTY_OVER = "duty_over"
    NOT_YOUR_STOP = "not_your_stop"
    NOT_YOUR_REPORT = "not_your_report"
    TOO_EARLY = "too_early"
    IN_THE_FUTURE = "in_the_future"
    NOT_FOR_COURIERS = "not_for_couriers"
    UNREADABLE = "unreadable"


class StopStatus(StrEnum):
    """How far a stop is, by what was reported and nothing else."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    HANDED_BACK = "handed_back"
    SETTLED = "settled"


class TripStatus(StrEnum):
    """How far a trip or a duty is."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"
    HANDED_BACK = "handed_back"


# Words of different sets may be equal as strings, so each set has a table of its own.
_ZH: dict[type[StrEnum], dict[str, str]] = {
    EventKind: {
        EventKind.DEPARTED: "已出发",
        EventKind.RETURNED: "已返回",
        EventKind.OUTCOME: "送达结果",
        EventKind.RETRACTED: "撤回",
        EventKind.ACCOUNTED: "餐食去向",
        EventKind.CONDITION: "情况备注",
        EventKind.HANDLED: "备注已处理",
        EventKind.HANDED_BACK: "无法继续送餐",
        EventKind.SEEN: "已看到新版",
        EventKind.STEP: "无人应门处置",
        EventKind.CLOSED: "无人应门结案",
        EventKind.PHOTO: "照片",
        EventKind.DINED_IN: "堂食",
        EventKind.PICKED_UP: "自取",
        EventKind.UNREADABLE: "无法识别",
    },
    Source: {
        Source.PHONE: "手机",
        Source.PAPER: "纸质单",
        Source.OFFICE: "食堂",
    },
    Outcome: {
        Outcome.HANDED_OVER: "当面送达",
        Outcome.LEFT_AS_AGREED: "按约定放置",
        Outcome.COLLECTED: "已取走",
        Outcome.NOBODY_HOME: "无人应门",
        Outcome.REFUSED: "拒收",
        Outcome.WRONG_ADDRESS: "地址有误",
        Outcome.UNSAFE: "不安全，未送",
        Outcome.OTHER: "其他",
    },
    Fate: {
        Fate.RETURNED: "退回食堂",
        Fate.GIVEN: "转给他人",
        Fate.DISCARDED: "已废弃",
    },
    Condition: {
        Condition.SEEMS_UNWELL: "身体似有不适",
        Condition.DOOR_CHANGED: "门牌或门锁有变",
        Condition.PHONE_CHANGED: "电话有变",
        Condition.OTHER: "其他",
    },
    CaseStep: {
        CaseStep.CALL_ELDER: "致电老人",
        CaseStep.CALL_CONTACT: "致电紧急联系人",
        CaseStep.TELL_OFFICE: "报告食堂办公室",
    },
    StepResult: {
        StepResult.REACHED: "已联系上",
        StepResult.NOT_REACHED: "未联系上",
        StepResult.IMPOSSIBLE: "无法联系",
    },
    Finding: {
        Finding.WELL: "平安",
        Finding.WAS_OUT: "外出",
        Finding.IN_HOSPITAL: "住院",
        Finding.NEEDED_HELP: "需要帮助",
        Finding.DIED: "去世",
        Finding.OTHER: "其他",
    },
    NotCounted: {
        NotCounted.LINK_WITHDRAWN: "链接已被收回",
        NotCounted.DUTY_OVER: "任务已结束",
        NotCounted.NOT_YOUR_STOP: "不是您的停靠点",
        NotCounted.NOT_YOUR_REPORT: "不是您的记录",
        NotCounted.TOO_EARLY: "时间早于任务",
        NotCounted.IN_THE_FUTURE: "时间在将来",
        NotCounted.NOT_FOR_COURIERS: "须由食堂记录",
        NotCounted.UNREADABLE: "内容无法识别",
    },
    StopStatus: {
        StopStatus.WAITING: "待送",
        StopStatus.UNDER_WAY: "在途",
        StopStatus.HANDED_BACK: "已交回",
        StopStatus.SETTLED: "已有结果",
    },
    TripStatus: {
        TripStatus.WAITING: "待出发",
        TripStatus.UNDER_WAY: "在途",
        TripStatus.DONE: "已完成",
        TripStatus.HANDED_BACK: "已交回",
    },
}


def day_label(member: StrEnum, language: str = "zh") -> str:
    """Return the name that people read: Chinese, or the value with spaces in English."""
    if language == "zh":
        return _ZH[type(member)][member]
    return member.value.replace("_", " ")
