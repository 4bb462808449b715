"""The console's day in a real browser: what a manager sees of a lunch while couriers report."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from mealsvc.jobs import worker_for
from mealsvc.planning import plan_service
from mealsvc.store import PlanRevision
from mealsvc.vocabulary import Meal, Role
from tests.fixtures.browser import PATIENCE
from tests.fixtures.map_page import AXE
from tests.fixtures.web import PASSWORD, add_user
from tests.mealsvc.planning.straight_lines import StraightLines

pytestmark = pytest.mark.browser

API = "/api/v1/services/2026-11-21/lunch"
LUNCH = "#/day/2026-11-21/lunch"


@pytest.fixture
def console(chromium, address, town):
    """Return a function that signs a manager of all canteens in; problems fail a test.

    What a test breaks on purpose the browser complains of, too: ``console.expected``.
    """
    contexts, problems, asked = [], [], []

    def opened(width=1366, height=768, role=Role.MANAGER):
        canteens = ["ST01", "ST02"] if role is Role.MANAGER else []
        add_user(town, "li.min", role, canteens=canteens, display_name="李敏")
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": height}, locale="zh-CN",
            reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else 0)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/")
        page.get_by_label("用户名").fill("li.min")
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        if role is not Role.MANAGER:  # managers are there at once
            page.get_by_role("link", name="工作台").click()
        page.wait_for_url("**/console")
        return page

    opened.expected = []
    yield opened
    for context in contexts:
        context.close()
    assert [one for one in problems if not any(part in one for part in opened.expected)] == []
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.fixture
def phone(town, clock, client_as):
    """The busiest courier at eleven on the day: code, elders' doors, stops, and what reports."""
    clock.now = clock.now.replace(day=21, hour=11)
    stops = client_as("the.admin", Role.ADMIN).get(f"{API}/delivery/stops").json()
    codes = [stop["courier"] for stop in stops if stop["door"]["elder"]]
    courier = max(sorted(set(codes)), key=codes.count)
    client = client_as("the.courier", Role.COURIER, courier=courier)
    uids = count()

    def says(kind, **fields):
        now = clock.now.isoformat()
        report = {"id": f"report-{next(uids):04}", "kind": kind, "at": now, **fields}
        body = {"day": "2026-11-21", "meal": "lunch", "sent_at": now, "reports": [report]}
        answer = client.post("/api/v1/duty/reports", json=body)
        assert answer.json()["answers"][0]["result"] == "accepted", answer.text

    own = [stop for stop in stops if stop["courier"] == courier]
    return courier, [stop["door"] for stop in own if stop["door"]["elder"]], len(own), says


def serious(page):
    """What axe finds that keeps people out."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(found => found.violations)")
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def press(page, target):
    """Press something with the keyboard, once it takes a press."""
    expect(target).to_be_enabled()
    target.focus()
    page.keyboard.press("Enter")


def test_progress_changes_while_couriers_report_and_a_shut_door_is_seen_everywhere(
    console, clock, phone
):
    courier, doors, stops, says = phone
    page = console()
    going = page.get_by_role("region", name=re.compile("送餐进行情况"))
    expect(going.get_by_text("实时")).to_be_visible()
    expect(going.get_by_text("0 / 9 站已有结果")).to_be_visible()
    assert serious(page) == []

    says("departed", trip=1, revision=1)
    says("seen", revision=1)
    says("outcome", order=doors[0]["order"], outcome="handed_over")
    expect(going.get_by_text("1 / 9 站已有结果")).to_be_visible()
    assert page.locator("[aria-live], [role=status]", has_text="站已有结果").count() == 0  # chatty
    row = going.get_by_role("row", name=re.compile(courier))
    expect(row).to_contain_text(f"1 / {stops}")
    expect(row).to_contain_text("第1版")
    expect(row).to_contain_text(re.compile("老人|ZC01"))  # the next stop
    says("outcome", order=doors[1]["order"], outcome="nobody_home", note="<b>门</b>")
    alarm = page.get_by_role("link", name=re.compile("无人应门 1 户"))
    expect(alarm).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    clock.now += timedelta(minutes=20)
    bell = page.get_by_label("有新情况时响铃")
    bell.focus()
    page.keyboard.press("Space")
    page.goto("/console#/roster")
    page.reload()
    expect(bell).to_be_checked()
    expect(alarm).to_contain_text("已超时")

    page.goto(f"/console{LUNCH}")
    press(page, page.get_by_role("link", name="停靠点"))
    page.get_by_label("显示").focus()
    page.keyboard.press("End")  # to be looked at
    listed = page.get_by_role("row", name=re.compile(doors[1]["elder"]["code"]))
    expect(listed).to_contain_text("无人应门")
    expect(listed).to_contain_text("<b>门</b>")
    assert serious(page) == []
    assert fits(page)


def test_what_a_courier_handed_back_is_loud_and_planned_anew_with_one_press(console, phone):
    courier, _, stops, says = phone
    page = console(width=800)  # too narrow for the map
    console.expected.append("ERR_FAILED")
    going = page.get_by_role("region", name=re.compile("送餐进行情况"))
    expect(going.get_by_text("实时")).to_be_visible()
    says("handed_back", note="电动车坏了")
    back = page.get_by_role("region", name=f"送餐员交回了 {stops} 站")
    expect(back.get_by_role("alert").first).to_contain_text("现在没有人送")
    expect(back).to_contain_text(re.compile(f"{courier}.*11:00 交回 {stops} 站，电动车坏了"))
    assert serious(page) == []
    page.route("**/proposals", lambda route: route.abort(), times=1)
    anew = back.get_by_role("button", name="重新安排交回的停靠点")
    press(page, anew)
    expect(back.get_by_role("alert").last).to_contain_text("连接中断")
    press(page, anew)
    proposal = page.get_by_role("region", name=re.compile("方案 1"))
    expect(proposal).to_contain_text("重新安排交回的停靠点")
    press(page, proposal.get_by_role("button", name="采纳，发布新版"))
    expect(page.get_by_text("第 2 版已生效")).to_be_visible()
    press(page, page.get_by_role("link", name="当日"))
    expect(going).to_contain_text("第2版")
    expect(back).to_have_count(0)


def test_a_manager_plans_and_publishes_by_keyboard_in_both_languages(console, town):
    quick = replace(town, settings=town.settings.model_copy(update={"plan_seconds": 0.3}))
    worker = worker_for(quick, travel=StraightLines(), poll_seconds=0.05)
    try:
        page = console(390, 844)
        plan = page.get_by_role("region", name=re.compile("2026-11-21"))
        expect(plan).to_contain_text("已发布第1版")
        expect(plan).to_contain_text("9 / 10")
        expect(page.get_by_text("1位老人的位置未确定")).to_be_visible()
        expect(page.get_by_role("link", name="去名册处理")).to_have_attribute(
            "href", "#/roster/unlocated"
        )
        kitchen = page.get_by_role("region", name="备餐")
        expect(kitchen).to_contain_text("低糖 老人A1")
        assert fits(page)
        assert serious(page) == []
        press(page, plan.get_by_role("button", name="重新制定计划"))
        publish = plan.get_by_role("button", name="发布第2版")
        expect(publish).to_be_visible()
        press(page, publish)
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("将取代已发布的一版")
        page.keyboard.press("Escape")
        expect(dialog).not_to_be_visible()
        expect(publish).to_be_focused()
        page.keyboard.press("Enter")
        press(page, dialog.get_by_role("button", name="发布第2版"))
        expect(plan).to_contain_text("已发布第2版")
    finally:
        worker.shutdown()
    with Session(town.engine) as session:
        states = session.exec(select(PlanRevision.state).order_by(PlanRevision.number)).all()
    assert [state.value for state in states] == ["superseded", "published"]
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Waiting for an answer")).to_be_visible()
    expect(page.get_by_role("link", name="Only what changed (ZIP)")).to_be_visible()
    assert fits(page)
    assert serious(page) == []


def test_tomorrow_says_when_orders_are_collected_and_shows_them_once_somebody_did(
    console, town, clock
):
    clock.now = clock.now.replace(day=21, hour=9)
    page = console()
    page.clock.install()
    page.goto("/console#/day/2026-11-22/lunch")
    page.reload()
    plan = page.get_by_role("region", name=re.compile("2026-11-22"))
    expect(plan).to_contain_text("20:00 自动汇总并制定计划")
    sunday, travel = date(2026, 11, 22), StraightLines()
    plan_service(town, sunday, Meal.LUNCH, actor="night", seconds=0.2, travel=travel)
    page.clock.run_for(61_000)
    expect(plan).to_contain_text("草稿第1版")
    figures = plan.locator(".figures")
    for kind in ("送餐上门9 单 9 份", "送助餐点1 单 1 份", "自取1 单 1 份", "堂食0 单 0 份"):
        expect(figures).to_contain_text(kind)
    expect(plan).not_to_contain_text("自动汇总")


def test_the_console_asks_by_itself_where_no_stream_can_be_opened_and_names_nobody_to_planners(
    console, phone
):
    courier, doors, _, says = phone
    page = console(role=Role.PLANNER)
    page.route("**/delivery/stream", lambda route: route.fulfill(status=204))
    page.clock.install()
    page.goto(f"/console{LUNCH}")
    page.reload()
    going = page.get_by_role("region", name=re.compile("送餐进行情况"))
    expect(going.get_by_text("每20秒更新")).to_be_visible()
    says("outcome", order=doors[0]["order"], outcome="handed_over")
    page.clock.run_for(21_000)
    expect(going.get_by_text("1 / 9 站已有结果")).to_be_visible()
    next_stop = going.get_by_role("row", name=re.compile(courier)).get_by_role("cell").nth(3)
    expect(next_stop).to_have_text(re.compile(r"^(订单\d+|ZC01) \d\d:\d\d$"))
    assert "老人A" not in page.locator("main").inner_text()
