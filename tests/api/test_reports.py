"""Reports from couriers' phones: kept once, counted or kept apart with the reason, answered."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mealsvc.planning import plan_service, publish
from mealsvc.store import Courier, DeliveryEvent, transaction
from mealsvc.vocabulary import Meal, Role
from tests.fixtures.installation import SHANGHAI
from tests.fixtures.web import bearer_of
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines

LUNCH = "/api/v1/services/2026-11-21/lunch"
DUTY = "/api/v1/duty"
REPORTS = "/api/v1/duty/reports"


@pytest.fixture
def link(town, admin, clock):
    """The secret of a link to the duty of Z03, at eleven on the day."""
    answer = admin.post(f"{LUNCH}/duties/Z03/link")
    clock.now = clock.now.replace(day=21, hour=11)
    admin.headers.update(bearer_of(town, "root.admin"))  # the session of yesterday is over
    return answer.json()["url"].rpartition("/")[2]


class Phone:
    """A courier's phone whose clock is so many minutes fast."""

    def __init__(self, client, secret, clock, fast=0):
        self.client, self.clock, self.fast = client, clock, fast
        self.headers = {"authorization": f"Bearer {secret}"}

    def now(self, minutes_ago=0):
        return (self.clock.now + timedelta(minutes=self.fast - minutes_ago)).isoformat()

    def duty(self):
        return self.client.get(DUTY, headers=self.headers).json()

    def stops(self):
        return [stop for trip in self.duty()["trips"] for stop in trip["stops"]]

    def report(self, uid, kind, minutes_ago=0, **more):
        return {"id": uid, "kind": kind, "at": self.now(minutes_ago), **more}

    def post(self, *reports, **more):
        body = {"day": "2026-11-21", "meal": "lunch", "sent_at": self.now(), "reports": reports}
        return self.client.post(REPORTS, headers=self.headers, json=body | more)

    def send(self, *reports):
        answer = self.post(*reports)
        assert answer.status_code == 200, answer.text
        return answer.json()["answers"]


@pytest.fixture
def phone(anonymous, link, clock):
    return Phone(anonymous, link, clock)


def kept(town):
    with transaction(town.engine) as session:
        return session.exec(select(DeliveryEvent).order_by(DeliveryEvent.id)).all()


def test_a_trip_is_reported_from_departure_to_the_last_door(phone):
    first, second = (stop["order"] for stop in phone.stops()[:2])
    answers = phone.send(
        phone.report("departed-1", "departed", 20, trip=1, revision=1),
        phone.report("outcome-01", "outcome", 10, order=first, outcome="handed_over"),
        phone.report("outcome-02", "outcome", 5, order=second, outcome="refused", note="吃过了"),
    )
    assert [answer["result"] for answer in answers] == ["accepted"] * 3
    assert all(answer["message"] is None for answer in answers)
    stops = {stop["order"]: stop for stop in phone.stops()}
    assert (stops[first]["status"], stops[first]["outcome"]) == ("settled", "handed_over")
    assert stops[second]["outcome"] == "refused"


def test_a_report_sent_again_is_kept_once_and_answered_so(phone, town):
    order = phone.stops()[0]["order"]
    told = phone.report("outcome-01", "outcome", order=order, outcome="handed_over")
    results = [answer["result"] for answer in phone.send(told, told)]
    phone.clock.now += timedelta(minutes=3)
    results += [answer["result"] for answer in phone.send(told)]
    assert results == ["accepted", "known", "known"]
    assert len(kept(town)) == 1


def test_an_id_that_says_something_else_is_refused_and_the_first_stays(phone, town):
    order = phone.stops()[0]["order"]
    phone.send(phone.report("outcome-01", "outcome", order=order, outcome="handed_over"))
    (answer,) = phone.send(phone.report("outcome-01", "outcome", order=order, outcome="refused"))
    assert (answer["result"], answer["reason"]) == ("refused", "id_reused")
    assert [row.outcome for row in kept(town)] == ["handed_over"]


@pytest.mark.parametrize("fast", [20, -20, 1440, -500_000])
def test_a_phones_wrong_clock_is_corrected_and_said(anonymous, link, clock, town, fast):
    phone = Phone(anonymous, link, clock, fast)
    order = phone.stops()[0]["order"]
    (answer,) = phone.send(phone.report("outcome-01", "outcome", 7, order=order, outcome="refused"))
    assert answer["result"] == "accepted"
    assert ("fast" if fast > 0 else "slow") in answer["message"]
    assert answer["advice"] == "clock_corrected"
    assert answer["said"]["en"] == answer["message"]
    assert ("快" if fast > 0 else "慢") in answer["said"]["zh"]
    (row,) = kept(town)
    assert row.happened_at == clock.now - timedelta(minutes=7)
    assert row.told_at == clock.now + timedelta(minutes=fast - 7)


@pytest.mark.parametrize(
    ("minutes_ago", "reason"),
    [(-1440, "in_the_future"), (1440, "too_early"), (-5, "in_the_future")],
)
def test_what_is_dated_on_another_day_is_kept_apart_with_a_sentence(
    phone, town, minutes_ago, reason
):
    order = phone.stops()[0]["order"]
    told = phone.report("outcome-01", "outcome", minutes_ago, order=order, outcome="handed_over")
    (answer,) = phone.send(told)
    assert (answer["result"], answer["reason"]) == ("not_counted", reason)
    assert "date" in answer["message"]
    assert phone.stops()[0]["status"] == "waiting"
    assert [row.not_counted for row in kept(town)] == [reason]
    assert [one["reason"] for one in phone.send(told)] == [reason]


def test_a_withdrawn_links_reports_are_kept_but_not_counted(phone, town, admin):
    order = phone.stops()[0]["order"]
    admin.delete(f"{LUNCH}/duties/Z03/link")
    (answer,) = phone.send(phone.report("outcome-01", "outcome", order=order, outcome="refused"))
    assert (answer["result"], answer["reason"]) == ("not_counted", "link_withdrawn")
    assert len(kept(town)) == 1


def test_reports_after_the_duty_ended_are_kept_but_not_counted(phone, town, clock):
    order = phone.stops()[0]["order"]
    clock.now = clock.now.replace(hour=13, minute=30)
    (answer,) = phone.send(phone.report("outcome-1", "outcome", 90, order=order, outcome="refused"))
    assert (answer["result"], answer["reason"]) == ("not_counted", "duty_over")
    assert kept(town)[0].order_id == order


def test_a_stop_of_another_courier_and_one_that_is_none_are_not_counted(phone, admin, town):
    foreign = next(
        stop["order"]
        for duty in admin.get(f"{LUNCH}/plan/duties").json()["duties"]
        if duty["courier"] != "Z03"
        for trip in duty["trips"]
        for stop in trip["stops"]
    )
    answers = phone.send(
        phone.report("outcome-01", "outcome", order=foreign, outcome="handed_over"),
        phone.report("outcome-02", "outcome", order=987654, outcome="handed_over"),
        phone.report("departed-1", "departed", trip=77),
    )
    assert [answer["reason"] for answer in answers] == ["not_your_stop"] * 3
    assert len(kept(town)) == 3


def test_a_report_that_is_not_understood_does_not_hold_up_the_others(phone, town):
    order = phone.stops()[0]["order"]
    answers = phone.send(
        {"id": "strange-01", "kind": "teleported", "at": phone.now()},
        {"id": "strange-02", "kind": "outcome", "at": phone.now(), "order": order},
        {"id": "strange-03", "kind": "closed", "at": phone.now(), "order": order},
        phone.report("outcome-01", "outcome", order=order, outcome="handed_over"),
    )
    assert [answer["reason"] for answer in answers] == [
        "unreadable",
        "unreadable",
        "not_for_couriers",
        None,
    ]
    assert "teleported" in kept(town)[0].detail["raw"]


def test_a_note_of_odd_characters_is_kept_readable(phone, town):
    order = phone.stops()[0]["order"]
    note = "门\x00口有<b>狗</b>\u0007" + "长" * 900
    told = phone.report("outcome-01", "outcome", order=order, outcome="other", note=note)
    assert phone.send(told)[0]["result"] == "accepted"
    assert kept(town)[0].note == ("门口有<b>狗</b>" + "长" * 900)[:500]
    assert phone.send(told)[0]["result"] == "known"


def test_a_correction_and_a_withdrawal_change_what_counts(phone):
    order = phone.stops()[0]["order"]
    phone.send(phone.report("outcome-01", "outcome", 5, order=order, outcome="handed_over"))
    phone.send(
        phone.report("outcome-02", "outcome", 9, order=order, outcome="refused", about="outcome-01")
    )
    assert phone.stops()[0]["outcome"] == "refused"
    phone.send(phone.report("withdraw-1", "retracted", about="outcome-02"))
    assert phone.stops()[0]["outcome"] is None


def test_who_cannot_go_on_hands_back_what_has_no_outcome(phone):
    first, second = (stop["order"] for stop in phone.stops()[:2])
    phone.send(
        phone.report("outcome-01", "outcome", 5, order=first, outcome="handed_over"),
        phone.report("handback-1", "handed_back", note="车胎破了"),
    )
    duty = phone.duty()
    assert duty["status"] == "handed_back"
    states = {stop["order"]: stop["status"] for trip in duty["trips"] for stop in trip["stops"]}
    assert (states[first], states[second]) == ("settled", "handed_back")
    now = phone.client.get(f"{DUTY}/now", headers=phone.headers).json()
    assert now["handed_back_at"] is not None


def test_a_new_revision_is_noticed_and_confirmed(phone, town, clock):
    assert phone.client.get(f"{DUTY}/now", headers=phone.headers).json()["seen_revision"] is None
    clock.now = clock.now.replace(day=20, hour=21)
    made = plan_service(
        town, SATURDAY, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines()
    )
    publish(town, SATURDAY, Meal.LUNCH, made.number, "test")
    assert phone.client.get(f"{DUTY}/now", headers=phone.headers).json()["revision"] == 2
    assert phone.send(phone.report("seen-00002", "seen", revision=2))[0]["result"] == "accepted"
    assert phone.duty()["seen_revision"] == 2


def test_a_stop_that_moved_counts_and_its_courier_is_told(phone, town, clock):
    order = phone.stops()[0]["order"]
    clock.now = clock.now.replace(day=20, hour=21)
    with transaction(town.engine) as session:
        session.exec(select(Courier).where(Courier.code == "Z03")).one().active = False
    made = plan_service(
        town, SATURDAY, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines()
    )
    publish(town, SATURDAY, Meal.LUNCH, made.number, "test")
    clock.now = clock.now.replace(day=21, hour=11)
    told = phone.report("outcome-01", "outcome", order=order, outcome="handed_over")
    (answer,) = phone.send(told)
    assert answer["result"] == "accepted"
    assert "somebody else" in answer["message"]
    assert answer["advice"] == "stop_moved"
    assert kept(town)[0].order_id == order


def test_a_link_reports_on_no_other_service(phone):
    assert phone.post(day="2026-11-22").status_code == 404
    assert phone.post(meal="dinner").status_code == 404


def test_a_courier_signed_in_reports_like_a_link(town, client_as, clock):
    clock.now = clock.now.replace(day=21, hour=11)
    client = client_as("z03", Role.COURIER, courier="Z03")
    secret = client.headers["authorization"].removeprefix("Bearer ")
    phone = Phone(client, secret, clock)
    order = phone.stops()[0]["order"]
    told = phone.report("outcome-01", "outcome", order=order, outcome="collected")
    assert phone.send(told)[0]["result"] == "accepted"
    assert [row.reported_by for row in kept(town)] == ["z03"]


def test_too_many_reports_of_one_duty_are_refused(phone, town, monkeypatch):
    monkeypatch.setattr("mealsvc.delivery.receiving.MOST_EVENTS", 2)
    told = [phone.report(f"seen-{number:05}", "seen", revision=1) for number in range(3)]
    assert [answer["reason"] for answer in phone.send(*told)] == [None, None, "too_many"]
    assert len(kept(town)) == 2


def test_a_batch_that_is_too_long_or_has_no_believable_time_is_refused_whole(phone):
    told = [phone.report(f"seen-{number:05}", "seen", revision=1) for number in range(201)]
    assert phone.post(*told).status_code == 422
    for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T11:00:00"):
        assert phone.post(sent_at=moment).status_code == 422


def test_places_come_in_the_systems_of_the_navigation_programs(phone):
    place = phone.stops()[0]["place"]
    assert len({tuple(place[datum]) for datum in ("wgs84", "gcj02", "bd09")}) == 3
    assert abs(place["gcj02"][0] - place["wgs84"][0]) < 0.01
    assert phone.duty()["loading"]["place"]["wgs84"]


def test_times_are_those_of_the_service_whatever_the_phones_zone(phone, town, clock):
    order = phone.stops()[0]["order"]
    told = phone.report("outcome-01", "outcome", order=order, outcome="refused")
    told["at"] = clock.now.astimezone(SHANGHAI).isoformat()
    phone.send(told)
    assert kept(town)[0].happened_at == clock.now
