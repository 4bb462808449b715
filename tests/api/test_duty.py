"""A courier reads the own current duty, and nothing else, and only while it is current."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mealsvc.access import identify
from mealsvc.access.server_secret import derived_token
from mealsvc.desk.links import sheet_links
from mealsvc.planning import plan_service, publish
from mealsvc.sheets import route_sheet
from mealsvc.store import Courier, Elder, Order, Token, transaction
from mealsvc.vocabulary import Meal, Role, TokenKind
from tests.fixtures.web import BASE, bearer_of
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines

LUNCH = "/api/v1/services/2026-11-21/lunch"
DUTY = "/api/v1/duty"


@pytest.fixture
def link(town, admin):
    """The secret of a link to the duty of Z03."""
    answer = admin.post(f"{LUNCH}/duties/Z03/link")
    assert answer.status_code == 201
    assert answer.json()["url"].startswith(f"{BASE}/d/")
    return answer.json()["url"].rpartition("/")[2]


def bearer(secret):
    return {"authorization": f"Bearer {secret}"}


def test_a_link_opens_the_couriers_duty_with_what_is_needed_at_the_door(link, anonymous):
    duty = anonymous.get(DUTY, headers=bearer(link)).json()
    assert (duty["courier"], duty["day"], duty["meal"]) == ("Z03", "2026-11-21", "lunch")
    stops = [stop for trip in duty["trips"] for stop in trip["stops"]]
    assert {stop["name"] for stop in stops} == {"老人B1", "老人B2"}
    assert stops[0]["phone"].startswith("1360000000")
    assert all(trip["portions"] == len(trip["stops"]) for trip in duty["trips"])


def test_specials_notes_and_contacts_are_on_it(town, client_as):
    courier = client_as("z01", Role.COURIER, courier="Z01")
    other = client_as("z02", Role.COURIER, courier="Z02")
    trips = [trip for one in (courier, other) for trip in one.get(DUTY).json().get("trips", [])]
    doors = {stop["name"]: stop for trip in trips for stop in trip["stops"]}
    assert doors["老人A1"]["diets"] == ["低糖"]
    assert doors["老人A1"]["contacts"][0]["phone"] == "13700000001"
    assert doors["老人A1"]["floor"] == 3
    specials = [special for trip in trips for special in trip["specials"]]
    assert specials == [{"name": "老人A1", "portions": 1, "diets": ["低糖"]}]


def test_a_shut_door_tells_the_phone_its_clock_and_every_step(link, anonymous, client_as, clock):
    clock.now = clock.now.replace(day=21, hour=11)
    door = anonymous.get(DUTY, headers=bearer(link)).json()["trips"][0]["stops"][0]
    assert (door["case"], door["fates"], door["given_to"]) == (None, {}, None)
    about = {"order": door["order"], "at": clock.now.isoformat()}
    told = [
        {"id": "outcome-1", "kind": "outcome", "outcome": "nobody_home", **about},
        {"id": "step-0001", "kind": "step", "step": "call_elder", "result": "not_reached", **about},
        {"id": "meal-0001", "kind": "accounted", "fates": {"given": 1}, "note": "王婶", **about},
    ]
    body = {"day": "2026-11-21", "meal": "lunch", "sent_at": clock.now.isoformat()}
    anonymous.post(f"{DUTY}/reports", json=body | {"reports": told}, headers=bearer(link))
    office = {"id": "office-01", "kind": "step", "step": "call_contact", "result": "reached"}
    entry = {"reports": [{**office, "order": door["order"]}]}
    manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
    assert manager.post(f"{LUNCH}/delivery/reports", json=entry).status_code == 200
    duty = anonymous.get(DUTY, headers=bearer(link)).json()
    assert duty["no_answer_minutes"] == [5, 10, 15, 60]
    door = duty["trips"][0]["stops"][0]
    assert (door["fates"], door["given_to"]) == ({"given": 1}, "王婶")
    assert door["case"]["opened_at"] == "2026-11-21T03:00:00Z"
    steps = [(one["step"], one["result"], one["by_office"]) for one in door["case"]["steps"]]
    assert steps == [("call_elder", "not_reached", False), ("call_contact", "reached", True)]
    assert (door["case"]["met_at"], door["case"]["closed_at"]) == (None, None)


@pytest.mark.parametrize(
    "path",
    [f"{LUNCH}/plan", f"{LUNCH}/orders", "/api/v1/elders/B1", "/api/v1/me", "/api/v1/tokens"],
)
def test_a_link_opens_nothing_else(link, anonymous, path):
    assert anonymous.get(path, headers=bearer(link)).status_code == 403


def test_a_link_in_the_session_cookie_opens_no_page(link, anonymous):
    anonymous.cookies.set("mealsvc_session", link)
    assert "password" in anonymous.get("/", headers={"accept": "text/html"}).text


def test_a_link_ends_when_the_duty_ends(link, anonymous, clock, town):
    clock.now = clock.now.replace(day=21, hour=13, minute=29)
    assert anonymous.get(DUTY, headers=bearer(link)).status_code == 200
    clock.now += timedelta(minutes=1)
    answer = anonymous.get(DUTY, headers=bearer(link))
    assert answer.status_code == 410
    assert "over" in answer.json()["detail"]


def test_a_withdrawn_link_is_gone_and_a_new_one_opens(link, anonymous, admin):
    assert admin.delete(f"{LUNCH}/duties/Z03/link").json() == {"withdrawn": 1}
    trail = admin.get("/api/v1/audit", params={"action": "link.withdraw"}).json()
    assert trail["items"][0]["subject"] == "2026-11-21 lunch Z03"
    answer = anonymous.get(DUTY, headers=bearer(link))
    assert answer.status_code == 410
    assert "withdrawn" in answer.json()["detail"]
    fresh = admin.post(f"{LUNCH}/duties/Z03/link").json()["url"].rpartition("/")[2]
    assert anonymous.get(DUTY, headers=bearer(fresh)).status_code == 200


def plan_again(town, change):
    with transaction(town.engine) as session:
        change(session)
    made = plan_service(
        town, SATURDAY, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines()
    )
    publish(town, SATURDAY, Meal.LUNCH, made.number, "test")


def test_after_a_change_an_old_link_leads_to_the_new_duty(link, anonymous, town):
    plan_again(town, lambda _session: None)
    assert anonymous.get(DUTY, headers=bearer(link)).json()["revision"] == 2


def test_who_is_not_concerned_by_a_revision_has_nothing_to_confirm(link, anonymous, town, admin):
    def asked():
        courier = of_z03(admin.get(f"{LUNCH}/delivery").json()["couriers"])
        duty = anonymous.get(DUTY, headers=bearer(link)).json()
        planned = of_z03(admin.get(f"{LUNCH}/plan/duties").json()["duties"])
        kinds = [stop["change"] and stop["change"]["kind"] for stop in stops_of(planned)]
        assert courier["changed_in"] == duty["changed_in"]
        return duty["revision"], duty["changed_in"], planned["changed"], kinds

    def one_more(session):
        ordered = select(Order).join(Elder).where(Elder.code == "B1")
        session.exec(ordered).one().portions += 1

    assert asked() == (1, None, False, [None, None])
    plan_again(town, lambda _session: None)
    assert asked() == (2, None, False, [None, None])
    plan_again(town, one_more)
    revision, changed_in, changed, kinds = asked()
    assert (revision, changed_in, changed) == (3, 3, True)
    assert "portions" in kinds
    plan_again(town, lambda _session: None)
    assert asked() == (4, 3, False, [None, None])


def of_z03(couriers):
    return next(one for one in couriers if one["courier"] == "Z03")


def stops_of(duty):
    return [stop for trip in duty["trips"] for stop in trip["stops"]]


def test_a_courier_taken_out_of_the_plan_reads_nothing(link, anonymous, town):
    def leave(session):
        session.exec(select(Courier).where(Courier.code == "Z03")).one().active = False

    plan_again(town, leave)
    answer = anonymous.get(DUTY, headers=bearer(link))
    assert answer.status_code == 410
    assert "no duty" in answer.json()["detail"]


def test_before_publication_there_is_neither_link_nor_duty(town, admin, client_as):
    courier = client_as("z03", Role.COURIER, courier="Z03")
    sunday = SATURDAY + timedelta(days=1)
    plan_service(town, sunday, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines())
    assert admin.post("/api/v1/services/2026-11-22/lunch/duties/Z03/link").status_code == 404
    assert courier.get(DUTY).json()["day"] == "2026-11-21"
    town.clock.now += timedelta(days=1, hours=2)
    courier.headers.update(bearer_of(town, "z03"))
    assert courier.get(DUTY).status_code == 404


def test_a_courier_signed_in_reads_only_the_own_duty(each_role):
    courier = each_role[Role.COURIER]
    assert courier.get(DUTY).json()["courier"] == "Z03"
    for path in (f"{LUNCH}/plan/duties", "/api/v1/elders", f"{LUNCH}/route-sheets/Z03.pdf"):
        assert courier.get(path).status_code == 403


def test_sheets_carry_links_for_published_duties_only(town):
    with transaction(town.engine) as session:
        courier = session.exec(select(Courier).where(Courier.code == "Z03")).one()
    sheet = route_sheet(town, SATURDAY, Meal.LUNCH, courier.id)
    url = sheet_links(town, "test")(sheet)
    identity = identify(town, url.rpartition("/")[2])
    assert (identity.kind, identity.courier_id) == (TokenKind.DUTY, courier.id)
    plan_service(town, SATURDAY, Meal.LUNCH, actor="test", seconds=0.2, travel=StraightLines())
    draft = route_sheet(town, SATURDAY, Meal.LUNCH, courier.id, revision=2)
    assert sheet_links(town, "test")(draft) is None


def test_the_page_of_a_link_escapes_what_people_wrote_and_tells_no_other_site(town, admin):
    found = [admin.post(f"{LUNCH}/duties/{code}/link").json().get("url") for code in ("Z01", "Z02")]
    pages = [admin.get(url, headers={"accept": "text/html"}) for url in found if url]
    text = "".join(page.text for page in pages)
    assert "&lt;b&gt;敲门&lt;/b&gt;" in text
    assert "<b>敲门" not in text
    assert 'href="tel:13900000001"' in text
    assert {page.headers["referrer-policy"] for page in pages} == {"no-referrer"}


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "不吃香菜、低糖"), ("en", "不吃香菜, low sugar")]
)
def test_the_page_says_diets_in_the_readers_language_and_keeps_other_words(
    town, admin, language, said
):
    with transaction(town.engine) as session:
        elder = session.exec(select(Elder).where(Elder.code == "A1")).one()
        order = session.exec(select(Order).where(Order.elder_id == elder.id)).one()
        order.diets = ["低糖", "不吃香菜"]
    found = [admin.post(f"{LUNCH}/duties/{code}/link").json().get("url") for code in ("Z01", "Z02")]
    headers = {"accept": "text/html", "accept-language": language}
    text = "".join(admin.get(url, headers=headers).text for url in found if url)
    assert text.count(f'<span class="special">{said}</span>') == 2  # what to load, and at the door


def test_a_made_up_link_is_a_sentence_on_a_page(anonymous):
    answer = anonymous.get("/d/made-up", headers={"accept": "text/html", "accept-language": "zh"})
    assert answer.status_code == 404
    assert "请扫描当天送餐路线单上的二维码" in answer.text
    assert "请先登录" not in answer.text


def test_every_print_of_a_duty_carries_one_link_until_it_is_withdrawn(link, town, admin):
    def asked():
        return admin.post(f"{LUNCH}/duties/Z03/link").json()["url"].rpartition("/")[2]

    assert asked() == link
    with transaction(town.engine) as session:
        assert len(session.exec(select(Token).where(Token.kind == TokenKind.DUTY)).all()) == 1
    admin.delete(f"{LUNCH}/duties/Z03/link")
    second = asked()
    assert second != link
    assert asked() == second
    admin.delete(f"{LUNCH}/duties/Z03/link")
    assert len({link, second, asked()}) == 3


def test_the_secret_of_links_is_closed_to_others_and_only_its_holder_derives_them(link, town):
    secret = town.settings.home / "link-secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in town.settings.home.glob(".link-secret*")] == []
    assert derived_token(town.settings.home, SATURDAY, "lunch", 1, 0) == derived_token(
        town.settings.home, SATURDAY, "lunch", 1, 0
    )
    before = derived_token(town.settings.home, SATURDAY)
    secret.unlink()
    assert derived_token(town.settings.home, SATURDAY) != before


def test_a_damaged_secret_is_a_sentence(link, town, admin):
    (town.settings.home / "link-secret").write_bytes(b"short")
    answer = admin.post(f"{LUNCH}/duties/Z03/link")
    assert answer.status_code == 503
    assert "link-secret is damaged" in answer.json()["detail"]
