"""What a person may enter about one record, where a form differs from a spreadsheet."""

import pytest
from pydantic import ValidationError

from mealsvc.roster.upkeep import AddressEntry, ElderEntry


@pytest.mark.parametrize(("entered", "floor"), [("三楼", 3), ("-1", -1), (5, 5), ("", None)])
def test_a_floor_is_understood_as_in_a_spreadsheet(entered, floor):
    assert AddressEntry(floor=entered).floor == floor


@pytest.mark.parametrize("entered", ["某楼", 300])
def test_a_floor_that_is_none_is_refused(entered):
    with pytest.raises(ValidationError, match="floor"):
        AddressEntry(floor=entered)


def test_blank_texts_are_none_and_long_ones_are_refused():
    assert ElderEntry(door_note="  ").door_note is None
    assert ElderEntry(phone="").phone is None
    with pytest.raises(ValidationError, match="door_note"):
        ElderEntry(door_note="字" * 501)


@pytest.mark.parametrize(
    ("entered", "english", "chinese"),
    [
        ({"phone": "123"}, "too few or too many digits; check it", "号码位数不对；请核对号码"),
        ({"birth_date": "1938-02-30"}, "no such day; check", "没有这一天；请核对日期"),
        (
            {
                "standing": [
                    {"meal": "lunch", "portions": 1, "window": {"first": "12:00", "last": "11:00"}}
                ]
            },
            "ends at 11:00, before",
            "结束时间 11:00 不晚于开始时间 12:00",
        ),
    ],
)
def test_a_refused_value_has_its_rule_in_both_languages(entered, english, chinese):
    with pytest.raises(ValidationError) as refused:
        ElderEntry(**entered)
    (fault,) = refused.value.errors()
    assert english in fault["msg"]
    assert fault["ctx"]["zh"].startswith(chinese)
