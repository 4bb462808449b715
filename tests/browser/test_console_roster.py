"""The roster on the console: a list with dirt comes in, a home is put on the map, a file edited."""

import re

import pytest
from playwright.sync_api import expect

from mealsvc.roster import upkeep
from mealsvc.store import transaction
from mealsvc.vocabulary import Role
from tests.fixtures.map_page import serious
from tests.fixtures.web import add_user
from tests.mealsvc.roster.rosters import elder, write

pytestmark = pytest.mark.browser


@pytest.fixture
def roster(opened, city):
    """The console's roster, opened by an administrator; a refused field is part of the journey."""
    add_user(city, "root.admin", Role.ADMIN)
    opened.expected.append("422")
    page = opened(username="root.admin")
    page.goto("/console#/roster")
    return page


def tab(page, name):
    page.get_by_role("navigation", name=re.compile("名册内容|Parts")).get_by_role(
        "link", name=name
    ).click()


def test_a_list_with_dirt_comes_in_after_its_preview_and_an_elder_is_put_on_the_map(
    roster, tmp_path
):
    page = roster
    names = {"食堂": "ST01", "经度": None, "纬度": None}
    rows = [
        elder(1, 姓名="单<b>雄</b>信", 小区="没有的小区", **names),
        elder(2, 午餐份数="若干", **names),
        elder(3, 手机号="123", **names),
    ]
    tab(page, "导入名单")
    page.get_by_label("选择文件").set_input_files(write(tmp_path / "老人.xlsx", {"老人": rows}))
    page.get_by_role("button", name="预览（不保存）").click()
    expect(page.get_by_text("以下为预览，尚未保存任何内容。")).to_be_visible()
    expect(page.get_by_role("group").filter(has_text="未导入 1")).to_contain_text("若干")
    expect(page.get_by_role("group").filter(has_text="未定位 2")).to_contain_text("没有坐标")
    assert serious(page) == []
    tab(page, "老人")
    expect(page.get_by_text("L00001")).to_have_count(0)  # nothing is saved by a preview

    tab(page, "导入名单")  # the preview is still there
    page.get_by_role("button", name="确认导入：新增 2，修改 0").click()
    expect(page.get_by_text("已导入：新增 2，修改 0，未导入 1。")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载核对表（Excel）").click()
    assert waiting.value.suggested_filename == "import-report.xlsx"
    page.get_by_role("button", name="导入其他文件").click()
    page.get_by_label("选择文件").set_input_files(tmp_path / "老人.xlsx")
    page.get_by_role("button", name="预览（不保存）").click()
    expect(page.get_by_text("文件内容与现有记录一致")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("确认导入"))).to_have_count(0)

    tab(page, "未定位")
    expect(page.get_by_text("3 位老人没有可用的位置")).to_be_visible()
    page.get_by_role("link").filter(has_text="单<b>雄</b>信").click()
    page.get_by_label("查找地点").fill("人民路")
    page.get_by_label("查找地点").press("Enter")
    page.get_by_role("button", name=re.compile("^人民路")).first.click()
    box = page.get_by_role("region", name="单<b>雄</b>信的住处")
    page.wait_for_selector(".ground-map[data-ready]")
    box.click()
    expect(page.get_by_text("所选位置：")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="保存位置").click()
    expect(page.get_by_text("单<b>雄</b>信已定位。")).to_be_visible()
    expect(page.get_by_text("2 位老人没有可用的位置")).to_be_visible()

    # The next one without a mouse: the middle of the map lies where the search went.
    page.get_by_label("查找地点").fill("人民路")
    page.get_by_label("查找地点").press("Enter")
    expect(page.get_by_role("button", name=re.compile("^人民路")).first).to_be_visible()
    page.wait_for_selector(".ground-map[data-ready]")
    page.get_by_role("button", name="取地图中心的位置").press("Enter")
    page.get_by_role("button", name="保存位置").press("Enter")
    expect(page.get_by_text("1 位老人没有可用的位置")).to_be_visible()


def test_a_file_is_found_by_initials_and_edited_by_keyboard_in_both_languages(roster):
    page = roster
    page.get_by_label("姓名、拼音首字母").fill("lra")
    expect(page.get_by_text("共 7 人")).to_be_visible()
    page.get_by_role("link", name="老人A1").press("Enter")
    phone = page.get_by_label("电话", exact=True)
    phone.fill("123")
    phone.press("Enter")
    expect(phone).to_be_focused()
    expect(phone).to_have_accessible_description("号码位数不对；请核对号码：手机 11 位，座机带区号")
    assert serious(page) == []
    phone.fill("13911112222")
    page.get_by_label("份数").first.fill("2")
    tab(page, "送餐员")  # what was typed waits
    expect(page.get_by_role("link", name=re.compile("送餐员|Z01")).first).to_be_visible()
    page.go_back()
    expect(phone).to_have_value("13911112222")
    phone.press("Enter")
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(
        page.get_by_text("修改 固定订餐、电话").or_(page.get_by_text("修改 电话、固定订餐"))
    ).to_be_visible()

    last, day = page.get_by_label("最后一天"), page.get_by_label("日期", exact=True)
    last.fill("2026-11-01")
    last.press("Enter")
    expect(last).to_be_focused()
    expect(last).to_have_accessible_description(re.compile("早于第一天"))
    day.fill("")
    page.get_by_role("button", name="取消当天这一餐").press("Enter")
    expect(day).to_be_focused()  # of the form that was sent, not of another
    expect(day).to_have_accessible_description("必填")
    last.fill("")
    page.get_by_label("第一天", exact=True).fill("2026-11-23")
    page.get_by_label("原因").first.fill("住院")
    page.get_by_role("button", name="暂停用餐").press("Enter")
    expect(page.get_by_text("2026-11-23 至 另行通知 住院")).to_be_visible()
    page.get_by_label("恢复用餐的第一天").fill("2026-11-25")
    page.get_by_role("button", name="恢复用餐").press("Enter")
    expect(page.get_by_text("2026-11-23 至 2026-11-24 住院")).to_be_visible()
    page.get_by_label("日期", exact=True).fill("2026-11-26")
    page.get_by_role("button", name="取消当天这一餐").press("Enter")
    expect(page.get_by_text("2026-11-26 午餐: 已取消")).to_be_visible()

    page.get_by_role("link", name="English").click()
    page.goto("/console#/roster/elders/A1")
    page.get_by_text("End of service").press("Enter")
    page.get_by_label("Reason").last.select_option("moved")
    page.get_by_role("button", name="End the service").press("Enter")
    expect(page.get_by_role("button", name="Take up the service again")).to_be_visible()
    assert serious(page) == []


def test_a_manager_opens_sites_hears_of_files_without_a_canteen_and_sees_empty_fields_named(
    opened, city
):
    add_user(city, "wang", Role.MANAGER, canteens=["ST01"])
    add_user(city, "root.admin", Role.ADMIN)
    with transaction(city.engine) as session:
        nobodys = upkeep.NewElder(code="N1", name="无人知")
        upkeep.create_elder(session, city, nobodys, actor="test")
    opened.expected.append("422")
    page = opened(username="wang")
    page.goto("/console#/roster/unlocated")
    expect(page.get_by_text("有 1 位老人还没有归属食堂")).to_be_visible()
    expect(page.get_by_role("link", name="查看名单")).to_have_count(0)  # they are the office's
    page.goto("/console#/roster/points/new")
    canteen = page.get_by_label("供餐食堂")
    expect(canteen).to_have_value("ST01")  # the only one of this manager
    page.get_by_role("button", name="建立档案").press("Enter")
    code = page.get_by_label("编号")
    expect(code).to_be_focused()
    expect(code).to_have_accessible_description("必填")
    code.fill("ZC09")
    page.get_by_label("名称").fill("西门助餐点")
    page.get_by_label("最多份数").fill("30")
    page.get_by_label("最多份数").press("Enter")
    expect(page.get_by_role("heading", name="西门助餐点")).to_be_visible()
    page.wait_for_selector(".ground-map[data-ready]")
    page.get_by_role("button", name="取地图中心的位置").press("Enter")
    expect(page.get_by_text("所选位置：")).to_be_visible()
    assert serious(page) == []
    page.get_by_label("在用").uncheck()
    page.get_by_role("button", name="保存修改").press("Enter")
    expect(page.get_by_text("已保存")).to_be_visible()
    tab(page, "助餐点")
    expect(page.get_by_role("row").filter(has_text="ZC09")).to_contain_text("已停用")
    tab(page, "食堂")
    page.get_by_role("link", name="ST01老年食堂").press("Enter")
    expect(page.get_by_role("group", name="基本信息")).to_be_visible()

    page = opened(username="root.admin")
    page.goto("/console#/roster/unlocated")
    page.get_by_role("link", name="查看名单").press("Enter")
    expect(page.get_by_role("row").filter(has_text="N1")).to_contain_text("无人知")
    page.get_by_role("link", name="English").click()
    page.goto("/console#/roster/couriers/new")
    page.get_by_role("button", name="Open the file").press("Enter")
    boxes = page.get_by_label("Boxes")
    expect(boxes).to_have_accessible_description("this must be filled in")
    assert serious(page) == []
