"""A manager's API ends at the manager's canteens; others see people masked, or not at all."""

import json

import pytest
from sqlmodel import select

from mealsvc.store import AuditEntry, transaction
from mealsvc.vocabulary import Role

LUNCH = "/api/v1/services/2026-11-21/lunch"

#: Everything that would tell who somebody is.
PEOPLE = ("老人", "送餐员Z", "1390000000", "1360000000", "1380000000", "女儿", "敲门")

#: What belongs to ST01; the manager keeps ST02.
FOREIGN = [
    ("GET", "/api/v1/elders/A1", None),
    ("PATCH", "/api/v1/elders/A1", {"name": "改名"}),
    ("POST", "/api/v1/elders/A1/pauses", {"first_day": "2026-12-01"}),
    ("POST", "/api/v1/elders/A1/resume", {"day": "2026-12-01"}),
    ("POST", "/api/v1/elders/A1/end", {"reason": "moved"}),
    ("POST", "/api/v1/elders/A1/reopen", None),
    (
        "PUT",
        "/api/v1/elders/A1/order-changes",
        {"day": "2026-11-25", "meal": "lunch", "portions": 0},
    ),
    ("PUT", "/api/v1/elders/A1/place", {"lon": 120.1, "lat": 30.3, "datum": "WGS84"}),
    ("POST", "/api/v1/elders/A9/place-by-compound", None),
    ("GET", "/api/v1/couriers/Z01", None),
    ("PATCH", "/api/v1/couriers/Z01", {"boxes": 1}),
    ("POST", "/api/v1/couriers/Z01/absences", {"first_day": "2026-12-01"}),
    ("DELETE", "/api/v1/couriers/Z01/absences/2026-12-01", None),
    ("GET", "/api/v1/canteens/ST01", None),
    ("PATCH", "/api/v1/canteens/ST01", {"name": "改名"}),
    ("GET", "/api/v1/meal-points/ZC01", None),
    ("PATCH", "/api/v1/meal-points/ZC01", {"name": "改名"}),
    ("GET", f"{LUNCH}/route-sheets/Z01.pdf", None),
    ("GET", f"{LUNCH}/kitchen-counts/ST01", None),
    ("GET", f"{LUNCH}/kitchen-counts/ST01.pdf", None),
    ("GET", f"{LUNCH}/kitchen-counts/ST01.xlsx", None),
    ("GET", f"{LUNCH}/labels/ST01.pdf", None),
    ("POST", f"{LUNCH}/duties/Z01/link", None),
    ("DELETE", f"{LUNCH}/duties/Z01/link", None),
]


@pytest.mark.parametrize(("method", "path", "body"), FOREIGN)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_another_canteen_keeps_does_not_exist_for_a_manager(
    town, client_as, method, path, body, language
):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    manager.headers["accept-language"] = language
    answer = manager.request(method, path, json=body)
    assert answer.status_code == 404, answer.text
    absent = path.replace("A1", "X1").replace("A9", "X9").replace("Z01", "X01")
    absent = absent.replace("ST01", "XX01").replace("ZC01", "XC01")
    unknown = manager.request(method, absent, json=body)
    same = [part.json()["detail"].translate(str.maketrans("", "", "AZSTCX0129")) for part in (
        answer, unknown)]  # fmt: skip
    assert same[0] == same[1]


def codes(client, path):
    return {row["code"] for row in client.get(path).json()["items"]}


def test_a_managers_lists_hold_only_what_the_canteens_keep(each_role):
    manager = each_role[Role.MANAGER]
    assert codes(manager, "/api/v1/elders") == {"B1", "B2"}
    assert codes(manager, "/api/v1/elders?q=老人A1") == set()
    assert codes(manager, "/api/v1/couriers") == {"Z03"}
    assert codes(manager, "/api/v1/canteens") == {"ST02"}
    assert codes(manager, "/api/v1/meal-points") == set()
    assert codes(manager, "/api/v1/unlocated") == set()
    orders = manager.get(f"{LUNCH}/orders").json()
    assert {order["elder"]["code"] for order in orders["items"]} == {"B1", "B2"}
    assert orders["total"] == 2
    duties = manager.get(f"{LUNCH}/plan/duties").json()["duties"]
    assert {duty["courier"] for duty in duties} == {"Z03"}
    assert manager.get(f"{LUNCH}/plan/unserved").json()["unserved"] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/elders", {"code": "N1", "name": "新人", "canteen": "ST01"}),
        ("PATCH", "/api/v1/elders/B1", {"canteen": "ST01"}),
        (
            "POST",
            "/api/v1/couriers",
            {"code": "N1", "name": "新人", "canteen": "ST01", "boxes": 3},
        ),
        ("PATCH", "/api/v1/couriers/Z03", {"canteen": "ST01"}),
        (
            "POST",
            "/api/v1/meal-points",
            {"code": "N1", "name": "新点", "canteen": "ST01", "capacity": 5},
        ),
    ],
)
def test_a_manager_gives_nothing_to_another_canteen(each_role, method, path, body):
    answer = each_role[Role.MANAGER].request(method, path, json=body)
    assert answer.status_code == 403, answer.text
    admin = each_role[Role.ADMIN]
    assert codes(admin, "/api/v1/elders?q=N1") == set()
    assert admin.get("/api/v1/elders/B1").json()["canteen"] == "ST02"
    assert admin.get("/api/v1/couriers/Z03").json()["canteen"] == "ST02"


def test_a_manager_keeps_the_own_canteens_files(each_role):
    manager = each_role[Role.MANAGER]
    made = manager.post("/api/v1/elders", json={"code": "N1", "name": "新人", "canteen": "ST02"})
    assert made.status_code == 201, made.text
    changed = manager.patch("/api/v1/elders/B1", json={"door_note": "按铃两次"})
    assert changed.json()["door_note"] == "按铃两次"
    paused = manager.post("/api/v1/elders/B1/pauses", json={"first_day": "2026-12-01"})
    assert paused.json()["pauses"] == [
        {"first_day": "2026-12-01", "last_day": None, "reason": None}
    ]
    ended = manager.post("/api/v1/elders/B2/end", json={"reason": "moved"})
    assert ended.json()["end_reason"] == "moved"
    away = manager.post("/api/v1/couriers/Z03/absences", json={"first_day": "2026-12-01"})
    assert away.status_code == 201


READS = [
    "/api/v1/couriers", "/api/v1/couriers/Z03", f"{LUNCH}/orders", f"{LUNCH}/plan",
    f"{LUNCH}/plan/duties", f"{LUNCH}/plan/unserved", f"{LUNCH}/plan/instance",
    f"{LUNCH}/plan/export", "/api/v1/services", "/api/v1/jobs",
]  # fmt: skip


@pytest.mark.parametrize("path", READS)
def test_a_planner_sees_nobody(each_role, path):
    answer = each_role[Role.PLANNER].get(path)
    assert answer.status_code == 200
    text = json.dumps(answer.json(), ensure_ascii=False)
    assert not [person for person in PEOPLE if person in text]
    assert "低糖" not in text
    assert "coordinates" not in text


def test_a_planner_cannot_find_people_by_searching(each_role):
    planner = each_role[Role.PLANNER]
    assert planner.get("/api/v1/couriers", params={"q": "送餐员Z03"}).json()["total"] == 0
    assert planner.get("/api/v1/couriers", params={"q": "Z03"}).json()["total"] == 1


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/elders",
        "/api/v1/elders/A1",
        "/api/v1/unlocated",
        "/api/v1/couriers",
        f"{LUNCH}/orders",
        f"{LUNCH}/plan/duties",
        f"{LUNCH}/plan/unserved",
    ],
)
def test_an_officer_sees_people_masked(each_role, path):
    answer = each_role[Role.OFFICER].get(path)
    text = json.dumps(answer.json(), ensure_ascii=False)
    assert answer.status_code == 200
    assert "**" in text
    assert not [person for person in PEOPLE if person in text]
    assert "低糖" not in text


def test_an_officer_cannot_unmask_by_searching(each_role):
    officer = each_role[Role.OFFICER]
    assert officer.get("/api/v1/elders", params={"q": "老人A1"}).status_code == 403
    assert officer.get("/api/v1/couriers", params={"q": "13800000001"}).json()["total"] == 0


def test_a_masked_courier_found_by_code_is_in_the_trail(town, each_role):
    found = each_role[Role.OFFICER].get("/api/v1/couriers", params={"q": "Z03"}).json()
    assert found["items"][0]["name"] == "送*****"
    asked = select(AuditEntry.subject).where(AuditEntry.action == "read.couriers")
    with transaction(town.engine) as session:
        assert session.exec(asked).all() == ["courier:Z03"]


def test_a_code_finds_only_couriers_of_the_state_asked_for(each_role):
    planner = each_role[Role.PLANNER]
    gone = planner.get("/api/v1/couriers", params={"q": "Z03", "active": "false"})
    assert gone.json()["total"] == 0


@pytest.mark.parametrize(
    ("path", "action", "subject"),
    [
        ("/api/v1/elders", "read.elders", "page 0"),
        ("/api/v1/elders/B1", "read.elder", "elder:B1"),
        ("/api/v1/unlocated", "read.unlocated", "page 0"),
        ("/api/v1/couriers/Z03", "read.courier", "courier:Z03"),
        ("/api/v1/couriers", "read.couriers", "page 0"),
        (f"{LUNCH}/orders", "read.orders", "2026-11-21 lunch"),
        (f"{LUNCH}/plan/duties", "read.duties", "2026-11-21 lunch r1"),
        (f"{LUNCH}/plan/unserved", "read.unserved", "2026-11-21 lunch r1"),
        (f"{LUNCH}/plan/instance", "export.instance", "2026-11-21 lunch r1"),
        (f"{LUNCH}/plan/export", "export.plan", "2026-11-21 lunch r1"),
        (f"{LUNCH}/kitchen-counts/ST02", "read.kitchen_count", "2026-11-21 lunch ST02"),
        (
            f"{LUNCH}/kitchen-counts/ST02.xlsx",
            "export.kitchen_count",
            "2026-11-21 lunch ST02",
        ),
        (f"{LUNCH}/labels/ST02.pdf", "export.labels", "2026-11-21 lunch ST02"),
    ],
)
def test_reads_of_people_and_exports_are_in_the_trail(town, admin, path, action, subject):
    assert admin.get(path).status_code == 200
    with transaction(town.engine) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == action)).one()
    assert (entry.actor, entry.subject) == ("root.admin", subject)
    assert not [person for person in PEOPLE if person in json.dumps(entry.detail)]


def test_reading_duties_counts_the_elders_seen_not_the_duties(town, admin):
    told = admin.get(f"{LUNCH}/plan/duties").json()
    stops = [stop for duty in told["duties"] for trip in duty["trips"] for stop in trip["stops"]]
    with transaction(town.engine) as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "read.duties")).one()
    seen = [stop for stop in stops if stop["elder"]]
    assert entry.detail["people"] == len(seen) > 0
