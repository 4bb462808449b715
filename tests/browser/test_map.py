"""The map page in a real browser without a graphics card: drawn, moved, in two languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.fixtures.map_page import drawn, serious, share

pytestmark = pytest.mark.browser

#: The font files that the page's style sheet names for a character.
FILES_FOR = """character => {
  const code = character.codePointAt(0), files = [];
  for (const sheet of document.styleSheets) for (const rule of sheet.cssRules) {
    if (!(rule instanceof CSSFontFaceRule)) continue;
    for (const part of rule.style.getPropertyValue('unicode-range').split(',')) {
      const [from, to] = part.trim().slice(2).split('-').map(end => parseInt(end, 16));
      if (from <= code && code <= (to ?? from))
        files.push(/url\\(["']?([^"')]+)/.exec(rule.style.getPropertyValue('src'))[1]);
    }
  }
  return files;
}"""


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_the_map_is_drawn_with_chinese_names_and_keeps_nobody_out(opened, width, height):
    page = opened(width, height)
    picture = drawn(page)
    assert share(picture, "#a9cfe6") > 0.005  # the river
    assert share(picture, "#ebe7dd") > 0.1  # compounds
    assert share(picture, "#b8440a") > 0.0001  # canteens
    assert share(picture, "#37322b", near=40) > 0.002  # names: nothing else is as dark
    # The font file of a character that only the map shows was fetched, and no font server asked.
    for file in page.evaluate(FILES_FOR, "澜"):
        assert any(url.endswith(file.rpartition("/")[2]) for url in opened.asked)
    expect(page.get_by_text("© OpenStreetMap contributors")).to_be_visible()
    expect(page.locator(".maplibregl-ctrl-scale")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("图例").click()
    assert serious(page) == []


def test_a_site_is_reached_by_keyboard_and_the_map_moves_there(opened):
    page = opened()
    before = drawn(page)
    page.get_by_role("button", name="ST01老年食堂").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("供餐能力").first).to_be_visible()
    after = drawn(page)
    assert after != before
    assert share(after, "#111111", near=20) > share(
        before, "#111111", near=20
    )  # the ring around it


def test_routes_of_a_published_plan_are_drawn_by_courier_without_names(opened):
    page = opened()
    before = drawn(page)
    page.get_by_role("combobox", name="餐次", exact=True).select_option(label="2026-11-21 午餐")
    couriers = page.get_by_label("送餐员")
    expect(couriers).to_be_visible()
    assert share(drawn(page), "#0072b2") > share(before, "#0072b2") + 0.0005
    assert "Z03" in couriers.inner_text()
    assert re.search(r"老人[A-Z]", page.locator("body").inner_text()) is None
    page.get_by_role("checkbox", name="送餐路线").uncheck()
    assert share(drawn(page), "#0072b2") == pytest.approx(share(before, "#0072b2"), abs=1e-4)


def test_the_language_is_switched_as_on_every_page(opened):
    page = opened()
    drawn(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Canteens and meal points")).to_be_visible()
    drawn(page)
    expect(page.get_by_role("button", name="Zoom in")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


def test_without_webgl_it_says_so_and_the_list_still_works(opened):
    page = opened(script="HTMLCanvasElement.prototype.getContext = () => null")
    expect(page.get_by_text("没有 WebGL")).to_be_visible()
    page.get_by_role("button", name="助餐点", exact=False).first.click()
    expect(page.get_by_text("由 ST01 供餐")).to_be_visible()
    assert serious(page) == []
