"""``mealsvc sheets`` as a person runs it."""

import json

import pytest
from typer.testing import CliRunner

from mealsvc.cli.app import app
from mealsvc.errors import InvalidInput, NotFound


@pytest.fixture
def run(town, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MEALSVC_HOME", str(town.runtime.settings.home))
    monkeypatch.setenv("MEALSVC_DATABASE_URL", str(town.runtime.engine.url))

    def run(*words):
        result = CliRunner().invoke(app, ["sheets", *words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_it_says_what_it_wrote_and_where(lunch, run, tmp_path):
    result = run("2026-11-21", "--meal", "lunch", "--out", "paper")
    assert result.exit_code == 0
    assert "12 files in paper/2026-11-21-lunch/r1: 2 couriers, revision 1 (draft)" in result.stdout
    assert "9 portions to cook, 2 orders left out" in result.stdout
    assert "no street network is built" in result.stderr
    assert (tmp_path / "paper/2026-11-21-lunch/r1/manifest.json").is_file()


def test_json_is_the_manifest_with_its_folder(lunch, run):
    result = run("2026-11-21", "--meal", "lunch", "--out", "paper", "--json")
    manifest = json.loads(result.stdout)
    assert manifest["folder"] == "paper/2026-11-21-lunch/r1"
    assert len(manifest["files"]) == 11


def test_characters_that_cannot_be_printed_are_said(town, run):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "𠮷永康"))
    town.duty(town.revision(), courier, ("10:40", [(order, 5)]))
    result = run("2026-11-21", "--meal", "lunch", "--out", "paper")
    assert "no font has the character 𠮷 (U+20BB7) of 𠮷永康" in result.stderr


def test_an_unreadable_day_and_a_missing_plan_are_said(lunch, run):
    with pytest.raises(InvalidInput, match="'morgen' is no day"):
        run("morgen", "--meal", "lunch", "--out", "paper")
    with pytest.raises(NotFound, match="no plan for dinner of 2026-11-21"):
        run("2026-11-21", "--meal", "dinner", "--out", "paper")
