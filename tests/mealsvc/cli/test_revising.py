"""``mealsvc revise``: a script proposes, lists, shows and accepts."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from mealsvc.cli import revising as command
from mealsvc.cli.app import app
from mealsvc.errors import InvalidInput
from mealsvc.settings import Settings

DAY = "2026-11-21"


@pytest.fixture
def settings(tmp_path):
    """Default settings, but answers are quick."""
    return Settings(home=tmp_path / "var", workers=1, revise_seconds=0.4, _env_file=None)


@pytest.fixture
def run(town, clock, monkeypatch):
    """Run a command at nine o'clock of the town's day; returns what it prints."""
    clock.now += timedelta(hours=21)
    monkeypatch.setattr(command, "open_runtime", lambda: town)
    runner = CliRunner()

    def printed(*words):
        done = runner.invoke(app, ["revise", *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    return printed


def test_a_script_proposes_looks_and_accepts(run):
    told = json.loads(run("propose", DAY, "--cancel", "A1", "--late", "ST01=5", "--json"))
    assert (told["state"], [one["kind"] for one in told["changes"]]) == (
        "open",
        ["order_cancelled", "canteen_late"],
    )
    assert "涉及" in run("show", str(told["id"]), DAY)
    assert "open" in run("list", DAY)
    assert "→ r2" in run("accept", str(told["id"]), DAY)
    at_once = run("propose", DAY, "--away", "Z03@11:50", "--slower", "5", "--accept")
    assert "→ r3" in at_once
    moved = json.loads(run("propose", DAY, "--give", "Z03/1=Z02", "--json"))
    assert "rejected" in run("reject", str(moved["id"]), DAY)


@pytest.mark.parametrize(
    "words",
    [("--late", "ST01"), ("--away", "Z01@noon"), ("--comes", "Z01=11"), ("--closed", "here"),
     ("--move", "A1=Z01"), ("--bring", "A1=many")],
)  # fmt: skip
def test_an_option_that_cannot_be_read_is_shown_with_an_example(run, words):
    with pytest.raises(InvalidInput, match="write it like"):
        run("propose", DAY, *words)
