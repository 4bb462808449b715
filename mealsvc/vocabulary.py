"""The words of the field as closed sets, with the names people read.

Code, database and API use the English value; screens and paper use :func:`label`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Meal(StrEnum):
    """Which meal of the day a service serves."""

    LUNCH = "lunch"
    DINNER = "dinner"


class MealWay(StrEnum):
    """How a portion reaches the elder."""

    DELIVERY = "delivery"
    PICK_UP = "pick_up"
    DINE_IN = "dine_in"


class OrderKind(StrEnum):
    """What an order asks of the canteen; ``supply`` carries a meal point's portions to it."""

    DELIVERY = "delivery"
    PICK_UP = "pick_up"
    DINE_IN = "dine_in"
    SUPPLY = "supply"


class Sex(StrEnum):
    """Sex as the residence register has it."""

    FEMALE = "female"
    MALE = "male"


class CareLevel(StrEnum):
    """How far an elder can look after themselves."""

    INDEPENDENT = "independent"
    SEMI_DISABLED = "semi_disabled"
    DISABLED = "disabled"


class Hardship(StrEnum):
    """Recognised hardship, which subsidy rules refer to."""

    DIBAO = "dibao"
    DIBIAN = "dibian"
    TEKUN = "tekun"


class CourierKind(StrEnum):
    """Who a courier is to the canteen."""

    VOLUNTEER = "volunteer"
    STAFF = "staff"
    RIDER = "rider"


class Mode(StrEnum):
    """How a courier travels; the street engine's modes have the same values."""

    FOOT = "foot"
    BICYCLE = "bicycle"
    EBIKE = "ebike"
    CAR = "car"


class Skill(StrEnum):
    """What a courier can do that some orders need."""

    CARE = "care"


class SiteKind(StrEnum):
    """What stands at a site that elders walk to."""

    CANTEEN = "canteen"
    MEAL_POINT = "meal_point"


class MapSetKind(StrEnum):
    """What an imported map file tells: areas with names, or how many people live where."""

    BOUNDARIES = "boundaries"
    POPULATION = "population"


class Grouping(StrEnum):
    """By what figures about people are broken down."""

    AREA = "area"
    AGE = "age"
    CARE = "care_level"
    HARDSHIP = "hardship"
    WAY = "way"


class AgeBand(StrEnum):
    """Age in years on the day that is looked at."""

    UNDER_60 = "under_60"
    FROM_60 = "60_69"
    FROM_70 = "70_79"
    FROM_80 = "80_89"
    FROM_90 = "90_up"


class EndReason(StrEnum):
    """Why an elder's service ended."""

    DEATH = "death"
    MOVED = "moved"
    OTHER = "other"


class UnlocatedReason(StrEnum):
    """Why an address cannot be used in a plan."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    SWAPPED_AXES = "swapped_axes"
    UNKNOWN_DATUM = "unknown_datum"
    OUTSIDE_AREA = "outside_area"
    FAR_FROM_STREET = "far_from_street"
    ISLAND = "island"


class RevisionState(StrEnum):
    """Life of a plan revision: at most one revision of a plan is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class ProposalState(StrEnum):
    """Life of a proposed revision: somebody decides about it, once."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Role(StrEnum):
    """What a signed-in person may do."""

    ADMIN = "admin"
    MANAGER = "manager"
    PLANNER = "planner"
    OFFICER = "officer"
    COURIER = "courier"


class TokenKind(StrEnum):
    """What a token is for: a browser session, a program, or one courier's duty."""

    SESSION = "session"
    API = "api"
    DUTY = "duty"


class JobKind(StrEnum):
    """Work that runs in the background and leaves a record."""

    NIGHTLY = "nightly"
    PLAN = "plan"
    IMPORT = "import"
    BEST_SITES = "best_sites"
    EFFECT = "effect"


class JobState(StrEnum):
    """Life of a background job."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


_ZH: dict[StrEnum, str] = {
    Meal.LUNCH: "午餐",
    Meal.DINNER: "晚餐",
    MealWay.DELIVERY: "送餐上门",
    MealWay.PICK_UP: "助餐点自取",
    MealWay.DINE_IN: "堂食",
    OrderKind.SUPPLY: "助餐点供餐",
    Sex.FEMALE: "女",
    Sex.MALE: "男",
    CareLevel.INDEPENDENT: "自理",
    CareLevel.SEMI_DISABLED: "半失能",
    CareLevel.DISABLED: "失能",
    Hardship.DIBAO: "低保",
    Hardship.DIBIAN: "低边",
    Hardship.TEKUN: "特困",
    CourierKind.VOLUNTEER: "志愿者",
    CourierKind.STAFF: "专职",
    CourierKind.RIDER: "平台骑手",
    Mode.FOOT: "步行",
    Mode.BICYCLE: "自行车",
    Mode.EBIKE: "电动车",
    Mode.CAR: "汽车",
    Skill.CARE: "可上门失能",
    SiteKind.CANTEEN: "老年食堂",
    SiteKind.MEAL_POINT: "助餐点",
    MapSetKind.BOUNDARIES: "边界",
    MapSetKind.POPULATION: "人口",
    Grouping.AREA: "街道/社区",
    Grouping.AGE: "年龄",
    Grouping.CARE: "照护等级",
    Grouping.HARDSHIP: "困难类别",
    Grouping.WAY: "用餐方式",
    AgeBand.UNDER_60: "60岁以下",
    AgeBand.FROM_60: "60–69岁",
    AgeBand.FROM_70: "70–79岁",
    AgeBand.FROM_80: "80–89岁",
    AgeBand.FROM_90: "90岁及以上",
    EndReason.DEATH: "去世",
    EndReason.MOVED: "迁出",
    EndReason.OTHER: "其他",
    UnlocatedReason.MISSING: "缺少坐标",
    UnlocatedReason.UNREADABLE: "坐标无法识别",
    UnlocatedReason.SWAPPED_AXES: "经纬度写反",
    UnlocatedReason.UNKNOWN_DATUM: "坐标系不明",
    UnlocatedReason.OUTSIDE_AREA: "不在服务区域内",
    UnlocatedReason.FAR_FROM_STREET: "离道路太远",
    UnlocatedReason.ISLAND: "道路不连通",
    RevisionState.DRAFT: "草稿",
    RevisionState.PUBLISHED: "已发布",
    RevisionState.SUPERSEDED: "已被替代",
    RevisionState.CLOSED: "已结束",
    ProposalState.OPEN: "待确认",
    ProposalState.ACCEPTED: "已采用",
    ProposalState.REJECTED: "已放弃",
    Role.ADMIN: "管理员",
    Role.MANAGER: "食堂负责人",
    Role.PLANNER: "规划员",
    Role.OFFICER: "民政局",
    Role.COURIER: "送餐员",
    JobState.QUEUED: "等待中",
    JobState.RUNNING: "进行中",
    JobState.SUCCEEDED: "已完成",
    JobState.FAILED: "失败",
}

#: English names that the value with spaces is not.
_EN: dict[tuple[type[StrEnum], str], str] = {
    (AgeBand, AgeBand.FROM_60.value): "60–69",
    (AgeBand, AgeBand.FROM_70.value): "70–79",
    (AgeBand, AgeBand.FROM_80.value): "80–89",
    (AgeBand, AgeBand.FROM_90.value): "90 and over",
}

# Members of different enums with one value are equal as strings, so the key carries the class.
_ZH_BY_CLASS = {(type(member), member.value): text for member, text in _ZH.items()}
_ZH_BY_CLASS.update(
    {(OrderKind, way.value): _ZH_BY_CLASS[MealWay, way.value] for way in MealWay},
)


def service_zh(day: date, meal: Meal) -> str:
    """Return what a service is called in a Chinese sentence."""
    return f"{day.year}年{day.month}月{day.day}日{label(meal)}"


def weekday_label(day: date, language: str = "zh") -> str:
    """Return the name of a day's weekday in Chinese (default), else short in English."""
    names = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
    if language != "zh":
        names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return names[day.weekday()]


def label(member: StrEnum, language: str = "zh") -> str:
    """Return the name that people read.

    Parameters
    ----------
    member
        A member of one of the enums of this module.
    language
        ``"zh"`` (default) or ``"en"``.

    Returns
    -------
    str
        The Chinese name; in English mostly the value with spaces.
    """
    key = type(member), member.value
    if language == "zh":
        return _ZH_BY_CLASS[key]
    return _EN.get(key) or member.value.replace("_", " ")
