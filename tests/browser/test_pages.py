"""The pages in a real browser: sign in, first page, switch the language, a courier's duty."""

from dataclasses import replace
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from mealsvc.access import make_link
from mealsvc.jobs import worker_for
from mealsvc.vocabulary import Meal, Role
from tests.fixtures.browser import PATIENCE
from tests.fixtures.web import PASSWORD, add_user
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines

pytestmark = pytest.mark.browser

#: Luminance contrast of a text with what is painted behind it, WCAG 2.2 (1.4.3).
LOW_CONTRAST = """() => {
  const channel = v => (v /= 255, v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const rgba = text => text.match(/[\\d.]+/g).map(Number);
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const c = rgba(getComputedStyle(node).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !node.getClientRects().length) continue;
    const [a, b] = [light(rgba(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(`${node.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return low;
}"""


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desk", "phone"])
def page(chromium, address, request):
    """A page at the size of a desk's or a phone's screen, without scripts; problems fail a test."""
    width, height = request.param
    context = chromium.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="zh-CN"
    )
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    problems = []
    opened.on("console", lambda said: problems.append(said.text) if is_problem(said) else None)
    opened.on("requestfailed", lambda one: problems.append(one.url) if is_failure(one) else None)
    asked = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert problems == []
    assert [url for url in asked if not url.startswith(address)] == []


def is_problem(said):
    # Browsers remark upon the status of a refused form, which is meant.
    refused = ("status of 401", "status of 422")
    return said.type == "error" and not any(status in said.text for status in refused)


def is_failure(request):
    # Who leaves a page before everything of it has come calls the rest off.
    return request.failure != "net::ERR_ABORTED"


def sign_in(page, town):
    add_user(town, "li.min", Role.ADMIN, display_name="李敏")
    page.goto("/")
    page.get_by_label("用户名").fill("li.min")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="近期餐次")).to_be_visible()


def fits(page):
    """Return whether the page is no wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_sign_in_read_the_figures_and_switch_the_language(page, town):
    sign_in(page, town)
    card = page.get_by_role("article").first
    expect(card).to_contain_text("9 / 10 单")
    expect(card).to_contain_text("第1版 · 已发布")
    expect(page.get_by_text("李敏（管理员）")).to_be_visible()
    assert fits(page)
    assert page.evaluate(LOW_CONTRAST) == []
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Coming services")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_the_first_page_can_be_used_by_keyboard_alone(page, town):
    sign_in(page, town)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="送餐路线单（全部）")).to_be_focused()
    shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert shown == "solid"


@pytest.fixture
def worker(town):
    """This process's worker, travelling in straight lines, with little time for a plan."""
    quick = replace(town, settings=town.settings.model_copy(update={"plan_seconds": 0.3}))
    started = worker_for(quick, travel=StraightLines(), poll_seconds=0.05)
    yield started
    started.shutdown()


def test_a_plan_is_made_watched_and_published_by_keyboard(page, town, worker):
    sign_in(page, town)
    card = page.get_by_role("article").first
    card.get_by_role("button", name="重新制定计划").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="制定配送计划")).to_be_visible()
    # The page loads itself again until the job has ended.
    expect(page.get_by_role("status")).to_contain_text("已完成")
    assert fits(page)
    assert page.evaluate(LOW_CONTRAST) == []
    page.get_by_role("button", name="发布第2版").focus()
    page.keyboard.press("Enter")
    expect(card).to_contain_text("第2版 · 已发布")
    assert fits(page)
    assert page.evaluate(LOW_CONTRAST) == []
    page.get_by_role("link", name="后台任务").click()
    expect(page.get_by_role("row", name="2026-11-21 午餐")).to_contain_text("第2版")
    assert fits(page)
    assert page.evaluate(LOW_CONTRAST) == []


def test_the_form_for_another_day_has_labels_and_says_what_cannot_be_planned(page, town):
    sign_in(page, town)
    assert page.get_by_label("日期").input_value() == "2026-11-21"
    page.get_by_label("日期").fill("2028-11-21")
    page.get_by_label("餐次", exact=True).select_option("lunch")
    with page.expect_response("**/plan") as answered:
        page.get_by_role("button", name="制定计划", exact=True).click()
    assert answered.value.status == 422
    expect(page.get_by_text("超过一年以后")).to_be_visible()


def test_a_wrong_password_is_announced_beside_the_form(page, town):
    page.goto("/")
    page.get_by_label("用户名").fill("nobody")
    page.get_by_label("密码").fill("wrong-password")
    with page.expect_response("**/sign-in") as answered:
        page.get_by_role("button", name="登录").click()
    assert answered.value.status == 401
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不正确")
    assert page.evaluate(LOW_CONTRAST) == []


def test_a_couriers_link_shows_the_duty_in_large_type_without_scripts(page, town, address):
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    link = make_link(town, SATURDAY, Meal.LUNCH, courier_of(town, "Z03"), "test")
    page.goto(link.removeprefix(town.settings.public_url))
    expect(page.get_by_role("heading", name="第1趟")).to_be_visible()
    expect(page.get_by_role("heading", name="老人B1")).to_be_visible()
    call = page.get_by_role("link", name="打电话 13600000001")
    expect(call).to_have_attribute("href", "tel:13600000001")
    assert call.bounding_box()["height"] >= 44
    sizes = page.evaluate(
        "[...document.querySelectorAll('.stop *')]"
        ".map(node => parseFloat(getComputedStyle(node).fontSize))"
    )
    assert min(sizes) >= 18
    assert fits(page)
    assert page.evaluate(LOW_CONTRAST) == []
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3')].map(n => Number(n.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_reference_is_readable_on_every_screen(page):
    page.goto("/docs")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert fits(page)
    assert page.evaluate(LOW_CONTRAST) == []


def courier_of(town, code):
    from sqlmodel import Session, select

    from mealsvc.store import Courier

    with Session(town.engine) as session:
        return session.exec(select(Courier.id).where(Courier.code == code)).one()
