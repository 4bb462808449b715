"""Single values are understood as people write them, or refused with a reason."""

from datetime import date, datetime

import pytest

from mealsvc.roster.numerals import chinese_number
from mealsvc.roster.values import (
    Unreadable,
    day,
    floor,
    name,
    phone,
    text,
    whole_number,
    yes_no,
)
from mealsvc.roster.words import CARE_LEVELS, HARDSHIPS, MODES, WAYS, diets, words_reader
from mealsvc.roster.worksheets import Uncounted
from mealsvc.vocabulary import CareLevel, MealWay, Mode


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("两", 2),
        ("俩", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿五", 25),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("负一", -1),
        ("一九三八", 1938),
        ("半", None),
        ("", None),
        ("百", None),
    ],
)
def test_chinese_numerals_are_numbers(words, number):
    assert chinese_number(words) == number


@pytest.mark.parametrize(
    ("cell", "number", "remark"),
    [
        (2, 2, None),
        (2.0, 2, None),
        ("２", 2, None),
        ("2.0", 2, None),
        (" 3 ", 3, None),
        ("2份", 2, "number_with_unit"),
        ("两份", 2, "number_in_words"),
        ("十二", 12, "number_in_words"),
        ("-1", -1, None),
    ],
)
def test_whole_numbers_are_read_however_they_are_written(cell, number, remark):
    found = whole_number(cell)
    assert (found.value, found.remark) == (number, remark)


@pytest.mark.parametrize("cell", ["若干", "1.5", 1.5, True, float("nan"), "1-2", Uncounted("=A1")])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(Unreadable):
        whole_number(cell)


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        (7, 7),
        ("7楼", 7),
        ("一楼", 1),
        ("负一", -1),
        ("B1", -1),
        ("b2层", -2),
        ("地下一层", -1),
        ("-1", -1),
    ],
)
def test_floors_and_basements_are_read(cell, level):
    assert floor(cell).value == level


@pytest.mark.parametrize("cell", [0, 200, "顶楼"])
def test_impossible_floors_are_refused(cell):
    with pytest.raises(Unreadable):
        floor(cell)


@pytest.mark.parametrize(
    "cell",
    [
        date(1938, 5, 6),
        datetime(1938, 5, 6),  # noqa: DTZ001 - cells have no zone
        "1938-05-06",
        "1938/5/6",
        "1938.5.6",
        "1938-05-06 00:00:00",
        "19380506",
        "1938年5月6日",
        "1938 年 5 月 6 日",
        "一九三八年五月六日",
        "１９３８年５月６日",
        14006,
    ],
)
def test_dates_are_read_however_they_are_written(cell):
    assert day(cell).value == date(1938, 5, 6)


@pytest.mark.parametrize(
    ("cell", "read"),
    [("1938.5", date(1938, 5, 1)), ("1938年5月", date(1938, 5, 1)), ("1938年", date(1938, 1, 1))],
)
def test_an_incomplete_date_is_remarked(cell, read):
    found = day(cell)
    assert (found.value, found.remark) == (read, "date_without_day")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1938-02-30", "no_such_date"),
        ("去年", "not_a_date"),
        ("38-5-6", "not_a_date"),
        (5, "not_a_date"),
    ],
)
def test_what_is_no_date_is_refused(cell, code):
    with pytest.raises(Unreadable, match=code):
        day(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("13800005408", "13800005408"),
        (13800005408, "13800005408"),
        (1.3800005408e10, "13800005408"),
        ("1.3800005408E+10", "13800005408"),
        ("138 0000 5408", "13800005408"),
        ("+86-138-0000-5408", "13800005408"),
        ("0571-88006666", "0571-88006666"),
        ("0571-88006666转8012", "0571-88006666转8012"),
        ("88006666", "88006666"),
    ],
)
def test_phone_numbers_are_kept_in_one_form(cell, number):
    found = phone(cell)
    assert (found.value, found.remark) == (number, None)


@pytest.mark.parametrize("cell", ["139000087", "1380000540812", "12800005408"])
def test_a_phone_number_of_the_wrong_length_is_kept_and_remarked(cell):
    found = phone(cell)
    assert (found.value, found.remark) == (cell, "phone_length")


def test_a_phone_number_without_digits_is_refused():
    with pytest.raises(Unreadable, match="not_a_phone"):
        phone("没有")


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("有", True),
        ("√", True),
        ("Yes", True),
        (1, True),
        (True, True),
        ("无", False),
        ("×", False),
        (0, False),
    ],
)
def test_yes_and_no_in_all_their_forms(cell, answer):
    assert yes_no(cell).value is answer


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(Unreadable, match="not_yes_or_no"):
        yes_no("也许")


def test_text_loses_control_characters_and_surplus_space():
    assert text(" a\x00b\t c　d\u200b ") == "ab c d"
    assert text("\u3000") is None


def test_names_lose_the_spaces_that_align_them_but_keep_rare_characters():
    assert name("张　三") == "张三"
    assert name("王 㛃䶮") == "王㛃䶮"
    assert name("Wang  Guiying") == "Wang Guiying"


@pytest.mark.parametrize(
    ("cell", "words", "member"),
    [
        ("送餐", WAYS, MealWay.DELIVERY),
        ("pick-up", WAYS, MealWay.PICK_UP),
        ("Dine in", WAYS, MealWay.DINE_IN),
        ("半自理", CARE_LEVELS, CareLevel.SEMI_DISABLED),
        ("重度失能", CARE_LEVELS, CareLevel.DISABLED),
        ("E-bike", MODES, Mode.EBIKE),
        ("无", HARDSHIPS, None),
    ],
)
def test_synonyms_mean_the_same_word(cell, words, member):
    assert words_reader(words)(cell).value is member


def test_diets_are_split_and_unknown_ones_are_told_apart():
    assert diets("低糖;软食") == (("低糖", "软食"), ())
    assert diets("low sugar, soft") == (("低糖", "软食"), ())
    assert diets("糖尿病餐、不吃香菜") == (("低糖",), ("不吃香菜",))
    assert diets("无") == ((), ())
