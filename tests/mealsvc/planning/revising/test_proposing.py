"""A change of the day gives a proposal; accepted, it is the next published revision."""

from datetime import time, timedelta

import pytest
from sqlmodel import select

import routing
from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.planning import instance_of
from mealsvc.planning.revising import (
    CanteenLate,
    CourierAway,
    CourierComes,
    OrderAmended,
    OrderCancelled,
    OrderUrgent,
    StreetClosed,
    TravelSlower,
)
from mealsvc.store import Elder, Order, PlanRevision, transaction
from mealsvc.vocabulary import OrderKind, RevisionState
from routing import Rule
from tests.mealsvc.people import Town, place


def others(trips, *couriers):
    """Trips of everybody but some couriers."""
    return {key: trip for key, trip in trips.items() if key[0] not in couriers}


def test_a_cancelled_meal_leaves_the_plan_and_other_duties_stay_to_the_second(day):
    before, carrier = day.trips(), day.carriers()["A3"]
    day.revise(OrderCancelled("A3"))
    shown = day.revision()
    assert (shown.number, shown.state) == (2, RevisionState.PUBLISHED)
    assert day.carriers().keys() == {one for _, stops in before.values() for one, _ in stops} - {
        "A3"
    }
    assert day.order_of("A3").cancelled
    assert others(day.trips(), carrier) == others(before, carrier)
    assert day.revision(1).state is RevisionState.SUPERSEDED


def test_who_is_added_on_the_day_gets_an_order_and_a_place_in_the_plan(day):
    with transaction(day.town.engine) as session:
        Town(session).elder(code="N1", east=400, north=200, orders=[], phone="13900000010")
    proposal, worked = day.propose(OrderUrgent("N1", 2, note="call first"))
    assert worked.translated.newcomers == {"new0": worked.translated.edits[0].elder_id}
    with transaction(day.town.engine) as session:
        assert len(session.exec(select(Order)).all()) == 11  # nothing is ordered yet
    day.accept(proposal)
    order = day.order_of("N1")
    assert (order.portions, order.kind, order.note) == (2, OrderKind.DELIVERY, "call first")
    assert "N1" in day.carriers()
    assert day.revision().unlocated_orders == 1
    day.revise(OrderCancelled("N1"))
    assert "N1" not in day.carriers()
    day.revise(OrderUrgent("N1"))
    assert day.order_of("N1").id == order.id
    assert not day.order_of("N1").cancelled
    assert "N1" in day.carriers()


def test_who_gets_a_place_on_the_day_is_brought_the_meal(day):
    with transaction(day.town.engine) as session:
        address = session.exec(select(Elder).where(Elder.code == "A9")).one().address
        address.lon, address.lat = place(200, 200)["lon"], place(200, 200)["lat"]
        address.unlocated_reason = None
    day.revise(OrderUrgent("A9"))
    assert "A9" in day.carriers()
    assert day.revision().unlocated_orders == 0


def test_who_moved_is_brought_the_meal_at_the_new_door(day):
    with transaction(day.town.engine) as session:
        address = session.exec(select(Elder).where(Elder.code == "A2")).one().address
        address.lon, address.lat = place(-300, 100)["lon"], place(-300, 100)["lat"]
    day.revise(OrderAmended("A2"))
    instance = instance_of(day.revision())
    door = instance.order_by_id[f"o{day.order_of('A2').id}"].location
    assert instance.coordinates[door] == (place(-300)["lon"], place(0, 100)["lat"])


def test_who_usually_collects_the_meal_may_have_it_brought(day):
    number = day.order_of("P1").id
    day.revise(OrderUrgent("P1"))
    assert (day.order_of("P1").id, day.order_of("P1").kind) == (number, OrderKind.DELIVERY)
    assert "P1" in day.carriers()


def test_other_portions_and_another_time_are_followed(day):
    day.revise(OrderAmended("A2", portions=2, window=(time(11, 30), time(12, 0))))
    assert day.order_of("A2").portions == 2
    times = {who: at for _, stops in day.trips().values() for who, at in stops}
    assert time(11, 30) <= times["A2"].astimezone(day.town.settings.zone).time() <= time(12)
    record = instance_of(day.revision()).order_by_id[f"o{day.order_of('A2').id}"]
    assert (record.meals, record.window) == (2, (3600, 5400))


def test_a_courier_who_cannot_come_is_replaced_and_may_come_back(day):
    day.revise(CourierAway("Z01"))
    assert "Z01" not in set(day.carriers().values())
    assert {f"A{number}" for number in range(1, 7)} <= day.carriers().keys()
    day.revise(CourierAway("Z02"), CourierAway("Z03"))
    assert not {f"A{number}" for number in range(1, 7)} & day.carriers().keys()
    day.revise(CourierComes("Z01", (time(11), time(12, 30))))
    assert day.carriers()["A1"] == "Z01"
    zone = day.town.settings.zone
    loading = [t.loads_at for duty in day.revision().duties for t in duty.trips]
    assert min(at.astimezone(zone).time() for at in loading) <= time(11)
    first = min(trip[0] for key, trip in day.trips().items() if key[0] == "Z01")
    assert first.astimezone(zone).time() >= time(11)


def test_nothing_is_loaded_at_a_late_canteen_and_the_other_goes_on_as_planned(day):
    before = day.trips()
    day.revise(CanteenLate("ST01", 15))
    opens = day.revision().duties[0].trips[0].departs_at.replace(hour=2, minute=45, second=0)
    late = [t for d in day.revision().duties for t in d.trips if d.courier.code != "Z03"]
    assert min(trip.loads_at for trip in late) >= opens
    assert others(day.trips(), "Z01", "Z02") == others(before, "Z01", "Z02")


def test_what_left_before_its_canteen_was_late_breaks_no_rule_that_is_told(day):
    first = min(
        trip[0]
        for (courier, _), trip in day.trips().items()
        if courier in ("Z01", "Z02")  # of the canteen ST01
    )
    day.clock.now = first.astimezone(day.town.settings.zone) + timedelta(seconds=30)
    proposal, worked = day.propose(CanteenLate("ST01", 15))
    assert Rule.CANTEEN_HOURS in {one.rule for one in worked.outcome.inherited}
    assert "canteen_hours" not in {one["rule"] for one in proposal.content["inherited"]}


def test_slower_streets_count_for_doors_that_come_later(day):
    before = instance_of(day.revision()).travel
    day.revise(TravelSlower(50))
    with transaction(day.town.engine) as session:
        Town(session).elder(code="N1", east=450, north=0, orders=[], phone="13900000010")
    day.revise(OrderUrgent("N1"))
    after = instance_of(day.revision())
    for mode, table in before.items():
        size = len(table)
        assert (after.travel[mode][:size, :size] >= 1.5 * table).all()
        assert after.travel[mode].shape == (size + 1, size + 1)
    there = after.order_by_id[f"o{day.order_of('N1').id}"].location
    assert after.travel["ebike"][0, there] == pytest.approx(1.5 * 450 / 5.5, abs=2)


def test_ways_past_a_closed_street_lead_around_it(day):
    before = instance_of(day.revision())
    shut = place(525, 300)  # between A3 and A4
    day.revise(StreetClosed(((shut["lon"], shut["lat"]),), 10))
    after = instance_of(day.revision())
    at = {code: before.order_by_id[f"o{day.order_of(code).id}"].location for code in ("A3", "A4")}
    for mode, table in before.travel.items():
        there, back = (at["A3"], at["A4"]), (at["A4"], at["A3"])
        assert after.travel[mode][there] > table[there]
        assert after.travel[mode][back] > table[back]
        assert (after.travel[mode] >= table).all()
        assert after.travel[mode][there] < routing.NO_WAY


def test_trips_that_have_begun_stay_to_the_second(day):
    before = day.trips()
    zone = day.town.settings.zone
    first = min(before.values(), key=lambda trip: trip[0])
    moment = first[0].astimezone(zone) + timedelta(seconds=30)
    day.clock.now = moment
    day.revise(TravelSlower(20), CourierAway("Z02", time(12)))
    begun = {key: trip for key, trip in before.items() if trip[0] <= moment}
    after = day.trips()
    for (courier, _), (departs, stops) in begun.items():
        kept = [t for (who, _), t in after.items() if who == courier and t[0] == departs]
        done = [stop for stop in stops if stop[1] <= moment]
        assert [one[1][: len(done)] for one in kept] == [done]
        assert [who for who, _ in kept[0][1]] == [who for who, _ in stops]


def test_what_is_handed_over_cannot_be_cancelled_and_what_has_left_not_changed(day):
    zone = day.town.settings.zone
    first = min(day.trips().values(), key=lambda trip: trip[0])
    who = next(code for code, _ in first[1] if code.startswith(("A", "B")))
    day.clock.now = first[0].astimezone(zone)
    with pytest.raises(Conflict, match="has left the canteen"):
        day.propose(OrderAmended(who, portions=3))
    day.clock.now = dict(first[1])[who].astimezone(zone) + timedelta(seconds=10)
    with pytest.raises(Conflict, match="handed over already"):
        day.propose(OrderCancelled(who))


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (OrderCancelled("A99"), NotFound, "A99"),
        (OrderCancelled("P1"), Conflict, "not delivered"),
        (OrderUrgent("A1"), Conflict, "already"),
        (OrderUrgent("A9"), Conflict, "no place on the map"),
        (CourierAway("Z77"), NotFound, "Z77"),
        (CourierComes("Z01", (time(8), time(8, 30))), InvalidInput, "08:30"),
        (CanteenLate("ST77", 5), NotFound, "ST77"),
    ],
)
def test_a_change_that_does_not_fit_is_refused_with_a_sentence(day, change, error, words):
    with pytest.raises(error, match=words) as refusal:
        day.propose(change)
    assert refusal.value.sentence("zh") != refusal.value.sentence("en")


def test_only_a_published_plan_whose_service_is_not_over_is_revised(day):
    with transaction(day.town.engine) as session:
        made = session.exec(select(PlanRevision)).one()
        made.state, made.published_at = RevisionState.DRAFT, None
    with pytest.raises(Conflict, match="not published"):
        day.propose(OrderCancelled("A1"))
    with transaction(day.town.engine) as session:
        made = session.exec(select(PlanRevision)).one()
        made.state, made.published_at = RevisionState.PUBLISHED, day.clock()
    with pytest.raises(Conflict, match="is over"):
        day.at(13).propose(OrderCancelled("A1"))


def test_the_same_question_has_the_same_answer(day):
    first, _ = day.propose(CourierAway("Z01"))
    second, _ = day.propose(CourierAway("Z01"))
    assert first.answer["trips"] == second.answer["trips"]
