"""``mealsvc roster`` as a manager types it."""

import json

import pytest
from openpyxl import load_workbook

from mealsvc.cli import main
from tests.mealsvc.roster.rosters import CANTEEN, COURIER, MEAL_POINT, elder, write


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command line; return exit status, output and complaints."""
    monkeypatch.setenv("MEALSVC_HOME", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)

    def call(*words):
        monkeypatch.setattr("sys.argv", ["mealsvc", "roster", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


@pytest.fixture
def files(tmp_path):
    """Options that name a small roster with two mistakes."""
    rows = [elder(1), elder(2, 午餐份数="若干"), elder(3, 经度=None)]
    return [
        "--canteens", write(tmp_path / "c.xlsx", {"食堂": [CANTEEN], "助餐点": [MEAL_POINT]}),
        "--couriers", write(tmp_path / "z.xlsx", {"送餐员": [COURIER]}),
        "--elders", write(tmp_path / "l.xlsx", {"老人": rows}),
    ]  # fmt: skip


def test_import_succeeds_although_rows_are_refused_and_shows_the_worst_first(run, files):
    status, out, _ = run("import", *files)
    assert status == 0
    lines = out.splitlines()
    assert lines[4].split() == ["elders", "3", "2", "0", "1", "0", "0", "1"]
    assert lines[6].startswith("error: l.xlsx 3 午餐份数")
    assert lines[7].startswith("place: l.xlsx 4 经度")


def test_a_dry_run_leaves_the_records_empty(run, files):
    assert "dry run: nothing was saved" in run("import", *files, "--dry-run")[1]
    assert json.loads(run("import", *files, "--json")[1])["counts"]["elders"]["imported"] == 2


def test_the_report_is_written_where_it_was_asked_for(run, files, tmp_path):
    run("import", *files, "--report", "out/report.xlsx", "--language", "en")
    assert load_workbook(tmp_path / "out/report.xlsx").sheetnames[0] == "summary"


def test_no_file_and_a_missing_file_are_refused_in_a_sentence(run):
    assert run("import")[0] == 1
    status, _, complaint = run("import", "--elders", "nowhere.xlsx")
    assert (status, complaint) == (1, "mealsvc: 没有文件 nowhere.xlsx，请核对文件名\n")


def test_templates_are_written_in_either_language(run, tmp_path):
    status, out, _ = run("template", "--out", "forms", "--language", "en")
    assert (status, len(out.splitlines())) == (0, 3)
    assert load_workbook(tmp_path / "forms/elders.xlsx").sheetnames[0] == "elders"
    assert run("template", "--out", "forms", "--language", "fr")[0] == 2


def test_unlocated_elders_are_listed_with_a_suggestion(run, files):
    run("import", *files)
    status, out, _ = run("unlocated", "--language", "en")
    assert status == 0
    assert out.splitlines()[0].startswith(
        "L00003 王桂英3 荷风苑3幢: missing ≈ 120.101000, 30.301000"
    )
    (queued,) = json.loads(run("unlocated", "--json")[1])
    assert (queued["code"], queued["neighbours"]) == ("L00003", 1)


def test_places_are_checked_on_request(run, files):
    run("import", *files)
    assert json.loads(run("check-places", "--json")[1])["located"] == 3
    assert "4 places checked, 3 can be used" in run("check-places")[1]
