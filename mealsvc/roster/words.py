"""The closed sets of words in a roster, with the synonyms that people write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from mealsvc.roster.values import Read, Value, one_of, plain
from mealsvc.vocabulary import CareLevel, CourierKind, Hardship, MealWay, Mode, Sex, label


def _words[T: StrEnum](synonyms: Mapping[T, str]) -> dict[str, T]:
    known = {}
    for member, words in synonyms.items():
        for word in (label(member), label(member, "en"), member.value, *words.split()):
            known[re.sub(r"[-_()·]", "", plain(word))] = member
    return known


WAYS = _words(
    {
        MealWay.DELIVERY: "送餐 上门 配送 送餐到家 送上门 上门送餐 外送 homedelivery deliver door",
        MealWay.PICK_UP: "自取 取餐 自提 助餐点 助餐点取餐 pickup collect",
        MealWay.DINE_IN: "在食堂吃 食堂用餐 到店 食堂就餐 堂吃 dinein canteen",
    }
)
SEXES = _words({Sex.FEMALE: "f 女性 woman", Sex.MALE: "m 男性 man"})
CARE_LEVELS = _words(
    {
        CareLevel.INDEPENDENT: "能自理 完全自理 可自理 健康",
        CareLevel.SEMI_DISABLED: "半自理 部分失能 轻度失能 中度失能 semi 半护理",
        CareLevel.DISABLED: "完全失能 重度失能 不能自理 全失能 全护理",
    }
)
HARDSHIPS: dict[str, Hardship | None] = {
    **_words(
        {
            Hardship.DIBAO: "低保户 最低生活保障",
            Hardship.DIBIAN: "低边户 低保边缘 低保边缘户",
            Hardship.TEKUN: "特困供养 特困人员 五保 五保户",
        }
    ),
    **dict.fromkeys(("无", "否", "没有", "none", "no", "普通", "/", "—"), None),
}
COURIER_KINDS = _words(
    {
        CourierKind.VOLUNTEER: "义工 志愿 志愿服务",
        CourierKind.STAFF: "员工 工作人员 专职送餐员 专职人员 全职 employee",
        CourierKind.RIDER: "骑手 外卖员 外卖骑手 饿了么 美团 platformrider",
    }
)
MODES = _words(
    {
        Mode.FOOT: "走路 徒步 walk walking onfoot",
        Mode.BICYCLE: "脚踏车 单车 bike cycle",
        Mode.EBIKE: "电瓶车 电动自行车 电动三轮车 电动三轮 电动 助力车 摩托车 electricbike scooter",
        Mode.CAR: "小汽车 轿车 开车 面包车 货车 van auto",
    }
)

DIETS: Mapping[str, str] = {
    "低糖": "无糖 少糖 控糖 糖尿病 糖尿病餐 lowsugar diabetic nosugar",
    "低盐": "少盐 无盐 lowsalt lowsodium",
    "少油": "低油 清淡 lowoil",
    "低脂": "少脂 lowfat",
    "软食": "软饭 软烂 烂饭 soft",
    "半流食": "半流质 semiliquid",
    "流食": "流质 liquid",
    "糊餐": "糊状 打碎 pureed puree",
    "清真": "回民 halal",
    "素食": "吃素 全素 素 vegetarian",
    "不辣": "忌辣 免辣 不吃辣 notspicy",
    "低嘌呤": "痛风 lowpurine",
    "忌海鲜": "不吃海鲜 海鲜过敏 noseafood",
}
"""Diets by the word that is stored and printed, with other words for each."""

_DIET_WORDS = {
    plain(word): diet for diet, words in DIETS.items() for word in (diet, *words.split())
}
_NO_DIET = {
    plain(word) for word in ("无", "普通", "正常", "没有", "none", "normal", "/", "-", "不限")
}


def words_reader[T](words: Mapping[str, T]) -> Callable[[Value], Read[T]]:
    """Return a reader for one closed set of words."""
    return lambda value: one_of(value, words)


def diets(value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split diet requirements into known diets and words that nobody planned for.

    Returns
    -------
    tuple
        Known diets (sorted, each once), and the other words as written.
    """
    known: set[str] = set()
    unknown: list[str] = []
    for part in re.split(r"[;；,，、/+\n]+|和", str(value or "")):
        for word in [part] if _diet(part) else part.split():
            diet = _diet(word)
            if diet:
                known.add(diet)
            elif plain(word) not in _NO_DIET:
                unknown.append(word)
    return tuple(sorted(known)), tuple(unknown)


def _diet(word: str) -> str | None:
    bare = re.sub(r"[-_]", "", plain(word))
    return _DIET_WORDS.get(bare) or _DIET_WORDS.get(re.sub(r"(饮食|餐)$", "", bare))


def spoken(members: Iterable[StrEnum], language: str) -> str:
    """List words for a message."""
    mark = "、" if language == "zh" else ", "
    return mark.join(label(member, language) for member in members)
