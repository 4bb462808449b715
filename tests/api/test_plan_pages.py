"""Plans are started, watched and published on pages, by those who may."""

import re

import pytest
from sqlmodel import select

from mealsvc import jobs
from mealsvc.jobs import worker_for
from mealsvc.jobs.claims import fail
from mealsvc.nightly.planner import ACTOR
from mealsvc.planning import plan_service
from mealsvc.store import JobRun, transaction
from mealsvc.vocabulary import JobState, Meal, Role
from tests.fixtures.web import PASSWORD, add_user
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines
from tests.mealsvc.test_jobs import wait_for

SATURDAYS_LUNCH = {"day": "2026-11-21", "meal": "lunch"}


@pytest.fixture
def browse(town, anonymous):
    """Return a function that signs a role in by the form; it gives the client and its proof."""
    anonymous.headers["accept"] = "text/html"

    def signed_in(role, language="en", **fields):
        anonymous.headers["accept-language"] = language
        add_user(town, "li.min", role, **fields)
        anonymous.post("/sign-in", data={"username": "li.min", "password": PASSWORD})
        page = anonymous.get("/").text
        return anonymous, re.search(r'name="csrf" value="(\w+)"', page)[1]

    return signed_in


@pytest.fixture
def idle_worker(town, monkeypatch):
    """Nobody takes up the jobs, so that they stay as they are."""
    monkeypatch.setattr("mealsvc.jobs.worker.JobWorker.start", lambda _self: None)
    yield
    worker_for(town).shutdown()


def draft(town):
    plan_service(town, SATURDAY, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines())


def all_jobs(town):
    with transaction(town.engine) as session:
        return session.exec(select(JobRun)).all()


def test_a_plan_is_started_and_its_page_loads_itself_until_it_ends(town, browse, idle_worker):
    client, proof = browse(Role.ADMIN)
    page = client.post("/plan", data={**SATURDAYS_LUNCH, "csrf": proof})
    assert page.url.path == f"/jobs/{all_jobs(town)[0].id}"
    assert 'http-equiv="refresh"' in page.text
    assert "waiting to begin" in page.text
    assert 'http-equiv="refresh"' not in client.get(f"{page.url.path}?still=true").text
    assert "Being planned" in client.get("/").text


def test_what_came_of_a_job_is_shown_and_can_be_published(town, browse):
    client, proof = browse(Role.PLANNER)
    worker = worker_for(town, travel=StraightLines())
    try:
        started = jobs.start_plan_job(town, SATURDAY, Meal.LUNCH, actor="li.min", seconds=0.2)
        assert wait_for(lambda: jobs.job(town, started.id).state is JobState.SUCCEEDED)
    finally:
        worker.shutdown()
    page = client.get(f"/jobs/{started.id}").text
    assert "succeeded" in page
    assert 'http-equiv="refresh"' not in page
    assert "Publish revision 2" in page
    first = client.post("/publish", data={**SATURDAYS_LUNCH, "number": "2", "csrf": proof})
    assert first.url.path == "/"
    assert "revision 2 · published" in first.text
    assert "Publish revision" not in client.get(f"/jobs/{started.id}").text


def test_a_failure_is_said_in_the_readers_language(town, browse, idle_worker):
    client, _ = browse(Role.ADMIN, language="zh")
    started = jobs.start_plan_job(town, SATURDAY, Meal.LUNCH, actor="li.min")
    fail(town, jobs.claim(town, started.id, "w"), "no streets are built", "还没有生成道路数据")
    for path in (f"/jobs/{started.id}", "/jobs"):
        assert "还没有生成道路数据" in client.get(path).text
        assert "no streets are built" in client.get(f"{path}?lang=en").text
        client.get("/?lang=zh")


def test_the_nightly_planner_is_named_in_the_readers_language(town, browse, idle_worker):
    client, _ = browse(Role.ADMIN, language="zh")
    jobs.start_plan_job(town, SATURDAY, Meal.LUNCH, actor=ACTOR)
    assert "夜间自动计划" in client.get("/jobs").text
    assert "nightly planning" in client.get("/jobs/1?lang=en").text


def test_the_first_page_offers_to_publish_a_draft_that_is_newer(town, browse):
    draft(town)
    client, proof = browse(Role.ADMIN)
    assert "Publish revision 2" in client.get("/").text
    done = client.post("/publish", data={**SATURDAYS_LUNCH, "number": "2", "csrf": proof})
    assert "revision 2 · published" in done.text
    assert "Publish revision" not in done.text


@pytest.mark.parametrize("path", ["/plan", "/publish"])
def test_a_form_without_the_pages_proof_does_nothing(town, browse, path):
    draft(town)
    client, _ = browse(Role.ADMIN)
    form = {**SATURDAYS_LUNCH, "number": "2", "csrf": "guess"}
    assert client.post(path, data=form).status_code == 403
    assert all_jobs(town) == []
    assert "revision 1 · published" in client.get("/").text


@pytest.mark.parametrize("path", ["/plan", "/publish"])
def test_strangers_are_sent_to_the_first_page(town, anonymous, path):
    form = {**SATURDAYS_LUNCH, "number": "2"}
    answer = anonymous.post(path, data=form, headers={"accept": "text/html"})
    assert answer.status_code == 401
    assert "sign in on the first page" in answer.text


def test_nothing_is_offered_to_those_who_may_not(town, browse):
    draft(town)
    client, proof = browse(Role.OFFICER)
    page = client.get("/").text
    assert "Publish revision" not in page
    assert 'action="/plan"' not in page
    assert 'href="/jobs"' not in page
    assert client.post("/plan", data={**SATURDAYS_LUNCH, "csrf": proof}).status_code == 403
    assert client.get("/jobs").status_code == 403


def test_a_manager_of_some_canteens_is_offered_nothing(town, browse):
    draft(town)
    client, _ = browse(Role.MANAGER, canteens=["ST02"])
    page = client.get("/").text
    assert "Publish revision" not in page
    assert 'action="/plan"' not in page


def test_a_service_that_has_begun_is_not_offered_for_planning_but_for_publishing(
    town, browse, clock
):
    draft(town)
    clock.now = clock.now.replace(day=21, hour=11)
    client, _ = browse(Role.ADMIN)
    page = client.get("/").text
    assert "Plan anew" not in page
    assert "Publish revision 2" in page
    clock.now = clock.now.replace(hour=13)
    assert "Publish revision" not in client.get("/").text


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"day": "2026-11-19", "meal": "lunch"}, 409, "began"),
        ({"day": "morgen", "meal": "lunch"}, 422, "body.day"),
        ({"day": "2026-11-21", "meal": "breakfast"}, 422, "body.meal"),
    ],
)
def test_a_form_that_makes_no_sense_is_answered_with_a_page(town, browse, form, status, words):
    client, proof = browse(Role.ADMIN)
    answer = client.post("/plan", data={**form, "csrf": proof})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert words in answer.text


def test_a_link_of_a_page_to_a_file_that_is_not_there_leads_to_a_page(town, browse):
    client, _ = browse(Role.ADMIN, language="zh")
    path = "/api/v1/services/2026-11-21/dinner/kitchen-counts/ST01.pdf"
    followed = client.get(path, headers={"sec-fetch-mode": "navigate"})
    assert followed.status_code == 404
    assert "<h1>找不到所请求的内容</h1>" in followed.text
    assert "请先制定计划" in followed.text
    assert client.get(path).headers["content-type"] == "application/problem+json"
