"""A courier who hands back is gone for every revision, until the courier comes again."""

from datetime import time

import pytest
from sqlmodel import select

from mealsvc.day_words import EventKind, Source
from mealsvc.errors import Conflict
from mealsvc.planning.revising import (
    CanteenLate,
    CourierComes,
    HandedBack,
    OrderCancelled,
    StopTakenOut,
)
from mealsvc.store import Courier, DeliveryEvent, Service, transaction


def hands_back(day, code):
    """Report that a courier cannot go on."""
    with transaction(day.town.engine) as session:
        courier = session.exec(select(Courier.id).where(Courier.code == code)).one()
        session.add(
            DeliveryEvent(
                service_id=session.exec(select(Service.id)).one(), uid=f"handback-{code}",
                kind=EventKind.HANDED_BACK, source=Source.PHONE, courier_id=courier,
                happened_at=day.clock(), received_at=day.clock(), reported_by="test",
            )
        )  # fmt: skip
    return courier


def carrier_of(day, elder):
    return day.carriers()[elder]


def test_what_is_handed_back_is_planned_anew_without_naming_the_courier(day):
    before = day.carriers()
    code = before["B1"]
    hands_back(day, code)
    day.revise(HandedBack())
    assert code not in day.carriers().values()
    assert day.carriers().keys() == before.keys()


def test_any_other_change_takes_who_handed_back_as_gone_and_says_so(day):
    code = carrier_of(day, "B1")
    hands_back(day, code)
    kept, _ = day.propose(OrderCancelled("B2"))
    assert [one["kind"] for one in kept.content["changes"]] == ["order_cancelled", "handed_back"]
    day.accept(kept)
    assert code not in day.carriers().values()


def test_nothing_is_planned_anew_where_nothing_was_handed_back(day):
    with pytest.raises(Conflict, match="no courier has handed back"):
        day.propose(HandedBack())
    kept, _ = day.propose(CanteenLate("ST02", 15))
    assert [one["kind"] for one in kept.content["changes"]] == ["canteen_late"]


def test_duties_out_of_reach_stay_even_when_they_were_handed_back(day):
    code = carrier_of(day, "B1")
    courier = hands_back(day, code)
    with pytest.raises(Conflict, match="no courier has handed back"):
        day.propose(HandedBack(), frozen_couriers=frozenset({courier}))
    day.revise(CanteenLate("ST01", 15), frozen_couriers=frozenset({courier}))
    assert code in day.carriers().values()


def test_a_move_by_hand_moves_what_it_says_and_nothing_else(day):
    code = carrier_of(day, "B1")
    hands_back(day, code)
    kept, _ = day.propose(moves=[StopTakenOut(day.order_of("B2").id)])
    assert kept.content["changes"] == []
    day.accept(kept)
    assert carrier_of(day, "B1") == code


def test_who_comes_again_after_handing_back_is_asked_to_work_again(day):
    code = carrier_of(day, "B1")
    hands_back(day, code)
    day.revise(HandedBack())
    assert code not in day.carriers().values()
    day.at(9, 10).revise(CourierComes(code, (time(10, 30), time(12, 30))))
    with transaction(day.town.engine) as session:
        told = session.exec(select(DeliveryEvent).order_by(DeliveryEvent.id)).all()
        assert [(one.kind, one.about) for one in told[1:]] == [("retracted", f"handback-{code}")]
    with pytest.raises(Conflict, match="no courier has handed back"):
        day.propose(HandedBack())


def test_who_comes_in_the_same_breath_keeps_the_stops(day):
    code = carrier_of(day, "B1")
    hands_back(day, code)
    day.revise(CourierComes(code, (time(10, 30), time(12, 30))))
    assert code in day.carriers().values()
    with pytest.raises(Conflict, match="no courier has handed back"):
        day.propose(HandedBack())
