"""A plan made in the background, watched, read and published through the API."""

import time
from datetime import date

import pytest
from sqlmodel import col, select

import routing
from mealsvc.jobs import worker_for
from mealsvc.store import Canteen, Elder, transaction
from mealsvc.vocabulary import EndReason, Role
from tests.fixtures.web import bearer_of
from tests.mealsvc.planning.straight_lines import StraightLines

SUNDAY = "/api/v1/services/2026-11-22/lunch"


@pytest.fixture
def worker(town):
    """This process's worker, travelling in straight lines."""
    started = worker_for(town, travel=StraightLines(), poll_seconds=0.05)
    yield started
    started.shutdown()


@pytest.fixture
def planner(client_as, town):
    return client_as("planner", Role.PLANNER)


def finished(client, location, patience=300):
    """Wait for a job and return it."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        job = client.get(location).json()
        if job["state"] in {"succeeded", "failed"}:
            return job
    raise AssertionError(f"still {job['state']} after {patience} s")


def test_a_plan_is_started_watched_and_published(town, worker, planner):
    started = planner.post(f"{SUNDAY}/plan", json={"seconds": 0.2})
    assert started.status_code == 202
    location = started.headers["location"]
    assert location == f"/api/v1/jobs/{started.json()['id']}"
    job = finished(planner, location)
    assert (job["state"], job["outcome"]["revision"], job["progress"]) == ("succeeded", 1, 1.0)

    draft = planner.get(f"{SUNDAY}/plan").json()
    assert (draft["state"], draft["created_by"]) == ("draft", "planner")
    assert draft["served_orders"] + draft["unserved_orders"] == draft["orders"] == 10
    published = planner.post(f"{SUNDAY}/plan/revisions/1/publish").json()
    assert (published["state"], published["published_by"]) == ("published", "planner")
    assert [one["number"] for one in planner.get(f"{SUNDAY}/plan/revisions").json()] == [1]

    service = planner.get(SUNDAY).json()
    assert service["published_revision"] == 1
    assert service["orders"] == {"delivery": 9, "pick_up": 1, "supply": 1}
    assert planner.get("/api/v1/jobs").json()["items"][0]["id"] == job["id"]


def test_the_exported_files_are_what_the_optimiser_reads(town, worker, planner, admin):
    lunch = "/api/v1/services/2026-11-21/lunch/plan"
    for client in (planner, admin):
        instance = routing.Instance.from_dict(client.get(f"{lunch}/instance").json())
        plan = routing.Plan.from_dict(client.get(f"{lunch}/export").json())
        verdict = routing.check(instance, plan)
        assert not verdict.faults
        assert verdict.cost == client.get(lunch).json()["cost"]


def test_a_job_that_cannot_be_done_says_why(town, planner):
    started = planner.post(f"{SUNDAY}/plan", json={"seconds": 0.2})
    job = finished(planner, started.headers["location"])
    worker_for(town).shutdown()
    assert job["state"] == "failed"
    assert "street network" in job["error"]


def test_a_service_that_has_begun_is_not_planned(town, planner, clock):
    clock.now = clock.now.replace(day=22, hour=11)
    planner.headers.update(bearer_of(town, "planner"))
    answer = planner.post(f"{SUNDAY}/plan")
    assert answer.status_code == 409
    assert "began" in answer.json()["detail"]


def test_a_plan_or_revision_that_is_not_there_is_said(town, planner):
    assert planner.get("/api/v1/services/2026-11-30/dinner/plan").status_code == 404
    answer = planner.get("/api/v1/services/2026-11-21/lunch/plan", params={"revision": 9})
    assert answer.status_code == 404
    assert "revision 9" in answer.json()["detail"]
    assert planner.get("/api/v1/services/2026-11-30/dinner/plan/revisions").json() == []


def test_unserved_orders_have_a_reason_in_the_readers_language(town, admin):
    path = "/api/v1/services/2026-11-21/lunch/plan/unserved"
    english = admin.get(path).json()["unserved"][0]
    chinese = admin.get(path, headers={"accept-language": "zh"}).json()["unserved"][0]
    assert english["reason"] == chinese["reason"] == "unlocated"
    assert english["reason_text"] != chinese["reason_text"]
    assert english["elder"]["code"] == "A9"


@pytest.fixture
def keeper(client_as, town):
    """A manager who keeps every canteen of the service."""
    return client_as("keeper", Role.MANAGER, canteens=["ST01", "ST02"])


def test_a_manager_of_every_canteen_plans_watches_and_publishes(town, worker, keeper):
    started = keeper.post(f"{SUNDAY}/plan", json={"seconds": 0.2})
    assert started.status_code == 202
    assert finished(keeper, started.headers["location"])["state"] == "succeeded"
    published = keeper.post(f"{SUNDAY}/plan/revisions/1/publish").json()
    assert (published["state"], published["published_by"]) == ("published", "keeper")


@pytest.mark.parametrize("path", ["plan", "plan/revisions/1/publish"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_manager_of_some_canteens_is_told_who_plans(town, client_as, path, language):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    answer = manager.post(f"{SUNDAY}/{path}", headers={"accept-language": language})
    assert answer.status_code == 403
    who = "ask a planner or an administrator" if language == "en" else "请由规划员或管理员"
    assert who in answer.json()["detail"]
    assert "ST01" not in answer.text
    assert manager.get("/api/v1/jobs").json()["total"] == 0


def test_a_closed_canteen_counts_while_it_keeps_somebody_who_eats(town, client_as):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    with transaction(town.engine) as session:
        session.exec(select(Canteen).where(Canteen.code == "ST01")).one().active = False
    assert manager.post(f"{SUNDAY}/plan").status_code == 403
    with transaction(town.engine) as session:
        for elder in session.exec(select(Elder).where(col(Elder.code).not_like("B%"))):
            elder.ended_on = date(2026, 11, 20)
            elder.end_reason = EndReason.MOVED
    assert manager.post(f"{SUNDAY}/plan", json={"seconds": 0.2}).status_code == 202
    worker_for(town).shutdown()


@pytest.mark.parametrize(
    ("day", "status"), [("0001-01-01", 409), ("9999-12-31", 422), ("2027-11-22", 422)]
)
def test_a_day_that_is_a_slip_is_not_planned(town, planner, day, status):
    answer = planner.post(f"/api/v1/services/{day}/lunch/plan", json={"seconds": 0.2})
    assert (answer.status_code, day in answer.json()["detail"]) == (status, True)


def test_what_explains_a_plan_is_read_within_the_callers_canteens(town, worker, planner, client_as):
    location = planner.post(f"{SUNDAY}/plan", json={"seconds": 0.5}).headers["location"]
    assert finished(planner, location)["state"] == "succeeded"
    told = planner.get(f"{SUNDAY}/plan/explanation").json()
    assert (told["revision"], told["explained"]) == (1, True)
    left = planner.get(f"{SUNDAY}/plan/unserved").json()["unserved"]
    causes = {one["order"]: one["cause"] for one in told["orders"] if one["wish"] == "served"}
    assert causes == {one["order"]: one["reason"] for one in left}
    assert all(one["elder"] is None for one in told["orders"])
