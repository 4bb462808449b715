"""The map page in a real browser without a graphics card: drawn, moved, in two languages."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlmodel import Session, select

from mealsvc.store import Address, Canteen, MealPoint
from mealsvc.vocabulary import Role
from tests.fixtures.web import PASSWORD, add_user

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "api/web/node_modules/axe-core/axe.min.js"

#: From the town of the records to the middle of the sample city, north of its river, degrees.
MOVE = (0.5, 0.0663)

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


@pytest.fixture
def city(town, sample_streets_folder):
    """The town's records moved into the sample city, with its streets and map."""
    town.settings.home.mkdir(parents=True, exist_ok=True)
    town.settings.streets_folder.symlink_to(sample_streets_folder, target_is_directory=True)
    with Session(town.engine) as session:
        for table in (Canteen, MealPoint, Address):
            for row in session.exec(select(table).where(table.lon.is_not(None))):
                row.lon, row.lat = row.lon + MOVE[0], row.lat + MOVE[1]
                session.add(row)
        far = session.exec(select(Canteen).where(Canteen.code == "ST02")).one()
        far.lon, far.lat = 120.61, 30.352  # south of the river
        session.add(far)
        session.commit()
    add_user(town, "gui.hua", Role.PLANNER)
    return town


@pytest.fixture
def opened(chromium, address, city):
    """Open pages of a size, signed in as a planner; problems and foreign addresses fail a test."""
    contexts, problems, asked = [], [], []

    def a_page(width=1366, height=768, script=None):
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": height}, locale="zh-CN",
            reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(90_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: problems.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        if script:
            page.add_init_script(script)
        page.goto("/")
        page.get_by_label("用户名").fill("gui.hua")
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("link", name="地图").click()
        return page

    a_page.asked = asked
    yield a_page
    for context in contexts:
        context.close()
    assert problems == []
    assert [url for url in asked if not url.startswith(address)] == []


def drawn(page):
    """Wait until the map has drawn everything, and return its picture."""
    page.wait_for_selector(".map[data-ready]")
    page.evaluate("document.fonts.ready")
    return page.locator(".map").screenshot()


def share(picture, colour, near=12):
    """The share of a picture that has a colour, nearly."""
    pixels = np.asarray(Image.open(BytesIO(picture)).convert("RGB"), dtype=int)
    wanted = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    return (np.abs(pixels - wanted).max(axis=2) <= near).mean()


def serious(page):
    """What axe finds that keeps people out."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(found => found.violations)")
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


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
    page.get_by_role("button", name="老年食堂", exact=False).first.focus()
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
    page.get_by_label("餐次").select_option(label="2026-11-21 午餐")
    couriers = page.get_by_label("送餐员")
    expect(couriers).to_be_visible()
    assert share(drawn(page), "#0072b2") > share(before, "#0072b2") + 0.0005
    assert "Z03" in couriers.inner_text()
    assert "老人" not in page.locator("body").inner_text()
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
