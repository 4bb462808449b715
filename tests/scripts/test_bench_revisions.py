"""The measurement of a revised day: what it writes can be checked by somebody else."""

from argparse import Namespace

import pytest

from mealsvc.planning.revising import proposing
from routing import check, read_instance, read_plan
from scripts import bench_revisions
from scripts.bench_revisions_table import Revised, print_tables
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines


@pytest.fixture
def found(town, clock, tmp_path, monkeypatch):
    """Six revisions of the small town's lunch, in figures and as files."""
    monkeypatch.setattr(proposing, "StreetTravel", lambda _runtime: StraightLines())
    options = Namespace(
        day=SATURDAY, revisions=6, iterations=20, anew=3, anew_seconds=0.1, seed=4, out=tmp_path
    )
    return list(bench_revisions._revisions(town, clock, options))


def test_every_revision_is_written_as_a_problem_and_its_plan(found, tmp_path):
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]
    assert [one.anew_cost is not None for one in found] == [False, False, True] * 2
    for one in found:
        assert (one.rules_kept, one.done_stays, one.untouched_changed) == (True, True, 0)
        left = [tmp_path / f"{one.number:02d}-left-{part}.json" for part in ("instance", "plan")]
        assert check(read_instance(left[0]), read_plan(left[1])).faults == ()
        whole = [tmp_path / f"{one.number:02d}-whole-{part}.json" for part in ("instance", "plan")]
        verdict = check(read_instance(whole[0]), read_plan(whole[1]))
        assert verdict.feasible == one.whole_rules_kept


def row(kind, seconds, cost, moved, anew=None):
    cost_anew, moved_anew = anew or (None, None)
    return Revised(
        number=1,
        kind=kind,
        at="11:00:00",
        seconds=seconds,
        processor=1.0,
        accepting=0.1,
        cost=cost,
        past=10.0,
        open_orders=50,
        moved=moved,
        orphaned=1,
        couriers=1,
        rules_kept=True,
        whole_rules_kept=True,
        done_stays=True,
        untouched_changed=0,
        anew_cost=cost_anew,
        anew_moved=moved_anew,
    )


def test_the_tables_compare_with_solving_anew_by_kind_where_that_was_done(capsys):
    days = [
        row("order_urgent", 1.0, 110.0, 2, (100.0, 10)),
        row("order_urgent", 3.0, 90.0, 5),
        row("courier_away", 2.0, 100.0, 4, (100.0, 10)),
    ]
    print_tables(days)
    figures, by_kind = capsys.readouterr().out.split("\n\n")
    assert "| revisions | 3 |" in figures
    cells = {
        line.split(" | ")[0].strip("| "): line.strip("|").split(" | ")
        for line in by_kind.splitlines()[2:]
    }
    assert cells["order urgent"][1:3] == ["2", "2.00 (3.00)"]
    assert cells["order urgent"][7:10] == ["1", "+10.0 %, +10.0 % (+10.0 %)", "+11.1 %"]
    assert cells["all"][7:9] == ["2", "+5.0 %, +5.0 % (+10.0 %)"]
    assert cells["all"][11].startswith("70 %, 70 % (60 %)")
    assert cells["courier away"][11].startswith("60 %")
