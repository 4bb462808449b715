"""The couriers' page in a real browser: a day's work with and without a network."""

import re
from collections import Counter
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlmodel import Session, select

from mealsvc.access import make_link, withdraw_links
from mealsvc.day_words import EventKind, Source
from mealsvc.planning import plan_service, publish
from mealsvc.store import Address, Canteen, Courier, DeliveryEvent, Elder, MealPoint, Order
from mealsvc.vocabulary import Meal
from tests.fixtures.browser import PATIENCE
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "api/web/node_modules/axe-core/axe.min.js"

#: From the town of the records to the middle of the sample city, degrees.
MOVE = (0.5, 0.0663)

#: What the phone keeps, as text.
KEPT = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open('mealsvc-phone');
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const reading = asked.result.transaction(['duties', 'reports']);
    const all = ['duties', 'reports'].map(name => reading.objectStore(name).getAll());
    reading.oncomplete = () => resolve(all.map(one => JSON.stringify(one.result)));
  };
})"""

NOTHING_KEPT = f"({KEPT})().then(kept => kept.join() === '[],[]')"


def courier_id(town, code):
    with Session(town.engine) as session:
        return session.exec(select(Courier.id).where(Courier.code == code)).one()


def link_of(town, code):
    url = make_link(town, SATURDAY, Meal.LUNCH, courier_id(town, code), "test")
    return url.removeprefix(town.settings.public_url)


def events(town):
    with Session(town.engine) as session:
        return session.exec(select(DeliveryEvent).order_by(DeliveryEvent.id)).all()


@pytest.fixture
def phone(chromium, address, town, clock):
    """A phone at eleven on the day, its clock that of the service; foreign requests fail a test.

    Its clock stands still where the test does not move it, however long a busy machine takes.
    """
    clock.now = clock.now.replace(day=21, hour=11)
    context = chromium.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True,
        reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    context.clock.install(time=clock.now)
    context.clock.set_fixed_time(clock.now)
    page = context.new_page()
    problems, asked = [], []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert problems == []
    assert [url for url in asked if not url.startswith(address)] == []


def opened(phone, town, code="Z03"):
    """The phone with a duty that was read and found to be the newest: nothing is asked any more."""
    with phone.expect_response("**/duty/now*"):
        phone.goto(link_of(town, code))
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    return phone


def press_next(phone):
    """Press the large button of the next step, when it takes taps."""
    passes(phone, 1)
    phone.locator(".step button.big").first.click()


def now_on(phone):
    """The time of the phone's clock, seconds since 1970."""
    return phone.evaluate("Date.now()") / 1000


def passes(phone, seconds):
    """Let time pass on the phone; what is due meanwhile comes once, at the end.

    The time that it shows is put forward last: what becomes due by it, such as a report that is
    sent again, would be given up at once, its answer being awaited for so long already.
    """
    then = now_on(phone) + seconds
    phone.clock.fast_forward(seconds * 1000)
    phone.clock.set_fixed_time(then)


def heard(phone):
    """Do something until a report was answered: the page may still say what was before it."""
    return phone.expect_response("**/duty/reports*")


def lose_the_network(phone):
    """Take the network away once the page is kept for being without it."""
    phone.evaluate("navigator.serviceWorker.ready.then(() => null)")
    phone.context.set_offline(True)


def unsent(phone, count):
    expect(phone.locator(".strip [role=status]")).to_contain_text(f"{count} 条未发送")


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


def test_six_reports_without_a_network_arrive_once_each_after_a_reload(phone, town):
    opened(phone, town)
    lose_the_network(phone)
    press_next(phone)  # set out
    unsent(phone, 1)
    press_next(phone)  # handed over
    unsent(phone, 2)
    phone.get_by_role("button", name="拒收").click()
    phone.get_by_label("备注（可不填）").fill("吃过了")
    phone.get_by_role("button", name="记录：拒收").click()
    unsent(phone, 3)
    phone.get_by_role("button", name="老人B1").click()
    phone.get_by_text("情况备注").click()
    phone.get_by_role("button", name="门牌或门锁有变").click()
    phone.get_by_role("button", name="记录：门牌或门锁有变").click()
    unsent(phone, 4)
    phone.reload()
    unsent(phone, 4)
    press_next(phone)  # back at the canteen
    unsent(phone, 5)
    phone.get_by_role("button", name="老人B2").click()
    phone.get_by_role("button", name="撤销").first.click()
    unsent(phone, 6)
    phone.reload()
    unsent(phone, 6)
    phone.context.set_offline(False)
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    passes(phone, 120)
    phone.reload()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    kept = events(town)
    assert Counter(event.kind for event in kept) == {
        "departed": 1, "outcome": 2, "condition": 1, "returned": 1, "retracted": 1,
    }  # fmt: skip
    assert [event.kind for event in kept][:3] == ["departed", "outcome", "outcome"]
    assert {event.not_counted for event in kept} == {None}
    assert kept[2].note == "吃过了"
    phone.wait_for_function(f"({KEPT})().then(kept => kept[1] === '[]')")


def test_a_hasty_double_tap_reports_one_stop(phone, town):
    opened(phone, town)
    with heard(phone):
        press_next(phone)
    passes(phone, 1)
    with heard(phone):
        phone.clock.pause_at(now_on(phone))  # a hasty tap, however slow the machine
        phone.get_by_role("button", name="当面送达").dblclick()
        phone.clock.resume()
    expect(phone.get_by_text("已记录")).to_be_visible()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    assert [event.kind for event in events(town)] == ["departed", "outcome"]


def test_a_lost_answer_is_asked_again_and_kept_once(phone, town):
    opened(phone, town)
    lost = []

    def lose_the_answer(route):
        lost.append(route.fetch())
        route.abort()

    phone.route("**/duty/reports*", lose_the_answer, times=1)
    with phone.expect_event("requestfailed"):
        press_next(phone)
    unsent(phone, 1)
    assert len(events(town)) == 1
    passes(phone, 90)
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    assert len(lost) == 1
    assert len(events(town)) == 1


def test_a_report_that_does_not_count_is_shown_and_the_ended_link_wipes_the_phone(phone, town):
    opened(phone, town)
    assert "老人B" in phone.evaluate(KEPT)[0]
    withdraw_links(town, SATURDAY, Meal.LUNCH, courier_id(town, "Z03"), "test")
    press_next(phone)
    said = phone.get_by_role("alert").filter(has_text="此链接已被收回，记录已保存但未计入")
    expect(said).to_contain_text("关于：第1趟出发")
    passes(phone, 25)  # the phone asks for news
    expect(phone.get_by_role("heading", name="任务已结束")).to_be_visible()
    expect(phone.get_by_text("此链接已被收回，请向食堂索取新的链接")).to_be_visible()
    assert "老人B" not in phone.locator("body").inner_text()
    phone.wait_for_function(NOTHING_KEPT)
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_text("this link was withdrawn; ask your canteen")).to_be_visible()
    expect(phone.get_by_text("this link was withdrawn; the report is kept")).to_be_visible()
    assert [event.not_counted for event in events(town)] == ["link_withdrawn"]
    assert serious(phone) == []


def test_a_link_opened_after_its_duty_says_so_and_wipes_the_phone(phone, town, clock):
    opened(phone, town)
    clock.now += timedelta(hours=4)
    phone.reload()
    expect(phone.get_by_role("heading", name="任务已结束")).to_be_visible()
    expect(phone.get_by_text("此次送餐任务已结束，链接已失效")).to_be_visible()
    phone.wait_for_function(NOTHING_KEPT)


def revised(town, clock, portions_of=None):
    """Publish another revision; an elder's code: there a portion more is brought."""
    on_the_way, clock.now = clock.now, clock.now.replace(hour=9)  # plans are made before a service
    with Session(town.engine) as session:
        ordered = select(Order).join(Elder).where(Elder.code == portions_of)
        for order in session.exec(ordered):
            order.portions += 1
            session.add(order)
        session.commit()
    # It ends as soon as the plan is proven the best, however busy the machine is.
    made = plan_service(
        town, SATURDAY, Meal.LUNCH, actor="test", seconds=60, travel=StraightLines()
    )
    publish(town, SATURDAY, Meal.LUNCH, made.number, "test")
    clock.now = on_the_way


def test_a_new_revision_comes_by_itself_and_is_confirmed_once(phone, town, clock):
    opened(phone, town)
    revised(town, clock, portions_of="B1")
    passes(phone, 25)
    banner = phone.get_by_role("alert").filter(has_text="任务已改为第2版")
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="我已看到").click()
    expect(banner).not_to_be_visible()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    assert [(event.kind, event.revision) for event in events(town)] == [("seen", 2)]
    phone.reload()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    expect(banner).not_to_be_visible()


def test_a_revision_that_concerns_others_stops_nobody_and_hides_no_missed_change(
    phone, town, clock
):
    opened(phone, town)
    revised(town, clock)
    passes(phone, 25)
    expect(phone.get_by_text("第2版")).to_be_visible()
    expect(phone.get_by_role("button", name="我已看到")).to_have_count(0)
    revised(town, clock, portions_of="B1")
    passes(phone, 25)
    expect(phone.get_by_role("alert").filter(has_text="任务已改为第3版")).to_be_visible()
    phone.evaluate("navigator.serviceWorker.ready.then(() => null)")
    phone.context.set_offline(True)
    revised(town, clock)
    phone.context.set_offline(False)
    passes(phone, 120)
    banner = phone.get_by_role("alert").filter(has_text="任务已改为第4版")
    expect(banner).to_contain_text("标出")
    banner.get_by_role("button", name="我已看到").click()
    expect(banner).not_to_be_visible()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    assert [(event.kind, event.revision) for event in events(town)] == [("seen", 4)]


def test_who_cannot_go_on_is_asked_first_and_hands_all_stops_back(phone, town):
    opened(phone, town)
    phone.get_by_role("button", name="无法继续送餐").click()
    phone.get_by_role("button", name="取消").click()
    phone.get_by_role("button", name="无法继续送餐").click()
    phone.get_by_label("原因（可不填）").fill("车坏了")
    phone.get_by_role("button", name="交回 2 站").click()
    expect(phone.get_by_text("您已交回剩余停靠点")).to_be_visible()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    expect(phone.locator(".all .row").filter(has_text="已交回")).to_have_count(2)
    expect(phone.get_by_role("button", name="出发")).to_have_count(0)
    assert [(event.kind, event.note) for event in events(town)] == [("handed_back", "车坏了")]


def photo_with_a_place():
    """A large photo that says where it was taken."""
    taken = Image.effect_noise((3000, 2000), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 9.0, 0.0)}
    file = BytesIO()
    taken.save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def test_a_photo_is_shrunk_without_its_place_and_what_is_none_is_a_sentence(phone, town):
    opened(phone, town)
    press_next(phone)
    phone.get_by_role("button", name="无人应门").click()
    field = phone.get_by_label("加一张照片（可不加）")
    field.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"})
    expect(phone.get_by_text("这个文件不是照片")).to_be_visible()
    picture = photo_with_a_place()
    assert len(picture) > 2_000_000
    field.set_input_files({"name": "b.jpg", "mimeType": "image/jpeg", "buffer": picture})
    expect(phone.get_by_text("照片已缩小到")).to_be_visible()
    assert serious(phone) == []
    with phone.expect_response("**/duty/photos*") as answered:
        phone.get_by_role("button", name="记录：无人应门").click()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    sent = answered.value.request
    assert int(sent.all_headers()["content-length"]) < 400_000 + 2000
    assert [event.kind for event in events(town)] == ["departed", "outcome", "photo"]
    expect(phone.get_by_text(re.compile("已记录：.+ · 无人应门"))).to_be_visible()
    phone.get_by_role("button", name="转给他人").click()
    phone.get_by_label("转给了谁").fill("邻居王婶")
    with phone.expect_response("**/duty/reports*"):
        phone.get_by_role("button", name="记录：转给他人").click()
    expect(phone.get_by_text("转给他人 · 邻居王婶")).to_be_visible()
    assert [(event.kind, event.note) for event in events(town)][3:] == [("accounted", "邻居王婶")]


def at_a_shut_door(phone):
    """Set out and report that nobody opens; returns the calls to make."""
    press_next(phone)
    phone.get_by_role("button", name="无人应门").click()
    phone.get_by_role("button", name="记录：无人应门").click()
    calls = phone.locator(".case")
    expect(calls).to_be_visible()
    return calls


def test_a_shut_door_stays_with_its_calls_and_clock_without_a_network(phone, town):
    opened(phone, town)
    name = phone.locator(".all li strong").first.inner_text()
    lose_the_network(phone)
    calls = at_a_shut_door(phone)
    assert phone.locator(".stop h2").inner_text() == name
    expect(calls).to_contain_text("食堂还没有收到这条记录")
    due = calls.locator("li.due")
    expect(due).to_contain_text("致电老人 还有 5:00")
    expect(due.locator("a.call")).to_have_attribute("href", re.compile("^tel:136"))
    passes(phone, 120)
    expect(due).to_contain_text("还有 3:00")
    due.get_by_role("button", name="未联系上").click()
    expect(due).to_contain_text("致电紧急联系人 还有 8:00")
    expect(calls).to_contain_text("11:02 送餐员：未联系上")
    passes(phone, 490)
    expect(due).to_contain_text("超时 0:10")
    assert serious(phone) == []
    phone.reload()
    expect(due).to_contain_text("超时 0:10")
    passes(phone, 1)
    phone.get_by_role("button", name="继续送餐，由食堂接手").click()
    expect(phone.locator(".stop h2")).not_to_have_text(name)
    left = phone.get_by_role("region", name="未结的无人应门")
    expect(left).to_contain_text("致电紧急联系人：超时 0:11")
    expect(phone.locator(".all .row").first).to_contain_text("致电紧急联系人：超时 0:11")
    assert serious(phone) == []
    left.get_by_role("button", name=name).click()
    expect(due).to_contain_text("致电紧急联系人")
    assert events(town) == []


def test_the_offices_closing_of_a_shut_door_reaches_the_phone(phone, town, clock):
    opened(phone, town)
    calls = at_a_shut_door(phone)
    expect(calls).to_contain_text("食堂已收到")
    with Session(town.engine) as session:
        shut = session.exec(select(DeliveryEvent).where(DeliveryEvent.outcome.is_not(None))).one()
        closing = {
            "kind": EventKind.CLOSED, "source": Source.OFFICE, "reported_by": "test",
            "detail": {"finding": "well"}, "happened_at": clock.now, "received_at": clock.now,
        }  # fmt: skip
        about = {"service_id": shut.service_id, "order_id": shut.order_id}
        session.add(DeliveryEvent(uid="closing-1", **about, **closing))
        session.commit()
    phone.reload()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    expect(phone.get_by_role("button", name="更改结果")).to_be_visible()
    expect(calls).to_have_count(0)


def test_a_wrong_clock_is_said_once_in_the_present_language_and_gone_when_it_is_right(
    phone, town, clock
):
    clock.now -= timedelta(minutes=20)
    opened(phone, town)
    said = phone.get_by_text("手机时钟快了约 20 分钟")
    expect(said).to_have_count(1)
    for _ in range(2):
        with heard(phone):
            press_next(phone)
        expect(phone.get_by_text("全部已发送")).to_be_visible()
    expect(said).to_have_count(1)
    expect(phone.get_by_role("alert")).to_have_count(0)
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_text("clock is about 20 minutes fast")).to_have_count(1)
    clock.now += timedelta(minutes=20)
    passes(phone, 25)
    expect(phone.get_by_text("clock is about")).to_have_count(0)


def test_words_being_typed_outlive_a_new_revision_and_a_reload(phone, town, clock):
    opened(phone, town)
    with heard(phone):
        press_next(phone)
    expect(phone.get_by_text("全部已发送")).to_be_visible()  # what is under way later time cuts off
    name = phone.locator(".stop h2").inner_text()
    phone.get_by_role("button", name="其他", exact=True).click()
    field = phone.get_by_label("请写明情况")
    field.fill("门卫不让进")
    revise_without(town, clock, name)
    passes(phone, 25)
    expect(phone.get_by_text("任务已改为第2版")).to_be_visible()
    expect(phone.get_by_text("这一站已改由他人送")).to_be_visible()
    expect(field).to_have_value("门卫不让进")
    expect(field).to_be_focused()
    phone.get_by_role("button", name="记录：其他").click()
    expect(phone.get_by_text("已记录；这一停靠点现已改由他人送")).to_be_visible()
    assert [event.note for event in events(town)][-1] == "门卫不让进"
    phone.get_by_role("button", name="拒收").click()
    phone.get_by_label("备注（可不填）").fill("吃过了")
    phone.reload()
    expect(phone.get_by_label("备注（可不填）")).to_have_value("吃过了")


def revise_without(town, clock, name):
    """Publish a revision in which somebody else, or nobody, brings one elder's meal."""
    now = clock.now
    clock.now = now.replace(hour=9)
    with Session(town.engine) as session:
        order = session.exec(select(Order).join(Elder).where(Elder.name == name)).one()
        order.cancelled = True
        session.commit()
    # It ends as soon as the plan is proven the best, however busy the machine is.
    made = plan_service(
        town, SATURDAY, Meal.LUNCH, actor="test", seconds=60, travel=StraightLines()
    )
    publish(town, SATURDAY, Meal.LUNCH, made.number, "test")
    clock.now = now


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_step_keeps_nobody_out_in_both_languages_and_with_large_text(phone, town, language):
    opened(phone, town)
    if language == "en":
        phone.get_by_role("button", name="English").click()
        expect(phone.locator(".strip [role=status]")).to_contain_text("All sent")
        expect(phone.locator("html")).to_have_attribute("lang", "en")
    for size in ("100%", "200%"):
        phone.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert serious(phone) == []
        assert fits(phone)
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    press_next(phone)
    call = phone.locator(".stop a.call")
    expect(call).to_have_attribute("href", "tel:13600000001")
    assert call.bounding_box()["height"] >= 44
    phone.locator("summary").first.click()
    phone.locator("details.conditions summary").click()
    assert serious(phone) == []
    assert fits(phone)


def test_the_page_is_worked_by_keyboard(phone, town):
    opened(phone, town)
    for name in ("出发", "当面送达"):
        passes(phone, 1)
        phone.get_by_role("button", name=name).focus()
        phone.keyboard.press("Enter")
        expect(phone.locator(".step")).to_be_focused()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    assert len(events(town)) == 2


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
        session.commit()
    return town


def test_the_small_map_draws_the_way_when_it_is_opened_and_words_stand_in_for_it(phone, city):
    opened(phone, city, "Z01" if has_duty(city, "Z01") else "Z02")
    press_next(phone)
    with phone.expect_request("**/basemap/tiles/**"):
        phone.get_by_role("button", name="看地图").click()
    phone.wait_for_selector(".map[data-ready]")
    expect(phone.get_by_text("路线").first).to_be_visible()
    expect(phone.get_by_text("© OpenStreetMap")).to_be_visible()
    assert serious(phone) == []
    phone.get_by_role("button", name="收起地图").click()
    phone.evaluate("HTMLCanvasElement.prototype.getContext = () => null")
    phone.get_by_role("button", name="看地图").click()
    expect(phone.get_by_text("此浏览器不能显示地图")).to_be_visible()
    expect(phone.locator(".directions li").first).to_be_visible()


def has_duty(town, code):
    from mealsvc.access.links import published_duty

    with Session(town.engine) as session:
        return published_duty(session, SATURDAY, Meal.LUNCH, courier_id(town, code)) is not None
