"""What each column holds, told to the people who fill it in; the templates print it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mealsvc.roster.columns import Kind
from mealsvc.roster.words import DIETS
from mealsvc.vocabulary import CareLevel, CourierKind, Hardship, MealWay, Mode, Sex, label


@dataclass(frozen=True)
class Guide:
    """One column of a template.

    Attributes
    ----------
    example
        What the example row holds (Chinese, English).
    means
        What to write (Chinese, English).
    choices
        A drop-down (Chinese, English); other words than these are still understood.
    """

    example: tuple[str | int | float, str | int | float]
    means: tuple[str, str]
    choices: tuple[tuple[str, ...], tuple[str, ...]] = field(default=((), ()))


def _choices(members: type[StrEnum]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        tuple(label(member) for member in members),
        tuple(label(member, "en") for member in members),
    )


def _same(value: float | str) -> tuple[str | int | float, str | int | float]:
    return value, value


_YES_NO = (("是", "否"), ("yes", "no"))
_DAYS = (
    ("每天", "周一至周五", "周一;周三;周五", "周末"),
    ("daily", "Mon-Fri", "Mon;Wed;Fri", "weekend"),
)
_PLACE = {
    "lon": Guide(
        _same(120.1551),
        (
            "经度，以度为单位；没有坐标可留空，之后在系统中点选",
            "degrees; may stay empty and be set on the map later",
        ),
    ),
    "lat": Guide(_same(30.2741), ("纬度，以度为单位", "degrees")),
    "datum": Guide(
        _same("GCJ02"),
        (
            "坐标取自哪里：高德、腾讯填 GCJ02，百度填 BD09，GPS 或天地图填 WGS84",
            "where the pair was read: GCJ02 (AMap, Tencent), BD09 (Baidu), WGS84 (GPS, OSM)",
        ),
        (("WGS84", "GCJ02", "BD09"), ("WGS84", "GCJ02", "BD09")),
    ),
}
_ADDRESS = Guide(("西湖区文化路 8 号", "8 Wenhua Road, Xihu"), ("街道和门牌", "street and number"))
_CODE = ("不可重复；再次导入时按编号更新", "unique; a later import updates by it")

GUIDES: Mapping[Kind, Mapping[str, Guide]] = {
    Kind.CANTEENS: {
        "code": Guide(_same("ST01"), _CODE),
        "name": Guide(("文化新村老年食堂", "Wenhua Canteen"), ("食堂名称", "name of the canteen")),
        "address": _ADDRESS,
        "phone": Guide(
            _same("0571-88001234"), ("座机带区号，或 11 位手机", "with area code, or mobile")
        ),
        **_PLACE,
        "lunch_capacity": Guide(
            _same(120), ("午餐最多做几份；不做留空", "most portions; empty: none")
        ),
        "dinner_capacity": Guide(
            _same(60), ("晚餐最多做几份；不做留空", "most portions; empty: none")
        ),
        "lunch_opens": Guide(_same("10:30"), ("送餐员最早几点装箱", "couriers load from")),
        "lunch_closes": Guide(_same("12:30"), ("最晚几点离开食堂", "couriers leave until")),
        "dinner_opens": Guide(_same("16:30"), ("送餐员最早几点装箱", "couriers load from")),
        "dinner_closes": Guide(_same("18:30"), ("最晚几点离开食堂", "couriers leave until")),
        "note": Guide(("老少共享食堂", "shared with the young"), ("备注", "anything else")),
    },
    Kind.MEAL_POINTS: {
        "code": Guide(_same("ZC01"), _CODE),
        "name": Guide(
            ("荷风苑助餐点", "Hefeng Meal Point"), ("助餐点名称", "name of the meal point")
        ),
        "address": _ADDRESS,
        **_PLACE,
        "canteen": Guide(_same("ST01"), ("供餐食堂的编号", "code of the canteen that supplies it")),
        "capacity": Guide(_same(40), ("每餐最多几份", "most portions per meal")),
        "opens": Guide(_same("11:00"), ("取餐开始时间", "meals are collected from")),
        "closes": Guide(_same("12:15"), ("取餐结束时间", "meals are collected until")),
        "note": Guide(("社区一楼", "ground floor"), ("备注", "anything else")),
    },
    Kind.COURIERS: {
        "code": Guide(_same("Z001"), _CODE),
        "name": Guide(("陈志明", "Chen Zhiming"), ("姓名", "name")),
        "phone": Guide(_same("13800001234"), ("11 位手机号", "mobile number")),
        "kind": Guide(
            (label(CourierKind.VOLUNTEER), label(CourierKind.VOLUNTEER, "en")),
            ("志愿者、专职或平台骑手", "volunteer, staff or platform rider"),
            _choices(CourierKind),
        ),
        "canteen": Guide(
            _same("ST01"), ("从哪个食堂出发（编号）", "code of the canteen to start from")
        ),
        "mode": Guide(
            (label(Mode.EBIKE), label(Mode.EBIKE, "en")),
            ("怎么送餐", "how the courier travels"),
            _choices(Mode),
        ),
        "boxes": Guide(_same(12), ("每趟最多带几份", "most portions per trip")),
        "starts": Guide(_same("10:30"), ("最早几点开始", "available from")),
        "ends": Guide(_same("12:30"), ("最晚几点回到食堂", "back at the canteen by")),
        "care": Guide(
            ("是", "yes"), ("能否给失能老人送餐到床边", "can serve disabled elders"), _YES_NO
        ),
        "days": Guide(("周一至周五", "Mon-Fri"), ("星期几来；留空表示暂不安排", "weekdays"), _DAYS),
        "max_trips": Guide(
            _same(4), ("每班最多几趟；不限留空", "most trips per shift; empty: any")
        ),
        "note": Guide(("周三早走", "leaves early on Wednesdays"), ("备注", "anything else")),
    },
    Kind.ELDERS: {
        "code": Guide(_same("L00001"), _CODE),
        "name": Guide(("王桂英", "Wang Guiying"), ("姓名", "name")),
        "sex": Guide(
            (label(Sex.FEMALE), label(Sex.FEMALE, "en")), ("男或女", "sex"), _choices(Sex)
        ),
        "birth": Guide(_same("1938-05-06"), ("出生日期", "year-month-day")),
        "phone": Guide(
            _same("13900001234"), ("手机 11 位，座机带区号", "mobile, or with area code")
        ),
        "compound": Guide(("荷风苑", "Hefeng Garden"), ("小区名称", "residential compound")),
        "building": Guide(("3幢", "3"), ("几幢", "building")),
        "unit": Guide(("2单元", "2"), ("几单元", "unit or entrance")),
        "floor": Guide(_same(5), ("楼层，地下填 -1", "floor; basements as -1")),
        "lift": Guide(
            ("无", "no"), ("有没有电梯", "is there a lift"), (("有", "无"), ("yes", "no"))
        ),
        "room": Guide(_same("502"), ("房号", "room")),
        **_PLACE,
        "way": Guide(
            (label(MealWay.DELIVERY), label(MealWay.DELIVERY, "en")),
            ("怎么吃：送餐上门、助餐点自取或堂食", "delivery, pick up or dine in"),
            _choices(MealWay),
        ),
        "lunch": Guide(_same(1), ("午餐几份；不吃填 0", "portions; 0: none")),
        "dinner": Guide(_same(0), ("晚餐几份；不吃填 0", "portions; 0: none")),
        "days": Guide(
            ("每天", "daily"), ("星期几吃；可写 除周日", "weekdays, for example Mon-Fri"), _DAYS
        ),
        "diets": Guide(
            ("低糖;软食", "low sugar;soft"),
            (f"可多选，用分号隔开：{'、'.join(DIETS)}", "separated by ; (stored in Chinese)"),
        ),
        "window": Guide(
            _same("11:00-11:45"), ("几点到几点之间送到；不限留空", "from-until; empty: any")
        ),
        "care": Guide(
            (label(CareLevel.SEMI_DISABLED), label(CareLevel.SEMI_DISABLED, "en")),
            ("自理、半失能或失能", "care level"),
            _choices(CareLevel),
        ),
        "alone": Guide(("是", "yes"), ("是否独居", "lives alone"), _YES_NO),
        "hardship": Guide(
            (label(Hardship.DIBAO), label(Hardship.DIBAO, "en")),
            ("低保、低边或特困；没有留空", "recognised hardship; empty: none"),
            _choices(Hardship),
        ),
        "contact_name": Guide(("王小明", "Wang Xiaoming"), ("没人开门时打给谁", "whom to call")),
        "contact_phone": Guide(_same("13700001234"), ("联系人电话", "phone of the contact")),
        "relation": Guide(("儿子", "son"), ("联系人与老人的关系", "relation to the elder")),
        "courier": Guide(_same("Z001"), ("平时由谁送（编号）", "code of the usual courier")),
        "meal_point": Guide(
            _same("ZC01"), ("自取时在哪个助餐点（编号）", "code, for those who collect")
        ),
        "canteen": Guide(_same("ST01"), ("由哪个食堂管理（编号）；可留空", "code; may stay empty")),
        "handover": Guide(
            _same(90), ("上门交接要几秒；留空按楼层估算", "seconds; empty: by the floor")
        ),
        "priority": Guide(
            _same(2), ("优先级，越大越先；可留空", "larger is served first; may stay empty")
        ),
        "note": Guide(
            ("敲门重一点，耳背", "knock loudly"), ("给送餐员看的备注", "shown to the courier")
        ),
    },
}
"""By kind and column key; columns without a guide are understood but not in the templates."""
