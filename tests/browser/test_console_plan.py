"""The console's plan in a real browser: a move by keyboard, a courier gone, two managers."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from mealsvc.settings import Settings
from mealsvc.vocabulary import Role
from tests.fixtures.browser import PATIENCE
from tests.fixtures.map_page import serious
from tests.fixtures.web import PASSWORD, add_user

pytestmark = pytest.mark.browser

API = "/api/v1/services/2026-11-21/lunch"
PLAN = "/console#/plan/2026-11-21/lunch"

#: How the console hears of news.
LIVE = re.compile(r"/delivery(/stream)?$")

#: Pixels between doors 150 m apart, at the zoom that shows one stop.
NEXT_DOOR = 291


@pytest.fixture
def settings(tmp_path):
    """Default settings, but proposals are quick."""
    return Settings(home=tmp_path / "var", workers=1, revise_seconds=0.4, _env_file=None)


@pytest.fixture
def console(chromium, address, city, clock):
    """Return a function that opens the console at nine of the day; problems fail a test.

    Refusals that the page tells people are complaints of the browser too: ``console.expected``.
    """
    clock.now = clock.now.replace(day=21, hour=9)
    add_user(city, "li.min", Role.MANAGER, canteens=["ST01", "ST02"], display_name="李敏")
    contexts, problems, asked = [], [], []

    def opened(width=1800, height=900, locale="zh-CN", username="li.min"):
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": height}, locale=locale,
            reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else 0)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(".who")
        return page

    opened.expected = []
    yield opened
    for context in contexts:
        context.close()
    unmeant = [one for one in problems if not any(part in one for part in opened.expected)]
    assert unmeant == []
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.fixture
def boss(city, client_as):
    """Another one at work, over the API."""
    return client_as("the.boss", Role.ADMIN)


def stops_of(boss):
    """Courier and trip of each elder in the plan in force."""
    duties = boss.get(f"{API}/plan/duties").json()["duties"]
    return {
        stop["elder"]["code"]: (duty["courier"], trip["number"], stop["order"])
        for duty in duties
        for trip in duty["trips"]
        for stop in trip["stops"]
        if stop["elder"]
    }


def press(page, target):
    """Press something with the keyboard, once it takes a press."""
    expect(target).to_be_enabled()
    target.focus()
    page.keyboard.press("Enter")


def choose(page, box, value):
    """Choose from a list with the arrow keys: letters typed slowly begin a search anew."""
    expect(box.locator(f'option[value="{value}"]')).to_be_attached()
    values = box.locator("option").evaluate_all("all => all.map(one => one.value)")
    box.focus()
    page.keyboard.press("Home")
    for _ in range(values.index(value) - values.index(box.input_value())):
        page.keyboard.press("ArrowDown")
    expect(box).to_have_value(value)


def lose_answer(page, part):
    """Let the service take the next change that is sent there, and lose its answer."""
    left = [1]

    def lost(route):
        if route.request.method != "POST" or not left:
            route.fallback()
            return
        left.pop()
        route.fetch()
        route.abort()

    page.route(part, lost)


def drawn(page):
    page.wait_for_selector(".plan-map[aria-busy=false] .ground-map[data-ready]")


def test_a_stop_is_moved_by_keyboard_and_found_on_the_map(console, boss):
    before = stops_of(boss)
    courier, _, order = before["A3"]
    other = "Z02" if courier == "Z01" else "Z01"
    page = console()
    page.goto(PLAN)
    page.get_by_label("版本").wait_for()
    drawn(page)
    press(page, page.get_by_role("button", name=re.compile(f"^{courier}")))
    press(page, page.get_by_role("button", name="老人A3", exact=True))
    chosen = page.get_by_role("button", name="老人A3", exact=True)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    drawn(page)
    box = page.locator(".ground-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + NEXT_DOOR, box["y"] + box["height"] / 2)
    next_door = page.get_by_role("button", name="老人A4", exact=True)
    expect(next_door).to_have_attribute("aria-pressed", "true")
    assert serious(page) == []

    if before["A4"][0] != courier:
        press(page, page.get_by_role("button", name=re.compile(f"^{courier}")))
    press(page, page.get_by_role("button", name="调整 老人A3"))
    dialog = page.get_by_role("dialog")
    choose(page, dialog.get_by_role("combobox", name="送餐员", exact=True), other)
    press(page, dialog.get_by_role("button", name="移动"))
    expect(page.get_by_role("heading", name="手工调整")).to_be_focused()
    tray = page.get_by_role("region", name="手工调整")
    expect(tray).to_contain_text(re.compile(r"代价变化 [+−]\d"))
    expect(tray).to_contain_text("不违反任何规则")
    expect(tray).to_contain_text(f"老人A3 → {other}")
    assert serious(page) == []
    press(page, tray.get_by_role("button", name="采纳并发布新版"))
    expect(page.get_by_text("第 2 版已生效")).to_be_visible()
    expect(page.get_by_label("版本")).to_have_value("2")
    assert stops_of(boss)["A3"][0] == other
    assert [one["order"] for one in boss.get(f"{API}/plan/locks").json()] == [order]
    expect(page.get_by_text("尚未在手机上确认看到变化的送餐员")).to_contain_text(other)
    sheets = page.get_by_role("link", name="只打印有变化的路线单")
    expect(sheets).to_have_attribute("href", f"{API}/sheets.zip?changed=true")
    press(page, page.get_by_role("button", name=re.compile(f"^{other}")))
    row = page.get_by_role("row").filter(has_text="老人A3")
    expect(row).to_contain_text(f"原由 {courier}")
    expect(row).to_contain_text("已锁定")
    press(page, page.get_by_role("button", name="调整 老人A3"))
    press(page, page.get_by_role("dialog").get_by_role("button", name="解除锁定"))
    expect(row).not_to_contain_text("已锁定")
    assert boss.get(f"{API}/plan/locks").json() == []
    press(page, page.get_by_role("button", name="锁定整个任务"))
    press(page, page.get_by_role("button", name="解除任务锁定"))
    expect(page.get_by_role("button", name="锁定整个任务")).to_be_visible()
    press(page, page.get_by_role("button", name=re.compile("^转交本趟")).first)
    dialog = page.get_by_role("dialog")
    choose(page, dialog.get_by_role("combobox", name="送餐员", exact=True), courier)
    press(page, dialog.get_by_role("button", name="移动"))
    expect(tray).to_contain_text(re.compile(f"{other}.* 第 1 趟 → {courier}"))
    expect(tray).to_contain_text(re.compile(r"代价变化 [+−]\d"))


def test_a_courier_drops_out_while_another_manager_publishes(console, boss):
    stops = stops_of(boss)
    away = stops["A3"][0]
    page = console(390, 844, "en-GB")
    console.expected += ["409", "ERR_FAILED"]
    page.route(LIVE, lambda route: route.abort())  # no news: the refusal comes first
    page.goto(f"{PLAN}/change/courier_away/{away}")
    form = page.get_by_role("form", name="The day changes")
    expect(form.get_by_label("What changed")).to_have_value("courier_away")
    expect(form.get_by_role("combobox", name="Courier", exact=True)).to_have_value(away)
    press(page, form.get_by_role("button", name="Another change"))
    second = form.get_by_role("group", name="Change 2")
    press(page, form.get_by_role("button", name="Work out a proposal"))
    expect(form.get_by_text("Change 2: Choose the elder.")).to_be_visible()
    second.get_by_label("Elder (name, code or phone)").fill("老人A5")
    press(page, second.get_by_role("button", name=re.compile("老人A5 · A5")))
    assert serious(page) == []
    press(page, form.get_by_role("button", name="Work out a proposal"))
    proposal = page.get_by_role("region", name=re.compile("Proposal 1"))
    expect(proposal).to_contain_text("A courier cannot come or go on")
    expect(proposal).to_contain_text("An elder cancels · A5")
    expect(proposal).to_contain_text("Couriers concerned")
    expect(proposal).to_contain_text("if nothing is done")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    made = boss.post(
        f"{API}/proposals", json={"changes": [{"kind": "order_cancelled", "elder": "B2"}]}
    ).json()
    assert boss.post(f"{API}/proposals/{made['id']}/accept").status_code == 200
    press(page, proposal.get_by_role("button", name="Accept, publish the next revision"))
    expect(proposal.get_by_text("the.boss published revision 2")).to_be_visible()
    press(page, proposal.get_by_role("button", name="Ask again"))
    again = page.get_by_role("region", name=re.compile("Proposal 3"))
    press(page, again.get_by_role("button", name="Accept, publish the next revision"))
    expect(page.get_by_text("Revision 3 is in force.")).to_be_visible()
    plan = boss.get(f"{API}/plan").json()
    assert (plan["number"], plan["published_by"]) == (3, "li.min")
    left = stops_of(boss)
    assert away not in {courier for courier, _, _ in left.values()}
    assert not {"A5", "B2"} & set(left)
    states = {one["id"]: one["state"] for one in boss.get(f"{API}/proposals").json()}
    assert states == {1: "rejected", 2: "accepted", 3: "accepted"}
    assert datetime.fromisoformat(plan["published_at"]).astimezone(UTC).hour == 1


def test_nothing_is_lost_by_reloading_by_lost_answers_or_by_another_manager(console, boss):
    stops = stops_of(boss)
    page = console(800)  # too narrow for the map
    console.expected.append("ERR_FAILED")
    page.goto(f"{PLAN}/change")
    form = page.get_by_role("form", name="当天有变化")
    form.get_by_label("老人（姓名、编号或电话）").fill("老人A5")
    press(page, form.get_by_role("button", name=re.compile("老人A5 · A5")))
    page.reload()
    expect(form.get_by_text("已选：A5")).to_be_visible()
    lose_answer(page, "**/proposals")
    press(page, form.get_by_role("button", name="计算方案"))
    expect(form.get_by_text("不知道是否已经完成")).to_be_visible()
    press(page, page.get_by_role("link", name=re.compile("^方案 1")))  # the service had it
    proposal = page.get_by_role("region", name=re.compile("方案 1"))
    lose_answer(page, "**/accept")
    press(page, proposal.get_by_role("button", name="采纳，发布新版"))
    expect(proposal.get_by_text("已采纳")).to_be_visible()
    expect(page.get_by_text("不知道是否已经完成")).to_have_count(0)
    press(page, proposal.get_by_role("button", name="返回计划"))
    expect(page.get_by_label("版本")).to_have_value("2")

    courier = stops["A3"][0]
    other = "Z02" if courier == "Z01" else "Z01"
    press(page, page.get_by_role("button", name=re.compile(f"^{courier}")))
    press(page, page.get_by_role("button", name="调整 老人A3"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="送餐员", exact=True).select_option(other)
    press(page, dialog.get_by_role("button", name="移动"))
    page.route(LIVE, lambda route: route.abort())  # the page hears of nothing
    page.reload()
    tray = page.get_by_role("region", name="手工调整")
    expect(tray).to_contain_text(f"老人A3 → {other}")
    accept = tray.get_by_role("button", name="采纳并发布新版")
    expect(accept).to_be_enabled()
    made = boss.post(
        f"{API}/proposals", json={"changes": [{"kind": "order_cancelled", "elder": "B2"}]}
    ).json()
    assert boss.post(f"{API}/proposals/{made['id']}/accept").status_code == 200
    press(page, accept)
    expect(page.get_by_text("这期间发布了新版，价格已经不同：已保存为方案 3")).to_be_visible()
    mine = page.get_by_role("region", name=re.compile("方案 3"))
    press(page, mine.get_by_role("button", name="采纳，发布新版"))
    expect(page.get_by_text("第 4 版已生效")).to_be_visible()
    assert stops_of(boss)["A3"][0] == other
    assert page.evaluate("Object.keys(localStorage).filter(one => one.endsWith('/moves'))") == []


def test_a_role_that_sees_nobody_reads_the_plan_and_changes_no_orders(console):
    page = console(390, 844, username="gui.hua")
    page.goto(f"{PLAN}/change")
    kinds = page.get_by_label("什么变化").locator("option")
    expect(kinds).to_have_count(6)
    assert "取消用餐" not in kinds.all_inner_texts()
    page.get_by_role("button", name=re.compile("^Z03")).click()
    row = page.get_by_role("row").filter(has_text="订单").first
    expect(row).to_be_visible()
    assert "老人" not in page.get_by_role("table").inner_text().replace("老人 / 助餐点", "")
