"""Read single values as people write them: numbers in words, dates, phones, yes and no, weekdays.

Every reader takes what a cell (or a field of a request) holds and returns :class:`Read`, or raises
:class:`Unreadable`. Neither knows rows or columns; whoever asks decides what a fault costs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mealsvc.roster.numerals import chinese_number
from mealsvc.roster.worksheets import Cell, Uncounted

type Value = Cell | Uncounted


@dataclass(frozen=True)
class Read[T]:
    """A value that was read.

    Attributes
    ----------
    value
        What was understood.
    remark
        Code of a message when the writing was unusual or something had to be left out.
    """

    value: T
    remark: str | None = None


class Unreadable(ValueError):  # noqa: N818 - reads as what happened
    """A value that says nothing certain.

    Parameters
    ----------
    code
        Code of the message that explains it.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def plain(value: Value) -> str:
    """Return a value as text for comparing: half-width, no spaces, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", written(value))).casefold()


def written(value: Value) -> str:
    """Return a value as text, as the spreadsheet shows it, without outer space."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return str(value).strip()


def text(value: Value) -> str | None:
    """Return cleaned text, or None: control characters dropped, runs of space made one."""
    if isinstance(value, Uncounted):
        raise Unreadable("uncounted")
    kept = "".join(
        " " if mark in "\t\r\n\v\f\u3000\xa0" else mark
        for mark in written(value)
        if mark in "\t\r\n\v\f" or unicodedata.category(mark) not in {"Cc", "Cf", "Cs"}
    )
    return re.sub(r" +", " ", kept).strip() or None


def name(value: Value) -> str | None:
    """Return a person's name; the spaces that align Chinese names of two characters are dropped."""
    found = text(value)
    if found and not re.search(r"[A-Za-z]", found):
        found = found.replace(" ", "")
    return found


def whole_number(value: Value) -> Read[int]:
    """Read a whole number: 2, "2", "2.0", "两份", "十二", "2 份", "负一".

    Raises
    ------
    Unreadable
        If it is no whole number.
    """
    if isinstance(value, (Uncounted, bool)):
        raise Unreadable("uncounted" if isinstance(value, Uncounted) else "not_a_number")
    if isinstance(value, (int, float)):
        if value != value or abs(value) > 1e12 or value != int(value):  # noqa: PLR0124 - not a number
            raise Unreadable("not_a_number")
        return Read(int(value))
    digits = plain(value)
    match = re.fullmatch(r"([+-]?)(\d{1,9})(?:\.0+)?([份人个层楼户f只次名单分钟盒套]{0,2})", digits)
    if match:
        number = int(match[2]) * (-1 if match[1] == "-" else 1)
        return Read(number, "number_with_unit" if match[3] else None)
    number_in_words = chinese_number(re.sub(r"[份人个层楼户只次名盒套]+$", "", digits))
    if number_in_words is None:
        raise Unreadable("not_a_number")
    return Read(number_in_words, "number_in_words")


def floor(value: Value) -> Read[int]:
    """Read a floor: 7, "7楼", "B1", "负一", "地下一层", "一楼"; basements are negative.

    Raises
    ------
    Unreadable
        If it is no floor from -5 to 120, or 0.
    """
    spoken = plain(value)
    spoken = re.sub(r"^(第|f(?=\d))", "", spoken)
    basement = re.fullmatch(r"(?:b|地下|负|-)([\d一二三四五]*)[层楼f]?", spoken)
    if basement:
        depth = chinese_number(basement[1]) if not basement[1].isdigit() else int(basement[1])
        found = Read(-(depth or 1), None if spoken.lstrip("-").isdigit() else "number_in_words")
    elif spoken in {"底层", "底楼", "g", "ground"}:
        found = Read(1, "number_in_words")
    else:
        found = whole_number(value if not isinstance(value, str) else spoken)
    if not -5 <= found.value <= 120 or found.value == 0:
        raise Unreadable("not_a_floor")
    return found


_EXCEL_EPOCH = date(1899, 12, 30)
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{2}(?=年))[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?号?|月)?"
)


def day(value: Value) -> Read[date]:
    """Read a date: Excel's own, 1938-05-06, 1938/5/6, 1938.5.6, 19380506, 1938年5月6日, in words.

    A month without a day is read as its first day, a year alone as 1 January; both are remarked.

    Raises
    ------
    Unreadable
        If it is no date, or none that exists.
    """
    if isinstance(value, datetime):
        return Read(value.date())
    if isinstance(value, date):
        return Read(value)
    if isinstance(value, int) and not isinstance(value, bool) and 3_000 < value < 80_000:
        return Read(_EXCEL_EPOCH + timedelta(days=value), "date_as_number")
    spoken = plain(value)
    figures = re.sub(r"(?:(?<=\d)|T)t?00:00(:00)?$", "", _in_figures(spoken))
    remark = "date_in_words" if figures != spoken or "年" in spoken else None
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", figures)
    if compact:
        return Read(_date(*map(int, compact.groups())))
    alone = re.fullmatch(r"((?:19|20)\d{2})年?", figures)
    if alone:
        return Read(_date(int(alone[1]), 1, 1), "date_without_day")
    match = _DATE.fullmatch(figures)
    if not match or len(match["year"]) == 2:
        raise Unreadable("not_a_date")
    read = _date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    return Read(read, remark if match["day"] else "date_without_day")


def _date(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError as error:
        raise Unreadable("no_such_date") from error


def _in_figures(spoken: str) -> str:
    """Turn 一九三八年五月六日 into 1938年5月6日."""

    def figure(match: re.Match[str]) -> str:
        number = chinese_number(match[0])
        return match[0] if number is None else str(number)

    return re.sub(r"[〇零一二三四五六七八九十廿]+", figure, spoken)


_PHONE_NOISE = re.compile(r"[\s\-–—_().·•/]|^tel|^电话|^手机")


def phone(value: Value) -> Read[str]:
    """Read a phone number: mobile (11 digits), landline with area code, with extension, +86.

    Returns
    -------
    Read
        Mobile numbers as 11 digits, landlines as written but with plain hyphens; a number with too
        few or too many digits is kept as written and remarked.

    Raises
    ------
    Unreadable
        If there are no digits in it.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    shown = unicodedata.normalize("NFKC", written(value)).strip()
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d{1,2}", shown):
        shown = str(round(float(shown)))
    digits = re.sub(r"(转|ext\.?|x|#)\s*\d+$", "", _PHONE_NOISE.sub("", shown.casefold()))
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$|0?\d{9,11}$)", "", digits)
    if not re.search(r"\d", digits):
        raise Unreadable("not_a_phone")
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return Read(digits)
    landline = re.fullmatch(r"0\d{9,11}|[2-8]\d{6,7}|[48]00\d{7}|1\d{4}|9\d{4}", digits)
    return Read(shown[:32], None if landline else "phone_length")


_YES = {
    "有",
    "是",
    "yes",
    "y",
    "true",
    "t",
    "1",
    "√",
    "✓",
    "✔",
    "☑",
    "对",
    "在",
    "能",
    "可",
    "可以",
}
_NO = {
    "无",
    "否",
    "no",
    "n",
    "false",
    "f",
    "0",
    "×",
    "✗",
    "✘",
    "x",
    "☐",
    "没有",
    "没",
    "不",
    "不是",
}
_NO |= {"不能", "不可", "不可以", "-", "—", "/"}


def yes_no(value: Value) -> Read[bool]:
    """Read 有/无, 是/否, yes/no, √/×, 1/0.

    Raises
    ------
    Unreadable
        If it is neither.
    """
    word = plain(value)
    if word in _YES:
        return Read(True)
    if word in _NO:
        return Read(False)
    raise Unreadable("not_yes_or_no")


def one_of[T](value: Value, words: Mapping[str, T]) -> Read[T]:
    """Read one of the words of a closed set.

    Raises
    ------
    Unreadable
        If the word is not in the set.
    """
    word = re.sub(r"[-_()·]", "", plain(value))
    if word not in words:
        raise Unreadable("unknown_word")
    return Read(words[word])
