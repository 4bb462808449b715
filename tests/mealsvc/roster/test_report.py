"""The report adds up, says everything in both languages, and opens as a workbook."""

import ast
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

import mealsvc.roster
from mealsvc.errors import StorageFailure
from mealsvc.roster import KindCounts, write_report
from mealsvc.roster.messages import ADVICE, WRONG
from tests.mealsvc.roster.rosters import elder

SOURCES = Path(mealsvc.roster.__file__).parent


@pytest.fixture
def report(desk):
    """A report with a row of every outcome."""
    desk.elders(elder(1), elder(2))
    rows = [
        elder(1),
        elder(3, 午餐份数="若干", 备注="=HYPERLINK()"),
        elder(4, 经度=None),
        elder(5, 楼层="负一"),
        {},
        elder(6, 手机号="1390000"),
    ]
    return desk.elders(*rows)


def test_rows_that_do_not_add_up_are_never_reported():
    with pytest.raises(RuntimeError, match="accounted for"):
        KindCounts(3, imported=1, updated=0, rejected=0, duplicates=0, empty=1, unlocated=0)


def test_the_report_is_json_in_both_languages(report):
    whole = json.loads(json.dumps(report.to_dict(), ensure_ascii=False))
    assert whole["counts"]["elders"]["read"] == 6
    assert whole["missing"]["elders"] == [{"code": "L00002", "name": "王桂英2"}]
    found = next(one for one in whole["findings"] if one["code"] == "portions_unreadable")
    assert (found["row"], found["value"], found["severity"]) == (3, "若干", "error")
    assert "份数" in found["message_zh"]
    assert "portions" in found["message"]


@pytest.mark.parametrize(
    ("language", "names"),
    [("zh", ["汇总", "问题", "未定位"]), ("en", ["summary", "findings", "unlocated"])],
)
def test_the_workbook_has_summary_findings_and_unlocated(report, tmp_path, language, names):
    path = tmp_path / "out" / "report.xlsx"
    write_report(report, path, language)
    book = load_workbook(path)
    assert book.sheetnames == names
    findings = list(book[names[1]].iter_rows(values_only=True))
    assert len(findings) == 1 + len(report.findings)
    assert [row[4] for row in findings[1:]] == [found.row for found in report.findings]
    refused = next(row for row in findings if row[4] == 3)
    assert "午餐份数: 若干" in refused[9]
    unlocated = list(book[names[2]].iter_rows(values_only=True))
    assert [row[1] for row in unlocated[1:]] == ["L00004"]
    assert all(sheet.freeze_panes == "A2" for sheet in book.worksheets)


def test_cells_of_a_roster_never_become_formulas_of_the_report(report, tmp_path):
    path = tmp_path / "report.xlsx"
    write_report(report, path)
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_a_report_that_cannot_be_written_says_so(report, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(StorageFailure, match="cannot be written"):
        write_report(report, tmp_path / "file" / "report.xlsx")


def string_literals():
    """Yield every string literal of the package."""
    for path in SOURCES.rglob("*.py"):
        if not path.name.startswith("messages"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def test_every_message_is_used_and_has_both_languages():
    used = set(string_literals())
    made = {"code_missing", "name_missing", "canteen_missing"}
    made |= {code for code in WRONG if code.startswith("place_")}
    assert {code for code in WRONG if code not in used} - made == set()
    for code in WRONG:
        assert all(WRONG[code]), code
        assert all(ADVICE[code]), code
        assert re.search(r"[\u4e00-\u9fff]", WRONG[code][0] + ADVICE[code][0])
        assert not re.search(r"[\u4e00-\u9fff]", WRONG[code][1] + ADVICE[code][1])
