"""Saved scenarios on the map in a real browser: listed, compared, chosen, worked out."""

from datetime import datetime

import pytest
from playwright.sync_api import expect
from sqlmodel import Session

from mealsvc.jobs import worker_for
from mealsvc.vocabulary import Role
from tests.fixtures.installation import SHANGHAI
from tests.fixtures.map_page import drawn, serious, share
from tests.mealsvc.people import Town
from tests.mealsvc.planning.straight_lines import StraightLines

pytestmark = pytest.mark.browser

SCENARIOS = "/api/v1/siting/scenarios"
#: Where thirty elders live whom no site reaches; metres in the town's own measure, and degrees.
CROWD = (49_000, 6_760)
THERE = {"lon": 120.10 + CROWD[0] / 96_000, "lat": 30.30 + CROWD[1] / 111_000}
#: A canteen beside them.
NEAR = {"do": "add", "site": "N1", "name": "新食堂", "capacity": 20, "couriers": 1, **THERE}
#: The same on the map as it opens at 1366 × 768; picture elements.
AT_CROWD = (700, 280)
#: Hexagons of people inside and outside, over the ground.
INSIDE, OUTSIDE = "#7ba3c4", "#d98874"


@pytest.fixture
def other(city, client_as):
    """Another planner at work, over the city with thirty elders more."""
    with Session(city.engine) as session:
        town = Town(session)
        for number in range(30):
            east, north = CROWD[0] + number % 6 * 10, CROWD[1] + number // 6 * 10
            town.elder(code=f"C{number:02}", east=east, north=north)
        session.commit()
    return client_as("mei.lan", Role.PLANNER)


def kept(client, name, *changes):
    """Save a scenario; return it."""
    made = client.post(SCENARIOS, json={"name": name, "content": {"changes": changes}})
    assert made.status_code == 201
    return made.json()


def answer(page, button, name=None):
    """Answer the question that the page asks."""
    box = page.get_by_role("dialog")
    if name is not None:
        box.get_by_role("textbox").fill(name)
    box.get_by_role("button", name=button).click()
    expect(box).to_be_hidden()


def test_scenarios_are_opened_copied_renamed_and_deleted_beside_somebody_else(opened, other):
    made = kept(other, "城东", NEAR)
    page = opened()
    page.get_by_role("button", name="城东", exact=True).click()
    expect(page.get_by_text("城东（第 1 版，已保存）")).to_be_visible()
    page.get_by_role("button", name="复制 城东").click()
    answer(page, "确定", "副本甲")
    expect(page.get_by_role("button", name="副本甲", exact=True)).to_be_visible()

    # Somebody saves a version; the list that comes with the next deed tells of it.
    theirs = {"version": 1, "content": {"changes": []}}
    assert other.patch(f"{SCENARIOS}/{made['id']}", json=theirs).status_code == 200
    page.get_by_role("button", name="改名 副本甲").click()
    answer(page, "确定", "城东乙")
    expect(page.get_by_text("保存了第 2 版，您打开的是第 1 版")).to_be_visible()
    page.get_by_role("button", name="载入新版本").click()
    expect(page.get_by_text("城东（第 2 版，已保存）")).to_be_visible()

    page.get_by_role("button", name="删除 城东乙").press("Enter")
    page.keyboard.press("Escape")  # nothing is deleted without an answer
    expect(page.get_by_role("button", name="删除 城东乙")).to_be_focused()
    page.get_by_role("button", name="删除 城东乙").click()
    answer(page, "删除")
    expect(page.get_by_text("已删除“城东乙”。")).to_be_visible()
    assert [one["name"] for one in other.get(SCENARIOS).json()["items"]] == ["城东"]

    kept_one = page.get_by_role("group", name="对“城东”的操作")
    kept_one.get_by_role("button", name="版本与结果").click()
    page.get_by_role("button", name="另存为新方案: 第 1 版").click()
    answer(page, "确定", "旧版")
    expect(page.get_by_text("旧版（第 1 版，已保存）")).to_be_visible()
    assert serious(page) == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_two_scenarios_stand_side_by_side_in_figures_and_under_a_divider(
    opened, other, width, height
):
    kept(other, "城东", NEAR)
    page = opened(width, height)
    drawn(page)
    page.get_by_text("方案对比", exact=True).click()
    page.get_by_label("对比后").select_option(label="城东")
    page.get_by_role("button", name="对比", exact=True).click()
    expect(page.locator(".becomes")).to_contain_text("新增覆盖30")
    page.get_by_text("各站点负荷", exact=True).last.click()
    expect(page.get_by_role("row", name="新食堂 新增")).to_contain_text("150%")

    page.get_by_label("在地图上左右对比").check()
    page.wait_for_selector('.map.second[data-shows="cells"][data-ready]')
    page.wait_for_selector(".map:not(.second)[data-ready]")  # the left side is a map of its own
    divider = page.get_by_role("slider", name="左右对比分隔线")
    divider.press("Home")  # the whole map is the right side
    expect(divider).to_have_attribute("aria-valuenow", "0")
    right = page.locator(".map.second").screenshot()
    divider.press("End")
    expect(divider).to_have_attribute("aria-valuenow", "100")
    left = page.locator(".map.second").screenshot()
    assert share(right, INSIDE, near=30) > share(left, INSIDE, near=30) + 0.0003
    assert share(left, OUTSIDE, near=30) > share(right, OUTSIDE, near=30) + 0.0003

    box = divider.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)  # half of it is beyond the edge
    page.mouse.down()
    frame = page.locator(".maps").bounding_box()
    page.mouse.move(frame["x"] + frame["width"] * 0.25, box["y"] + box["height"] / 2)
    page.mouse.up()
    expect(divider).to_have_attribute("aria-valuetext", "左侧 25%：现状；右侧：城东")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []

    page.get_by_label("在地图上左右对比").uncheck()
    expect(page.locator("canvas")).to_have_count(1)  # the second map is gone


def test_the_best_of_drawn_and_of_read_candidates_are_chosen_within_a_budget(
    opened, other, tmp_path
):
    page = opened()
    drawn(page)
    page.get_by_text("选址优化", exact=True).click()
    start = page.get_by_role("button", name="开始选址")
    expect(start).to_be_disabled()
    expect(page.get_by_text("请填写结果方案的名称。")).to_be_visible()
    page.get_by_label("结果存为").fill("优选")
    page.get_by_label("新站点数（最多）").fill("2")
    page.get_by_label("在地图上点选").check()
    page.get_by_role("button", name="在地图上点选候选点").click()
    canvas = page.locator(".map canvas").bounding_box()
    for x, y in (AT_CROWD, (300, 500)):
        page.mouse.click(canvas["x"] + x, canvas["y"] + y)
    expect(page.get_by_text("已选 2 个候选点")).to_be_visible()
    page.get_by_label("每个新站点的造价").fill("5")
    page.get_by_label("总预算").fill("8")
    start.click()
    result = page.locator(".best-result")
    expect(result).to_contain_text("1 个新站点，共覆盖")
    expect(result).to_contain_text("已证明没有更好的方案。")
    expect(result).to_contain_text("造价合计 5，预算 8。")
    expect(result.get_by_role("img", name="折线图")).to_be_visible()
    page.get_by_role("button", name="打开结果方案").click()
    expect(page.get_by_text("优选（第 1 版，已保存）")).to_be_visible()
    expect(page.get_by_role("button", name="候选点 1").first).to_be_visible()
    assert serious(page) == []

    table = tmp_path / "点.csv"
    table.write_text(f"名称,lon,lat\n东,{THERE['lon']},{THERE['lat']}\n远,125,30\n", "utf-8")
    page.get_by_label("上传文件").check()
    page.get_by_label("坐标系").select_option("WGS-84")
    page.get_by_label("文件（CSV").set_input_files(table)
    expect(page.get_by_text("“点.csv”：2 个候选点")).to_be_visible()
    expect(page.get_by_text("其中 1 个无法步行到达")).to_be_visible()
    page.get_by_label("结果存为").fill("优选二")
    page.get_by_label("达到覆盖率所需站点最少").check()
    page.get_by_label("要达到的覆盖率").fill("99")
    start.click()
    expect(page.get_by_text("没有完成：无法覆盖99.0%的老人")).to_be_visible()
    page.reload()  # the page still knows its work
    page.get_by_text("选址优化", exact=True).click()
    expect(page.get_by_text("没有完成：无法覆盖99.0%的老人")).to_be_visible()


@pytest.fixture
def worker(city):
    """This process's worker, travelling in straight lines; it ends however a test ends."""
    started = worker_for(city, travel=StraightLines())
    yield started
    started.shutdown()


def test_the_effect_on_deliveries_stands_beside_the_present(opened, other, worker, city):
    city.clock.now = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
    kept(other, "城东", NEAR)
    page = opened()
    page.get_by_text("送餐影响", exact=True).click()
    page.get_by_role("combobox", name="方案", exact=True).select_option(label="城东")
    page.get_by_label("每次求解时间").fill("0.3")
    page.get_by_role("button", name="计算送餐影响").click()
    effect = page.locator(".effect")
    expect(effect).to_be_visible()
    expect(effect.get_by_role("row", name="需要的送餐员")).to_be_visible()
    expect(effect).to_contain_text("两个计划都从头求解")
    assert serious(page) == []
