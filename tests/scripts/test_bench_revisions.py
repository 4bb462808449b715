"""The measurement of a revised day: what it writes can be checked by somebody else."""

from argparse import Namespace

import pytest

from mealsvc.planning.revising import proposing
from routing import check, read_instance, read_plan
from scripts import bench_revisions
from scripts.bench_revisions import Revised
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


def row(seconds, cost, moved, anew=None):
    return Revised(
        1, "kind", "11:00:00", seconds, 1.0, 0.1, cost, moved, 1, True, True, True, 0,
        None if anew is None else anew[0], None if anew is None else anew[1],
    )  # fmt: skip


def test_the_summary_compares_with_solving_anew_where_that_was_done(capsys):
    bench_revisions._print([row(1.0, 110.0, 2, (100.0, 10)), row(2.0, 90.0, 5)])
    lines = dict(
        line.strip("| ").split(" | ", 1) for line in capsys.readouterr().out.splitlines()[2:]
    )
    assert lines["revisions"] == "2"
    assert lines["dearer than anew: all, most"] == "+10.0 %, +10.0 %"
    assert lines["fewer moved than anew"] == "80 %"
    assert lines["solved anew"] == "1"
