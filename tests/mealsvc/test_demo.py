"""The demo's roster lives in the sample city and shows what an import reports."""

import pytest
from openpyxl import load_workbook

from mealsvc.demo import ELDERS, write_demo_roster
from mealsvc.roster import import_roster
from mealsvc.runtime import Runtime


def cells(files):
    paths = [*files.canteens, *files.couriers, *files.elders]
    return [list(sheet.values) for path in paths for sheet in load_workbook(path).worksheets]


@pytest.fixture
def demo(sample_city, tmp_path):
    """The demo's files."""
    return write_demo_roster(sample_city, tmp_path / "demo")


def test_the_same_seed_gives_the_same_roster(demo, sample_city, tmp_path):
    again = write_demo_roster(sample_city, tmp_path / "again")
    other = write_demo_roster(sample_city, tmp_path / "other", seed=2)
    assert cells(demo) == cells(again)
    assert cells(demo) != cells(other)


def test_all_places_but_the_planted_ones_are_on_the_streets(
    demo, engine, settings, clock, sample_streets_folder
):
    settings.home.mkdir()
    settings.streets_folder.symlink_to(sample_streets_folder)
    report = import_roster(Runtime(settings, engine, clock), demo)
    found = {finding.code for finding in report.findings}
    assert found == {
        "number_in_words", "date_in_words", "phone_length", "place_missing", "place_swapped_axes",
        "window_reversed", "unknown_diet", "portions_unreadable", "blank_row", "same_row",
    }  # fmt: skip
    assert report.counts["elders"].to_dict() == {
        "read": ELDERS + 2, "imported": ELDERS - 1, "updated": 0, "rejected": 1, "duplicates": 1,
        "empty": 1, "unlocated": 2,
    }  # fmt: skip
    assert report.counts["canteens"].imported == 4
    assert report.counts["meal_points"].imported == 2


def test_all_ways_of_eating_occur(demo):
    sheet = load_workbook(demo.elders[0]).worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    ways = [row[titles.index("用餐方式")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert ways.count("送餐上门") > 100
    assert ways.count("助餐点自取") > 5
    assert ways.count("堂食") > 10
