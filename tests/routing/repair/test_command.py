"""``python -m routing.repair`` from files to files, with a sentence for every mistake."""

import json
import subprocess
import sys

import pytest

from routing import check, read_instance, read_plan, write_instance, write_plan
from routing.errors import InvalidChange
from routing.repair import MoveTrip, TravelChanged, TripReport, read_changes
from routing.repair.__main__ import main


@pytest.fixture(autouse=True)
def begins_now(monkeypatch):
    """Let a command begin when it is called: the process of the tests is older."""
    monkeypatch.setattr("routing.repair.__main__.process_age", lambda: 0.0)


@pytest.fixture
def day(tmp_path, street, plan):
    """Return a folder with an instance and a plan, and how to run the command there."""
    write_instance(street, tmp_path / "instance.json")
    write_plan(plan, tmp_path / "plan.json")

    def run(happened, *more):
        (tmp_path / "changes.json").write_text(json.dumps(happened), encoding="utf-8")
        names = ("instance.json", "plan.json", "changes.json")
        files = [str(tmp_path / name) for name in names]
        written = ("--out", str(tmp_path / "new.json"), "--report", str(tmp_path / "report.json"))
        return main([*files, *written, "--instance-out", str(tmp_path / "left.json"), *more])

    return tmp_path, run


def test_a_repair_writes_plan_instance_and_report(day, capsys):
    folder, run = day
    gone = {"kind": "courier_gone", "courier": "v", "since": 300}
    assert run({"now": 300, "changes": [gone]}, "--iterations", "100") == 0
    plan, instance = read_plan(folder / "new.json"), read_instance(folder / "left.json")
    verdict = check(instance, plan)
    assert verdict.faults == ()
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["cost"] == verdict.cost
    assert report["made_again"] == ["o3"]
    assert {move["order"] for move in report["differences"]["moved"]} == {"o3", "o4", "o5"}
    assert "o3 moves from v to w" in capsys.readouterr().out


def test_moves_are_priced_with_the_rules_they_break(day, capsys):
    folder, run = day
    move = {"kind": "move_trip", "trip": 1, "courier": "v", "depart": 100}
    assert run({"now": -1, "moves": [move]}, "--language", "zh") == 0
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["difference"] == 0
    assert [fault["rule"] for fault in report["broken"]] == ["overlap"]
    assert "违反：" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("happened", "sentence"),
    [
        ({}, "now: is missing"),
        ({"now": 1.5}, "now: a whole number is needed, not 1.5"),
        ({"now": 1, "format": "x"}, "format: 'x' is not known"),
        ({"now": 1, "changes": [{"kind": "rain"}]}, "changes[0].kind: 'rain' is not known"),
        ({"now": 1, "changes": [{"kind": "order_gone"}]}, "changes[0].order: is missing"),
        (
            {"now": 1, "changes": [{"kind": "order_new", "order": {"id": "n"}}]},
            "changes[0].order.location: is missing",
        ),
        ({"now": 1, "reports": [{"trip": 0, "begun": 1}]}, "reports[0].begun: true or false"),
        ({"now": 1, "moves": [{"kind": "take_out", "order": "o1"}]}, "has begun"),
        ({"now": 1, "locked_orders": ["x"]}, "locked_orders: there is no order 'x'"),
    ],
)
def test_a_mistake_is_told_with_its_field(day, capsys, happened, sentence):
    _, run = day
    assert run(happened) == 2
    assert sentence in capsys.readouterr().err


def test_a_missing_file_is_told(day, capsys):
    folder, run = day
    (folder / "plan.json").unlink()
    assert run({"now": 0}) == 2
    assert "No such file" in capsys.readouterr().err


def test_every_kind_of_change_report_and_move_can_be_read(tmp_path, street, plan):
    order = {
        "id": "n",
        "location": 1,
        "meals": 1,
        "window": [0, 9],
        "handover_seconds": 30,
    }
    courier = {"id": "x", "canteen": "c", "mode": "foot", "boxes": 1, "shift": [0, 9]}
    matrix = street.travel["foot"].tolist()
    path = tmp_path / "changes.json"
    happened = {
        "now": 30,
        "reports": [{"trip": 0, "departed": 20, "visited": {"o1": 30}, "returned": None}],
        "changes": [
            {"kind": "order_gone", "order": "o1"},
            {"kind": "order_new", "order": order},
            {"kind": "order_changed", "order": order | {"id": "o2"}},
            {"kind": "courier_gone", "courier": "v", "since": 5},
            {"kind": "courier_available", "courier": courier},
            {"kind": "canteen_late", "canteen": "c", "until": 60},
            {"kind": "travel_slower", "factor": 1.5},
            {"kind": "travel_changed", "travel": {"foot": {"seconds": matrix}}},
        ],
        "moves": [
            {"kind": "place_stop", "order": "o1", "courier": "v"},
            {"kind": "place_stop", "order": "o1", "trip": 0, "place": 1},
            {"kind": "move_trip", "trip": 0, "courier": "w"},
            {"kind": "take_out", "order": "o1"},
            {"kind": "lock_order", "order": "o1"},
            {"kind": "lock_duty", "courier": "v"},
        ],
    }
    path.write_text(json.dumps(happened), encoding="utf-8")
    situation, moves = read_changes(path, street, plan)
    assert situation.reports == (TripReport(0, departed=20, visited={"o1": 30}),)
    assert len(situation.changes) == 8
    last = situation.changes[-1]
    assert isinstance(last, TravelChanged)
    assert (last.travel["foot"] == street.travel["foot"]).all()
    assert moves[2] == MoveTrip(0, "w")
    assert len(moves) == 6


def test_a_file_that_is_no_json_is_refused(tmp_path, street, plan):
    (tmp_path / "changes.json").write_text("no", encoding="utf-8")
    with pytest.raises(InvalidChange, match="is not a JSON file"):
        read_changes(tmp_path / "changes.json", street, plan)


def test_a_repair_does_not_wait_for_the_libraries_of_the_solver():
    heavy = "{'ortools', 'pandas', 'scipy.sparse'}"
    told = f"import sys, routing.repair.__main__; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", told], check=True, capture_output=True, text=True, timeout=300
    )
    assert done.stdout == "[]\n"


def test_the_door_of_the_solver_opens_when_asked_and_knows_no_other_names():
    told = "import routing; print(routing.solve.__module__, hasattr(routing, 'solved'))"
    done = subprocess.run(
        [sys.executable, "-c", told], check=True, capture_output=True, text=True, timeout=300
    )
    assert done.stdout == "routing.solving False\n"
