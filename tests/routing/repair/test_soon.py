"""A repair that somebody waits for ends before its time is used where little is at stake."""

import pytest

from routing.budget import Budget
from routing.repair import OrderGone, Situation, repair
from routing.repair.mending import ENOUGH, ENOUGH_ABSENT, Mender, Soon


def test_it_ends_after_so_many_steps_per_order_and_more_for_orders_without_a_place():
    quiet = Soon(1e9, orders=10, absent=0)
    assert quiet.used(0) == pytest.approx(0.0)
    assert quiet.used(5 * ENOUGH) == pytest.approx(0.5)
    assert quiet.used(10 * ENOUGH) == pytest.approx(1.0)
    busy = Soon(1e9, orders=10, absent=2)
    assert busy.used(10 * ENOUGH) < 1.0
    assert busy.used(10 * ENOUGH + 2 * ENOUGH_ABSENT) == pytest.approx(1.0)


def test_it_ends_when_its_time_is_used_in_any_case():
    assert Soon(0.0, orders=10, absent=5).used(0) == 1.0


@pytest.mark.parametrize(
    ("asked", "kind"),
    [({}, Budget), ({"soon": True}, Soon), ({"soon": True, "iterations": 20}, Budget)],
)
def test_only_a_repair_that_is_asked_to_ends_soon(street, plan, monkeypatch, asked, kind):
    seen = []
    mend = Mender.mend

    def watched(self, budget, near, lost):
        seen.append((type(budget), budget.used(ENOUGH)))
        mend(self, Budget(60, 20), near, lost)

    monkeypatch.setattr(Mender, "mend", watched)
    repair(Situation(street, plan, 10, changes=(OrderGone("o6"),)), seconds=60, **asked)
    assert seen[0][0] is kind
    if kind is Soon:
        assert seen[0][1] == pytest.approx(1 / 2, abs=0.01)  # o4 and o5 are left, both placed
