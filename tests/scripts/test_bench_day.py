"""The counting of the load: what was lost, doubled or changed is found, and nothing else."""

from dataclasses import replace

import pytest

from scripts.day_load.tally import Asked, Kept, Sent, missed, tally, times, while_up


def sent(*results, courier=1, **more):
    return Sent(courier, {"kind": "outcome", "order": 7, "outcome": "refused"} | more, [*results])


KEPT = Kept("report-1", 1, "outcome", 7, "refused", counted=True)


def test_a_report_that_was_answered_twice_and_kept_once_is_as_it_should_be():
    counted = tally({"report-1": sent("accepted", "known")}, [KEPT])
    assert (counted.sent, counted.answered, counted.faults) == (1, 1, 0)


def test_a_report_whose_answer_died_with_the_service_is_known_when_it_comes_again():
    assert tally({"report-1": sent("known")}, [KEPT]).faults == 0


@pytest.mark.parametrize(
    ("name", "report", "rows"),
    [
        ("lost", sent("accepted"), []),
        ("doubled", sent("accepted"), [KEPT, KEPT]),
        ("doubled", sent("accepted", "accepted"), [KEPT]),
        ("changed", sent("accepted"), [replace(KEPT, outcome="handed_over")]),
        ("changed", sent("accepted", courier=2), [KEPT]),
        ("not_counted", sent("not_counted"), [replace(KEPT, counted=False)]),
        ("foreign", sent("accepted"), [KEPT, replace(KEPT, uid="report-2")]),
    ],
)
def test_what_went_wrong_with_a_report_is_counted_under_its_name(name, report, rows):
    counted = tally({"report-1": report}, rows)
    assert (getattr(counted, name), counted.faults) == (1, 1)


def test_a_report_that_nobody_answered_is_not_lost_but_wrong():
    counted = tally({"report-1": sent()}, [])
    assert (counted.lost, counted.faults) == (0, 1)


def test_requests_while_the_service_was_down_do_not_count_as_slow():
    asked = [
        Asked("reports", 1.0, 0.5),  # before
        Asked("reports", 9.0, 2.0),  # killed under it
        Asked("reports", 15.0, 1.0),  # sent while it was down
        Asked("reports", 21.0, 0.1),  # after
        Asked("now", 1.0, 0.2),
    ]
    assert while_up(asked, [(10.0, 20.0)], "reports") == [0.5, 0.1]


def test_times_tell_the_middle_and_the_slowest():
    found = times(number / 1000 for number in range(1000, 0, -1))
    assert (found.number, found.median, found.of_100_95) == (1000, 0.501, 0.951)
    assert (found.of_100_99, found.worst) == (0.991, 1.0)
    assert times([]) is None


def test_a_console_misses_what_came_after_it_began_and_it_did_not_hear():
    assert missed({5, 6, 8}, {3, 5, 6, 7, 8}, since=4) == 1
