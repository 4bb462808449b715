"""Reports in the records, on SQLite and PostgreSQL: kept once, in order, whoever sends when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from mealsvc.day_words import EventKind, NotCounted, Outcome, StopStatus
from mealsvc.delivery import read_state
from mealsvc.delivery.receiving import Batch, Sender, receive
from mealsvc.delivery.reports import Report, Result, UnreadableReport
from mealsvc.settings import Settings
from mealsvc.store import DeliveryEvent, Service, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal
from tests.mealsvc.delivery.records import OPENS, publish_day
from tests.mealsvc.people import SATURDAY

SETTINGS = Settings(_env_file=None)


def at(minutes):
    return OPENS + timedelta(minutes=minutes)


@pytest.fixture
def day(each_engine):
    """A published service of two couriers in a database of each kind."""
    with transaction(each_engine) as session:
        return publish_day(session)


def send(engine, courier, *reports, minutes=30, ended=None):
    with transaction(engine) as session:
        service, _ = one_row(session, Service, {"day": SATURDAY, "meal": Meal.LUNCH})
        batch = Batch(reports, at(minutes), at(minutes))
        return receive(session, SETTINGS, service, Sender(courier, "phone", ended), batch)


def delivered(uid, order, minutes=20, **more):
    return Report(
        uid, EventKind.OUTCOME, at(minutes), order=order, outcome=Outcome.HANDED_OVER, **more
    )


def kept(engine):
    with transaction(engine) as session:
        return session.exec(select(DeliveryEvent).order_by(DeliveryEvent.id)).all()


def test_reports_come_back_as_the_state_of_the_service(each_engine, day):
    first, second = day.orders[:2]
    departure = Report("d", EventKind.DEPARTED, at(6), trip=1, revision=1)
    send(each_engine, day.couriers[0], departure, delivered("a", first))
    with transaction(each_engine) as session:
        state = read_state(session, day.service.id)
    assert state.stop(first).departed_at == at(6)
    assert [state.stop(order).status for order in day.orders] == [
        StopStatus.SETTLED,
        StopStatus.UNDER_WAY,
        StopStatus.WAITING,
    ]
    assert state.stop(second).served is False


def test_of_phones_that_send_the_same_at_once_one_report_is_kept(each_engine, day):
    told = [delivered(f"a{number}", day.orders[0], number) for number in range(5)]
    with ThreadPoolExecutor(4) as phones:
        answers = list(phones.map(lambda _: send(each_engine, day.couriers[0], *told), range(4)))
    results = [answer.result for batch in answers for answer in batch]
    assert results.count(Result.ACCEPTED) == 5
    assert results.count(Result.KNOWN) == 15
    assert [row.uid for row in kept(each_engine)] == [report.uid for report in told]


def test_what_is_not_counted_is_there_with_its_reason_and_changes_nothing(each_engine, day):
    mine, theirs = day.orders[0], day.orders[2]
    answers = send(
        each_engine,
        day.couriers[0],
        delivered("a", theirs),
        delivered("b", 987654),
        UnreadableReport("c", '{"kind": "\\ud800"}'),
        Report("d", EventKind.CLOSED, at(5), order=mine),
    )
    assert [answer.reason for answer in answers] == [
        "not_your_stop",
        "not_your_stop",
        "unreadable",
        "not_for_couriers",
    ]
    assert len(kept(each_engine)) == 4
    with transaction(each_engine) as session:
        state = read_state(session, day.service.id)
    assert {stop.status for stop in state.stops} == {StopStatus.WAITING}


def test_a_sender_whose_duty_ended_is_heard_but_not_counted(each_engine, day):
    (answer,) = send(
        each_engine, day.couriers[0], delivered("a", day.orders[0]), ended=NotCounted.DUTY_OVER
    )
    assert answer.reason == "duty_over"
    assert [row.not_counted for row in kept(each_engine)] == [NotCounted.DUTY_OVER]


def test_a_departure_by_an_older_revision_holds_for_what_that_one_loaded(each_engine, day):
    with transaction(each_engine) as session:
        publish_day(session, ((1,), (2, 0)), made=day)
    departure = Report("d", EventKind.DEPARTED, at(6), trip=1, revision=1)
    send(each_engine, day.couriers[0], departure)
    (row,) = kept(each_engine)
    assert row.detail["orders"] == day.orders[:2]
    with transaction(each_engine) as session:
        state = read_state(session, day.service.id)
    assert state.revision == 2
    assert state.stop(day.orders[1]).status is StopStatus.UNDER_WAY
    assert state.stop(day.orders[0]).status is StopStatus.WAITING  # another brings it now


def test_a_stop_that_moved_counts_for_who_brought_it(each_engine, day):
    with transaction(each_engine) as session:
        publish_day(session, ((1,), (2, 0)), made=day)
    (answer,) = send(each_engine, day.couriers[0], delivered("a", day.orders[0]))
    assert answer.result is Result.ACCEPTED
    assert "somebody else" in answer.sentence.en
