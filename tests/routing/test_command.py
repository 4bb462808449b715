"""``python -m routing``: plan files out, sentences for people, exit codes for programs."""

import json
import subprocess
import sys

import pytest

from routing import check, read_instance, read_plan
from routing.__main__ import main
from routing.budget import process_age


@pytest.fixture(autouse=True)
def begins_now(monkeypatch):
    """Let a command begin when it is called: the process of the tests is older."""
    monkeypatch.setattr("routing.__main__.process_age", lambda: 0.0)


@pytest.fixture
def file(town, tmp_path):
    path = tmp_path / "town.json"
    path.write_text(json.dumps(town), encoding="utf-8")
    return path


def test_a_plan_is_written_and_summed_up(file, tmp_path, capsys):
    out = tmp_path / "plan.json"
    assert main([str(file), "--seconds", "60", "--iterations", "50", "--out", str(out)]) == 0
    plan = read_plan(out)
    assert check(read_instance(file), plan).feasible
    assert (
        f"{len(plan.trips)} trips, 0 orders unserved, cost {plan.cost:,.0f}"
        in capsys.readouterr().err
    )
    assert set(json.loads(out.read_text())) == {"trips", "unserved", "cost", "bound", "seconds"}


def test_a_plan_is_explained_in_its_file_when_that_is_asked(town, tmp_path):
    town["canteens"][0]["meals"] = 2
    path, out = tmp_path / "town.json", tmp_path / "plan.json"
    path.write_text(json.dumps(town), encoding="utf-8")
    options = ["--seconds", "60", "--iterations", "50", "--explain", "5", "--out", str(out)]
    assert main([str(path), *options]) == 0
    plan = read_plan(out)
    findings = {one["order"]: one for one in plan.explanation["findings"]}
    assert {item.order for item in plan.unserved} <= set(findings)
    for item in plan.unserved:
        assert findings[item.order]["cause"] == item.reason == "canteen_full"
        assert [one["kind"] for one in findings[item.order]["remedies"][0]["changes"]]


def test_the_same_seed_and_iterations_write_the_same_trips(file, tmp_path):
    options = [str(file), "--seconds", "60", "--iterations", "30", "--seed", "5", "--out"]
    plans = []
    for name in ("a", "b"):
        main([*options, str(tmp_path / name)])
        plans.append(read_plan(tmp_path / name).trips)
    assert plans[0] == plans[1]


def test_a_plan_can_be_the_start(file, tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    main([str(file), "--seconds", "60", "--iterations", "500", "--out", str(first)])
    main(
        [
            str(file),
            "--seconds",
            "60",
            "--iterations",
            "1",
            "--start",
            str(first),
            "--out",
            str(second),
        ]
    )
    assert read_plan(second).cost <= read_plan(first).cost


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "No such file"),
        ("{", "is not a JSON file"),
        ('{"orders": []}', "travel: is missing"),
    ],
)
def test_bad_input_is_a_sentence_and_exit_code_two(tmp_path, capsys, content, sentence):
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_text(content)
    assert main([str(path), "--out", str(tmp_path / "plan.json")]) == 2
    error = capsys.readouterr().err
    assert error.startswith("routing: ")
    assert sentence in error
    assert "Traceback" not in error
    assert not (tmp_path / "plan.json").exists()


def test_an_output_that_cannot_be_written_is_a_sentence(file, tmp_path, capsys):
    out = tmp_path / "nowhere" / "plan.json"
    assert main([str(file), "--seconds", "60", "--iterations", "1", "--out", str(out)]) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--seconds", "0"], ["--seconds", "x"], ["--workers", "0"], []])
def test_wrong_options_are_refused(file, tmp_path, capsys, wrong):
    out = ["--out", str(tmp_path / "p")] if wrong else []
    with pytest.raises(SystemExit) as caught:
        main([str(file), *out, *wrong])
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_progress_is_shown_on_a_terminal(file, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    main([str(file), "--seconds", "60", "--iterations", "50", "--out", str(tmp_path / "p.json")])
    assert "at least" in capsys.readouterr().err


def test_help_runs_as_a_module():
    run = subprocess.run(
        [sys.executable, "-m", "routing", "--help"], capture_output=True, text=True, check=True
    )
    assert "--seconds" in run.stdout


def test_the_age_of_the_process_counts_its_start():
    assert process_age() > 0.1
