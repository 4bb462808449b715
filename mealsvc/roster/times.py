"""Read times of day, hand-over windows and weekday sets as people write them."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from mealsvc.roster.numerals import chinese_number
from mealsvc.roster.values import Read, Unreadable, Value, plain

type Window = tuple[time | None, time | None]

_WORDS_BEFORE_NOON = ("上午", "早上", "早晨", "清晨", "凌晨", "早", "am")
_WORDS_AFTER_NOON = ("下午", "傍晚", "晚上", "午后", "晚", "pm")
_TIME = re.compile(
    r"(?P<half>上午|早上|早晨|清晨|凌晨|早|中午|下午|傍晚|晚上|午后|晚)?"
    r"(?P<hour>\d{1,2})(?:[:时点.](?P<minute>\d{1,2}|半|整|一刻|三刻)?分?)?(?P<second>:\d{2})?"
    r"(?P<ampm>am|pm)?"
)


def time_of_day(value: Value) -> Read[time]:
    """Read a time of day: Excel's own, 11:30, 11：30, 11点半, 上午十一点, 下午5:15, 0.479 of a day.

    Raises
    ------
    Unreadable
        If it is none.
    """
    if isinstance(value, datetime):
        return Read(value.time().replace(microsecond=0))
    if isinstance(value, time):
        return Read(value.replace(microsecond=0))
    if isinstance(value, timedelta):
        value = value / timedelta(days=1)
    if isinstance(value, float) and 0 < value < 1:
        minutes = round(value * 24 * 60)
        return Read(time(minutes // 60 % 24, minutes % 60))
    spoken = plain(value)
    figures = _figures(spoken)
    match = _TIME.fullmatch(figures)
    if not match:
        raise Unreadable("not_a_time")
    return Read(_moment(match), "time_in_words" if not re.fullmatch(r"[\d:]+", spoken) else None)


def _moment(match: re.Match[str]) -> time:
    hour = int(match["hour"])
    minute = {"半": 30, "一刻": 15, "三刻": 45, "整": 0, None: 0}.get(match["minute"])
    minute = int(match["minute"]) if minute is None else minute
    half = match["half"] or match["ampm"] or ""
    if (half in _WORDS_AFTER_NOON or half == "中午") and hour < (12 if half != "中午" else 10):
        hour += 12
    if hour > 23 or minute > 59:
        raise Unreadable("not_a_time")
    return time(hour, minute)


def _figures(spoken: str) -> str:
    """Turn 十一点半 into 11点半; leave 一刻 and 三刻 alone."""

    def figure(match: re.Match[str]) -> str:
        number = chinese_number(match[0])
        return match[0] if number is None else str(number)

    return re.sub(r"[〇零一二两三四五六七八九十]+(?!刻)", figure, spoken)


def windows(value: Value) -> Read[tuple[Window, ...]]:
    """Read hand-over windows: 11:00-11:45, 11：00～11：45, 上午11点半至12点, 11:30前; several too.

    Returns
    -------
    Read
        Pairs of first and last moment; an open side is None.

    Raises
    ------
    Unreadable
        If it is no window, or one that closes before it opens (code ``window_reversed``).
    """
    found = []
    remark = None
    for part in re.split(r"[;,、\n]|和|及", plain(value)):
        if part:
            window, in_words = _window(part)
            found.append(window)
            remark = remark or in_words
    if not found:
        raise Unreadable("not_a_window")
    return Read(tuple(found), remark)


def _window(part: str) -> tuple[Window, str | None]:
    sides = re.split(r"[-~–—－到至]+", part)
    if len(sides) == 2 and all(sides):
        first, last = time_of_day(sides[0]), time_of_day(sides[1])
        if re.match("下午|晚上|傍晚|晚", sides[0]) and last.value < first.value:
            last = time_of_day(re.match("下午|晚上|傍晚|晚", sides[0])[0] + sides[1])  # type: ignore[index]
        if first.value >= last.value:
            raise Unreadable("window_reversed")
        return (first.value, last.value), first.remark or last.remark
    before = re.fullmatch(r"(.+?)(?:之前|以前|前)", part)
    if before:
        return (None, time_of_day(before[1]).value), "time_in_words"
    after = re.fullmatch(r"(.+?)(?:之后|以后|后)", part)
    if after:
        return (time_of_day(after[1]).value, None), "time_in_words"
    raise Unreadable("not_a_window")


_DAYS = {mark: k for k, mark in enumerate("一二三四五六日")}
_DAYS |= {"天": 6} | {str(k + 1): k for k in range(7)}
_DAYS |= {word: k for k, word in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_DAY = r"(?:星期|礼拜|周)?(mon|tue|wed|thu|fri|sat|sun|[一二三四五六日天1-7])[a-z]*"
_SETS = {
    **dict.fromkeys(
        ("每天", "每日", "天天", "全周", "一周", "整周", "daily", "everyday", "all"), range(7)
    ),
    **dict.fromkeys(("工作日", "平日", "weekdays", "workdays", "weekday"), range(5)),
    **dict.fromkeys(("周末", "双休日", "双休", "weekend", "weekends", "休息日"), (5, 6)),
}


def weekdays(value: Value) -> Read[int]:
    """Read a set of weekdays as a bit mask (bit 0 = Monday).

    Understood are 每天, 工作日, 周末, 周一至周五, 周一;周三;周五, 一三五, Mon-Fri, 1,3,5, 除周日,
    每天(除周日).

    Raises
    ------
    Unreadable
        If a word in it is no weekday, or no day is left.
    """
    spoken = re.sub(r"[()\[\]每逢]", lambda m: "每" if m[0] == "每" else "", plain(value))
    kept, _, left_out = spoken.partition("除")
    days = _day_set(kept) if kept or "除" not in spoken else set(range(7))
    if "除" in spoken:
        days -= _day_set(re.sub(r"(以?外|之外)$", "", left_out.removeprefix("了")))
    if not days:
        raise Unreadable("not_weekdays")
    return Read(sum(1 << k for k in days))


def _day_set(spoken: str) -> set[int]:
    days: set[int] = set()
    for part in re.split(r"[;,、/\s+和及|.]+", spoken):
        if part:
            days |= _day_part(part)
    if not days:
        raise Unreadable("not_weekdays")
    return days


def _day_part(part: str) -> set[int]:
    if part in _SETS:
        return set(_SETS[part])
    span = re.fullmatch(_DAY + r"[-~–—到至]+" + _DAY, part)
    if span:
        first, last = _DAYS[span[1]], _DAYS[span[2]]
        return {(first + k) % 7 for k in range((last - first) % 7 + 1)}
    if re.fullmatch(rf"(?:{_DAY})+", part) and not re.fullmatch(r"\d{8,}", part):
        return {_DAYS[mark] for mark in re.findall(_DAY, part)}
    raise Unreadable("not_weekdays")
