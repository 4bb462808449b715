"""A day that is followed: whatever came since the last reading is seen, and nothing is made up."""

import pytest
from sqlmodel import Session, select

from mealsvc.day_words import EventKind, NotCounted, Outcome, Source, StopStatus
from mealsvc.delivery import read_state
from mealsvc.delivery.following import MOST_FOLLOWED, follow
from mealsvc.store import DeliveryEvent, transaction
from tests.mealsvc.delivery.records import OPENS, publish_day


@pytest.fixture
def made(each_engine):
    """A published lunch of two couriers and three doors."""
    with transaction(each_engine) as session:
        return publish_day(session)


@pytest.fixture
def reported(each_engine, made):
    """Return a function that appends an event of the first courier's phone."""

    def append(uid, kind=EventKind.OUTCOME, place=0, **more):
        told = {"kind": kind, "order_id": made.orders[place], **more}
        if kind is EventKind.OUTCOME:
            told.setdefault("outcome", Outcome.HANDED_OVER)
        row = DeliveryEvent(
            service_id=made.service.id, uid=uid, source=Source.PHONE,
            courier_id=made.couriers[0], happened_at=OPENS, received_at=OPENS,
            reported_by="test", **told,
        )  # fmt: skip
        with transaction(each_engine) as session:
            session.add(row)

    return append


def followed(engine, made):
    with transaction(engine) as session:
        day = follow(session, made.service.id)
        assert day.state == read_state(session, made.service.id)
    return day


def test_what_came_since_the_last_reading_is_in_the_next(each_engine, made, reported):
    assert followed(each_engine, made).newest == 0
    reported("outcome-01")
    first = followed(each_engine, made)
    assert first.state.stop(made.orders[0]).status is StopStatus.SETTLED
    reported("outcome-02", place=1)
    reported("taken-back", EventKind.RETRACTED, about="outcome-01")
    second = followed(each_engine, made)
    assert [event.uid for event in second.events] == ["outcome-01", "outcome-02", "taken-back"]
    assert [event.uid for event in second.standing] == ["outcome-02", "taken-back"]
    assert second.state.stop(made.orders[0]).status is StopStatus.WAITING


def test_nothing_is_computed_again_while_nothing_comes(each_engine, made, reported):
    reported("outcome-01")
    assert followed(each_engine, made) is followed(each_engine, made)


def test_a_new_revision_is_seen_with_the_events_of_the_day(each_engine, made, reported):
    reported("outcome-01")
    followed(each_engine, made)
    with transaction(each_engine) as session:
        publish_day(session, ((1,), (0, 2)), made)
    day = followed(each_engine, made)
    assert day.state.revision == 2
    assert day.state.stop(made.orders[0]).courier_id == made.couriers[1]


def test_what_is_taken_back_with_its_transaction_is_not_remembered(each_engine, made, reported):
    reported("outcome-01")
    followed(each_engine, made)
    with Session(each_engine) as session:
        session.add(
            DeliveryEvent(
                service_id=made.service.id, uid="never-kept", kind=EventKind.OUTCOME,
                outcome=Outcome.REFUSED, order_id=made.orders[1], source=Source.PHONE,
                happened_at=OPENS, received_at=OPENS, reported_by="test",
            )
        )  # fmt: skip
        session.flush()
        session.rollback()
    assert [event.uid for event in followed(each_engine, made).events] == ["outcome-01"]


def test_records_that_are_others_than_before_are_read_again(each_engine, made, reported):
    reported("outcome-01")
    reported("outcome-02", place=1)
    followed(each_engine, made)
    with transaction(each_engine) as session:
        session.delete(session.exec(select(DeliveryEvent).limit(1)).one())
    reported("outcome-03", place=2)
    day = followed(each_engine, made)
    assert [event.uid for event in day.events] == ["outcome-02", "outcome-03"]


def test_cases_notes_and_what_is_kept_apart_come_from_the_same_reading(each_engine, made, reported):
    reported("nobody-home", outcome=Outcome.NOBODY_HOME)
    reported("a-note-01", EventKind.CONDITION, detail={"condition": "door_changed"})
    reported("apart-0001", place=1, not_counted=NotCounted.DUTY_OVER)
    day = followed(each_engine, made)
    assert [case.order_id for case in day.cases] == [made.orders[0]]
    assert [note.uid for note in day.notes] == ["a-note-01"]
    assert [event.uid for event in day.apart] == ["apart-0001"]


def test_a_process_remembers_few_services(each_engine, made, reported):
    reported("outcome-01")
    before = followed(each_engine, made)
    with transaction(each_engine) as session:
        for service_id in range(1000, 1000 + MOST_FOLLOWED):
            assert follow(session, service_id).events == ()
    after = followed(each_engine, made)
    assert (after.events, after is before) == (before.events, False)
