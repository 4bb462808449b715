"""Planning on the map in a real browser: sites placed, moved, closed, saved, also by keyboard."""

import pytest
from playwright.sync_api import expect
from sqlmodel import Session

from mealsvc.siting.workbench import use_walks
from mealsvc.vocabulary import Role
from tests.fixtures.map_page import drawn, serious, share
from tests.fixtures.web import add_user
from tests.mealsvc.people import Town
from tests.mealsvc.siting.straight_walks import StraightWalks

pytestmark = pytest.mark.browser

#: Where thirty elders live whom no site reaches, metres in the town's own measure.
CROWD = (49_000, 6_760)
#: The same on the map as it opens at 1366 × 768, and a place in the water; picture elements.
AT_CROWD, IN_WATER = (700, 280), (985, 280)
CATCHMENT = "#5c1a70"


@pytest.fixture
def crowd(city):
    """The city with thirty elders more and water east of them."""
    with Session(city.engine) as session:
        town = Town(session)
        for number in range(30):
            east, north = CROWD[0] + number % 6 * 10, CROWD[1] + number // 6 * 10
            town.elder(code=f"C{number:02}", east=east, north=north)
        session.commit()
    use_walks(city, StraightWalks(shore=49_500))
    return city


def at(page, spot):
    """The place of a spot of the map in the window."""
    box = page.locator(".map canvas").bounding_box()
    return box["x"] + spot[0], box["y"] + spot[1]


def place(page, spot, tool="放置老年食堂"):
    """Take a new site into the hand and click a spot of the map."""
    drawn(page)
    page.get_by_role("button", name=tool).click()
    page.mouse.click(*at(page, spot))


def drag(page, start, end, release=True):
    """Take what stands at a spot, once it is drawn there, to another."""
    drawn(page)
    page.mouse.move(*at(page, start))
    page.mouse.down()
    page.mouse.move(*at(page, ((start[0] + end[0]) // 2, start[1])))
    page.mouse.move(*at(page, end))
    if release:
        page.mouse.up()


def newly(page, count):
    expect(page.locator(".newly")).to_have_text(count)


def test_a_canteen_is_placed_by_a_click_dragged_into_the_water_and_back(opened, crowd):
    page = opened()
    # An answer that comes after the next question is not drawn, nor counted.
    expect(page.locator(".map")).to_have_attribute("data-answered", "1")
    before = drawn(page)
    place(page, AT_CROWD)
    newly(page, "30")
    assert share(drawn(page), CATCHMENT) > share(before, CATCHMENT) + 0.0005
    expect(page.locator(".map")).to_have_attribute("data-answered", "2")
    assert page.evaluate("performance.getEntriesByName('placed').length") == 1

    drag(page, AT_CROWD, IN_WATER)
    expect(page.get_by_text("此处不可用：在水面上")).to_be_visible()
    newly(page, "0")
    drag(page, IN_WATER, AT_CROWD)
    newly(page, "30")
    page.get_by_role("button", name="撤销").click()
    newly(page, "0")  # the whole drag is one step


def test_no_gain_is_told_before_it_is_known(opened, crowd):
    page = opened()
    expect(page.locator(".headline")).to_be_visible()
    asked = []
    page.route("**/siting/trial", lambda route, _: asked.append(route))
    with page.expect_request("**/siting/trial"):
        place(page, AT_CROWD)
    expect(page.locator(".coverage [aria-busy=true]")).to_be_visible()
    expect(page.locator(".headline")).to_be_visible()
    expect(page.locator(".newly")).to_have_count(0)
    asked[0].continue_()
    page.unroute("**/siting/trial")
    newly(page, "30")


def test_a_drag_without_connection_keeps_the_place_and_asks_again(opened, crowd):
    opened.expected.append("ERR_INTERNET_DISCONNECTED")
    page = opened()
    place(page, (400, 400))
    newly(page, "0")
    page.context.set_offline(True)
    drag(page, (400, 400), AT_CROWD)
    expect(page.get_by_text("连接中断：位置已保留")).to_be_visible()
    page.context.set_offline(False)
    newly(page, "30")
    expect(page.get_by_text("连接中断：位置已保留")).to_be_hidden()


def test_everything_is_done_by_keyboard_too(opened, crowd):
    page = opened()
    drawn(page)
    page.get_by_role("button", name="放置助餐点").press("Enter")
    page.get_by_role("button", name="放在地图中央").press("Enter")
    newly(page, "25")
    for _ in range(2):  # the focus is on the arrows already
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    newly(page, "30")
    page.get_by_text("名称、类型、供餐能力与时间").press("Enter")
    page.get_by_label("供餐能力（份）").fill("20")
    page.keyboard.press("Tab")
    page.get_by_text("各站点负荷").press("Enter")
    expect(page.get_by_role("row", name="助餐点（新 N1）")).to_contain_text("150%")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="移动", exact=True)).to_be_visible()
    assert serious(page) == []


def test_a_present_site_is_closed_and_the_scenario_saved_against_another_planner(
    opened, crowd, client_as
):
    opened.expected.append("409")
    page = opened()
    drawn(page)
    page.get_by_role("button", name="ZC01助餐点").click()
    page.get_by_role("button", name="关闭此站点").click()
    expect(page.locator(".headline")).to_contain_text("不再覆盖 <5")
    page.get_by_label("方案名称").fill("关一号")
    page.get_by_role("button", name="存为新方案").click()
    expect(page.get_by_text("关一号（第 1 版，已保存）")).to_be_visible()

    other = client_as("mei.lan", Role.PLANNER)
    [kept] = other.get("/api/v1/siting/scenarios").json()["items"]
    theirs = {"version": 1, "content": {"assumptions": {"pace_kmh": 3}}}
    assert other.patch(f"/api/v1/siting/scenarios/{kept['id']}", json=theirs).status_code == 200

    page.get_by_role("button", name="恢复原状").click()
    page.get_by_role("button", name="保存为第 2 版").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("mei.lan 已于")
    alert.get_by_label("副本名称").fill("我的")
    alert.get_by_role("button", name="另存为副本").click()
    expect(page.get_by_text("我的（第 1 版，已保存）")).to_be_visible()


def test_layers_are_switched_with_their_legends_and_say_what_is_missing(opened, crowd):
    page = opened(390, 844)
    drawn(page)
    expect(page.get_by_text("圈内老人比例")).to_be_visible()  # of the hexagons
    page.get_by_role("checkbox", name="老人分布").uncheck()
    expect(page.get_by_text("圈内老人比例")).to_be_hidden()
    before = drawn(page)
    with page.expect_response("**/layers/bands.geojson"):
        page.get_by_role("checkbox", name="步行时间范围").check()
    expect(page.locator(".key").get_by_text("步行 15 分钟内")).to_be_visible()
    page.get_by_role("checkbox", name="街道、社区覆盖率").check()
    expect(page.get_by_text("还没有导入街道或社区边界")).to_be_visible()
    assert any(drawn(page) != before for _ in range(50))  # drawn some frames after the answer
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious(page) == []


def test_an_officer_sees_the_map_without_planning(opened, city):
    add_user(city, "ban.gong", Role.OFFICER)
    page = opened(username="ban.gong")
    expect(page.get_by_role("heading", name="食堂与助餐点")).to_be_visible()
    assert page.get_by_role("heading", name="覆盖情况").count() == 0
    assert not [url for url in opened.asked if "/siting/" in url]
