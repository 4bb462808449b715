"""Who decides first wins, the day does not wait, and what must stay stays."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mealsvc.errors import Conflict, NotFound
from mealsvc.planning.revising import (
    CourierAway,
    Decision,
    OrderCancelled,
    OrderUrgent,
    StopMoved,
    StopTakenOut,
    TripMoved,
    TripSeen,
    accept,
    find_proposal,
    lock,
    locks_of,
    reject,
    unlock,
)
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Proposal, open_engine, transaction
from mealsvc.vocabulary import ProposalState
from routing import Rule
from tests.mealsvc.planning.revising.days import LUNCH


def test_the_second_of_two_managers_is_told_who_was_first_and_when(day):
    first, _ = day.propose(OrderCancelled("A1"))
    second, _ = day.propose(OrderCancelled("A2"))
    day.at(9, 1).accept(first, actor="wang")
    with pytest.raises(Conflict, match="wang published revision 2 at 09:01"):
        day.at(9, 2).accept(second)
    with pytest.raises(Conflict, match="was accepted by wang at 09:01"):
        day.accept(first)
    assert not day.order_of("A2").cancelled


def test_what_is_rejected_stays_on_record_and_cannot_be_accepted(day):
    proposal, _ = day.propose(OrderCancelled("A1"))
    reject(day.town, *LUNCH, proposal.id, actor="wang")
    with pytest.raises(Conflict, match="rejected by wang"):
        day.accept(proposal)
    assert day.revision().number == 1
    with transaction(day.town.engine) as session:
        actions = [one.action for one in session.exec(select(AuditEntry))]
        assert actions.count("plan.propose") == actions.count("plan.reject") == 1
        with pytest.raises(NotFound):
            find_proposal(session, *LUNCH, 99)


def test_a_proposal_survives_a_restart(day):
    proposal, _ = day.propose(OrderCancelled("A1"))
    url = day.town.engine.url.render_as_string(hide_password=False)
    day.town.engine.dispose()
    again = Runtime(day.town.settings, open_engine(url), day.clock)
    revision = accept(again, *LUNCH, proposal.id, Decision("chen"))
    again.engine.dispose()
    assert revision.number == 2


def test_a_proposal_is_too_late_once_its_trips_should_be_loaded(day):
    proposal, _ = day.propose(CourierAway("Z01"))
    with pytest.raises(Conflict, match="being loaded by now"):
        day.at(12).accept(proposal)
    with transaction(day.town.engine) as session:
        assert session.exec(select(Proposal)).one().state is ProposalState.OPEN


def test_what_was_handed_over_meanwhile_is_not_taken_away(day):
    zone = day.town.settings.zone
    carrier = day.carriers()["A1"]
    departs, _ = next(trip for (who, _), trip in day.trips().items() if "A1" in dict(trip[1]))
    day.clock.now = departs.astimezone(zone) - timedelta(minutes=20)
    proposal, _ = day.propose(OrderCancelled("A1"))
    courier = next(d.courier_id for d in day.revision().duties if d.courier.code == carrier)
    done = TripSeen(
        courier, frozenset({day.order_of("A1").id}), visited={day.order_of("A1").id: day.clock()}
    )
    with pytest.raises(Conflict, match="handed over since"):
        day.accept(proposal, seen=(done,))


def test_orders_that_changed_otherwise_need_a_new_proposal(day):
    proposal, _ = day.propose(OrderCancelled("A1"))
    with transaction(day.town.engine) as session:
        order = session.merge(day.order_of("A2"))
        order.portions = 5
    with pytest.raises(Conflict, match="orders have changed"):
        day.accept(proposal)


def test_a_trip_reported_as_left_early_has_begun(day):
    key, _ = max(day.trips().items(), key=lambda item: item[1][0])
    courier = next(d for d in day.revision().duties if d.courier.code == key[0])
    orders = frozenset(
        stop.order_id for trip in courier.trips if trip.number == key[1] for stop in trip.stops
    )
    day.at(10, 31)
    seen = (TripSeen(courier.courier_id, orders, departed=day.clock()),)
    worked = day.revise(CourierAway("Z01"), seen=seen)
    begun = {stop.order for item in worked.standing.begun for stop in item.trip.stops}
    assert {f"o{one}" for one in orders} <= begun | {
        order for item in worked.standing.begun for order in item.lost
    }


def test_what_was_handed_back_before_anybody_left_is_brought_by_others(day):
    before = day.carriers()
    (code, _), (departs, _) = min(day.trips().items(), key=lambda item: item[1][0])
    duty = next(one for one in day.revision().duties if one.courier.code == code)
    seen = tuple(
        TripSeen(duty.courier_id, frozenset(stop.order_id for stop in trip.stops), handed_back=True)
        for trip in duty.trips
    )
    day.clock.now = departs.astimezone(day.town.settings.zone) + timedelta(minutes=4)
    day.revise(CourierAway(code), seen=seen)
    assert code not in day.carriers().values()
    assert day.carriers().keys() == before.keys()


def test_a_locked_duty_stays_as_it_is_and_others_do_the_work(day):
    before = [trip for key, trip in day.trips().items() if key[0] == "Z01"]
    duty = next(one for one in day.revision().duties if one.courier.code == "Z01")
    for _ in range(2):
        lock(day.town, *LUNCH, actor="chen", courier_id=duty.courier_id)
    assert len(locks_of(day.town, *LUNCH)) == 1
    day.revise(CourierAway("Z03"), OrderUrgent("P1"))
    assert [trip for key, trip in day.trips().items() if key[0] == "Z01"] == before
    assert day.carriers()["P1"] == day.carriers()["B1"] == "Z02"
    unlock(day.town, *LUNCH, actor="chen", courier_id=duty.courier_id)
    with pytest.raises(NotFound, match="not locked"):
        unlock(day.town, *LUNCH, actor="chen", courier_id=duty.courier_id)


def test_what_was_locked_since_a_proposal_was_made_is_not_changed_by_it(day):
    proposal, _ = day.propose(OrderCancelled("A1"))
    duty = next(one for one in day.revision().duties if one.courier.code == day.carriers()["A1"])
    day.at(9, 1)
    lock(day.town, *LUNCH, actor="wang", courier_id=duty.courier_id)
    with pytest.raises(Conflict, match="wang has locked"):
        day.accept(proposal)


def test_a_move_by_hand_is_priced_kept_and_locked(day):
    carrier = day.carriers()["A1"]
    other = "Z02" if carrier == "Z01" else "Z01"
    move = StopMoved(day.order_of("A1").id, other)
    proposal, worked = day.propose(moves=[move])
    assert worked.outcome.verdict.cost - worked.outcome.cost_before == pytest.approx(
        proposal.content["cost"] - proposal.content["cost_before"]
    )
    assert [one["after"][:1] for one in proposal.content["differences"]["moved"]] == ["v"]
    day.accept(proposal)
    assert day.carriers()["A1"] == other
    assert [one.order_id for one in locks_of(day.town, *LUNCH)] == [day.order_of("A1").id]
    day.revise(OrderCancelled("A2"))
    assert day.carriers()["A1"] == other


def test_a_move_that_breaks_a_rule_is_accepted_only_where_people_may_agree(day):
    proposal, worked = day.propose(moves=[TripMoved("Z03", 1, "Z01")])
    assert {one.rule for one in worked.outcome.broken} == {Rule.WINDOW}
    with pytest.raises(Conflict, match="those concerned agree"):
        day.accept(proposal)
    day.accept(proposal, despite=True)
    assert {day.carriers()["B1"], day.carriers()["B2"]} & {"Z01"}
    assert len(locks_of(day.town, *LUNCH)) == 1
    before = [trip for key, trip in day.trips().items() if key[0] == "Z01"]
    day.revise(CourierAway("Z02"))
    assert [trip for key, trip in day.trips().items() if key[0] == "Z01"] == before


def test_a_box_does_not_hold_more_whoever_agrees(day):
    full = next(
        key for key, (_, stops) in day.trips().items() if len(stops) == 3 and key[0] == "Z01"
    )
    proposal, worked = day.propose(moves=[StopMoved(day.order_of("B1").id, *full)])
    assert Rule.BOXES in {one.rule for one in worked.outcome.broken}
    with pytest.raises(Conflict, match="nobody can set aside"):
        day.accept(proposal, despite=True)


def test_an_order_taken_out_is_listed_with_a_reason(day):
    proposal, _ = day.propose(moves=[StopTakenOut(day.order_of("B1").id)])
    day.accept(proposal)
    assert "B1" not in day.carriers()
    assert day.order_of("B1").id in {one.order_id for one in day.revision().unserved}
