"""Templates can be filled in without reading anything else, and their example imports cleanly."""

import pytest
from openpyxl import load_workbook

from mealsvc.errors import InvalidInput
from mealsvc.roster import RosterFiles, import_roster
from mealsvc.roster.columns import COLUMNS
from mealsvc.roster.guide import GUIDES
from mealsvc.roster.templates import write_template, write_templates


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_of_the_templates_import_without_a_finding(runtime, tmp_path, language):
    canteens, couriers, elders = write_templates(tmp_path, language)
    files = RosterFiles(canteens=[canteens], elders=[elders], couriers=[couriers])
    report = import_roster(runtime, files)
    assert report.findings == ()
    assert [kept.imported for kept in report.counts.values()] == [1, 1, 1, 1]


def test_a_template_offers_choices_and_explains_every_column(tmp_path):
    path = tmp_path / "elders.xlsx"
    write_template("elders", path)
    book = load_workbook(path)
    form, guide = book.worksheets
    assert form.title == "老人"
    offered = {rule.formula1 for rule in form.data_validations.dataValidation}
    assert '"送餐上门,助餐点自取,堂食"' in offered
    titles = [cell.value for cell in form[1]]
    assert [
        row[1] for row in guide.iter_rows(min_row=2, max_row=len(titles) + 1, values_only=True)
    ] == titles


@pytest.mark.parametrize("kind", list(GUIDES))
def test_every_guide_belongs_to_a_column_and_needed_columns_have_one(kind):
    keys = {column.key for column in COLUMNS[kind]}
    assert GUIDES[kind].keys() <= keys
    assert {column.key for column in COLUMNS[kind] if column.needed} <= GUIDES[kind].keys()


def test_an_unknown_template_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="elders"):
        write_template("children", tmp_path / "x.xlsx")
