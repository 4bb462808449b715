"""What has begun stays; only what can still be helped is decided anew."""

from dataclasses import replace

import pytest

from routing.repair import (
    CanteenLate,
    CourierGone,
    OrderChanged,
    OrderGone,
    Situation,
    TravelSlower,
    TripReport,
)
from routing.repair.standing import stand


def begun_numbers(standing):
    return [item.number for item in standing.begun]


def arrivals(item):
    return [(stop.order, stop.arrive) for stop in item.trip.stops]


@pytest.mark.parametrize(
    ("now", "expected"), [(-1, []), (0, [0, 2]), (939, [0, 2]), (940, [0, 1, 2])]
)
def test_a_trip_has_begun_when_its_loading_has(street, plan, now, expected):
    assert begun_numbers(stand(Situation(street, plan, now))) == expected


def test_a_trip_as_planned_is_kept_to_the_second(street, plan):
    begun = stand(Situation(street, plan, 300)).begun
    assert [item.trip for item in begun] == [plan.trips[0], plan.trips[2]]
    assert begun[0].done == {"o1", "o2"}
    assert begun[0].back == 750


def test_a_report_says_that_a_trip_has_not_begun(street, plan):
    standing = stand(Situation(street, plan, 100, reports=(TripReport(0, begun=False),)))
    assert begun_numbers(standing) == [2]


def test_a_late_kitchen_has_begun_only_what_has_left(street, plan):
    standing = stand(Situation(street, plan, 30, changes=(CanteenLate("c", 600),)))
    assert begun_numbers(standing) == []
    standing = stand(Situation(street, plan, 60, changes=(CanteenLate("c", 600),)))
    assert begun_numbers(standing) == [0, 2]


def test_reported_times_push_what_is_still_to_come(street, plan):
    report = TripReport(0, departed=100, visited={"o1": 210})
    item = stand(Situation(street, plan, 220, reports=(report,))).begun[0]
    assert item.trip.depart == 100
    assert arrivals(item) == [("o1", 210), ("o2", 340), ("o3", 470)]
    assert item.back == 800


def test_a_stop_that_is_overdue_is_expected_from_now_on(street, plan):
    report = TripReport(0, visited={"o1": 160})
    item = stand(Situation(street, plan, 400, reports=(report,))).begun[0]
    assert arrivals(item) == [("o1", 160), ("o2", 400), ("o3", 530)]


def test_doors_may_have_been_visited_in_another_order(street, plan):
    report = TripReport(0, visited={"o2": 260, "o1": 390})
    item = stand(Situation(street, plan, 400, reports=(report,))).begun[0]
    assert arrivals(item)[:2] == [("o2", 260), ("o1", 390)]


def test_a_cancelled_stop_is_skipped_under_way_and_its_portion_is_spoiled(street, plan):
    standing = stand(Situation(street, plan, 200, changes=(OrderGone("o2"),)))
    item = standing.begun[0]
    assert arrivals(item) == [("o1", 160), ("o3", 390)]
    assert (item.skipped, item.spoiled, item.back) == (("o2",), 1, 720)
    assert standing.whole.canteens[0].meals == 7
    assert standing.future.canteens[0].meals == 7 - 3


def test_a_cancelled_stop_still_in_the_canteen_spoils_nothing(street, plan):
    item = stand(Situation(street, plan, 30, changes=(OrderGone("o2"),))).begun[0]
    assert item.spoiled == 0


def test_cancelling_what_is_delivered_changes_nothing(street, plan):
    item = stand(Situation(street, plan, 300, changes=(OrderGone("o1"),))).begun[0]
    assert item.trip == plan.trips[0]


def test_a_courier_who_turns_back_is_free_when_home(street, plan):
    standing = stand(Situation(street, plan, 160, changes=(OrderGone("o6"),)))
    item = standing.begun[1]
    assert item.trip.stops == ()
    assert item.back == 160 + 600
    assert all(trip.courier != "w" for trip in standing.kept)


def test_what_a_courier_who_is_gone_has_not_brought_must_be_brought_by_others(street, plan):
    standing = stand(Situation(street, plan, 300, changes=(CourierGone("v", 300),)))
    item = standing.begun[0]
    assert arrivals(item) == [("o1", 160), ("o2", 290)]
    assert (item.lost, item.spoiled) == (("o3",), 1)
    assert {order.id for order in standing.future.orders} == {"o3", "o4", "o5"}
    assert [courier.id for courier in standing.future.couriers] == ["w"]


def test_a_courier_who_leaves_later_finishes_what_is_reached_before(street, plan):
    standing = stand(Situation(street, plan, 100, changes=(CourierGone("v", 400),)))
    assert [order for order, _ in arrivals(standing.begun[0])] == ["o1", "o2"]
    assert standing.future.courier_by_id.keys() == {"w"}


def test_a_trip_that_a_courier_would_not_leave_for_any_more_is_open(street, plan):
    standing = stand(Situation(street, plan, 30, changes=(CourierGone("v", 60),)))
    assert begun_numbers(standing) == [2]


def test_slower_streets_delay_only_what_is_still_to_come(street, plan):
    item = stand(Situation(street, plan, 200, changes=(TravelSlower(2.0),))).begun[0]
    assert arrivals(item) == [("o1", 160), ("o2", 390), ("o3", 620)]
    assert item.back == 620 + 30 + 600


def test_portions_in_a_box_stay_as_they_were(street, plan):
    bigger = replace(street.orders[2], meals=4, handover_seconds=90)
    standing = stand(Situation(street, plan, 200, changes=(OrderChanged(bigger),)))
    carried = standing.whole.order_by_id["o3"]
    assert (carried.meals, carried.handover_seconds) == (1, 90)
    assert standing.begun[0].back == 750 + 60


def test_couriers_who_are_out_can_load_again_when_they_are_back(street, plan):
    standing = stand(Situation(street, plan, 700))
    starts = {courier.id: courier.shift[0] for courier in standing.future.couriers}
    assert starts == {"v": 750, "w": 1290}


def test_a_returned_courier_leaves_what_was_not_visited_to_be_brought_again(street, plan):
    report = TripReport(0, visited={"o1": 160}, returned=500)
    standing = stand(Situation(street, plan, 600, reports=(report,)))
    assert standing.begun[0].lost == ("o2", "o3")
    assert standing.free["v"] == 500


def test_trips_made_count_against_the_most_a_courier_makes(street, plan):
    once = replace(street, couriers=(replace(street.couriers[0], max_trips=2), street.couriers[1]))
    standing = stand(Situation(once, plan, 100))
    assert standing.future.courier_by_id["v"].max_trips == 1
    assert stand(Situation(once, plan, 1000)).future.courier_by_id.keys() == {"w"}


def test_a_locked_duty_is_kept_as_it_is(street, plan):
    standing = stand(Situation(street, plan, 100, locked_couriers=frozenset({"v"})))
    assert plan.trips[1] in standing.kept
    assert standing.future.courier_by_id.keys() == {"w"}
    assert {order.id for order in standing.future.orders} == set()
    assert standing.future.canteens[0].meals == 8 - 6
