"""The table of repairs: figures are added up right, and what is known is not measured again."""

import json

import pytest

from scripts import bench_repairs
from scripts.bench_repairs import Anew, Day, Repaired, compared
from tests.routing.repair.conftest import PLAN, STREET


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the script on two days of a small street; returns the rows that it prints."""
    for name, data in (("street.json", STREET), ("plan.json", PLAN)):
        (tmp_path / name).write_text(json.dumps(data), encoding="utf-8")

    def rows(results):
        options = ["--repairs", "2", "--anew", "1", "--anew-seconds", "0.1", "--iterations", "5"]
        files = [str(tmp_path / "street.json"), str(tmp_path / "plan.json")]
        monkeypatch.setattr(
            "sys.argv",
            ["bench", "--pairs", *files, "--results", str(tmp_path / results), *options],
        )
        bench_repairs.main()
        return capsys.readouterr().out.splitlines()

    return rows


def test_a_second_run_goes_on_from_what_is_known(run, tmp_path, monkeypatch):
    printed = run("results")
    known = (tmp_path / "results").read_text(encoding="utf-8").splitlines()
    assert [line.split("|")[2].strip() for line in printed[2:]] == [
        "courier gone",
        "travel slower",
        "all",
    ]
    assert all(line.split("|")[6].strip() in ("1 of 1", "2 of 2") for line in printed[2:])
    assert len(known) == 3  # two repairs, one day solved anew
    monkeypatch.setattr(bench_repairs.subprocess, "run", None)
    monkeypatch.setattr(bench_repairs, "Search", None)
    assert run("results") == printed
    assert (tmp_path / "results").read_text(encoding="utf-8").splitlines() == known


def day(cost, moved, anew_cost, anew_moved):
    repaired = Repaired(seconds=1.0, processor=1.0, cost=cost, moved=moved, kept=True)
    return Day("kind", 9, 500.0, repaired, Anew(anew_cost, anew_moved))


def test_repairs_are_compared_all_together_by_the_median_and_by_the_worst():
    days = [day(1100, 1, 1000, 10), day(1000, 4, 1000, 10), day(990, 0, 1000, 0)]
    assert compared([(one, one.anew) for one in days]) == [
        3,
        "+3.0 %, +0.0 % (+10.0 %)",
        "+6.0 %",
        "6.7",
        "75 %, 90 % (60 %)",
    ]


def test_a_day_on_which_nothing_moves_anew_counts_what_the_repair_moves():
    moving = [day(1000, 2, 1000, 0), day(1000, 0, 1000, 0), day(1000, 0, 1000, 0)]
    assert compared([(one, one.anew) for one in moving])[-1] == "-100 %, 100 % (-100 %)"
