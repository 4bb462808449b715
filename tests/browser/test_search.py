"""Search and downloads on the map in a real browser: by mouse, by keyboard, on a phone."""

import io

import numpy as np
import pypdf
import pytest
from PIL import Image
from playwright.sync_api import expect

from mealsvc.siting.workbench import use_walks
from tests.fixtures.map_page import drawn, serious, share
from tests.mealsvc.siting.straight_walks import StraightWalks

pytestmark = pytest.mark.browser

RING = "#9b0058"


@pytest.fixture
def walked(city):
    """The city with walks in straight lines."""
    use_walks(city, StraightWalks())
    return city


def seek(page, query):
    box = page.get_by_role("combobox", name="查找地点")
    box.fill(query)
    expect(page.get_by_role("option").first).to_be_visible()
    return box


def saved(page, link):
    """Click what downloads a file, and return its name and content."""
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_a_street_is_found_by_keyboard_and_shown_on_the_map(opened, walked):
    page = opened()
    before = drawn(page)
    box = seek(page, "人民路")
    expect(page.get_by_role("status").get_by_text("找到")).to_be_visible()
    assert serious(page) == []
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "search-place-0")
    expect(page.get_by_role("option", name="人民路 道路").first).to_have_attribute(
        "aria-selected", "true"
    )
    box.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()
    after = drawn(page)
    assert share(after, RING) > share(before, RING) + 0.0003
    box.press("Escape")
    expect(box).to_have_value("")
    assert share(drawn(page), RING) == pytest.approx(share(before, RING), abs=1e-4)


def test_a_building_is_found_by_a_whole_address_and_a_canteen_placed_there(
    opened, walked, sample_city
):
    compound = sample_city.compounds[0]
    page = opened()
    drawn(page)
    seek(page, f"临澜市{compound.name}{compound.buildings[0].name}1单元101室")
    page.get_by_role("option").first.click()
    expect(page.locator(".chosen-place")).to_contain_text(compound.name)
    page.get_by_role("button", name="在此放置老年食堂").click()
    expect(page.get_by_role("button", name="老年食堂（新 N1）").first).to_be_visible()


def test_what_is_not_found_is_said(opened, walked):
    page = opened()
    page.get_by_role("combobox", name="查找地点").fill("没有这样的地方")
    expect(page.get_by_text("没有找到“没有这样的地方”")).to_be_visible()


def test_a_site_is_found_on_a_phone(opened, walked):
    page = opened(390, 844)
    drawn(page)
    seek(page, "st02")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("button", name="ST02老年食堂").first).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_map_is_saved_as_a_picture_with_title_legend_and_sources(opened, walked):
    page = opened()
    shown = Image.open(io.BytesIO(drawn(page)))
    page.get_by_text("下载", exact=True).press("Enter")
    name, content = saved(page, page.get_by_role("button", name="地图图片"))
    assert name == "老年助餐地图.png"
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    assert abs(picture.width - 2 * shown.width) <= 2  # a part of a pixel counts as one
    assert picture.height > 2 * shown.height + 200
    head, ground = picture.crop((0, 0, picture.width, 110)), np.asarray(shown.convert("RGB"))
    foot = picture.crop((0, picture.height - 60, picture.width // 2, picture.height))
    for written in (head, foot):
        assert (np.asarray(written).max(axis=2) < 110).mean() > 0.002
    middle = picture.crop((0, 112, picture.width, 112 + 2 * shown.height)).resize(shown.size)
    alike = np.abs(np.asarray(middle, dtype=int) - ground).max(axis=2) < 40
    assert alike.mean() > 0.8  # the map is on it as it is on the screen
    expect(page.locator(".map[data-ready]")).to_be_visible()


def test_files_and_a_report_of_two_pages_are_saved(opened, walked):
    page = opened()
    drawn(page)
    page.get_by_text("下载", exact=True).click()
    name, report = saved(page, page.get_by_role("link", name="报告"))
    assert name == "老年助餐覆盖报告.pdf"
    assert len(pypdf.PdfReader(io.BytesIO(report)).pages) == 2
    name, table = saved(page, page.get_by_role("link", name="各站点 CSV"))
    assert name == "sites.csv"
    assert "ST01" in table.decode("utf-8-sig")
    name, shapes = saved(page, page.get_by_role("link", name="各站点 GeoJSON"))
    assert name == "sites.geojson"
    assert b"FeatureCollection" in shapes
    assert serious(page) == []
