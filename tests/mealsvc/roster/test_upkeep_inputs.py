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
