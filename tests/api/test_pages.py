"""The first page: sign in, see what is coming and what needs attention, in either language."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from api.texts import TEXTS
from mealsvc.planning import plan_service
from mealsvc.store import PlanRevision, transaction
from mealsvc.vocabulary import Meal, Role
from tests.fixtures.web import PASSWORD, add_user
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines

HTML = {"accept": "text/html"}


@pytest.fixture
def browse(town, anonymous):
    """Return a function that signs a role in with the form and gives the first page."""
    anonymous.headers.update(HTML)

    def signed_in(role, **fields):
        add_user(town, "li.min", role, **fields)
        form = {"username": "li.min", "password": PASSWORD}
        answer = anonymous.post("/sign-in", data=form, headers={"origin": str(anonymous.base_url)})
        assert answer.status_code == 200
        return answer.text

    signed_in.client = anonymous
    return signed_in


def test_strangers_see_the_form_and_nothing_else(town, anonymous):
    page = anonymous.get("/", headers=HTML).text
    assert 'name="password"' in page
    assert "ST01" not in page


@pytest.mark.parametrize(
    ("role", "built", "lands"),
    [
        (Role.MANAGER, True, "/console"),
        (Role.MANAGER, False, "/"),
        (Role.ADMIN, True, "/"),
        (Role.PLANNER, True, "/"),
    ],
)
def test_managers_land_on_the_console_where_it_was_built(
    town, anonymous, monkeypatch, role, built, lands
):
    monkeypatch.setattr("api.routes.pages.is_built", lambda _folder: built)
    add_user(town, "li.min", role, canteens=["ST02"] if role is Role.MANAGER else [])
    form = {"username": "li.min", "password": PASSWORD}
    answer = anonymous.post("/sign-in", data=form, headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, lands)


def test_a_wrong_password_is_said_on_the_form_and_the_name_is_kept(town, anonymous):
    form = {"username": "<li>", "password": "wrong"}
    answer = anonymous.post("/sign-in", data=form, headers=HTML)
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert 'value="&lt;li&gt;"' in answer.text


def test_the_figures_of_the_coming_services_are_shown(browse, town):
    page = browse(Role.ADMIN)
    assert "9 of 10" in page
    assert "100.0 %" in page
    assert "revision 1 · published" in page
    assert "/api/v1/services/2026-11-21/lunch/sheets.zip" in page
    assert "/api/v1/services/2026-11-21/lunch/kitchen-counts/ST02.pdf" in page


@pytest.mark.parametrize(
    ("bound", "words"),
    [(None, "not worked out yet"), (0, "how near is not proven")],
)
def test_a_plan_without_a_useful_bound_claims_no_distance_from_the_best(browse, town, bound, words):
    with transaction(town.engine) as session:
        session.exec(select(PlanRevision)).one().bound = bound
    assert words in browse(Role.ADMIN)


def test_what_needs_attention_is_said_in_counts(browse, town):
    page = browse(Role.ADMIN)
    assert "Elders whose address no plan can use: 1" in page
    assert "lunch: orders not served: 1" in page
    assert "老人" not in page.replace("老年", "")


def test_a_newer_draft_is_mentioned(browse, town):
    plan_service(town, SATURDAY, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines())
    assert "draft 2 is newer" in browse(Role.ADMIN)


def test_a_manager_sees_the_own_canteens_sheets_and_queue(browse):
    browse(Role.MANAGER, canteens=["ST02"])
    page = browse.client.get("/").text
    assert "kitchen-counts/ST02.pdf" in page
    assert "ST01" not in page
    assert "address no plan can use" not in page


@pytest.mark.parametrize("role", [Role.PLANNER, Role.OFFICER])
def test_roles_without_sheets_are_offered_none(browse, role):
    page = browse(role)
    assert "9 of 10" in page
    assert "sheets.zip" not in page


def test_a_courier_sees_the_own_duty_instead(browse, clock):
    page = browse(Role.COURIER, courier="Z03")
    assert "老人B1" in page
    clock.now += timedelta(hours=6)
    assert "送餐员" in browse.client.get("/?lang=zh").text


def test_the_language_is_switched_and_remembered(browse):
    browse(Role.ADMIN)
    client = browse.client
    assert '<html lang="en">' in client.get("/").text
    page = client.get("/?lang=zh").text
    assert '<html lang="zh-CN">' in page
    assert "近期餐次" in page
    assert "近期餐次" in client.get("/").text
    assert "/?lang=en" in client.get("/").text or "?lang=en" in client.get("/").text


def test_signing_out_needs_the_pages_proof(browse):
    page = browse(Role.ADMIN)
    client = browse.client
    assert client.post("/sign-out", data={"csrf": "guess"}).status_code == 403
    proof = re.search(r'name="csrf" value="(\w+)"', page)[1]
    assert 'name="password"' in client.post("/sign-out", data={"csrf": proof}).text
    assert 'name="password"' in client.get("/").text


def test_links_of_the_first_page_work_with_the_browsers_session(browse):
    page = browse(Role.ADMIN)
    links = re.findall(r'href="(/api/v1/[^"]+)"', page)
    assert len(links) == 3
    for link in links:
        assert browse.client.get(link).status_code == 200


def test_an_empty_installation_says_what_to_do(anonymous, runtime):
    add_user(runtime, "li.min", Role.ADMIN)
    form = {"username": "li.min", "password": PASSWORD}
    page = anonymous.post("/sign-in", data=form, headers=HTML).text
    assert "No services yet" in page


def test_a_page_that_does_not_exist_is_a_page(anonymous):
    answer = anonymous.get("/nothing", headers=HTML)
    assert answer.status_code == 404
    assert "<h1>This does not exist</h1>" in answer.text


def test_every_text_exists_in_both_languages_with_the_same_values():
    for key, (chinese, english) in TEXTS.items():
        values = [sorted(re.findall(r"{(\w+)}", text)) for text in (chinese, english)]
        assert chinese, key
        assert english, key
        assert values[0] == values[1], key
