"""The console in a real browser: a door that stays shut, a paper sheet, meals at the counter."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from mealsvc.store import Courier, DeliveryEvent, Duty, Elder, Order, Stop, Trip
from mealsvc.vocabulary import Role
from tests.fixtures.browser import PATIENCE
from tests.fixtures.map_page import serious
from tests.fixtures.web import PASSWORD, add_user

pytestmark = pytest.mark.browser

DAY = "/api/v1/services/2026-11-21/lunch"

#: A moment of that day before anybody may have set out.
EARLY = "2026-11-21T05:00:00+08:00"

#: The page asks again after so long, milliseconds, and hears of news before that.
ASKED_AGAIN = 21_000

#: What was not answered is sent again after so long at most, milliseconds.
SENT_AGAIN = 60_000


@pytest.fixture
def eleven(town, clock):
    """The town at eleven on the day of its published lunch, with a manager of ``ST01``."""
    clock.now = clock.now.replace(day=21, hour=11)
    add_user(town, "wang.min", Role.MANAGER, canteens=["ST01"])
    return town


@pytest.fixture
def desk(chromium, address, eleven, clock):
    """Open tabs of the console, signed in as the manager; foreign requests fail a test."""
    context = chromium.new_context(
        base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN",
        reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    context.clock.install(time=clock.now)
    page = context.new_page()
    problems, asked = [], []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.get_by_label("用户名").fill("wang.min")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".who").wait_for()

    def opened(tab):
        page.goto(f"/console#/day/2026-11-21/lunch/{tab}")
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    context.close()
    assert problems == []
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.fixture
def phone(eleven, client_as, clock):
    """Return a function that sends a report from a phone of ``ST01``, at the door of an elder."""
    with Session(eleven.engine) as session:
        code, name = session.exec(
            select(Courier.code, Elder.name)
            .join(Duty)
            .join(Trip)
            .join(Stop)
            .join(Order)
            .join(Elder, Elder.id == Order.elder_id)
            .where(Elder.code.startswith("A"))
            .order_by(Elder.code)
        ).first()
    client = client_as("the.courier", Role.COURIER, courier=code)
    trips = client.get("/api/v1/duty").json()["trips"]
    stop = next(one for trip in trips for one in trip["stops"] if one["name"] == name)

    def send(uid, kind="outcome", result="accepted", **more):
        told = {"id": uid, "kind": kind, "at": clock.now.isoformat(), "order": stop["order"]}
        body = {"day": "2026-11-21", "meal": "lunch", "sent_at": clock.now.isoformat()}
        answer = client.post("/api/v1/duty/reports", json=body | {"reports": [told | more]})
        assert answer.json()["answers"][0]["result"] == result, answer.text
        return stop["name"]

    return send


def events(town, *kinds):
    with Session(town.engine) as session:
        kept = session.exec(select(DeliveryEvent).order_by(DeliveryEvent.id)).all()
        return [event for event in kept if event.kind in kinds]


@contextmanager
def answers_lost(page, part):
    """Let the service take what is sent, and lose its answer, however often it is sent."""
    broken = [True]

    def sent(route):
        answer = route.fetch()
        if broken:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route(part, sent)
    yield
    broken.clear()


def test_the_clock_of_a_shut_door_runs_to_its_closing(desk, phone, eleven, clock):
    page = desk("cases")
    expect(page.get_by_text("没有未结的“无人应门”")).to_be_visible()
    name = phone("at-the-door-1", outcome="nobody_home")
    card = page.get_by_role("article", name=name)
    expect(card).to_contain_text("致电老人：还有 4:")
    expect(card.get_by_role("link", name="拨打 13700000001，紧急联系人 女儿")).to_be_visible()
    clock.now += timedelta(minutes=6)
    page.clock.run_for(ASKED_AGAIN)
    expect(card).to_contain_text("超时 1:")
    expect(page.get_by_role("alert").filter(has_text=f"已超时：{name}，致电老人")).to_have_count(1)
    card.get_by_role("button", name="致电老人：未联系上").click()
    expect(card).to_contain_text("wang.min：未联系上")

    with answers_lost(page, "**/delivery/reports"):
        card.get_by_role("button", name="致电紧急联系人：已联系上").click()
        expect(page.get_by_text("1 条未发送")).to_be_visible()
        expect(card).to_contain_text("已联系上（未发送）")
    page.reload()  # it was kept in the browser
    expect(card).to_contain_text("wang.min：已联系上")
    expect(page.get_by_text("未发送")).to_have_count(0)

    expect(card).to_contain_text("结案：还有 53:")
    card.get_by_label("其他（请写明）").check()
    card.get_by_role("button", name="结案").click()
    expect(card.get_by_role("alert").filter(has_text="选“其他”时请写明情况")).to_be_visible()
    card.get_by_label("选“其他”时请写明情况").fill("在女儿家，忘了退餐")
    assert serious(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有未结的“无人应门”")).to_be_visible()
    page.get_by_text("已结案 1 件").click()
    expect(page.get_by_text("wang.min 结案：其他（请写明）")).to_be_visible()
    kept = events(eleven, "step", "closed")
    assert [(one.detail, one.reported_by) for one in kept[:2]] == [
        ({"step": "call_elder", "result": "not_reached"}, "wang.min"),
        ({"step": "call_contact", "result": "reached"}, "wang.min"),
    ]
    assert [one.note for one in kept[2:]] == ["在女儿家，忘了退餐"]


def test_what_is_left_over_is_answered_counted_and_accounted_for(desk, phone, eleven):
    name = phone("seen-at-door-1", "condition", condition="seems_unwell", note="脸色不好")
    phone("refused-at-door", outcome="refused")
    phone("dated-too-early", result="not_counted", outcome="handed_over", at=EARLY)
    page = desk("notes")
    notes = page.get_by_role("region", name="情况备注")
    expect(notes).to_contain_text(f"{name} 身体似有不适脸色不好")
    notes.get_by_label("怎样处理的").fill("已联系社区医生")
    notes.get_by_role("button", name="已处理").click()
    expect(notes).to_contain_text("已处理 1 条")
    meals = page.get_by_role("region", name="未送出的餐食去向")
    expect(meals).to_contain_text("1 份还没有说明去向")
    meals.get_by_role("button", name="转给他人").click()
    expect(meals.get_by_role("alert")).to_contain_text("请写明转给了谁")
    expect(meals.get_by_label("转给了谁")).to_be_focused()
    meals.get_by_label("转给了谁").fill("楼下王奶奶")
    meals.get_by_role("button", name="转给他人").click()
    expect(meals).to_contain_text("没有待说明去向的餐食")
    meals.get_by_text("已说明去向 1 站").click()
    expect(meals).to_contain_text("转给他人 1 份（给了楼下王奶奶）")
    apart = page.get_by_role("region", name="未计入的记录")
    expect(apart).to_contain_text(f"时间早于本餐次，手机日期可能不对。 记录：{name} · 当面送达")
    apart.get_by_role("button", name="计入").click()
    expect(apart).to_contain_text("后来已计入 1 条")
    assert serious(page) == []
    assert [one.detail["fates"] for one in events(eleven, "accounted")] == [{"given": 1}]


def test_a_paper_sheet_is_keyed_in_by_keyboard_alone_and_arrives_once(desk, eleven):
    page = desk("sheets")
    expect(page.get_by_role("option", name="Z01")).to_be_attached()
    page.get_by_label("送餐员").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="全部当面送达")).to_be_visible()
    outcomes = page.locator("select.outcome")
    count = outcomes.count()
    assert count >= 3
    page.keyboard.press("Tab")  # the revision
    page.keyboard.press("Tab")  # all handed over
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"已勾选 {count} / {count}")).to_be_visible()
    for _ in range(2):  # past "clear all" to the first trip's times
        page.keyboard.press("Tab")
    page.keyboard.type("1035")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(outcomes.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("5")  # refused, and on to the next line
    expect(outcomes.nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.type("99")
    page.keyboard.press("Tab")
    page.keyboard.type("吃过了")
    page.get_by_role("button", name="保存整张单").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="时间看不懂")).to_be_visible()
    expect(page.locator("input:focus")).to_have_value("99")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1052")
    assert serious(page) == []
    page.reload()  # nothing is lost before it is sent
    expect(page.get_by_text("接着上次没有保存的录入")).to_be_visible()

    with answers_lost(page, "**/delivery/sheets/*"):
        page.get_by_role("button", name="保存整张单").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("正在保存；已存在本机")).to_be_visible()
    page.clock.run_for(SENT_AGAIN)
    expect(page.get_by_text(f"{count} 站。")).to_be_visible()
    expect(page.get_by_label("送餐员")).to_be_focused()
    kept = Counter(one.outcome for one in events(eleven, "outcome"))
    assert kept == {"handed_over": count - 1, "refused": 1}
    assert len(events(eleven, "departed")) == 1
    assert page.evaluate("Object.keys(localStorage).filter(one => one.includes('/sheet/'))") == []


def test_a_second_meal_is_refused_with_who_recorded_the_first(desk, eleven):
    page = desk("eaten")
    search = page.get_by_label("卡号、姓名")
    search.fill("A2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已登记：老人A2 A2 堂食 11:00")).to_be_visible()
    expect(search).to_be_focused()
    expect(page.locator(".figures")).to_contain_text("堂食1")
    search.fill("B1")  # the card of another canteen's elder
    expect(page.get_by_text("没有找到")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".recorded li")).to_have_count(2)
    expect(search).to_have_value("")  # news of the record may come before its answer empties this
    page.get_by_role("radio", name="自取").check()
    search.fill("老人A")
    page.get_by_role("button", name="登记自取：老人A2 A2").click()
    refused = page.get_by_role("alert").filter(has_text="老人 A2 本餐次已有记录")
    expect(refused).to_contain_text("堂食，ST01 11:00 wang.min")
    assert serious(page) == []
    page.get_by_role("button", name="撤回：老人A2 A2").click()
    expect(page.locator(".recorded li")).to_have_count(1)
    page.get_by_role("button", name="登记自取：老人A2 A2").click()
    expect(page.get_by_text("已登记：老人A2 A2 自取 11:00")).to_be_visible()
    assert [one.kind for one in events(eleven, "dined_in", "picked_up")] == [
        "dined_in", "dined_in", "picked_up",
    ]  # fmt: skip
