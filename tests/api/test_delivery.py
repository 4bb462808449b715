"""Managers see the day and enter what paper, phone calls and visits tell, within their canteens."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mealsvc.store import DeliveryEvent, transaction
from mealsvc.vocabulary import Role

DAY = "/api/v1/services/2026-11-21/lunch/delivery"


@pytest.fixture
def eleven(town, clock):
    """The town at eleven on the day of its published lunch."""
    clock.now = clock.now.replace(day=21, hour=11)
    return town


@pytest.fixture
def manager(eleven, client_as):
    """The manager of ``ST02``, whose courier ``Z03`` brings B1 and B2."""
    return client_as("the.manager", Role.MANAGER, canteens=["ST02"])


@pytest.fixture
def phone(eleven, client_as, clock):
    """Return a function that sends reports from the phone of ``Z03``."""
    client = client_as("the.courier", Role.COURIER, courier="Z03")

    def send(*reports):
        told = [{"at": clock.now.isoformat(), **report} for report in reports]
        body = {"day": "2026-11-21", "meal": "lunch", "sent_at": clock.now.isoformat()}
        answer = client.post("/api/v1/duty/reports", json=body | {"reports": told})
        assert answer.status_code == 200, answer.text
        return answer.json()["answers"]

    return send


def stops_of(client):
    found = [stop for stop in client.get(f"{DAY}/stops").json() if stop["door"]["elder"]]
    return {stop["door"]["elder"]["code"]: stop for stop in found}


def order_of(client, elder):
    return stops_of(client)[elder]["door"]["order"]


def enter(client, *reports):
    return client.post(f"{DAY}/reports", json={"reports": reports})


def outcome(uid, order, what, **more):
    return {"id": uid, "kind": "outcome", "order": order, "outcome": what, **more}


def test_progress_counts_what_was_reported_and_nothing_else(manager, phone, clock):
    before = manager.get(DAY).json()
    assert (before["revision"], before["counts"]["stops"]) == (1, 2)
    assert [one["courier"] for one in before["couriers"]] == ["Z03"]
    clock.now += timedelta(minutes=80)
    assert manager.get(DAY).json()["counts"]["served"] == 0
    phone(outcome("outcome-01", order_of(manager, "B1"), "handed_over"))
    after = manager.get(DAY).json()
    assert (after["counts"]["served"], after["counts"]["overdue"]) == (1, 1)
    assert after["newest_event"] > before["newest_event"]


def test_a_whole_sheet_is_entered_once_and_is_as_good_as_a_phone(manager, eleven):
    trips = {}
    for stop in stops_of(manager).values():
        line = {"order": stop["door"]["order"], "outcome": "handed_over"}
        trips.setdefault(stop["trip"], []).append(line | {"at": "2026-11-21T10:50:00+08:00"})
    sheet = {
        "id": "sheet-0001",
        "revision": 1,
        "trips": [
            {"number": number, "departed_at": "2026-11-21T10:35:00+08:00", "stops": found}
            for number, found in trips.items()
        ],
    }
    first = manager.post(f"{DAY}/sheets/Z03", json=sheet)
    assert first.status_code == 200, first.text
    assert {answer["result"] for answer in first.json()["answers"]} == {"accepted"}
    again = manager.post(f"{DAY}/sheets/Z03", json=sheet).json()["answers"]
    assert {answer["result"] for answer in again} == {"known"}
    assert {stop["source"] for stop in stops_of(manager).values()} == {"paper"}
    assert manager.get(DAY).json()["couriers"][0]["progress"]["status"] == "done"


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"revision": 7}, 404, "no trip"),
        ({"order": 987654}, 404, "not on trip"),
        ({"at": "2026-11-21T12:10:00+08:00"}, 422, "not a time of this service"),
        ({"twice": True}, 422, "stands twice"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_whole(manager, eleven, change, status, words):
    stop = stops_of(manager)["B1"]
    line = {"order": change.get("order", stop["door"]["order"]), "outcome": "handed_over"}
    if "at" in change:
        line["at"] = change["at"]
    lines = [line, line] if "twice" in change else [line]
    sheet = {
        "id": "sheet-0001",
        "revision": change.get("revision", 1),
        "trips": [
            {
                "number": stop["trip"],
                "departed_at": "2026-11-21T10:40:00+08:00",
                "stops": lines,
            }
        ],
    }
    answer = manager.post(f"{DAY}/sheets/Z03", json=sheet)
    assert (answer.status_code, words in answer.json()["detail"]) == (status, True)
    with transaction(eleven.engine) as session:
        assert session.exec(select(DeliveryEvent)).all() == []


def test_what_the_office_enters_replaces_what_counted(manager, phone, clock):
    order = order_of(manager, "B1")
    phone(outcome("outcome-01", order, "handed_over"))
    early = "2026-11-21T10:45:00+08:00"
    assert enter(manager, outcome("office-0001", order, "refused", at=early)).status_code == 200
    found = stops_of(manager)["B1"]
    assert (found["outcome"], found["unaccounted"]) == ("refused", 1)
    told = {"id": "office-0002", "kind": "accounted", "order": order, "fates": {"given": 1}}
    assert enter(manager, told).status_code == 200
    assert stops_of(manager)["B1"]["unaccounted"] == 0
    too_many = {"id": "office-0003", "kind": "accounted", "order": order, "fates": {"given": 9}}
    assert enter(manager, too_many).status_code == 422


def test_the_protocol_runs_from_the_shut_door_to_its_closing(manager, phone, clock):
    order = order_of(manager, "B1")
    phone(outcome("outcome-01", order, "nobody_home", note="灯亮着"))
    (case,) = manager.get(f"{DAY}/cases").json()
    assert (case["next_step"], case["overdue_seconds"], case["open"]) == ("call_elder", 0, True)
    clock.now += timedelta(minutes=7)
    assert manager.get(DAY).json()["overdue_cases"] == 1
    step = {"kind": "step", "order": order, "result": "not_reached"}
    assert phone({"id": "step-00001", "step": "call_elder", **step})[0]["result"] == "accepted"
    enter(manager, {"id": "step-00002", "step": "call_contact", **step, "result": "reached"})
    (case,) = manager.get(f"{DAY}/cases").json()
    assert [(s["step"], s["by"]) for s in case["steps"]] == [
        ("call_elder", "the.courier"),
        ("call_contact", "the.manager"),
    ]
    assert case["next_step"] is None
    unfounded = {"id": "close-0001", "kind": "closed", "order": order}
    assert enter(manager, unfounded).status_code == 422
    closing = {**unfounded, "finding": "was_out", "note": "在女儿家"}
    assert enter(manager, closing).status_code == 200
    (case,) = manager.get(f"{DAY}/cases").json()
    assert (case["open"], case["closing"]["by"]) == (False, "the.manager")
    late = {**closing, "id": "close-0002"}
    answer = enter(manager, late)
    assert answer.status_code == 409
    assert "the.manager closed this case" in answer.json()["detail"]


def test_a_phone_cannot_close_a_case_and_no_step_comes_without_one(manager, phone):
    order = order_of(manager, "B1")
    closing = {"id": "close-0001", "kind": "closed", "order": order, "finding": "well"}
    assert phone(closing)[0]["reason"] == "unreadable"  # a phone knows no findings
    step = {"kind": "step", "order": order, "step": "call_elder", "result": "reached"}
    assert enter(manager, {"id": "step-00001", **step}).status_code == 409


def test_condition_notes_wait_until_somebody_looked_into_them(manager, phone):
    order = order_of(manager, "B2")
    phone({"id": "note-00001", "kind": "condition", "order": order, "condition": "seems_unwell"})
    assert manager.get(DAY).json()["open_notes"] == 1
    handled = {"id": "hand-00001", "kind": "handled", "about": "note-00001", "note": "已联系家属"}
    assert enter(manager, handled).status_code == 200
    (note,) = manager.get(f"{DAY}/notes").json()
    assert (note["handled_by"], note["answer"]) == ("the.manager", "已联系家属")
    assert enter(manager, {**handled, "id": "hand-00002", "about": "nothing-01"}).status_code == 404


def test_a_report_kept_apart_can_be_counted_by_a_manager(manager, phone, clock, eleven):
    order = order_of(manager, "B1")
    clock.now = clock.now.replace(hour=13, minute=40)
    told = outcome("outcome-01", order, "handed_over", at="2026-11-21T11:20:00+08:00")
    assert phone(told)[0]["reason"] == "duty_over"
    (kept,) = manager.get(f"{DAY}/not-counted").json()
    assert (kept["reason"], kept["counted"]) == ("duty_over", False)
    assert manager.get(DAY).json()["not_counted"] == 1
    count = f"{DAY}/not-counted/outcome-01/count"
    assert manager.post(count, json={"id": "counted-01"}).json()["result"] == "accepted"
    assert manager.post(count, json={"id": "counted-01"}).json()["result"] == "known"
    found = stops_of(manager)["B1"]
    assert (found["outcome"], found["at"]) == ("handed_over", "2026-11-21T03:20:00Z")
    assert manager.get(DAY).json()["not_counted"] == 0
    assert (
        manager.post(f"{DAY}/not-counted/nothing-01/count", json={"id": "x" * 8}).status_code == 404
    )


def test_a_manager_sees_and_enters_only_what_the_canteens_keep(manager, client_as, eleven):
    other = client_as("root.admin", Role.ADMIN)
    foreign = order_of(other, "A1")
    assert set(stops_of(manager)) == {"B1", "B2"}
    answer = enter(manager, outcome("office-0001", foreign, "handed_over"))
    assert answer.status_code == 404
    handback = {"id": "office-0002", "kind": "handed_back", "courier": "Z01"}
    assert enter(manager, handback).status_code == 404
    sheet = {"id": "sheet-0001", "revision": 1, "trips": [{"number": 1, "stops": []}]}
    assert manager.post(f"{DAY}/sheets/Z01", json=sheet).status_code == 404


def test_to_whom_a_meal_was_given_is_told_to_who_may_read_notes(manager, phone, client_as):
    order = order_of(manager, "B1")
    given = {"kind": "accounted", "order": order, "fates": {"given": 1}, "note": "邻居王婶"}
    phone(outcome("outcome-01", order, "refused"), {"id": "accounted-1", **given})
    assert stops_of(manager)["B1"]["fates"] == {"given": 1}
    assert stops_of(manager)["B1"]["given_to"] == "邻居王婶"
    assert stops_of(manager)["B2"]["given_to"] is None
    officer = client_as("the.officer", Role.OFFICER)
    found = officer.get(f"{DAY}/stops").json()
    assert {stop["given_to"] for stop in found} == {None}


def test_what_was_handed_back_is_planned_anew_on_one_request(manager, phone):
    asked = f"{DAY.removesuffix('/delivery')}/proposals"
    change = {"changes": [{"kind": "handed_back"}]}
    assert manager.post(asked, json=change).status_code == 409
    phone({"id": "handback-1", "kind": "handed_back"})
    answer = manager.post(asked, json=change)
    assert answer.status_code == 201, answer.text
    assert answer.json()["changes"] == [{"kind": "handed_back"}]
    assert {stop["courier_after"] for stop in answer.json()["stops"]} == {None}


def test_a_courier_who_calls_in_is_out_by_the_offices_word(manager, eleven):
    handback = {"id": "office-0002", "kind": "handed_back", "courier": "Z03", "note": "发烧"}
    assert enter(manager, handback).status_code == 200
    progress = manager.get(DAY).json()
    assert progress["counts"]["handed_back"] == 2
    assert [one["handed_back_why"] for one in progress["couriers"]] == ["发烧"]
    back = {"id": "office-0003", "kind": "retracted", "about": "office-0002"}
    assert enter(manager, back).status_code == 200
    assert manager.get(DAY).json()["counts"]["handed_back"] == 0


def test_others_see_counts_masks_or_nothing(eleven, client_as, phone):
    admin = client_as("root.admin", Role.ADMIN)
    order = order_of(admin, "B1")
    phone(
        outcome("outcome-01", order, "nobody_home", note="灯亮着"),
        {"id": "note-00001", "kind": "condition", "order": order, "condition": "seems_unwell"},
    )
    officer = client_as("the.officer", Role.OFFICER)
    planner = client_as("the.planner", Role.PLANNER)
    for client in (officer, planner):
        said = "".join(client.get(f"{DAY}/{part}").text for part in ("stops", "cases", "notes"))
        assert not [word for word in ("老人B", "1360000000", "灯亮着", "unwell") if word in said]
        assert enter(client, outcome("office-0001", order, "refused")).status_code == 403
    assert "老**" in officer.get(f"{DAY}/cases").text
    trail = admin.get("/api/v1/audit", params={"action": "read.delivery"}).json()["items"]
    assert {entry["actor"] for entry in trail} == {"root.admin", "the.officer"}


def test_a_console_hears_of_its_own_canteens_and_resumes_where_it_was(manager, phone, client_as):
    order = order_of(manager, "B1")
    phone(outcome("outcome-01", order, "handed_over"))
    admin = client_as("root.admin", Role.ADMIN)
    enter(admin, outcome("office-0001", order_of(admin, "A1"), "refused"))
    stream = f"{DAY}/stream"
    told = manager.get(stream, params={"seconds": 0}, headers={"last-event-id": "0"})
    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.text.count("event: report") == 1
    assert f'"order": {order}' in told.text
    assert 'event: plan\ndata: {"revision": 1}' in told.text
    everything = admin.get(stream, params={"seconds": 0}, headers={"last-event-id": "0"}).text
    assert everything.count("event: report") == 2
    assert not [word for word in ("老人", "B1", "A1") if word in everything]
    number = everything.rpartition("id: ")[2].partition("\n")[0]
    resumed = admin.get(stream, params={"seconds": 0}, headers={"last-event-id": number}).text
    assert "event: report" not in resumed
    fresh = admin.get(stream, params={"seconds": 0}).text
    assert "event: report" not in fresh


def test_a_console_that_missed_too_much_is_told_to_read_again(manager, phone, monkeypatch):
    monkeypatch.setattr("mealsvc.desk.watching.MOST_NEWS", 1)
    order = order_of(manager, "B1")
    phone(*(outcome(f"outcome-{number:02}", order, "refused") for number in range(2)))
    told = manager.get(f"{DAY}/stream", params={"seconds": 0}, headers={"last-event-id": "0"}).text
    assert "event: reset" in told


def test_too_many_consoles_are_asked_to_come_again(manager, monkeypatch):
    monkeypatch.setattr("api.listening.MOST_LISTENERS", 0)
    assert manager.get(f"{DAY}/stream", params={"seconds": 0}).status_code == 503


def test_without_a_service_there_is_no_day(manager):
    missing = DAY.replace("lunch", "dinner")
    for part in ("", "/stops", "/cases", "/notes", "/not-counted", "/stream"):
        assert manager.get(missing + part, params={"seconds": 0}).status_code == 404


def test_punctuality_is_told_by_courier_and_canteen_within_reach(manager, phone, client_as, clock):
    stop = stops_of(manager)["B1"]
    departure = {"id": "departed-1", "kind": "departed", "trip": stop["trip"], "revision": 1}
    left = (clock.now - timedelta(minutes=9)).isoformat()
    phone({**departure, "at": left}, outcome("outcome-01", stop["door"]["order"], "handed_over"))
    days = {"first": "2026-11-20", "last": "2026-11-21"}
    (found,) = manager.get("/api/v1/punctuality", params=days).json()
    assert (found["together"]["rides"], found["together"]["ride_seconds"]) == (1, 540)
    assert [part["code"] for part in found["couriers"] + found["canteens"]] == ["Z03", "ST02"]
    stranger = client_as("other.manager", Role.MANAGER, canteens=["ST01"])
    for service in stranger.get("/api/v1/punctuality", params=days).json():
        assert service["together"]["stops"] == 0
    backwards = {"first": "2026-11-21", "last": "2026-11-20"}
    assert manager.get("/api/v1/punctuality", params=backwards).status_code == 422
