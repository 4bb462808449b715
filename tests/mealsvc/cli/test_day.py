"""``mealsvc day``: a canteen without a browser sees what is open and enters a sheet."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from mealsvc.cli import day as command
from mealsvc.cli.app import app
from mealsvc.errors import InvalidInput, NotFound

DAY = "2026-11-21"


@pytest.fixture
def run(town, clock, monkeypatch):
    """Run a command at noon of the town's day; returns what it prints."""
    clock.now += timedelta(hours=24)
    monkeypatch.setattr(command, "open_runtime", lambda: town)
    runner = CliRunner()

    def printed(*words):
        done = runner.invoke(app, ["day", *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return printed


@pytest.fixture
def stops(run):
    """Return a courier's stops as data, in the order of the sheet."""

    def read(courier="Z01"):
        return json.loads(run("stops", DAY, "--courier", courier, "--json"))

    return read


@pytest.fixture
def courier(run):
    """The courier with most stops."""
    told = json.loads(run("status", DAY, "--json"))["couriers"]
    return max(told, key=lambda one: one["progress"]["counts"]["stops"])["courier"]


def place(stop):
    return f"{stop['trip']}/{stop['number']}"


def test_a_sheet_is_entered_by_its_lines_and_only_what_is_ticked_counts(run, stops, courier):
    first, second, *others = stops(courier)
    run(
        "sheet", courier, DAY, "--all", "handed_over", "--departed", "1=10:35",
        "--stop", f"{place(first)}=refused@10:50", "--note", f"{place(first)}=吃过了",
        "--stop", f"{place(second)}=",
    )  # fmt: skip
    told = stops(courier)
    assert [stop["outcome"] for stop in told] == ["refused", None] + ["handed_over"] * len(others)
    assert (told[0]["source"], told[0]["note"]) == ("paper", "吃过了")
    assert told[0]["at"].startswith("2026-11-21 02:50")  # 10:50 in Hangzhou
    assert told[0]["departed_at"].startswith("2026-11-21 02:35")
    still_open = run("stops", DAY, "--courier", courier, "--open").splitlines()
    assert len(still_open) == 1
    assert f"#{second['door']['order']}" in still_open[0]


def test_a_sheet_sent_twice_by_a_script_is_one_sheet(run, stops, courier):
    words = ("sheet", courier, DAY, "--all", "handed_over", "--id", "paper-0001", "--json")
    assert {one["result"] for one in json.loads(run(*words))} == {"accepted"}
    assert {one["result"] for one in json.loads(run(*words))} == {"known"}


def test_a_door_that_stays_shut_runs_from_report_to_closing(run, stops, courier):
    order = str(stops(courier)[0]["door"]["order"])
    run("report", order, "nobody_home", DAY, "--at", "11:30")
    assert "致电老人 11:35 前" in run("cases", DAY)
    assert "超时 25 分钟" in run("cases", DAY)
    assert "无人应门 1（超时 1）" in run("status", DAY)
    run("step", order, "call_elder", "not_reached", DAY)
    assert "未联系上" in run("cases", DAY)
    run("close", order, "was_out", DAY, "--note", "女儿家")
    assert "已结案：外出" in run("cases", DAY)


def test_what_is_open_is_told_in_english_too(run, town, monkeypatch):
    english = town.settings.model_copy(update={"language": "en"})
    monkeypatch.setattr(command, "open_runtime", lambda: replace(town, settings=english))
    assert "nobody opens 0 (overdue 0)" in run("status", DAY)
    assert run("notes", DAY) == run("not-counted", DAY) == run("cases", DAY) == "none\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stop", "1=refused"), "write it like 1/3=nobody_home@11:05"),
        (("--stop", "1/1=eaten"), "'eaten' is no outcome"),
        (("--stop", "1/99=refused"), "no stop 99 on trip 1"),
        (("--stop", "1/1=refused@noon"), "write it like"),
        (("--stop", "1/1=refused", "--stop", "1/1=other"), "was given before"),
        (("--departed", "9=10:35"), "no trip 9"),
        (("--note", "1/1=words"), "write it like"),
        ((), "nothing is filled in"),
    ],
)
def test_a_line_that_is_not_on_the_sheet_or_cannot_be_read_is_said(run, courier, words, said):
    with pytest.raises(InvalidInput, match=said):
        run("sheet", courier, DAY, *words)


def test_a_revision_that_the_courier_has_no_duty_in_is_said(run, courier):
    with pytest.raises(NotFound, match="no duty in revision 7"):
        run("sheet", courier, DAY, "--revision", "7", "--all", "handed_over")
