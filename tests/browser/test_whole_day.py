"""A whole day in a real browser: a list comes in, a lunch is planned, brought out and changed."""

import re
import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlmodel import Session, select

from mealsvc.access import make_link
from mealsvc.demo import write_demo_roster
from mealsvc.jobs import worker_for
from mealsvc.settings import Settings
from mealsvc.store import Courier, DeliveryEvent
from mealsvc.vocabulary import Meal, Role
from tests.fixtures.browser import serving
from tests.fixtures.installation import SHANGHAI
from tests.fixtures.map_page import serious
from tests.fixtures.web import PASSWORD, add_user
from tests.mealsvc.people import SATURDAY

pytestmark = pytest.mark.browser

DAY = "/api/v1/services/2026-11-21/lunch"
CONSOLE = "/console#/day/2026-11-21/lunch"

EVENING = datetime(2026, 11, 20, 18, 30, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 21, 10, 40, tzinfo=SHANGHAI)

#: Labels on a sheet of stickers.
STICKERS = 14


class GoingClock:
    """A clock that is set, and goes on from there as clocks do."""

    def __init__(self, now):
        self.set(now)

    def set(self, now):
        self._ahead = now - datetime.now(SHANGHAI)

    def __call__(self):
        return datetime.now(SHANGHAI) + self._ahead


@pytest.fixture
def clock():
    """The service's clock, on the evening before."""
    return GoingClock(EVENING)


@pytest.fixture
def settings(tmp_path, port):
    """Default settings, but plans and proposals are quick and the links lead here."""
    return Settings(
        home=tmp_path / "var", workers=1, plan_seconds=3, revise_seconds=0.5,
        public_url=f"http://127.0.0.1:{port.getsockname()[1]}", _env_file=None,
    )  # fmt: skip


@pytest.fixture
def installation(runtime, sample_streets_folder):
    """An installation with the streets of the sample city, and nobody in it but its administrator.

    Its background work runs in this process, as where it is served.
    """
    runtime.settings.home.mkdir(parents=True, exist_ok=True)
    runtime.settings.streets_folder.symlink_to(sample_streets_folder, target_is_directory=True)
    add_user(runtime, "root.admin", Role.ADMIN)
    worker = worker_for(runtime, poll_seconds=0.05)
    yield runtime
    worker.shutdown()


@pytest.fixture
def address(installation, port):
    """The address of the service."""
    with serving(installation, port) as address:
        yield address


class Screens:
    """Browsers of the people of the day, whose clocks go with the service's."""

    def __init__(self, chromium, address, clock):
        self._chromium, self._address, self._clock = chromium, address, clock
        self._open, self._problems, self._asked = [], [], []

    def screen(self, width, height, **options):
        context = self._chromium.new_context(
            base_url=self._address, viewport={"width": width, "height": height}, locale="zh-CN",
            reduced_motion="reduce", **options,
        )  # fmt: skip
        context.set_default_timeout(90_000)
        context.clock.install(time=self._clock())
        self._open.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self._problems.append(str(error)))
        page.on("request", lambda request: self._asked.append(request.url))
        return page

    def console(self, username):
        page = self.screen(1366, 768)
        page.goto("/")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.locator(".who").wait_for()
        if username == "li.min":  # managers are there at once
            page.wait_for_url("**/console")
        return page

    def phone(self, link):
        page = self.screen(390, 844, has_touch=True)
        page.goto(link)
        expect(page.get_by_text("全部已发送")).to_be_visible()
        return page

    def pass_time(self, **span):
        """Let time pass for everybody; what pages do now and then they do once."""
        span = timedelta(**span)
        self._clock.set(self._clock() + span)
        for context in self._open:
            context.clock.fast_forward(int(span.total_seconds() * 1000))

    def close(self):
        while self._open:
            self._open.pop().close()

    def check(self):
        assert self._problems == []
        assert [url for url in self._asked if not url.startswith(self._address)] == []


@pytest.fixture
def screens(chromium, address, clock):
    """The screens of the day; errors of pages and foreign requests fail the test."""
    expect.set_options(timeout=30_000)
    made = Screens(chromium, address, clock)
    yield made
    made.close()
    made.check()


def events(installation, *kinds):
    with Session(installation.engine) as session:
        kept = session.exec(select(DeliveryEvent).order_by(DeliveryEvent.id)).all()
    return [event for event in kept if not kinds or event.kind in kinds]


def link_of(installation, courier):
    with Session(installation.engine) as session:
        number = session.exec(select(Courier.id).where(Courier.code == courier)).one()
    return make_link(installation, SATURDAY, Meal.LUNCH, number, "li.min")


def import_lists(page, files):
    """An administrator looks at what three lists would change, and applies it."""
    page.goto("/console#/roster/import")
    page.get_by_label("选择文件").set_input_files(files)
    page.get_by_role("button", name="预览（不保存）").click()
    expect(page.get_by_text("以下为预览，尚未保存任何内容。")).to_be_visible()
    expect(page.get_by_role("group").filter(has_text="未导入")).to_contain_text("若干")
    assert serious(page) == []
    page.get_by_role("button", name=re.compile("^确认导入：新增 2")).click()
    expect(page.get_by_text(re.compile("已导入：新增 2.*未导入 1"))).to_be_visible()


def put_on_the_map(page):
    """A manager clicks the home of an elder whose place is not known."""
    page.goto("/console#/roster/unlocated")
    expect(page.get_by_text("2 位老人没有可用的位置")).to_be_visible()
    page.get_by_role("link").filter(has_text="经纬度写反").click()
    home = page.get_by_role("region", name=re.compile("的住处$"))
    name = home.get_attribute("aria-label").removesuffix("的住处")
    page.get_by_label("查找地点").press("Enter")  # the compound of the file
    page.get_by_role("button", name=re.compile("明月公寓")).first.click()
    page.wait_for_selector(".ground-map[data-ready]")
    home.click()
    expect(page.get_by_text("所选位置：")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("button", name="保存位置").click()
    expect(page.get_by_text(f"{name}已定位。")).to_be_visible()
    expect(page.get_by_text("1 位老人没有可用的位置")).to_be_visible()
    return name


def plan_and_publish(page):
    """The manager plans tomorrow's lunch, sees how far it is, and publishes it."""
    page.goto(CONSOLE)
    plan = page.get_by_role("region", name=re.compile("2026-11-21"))
    plan.get_by_role("button", name="制定计划").click()
    expect(plan.get_by_role("progressbar")).to_be_visible()
    expect(plan).to_contain_text(re.compile("正在制定计划"))
    publish = plan.get_by_role("button", name="发布第1版")
    expect(publish).to_be_visible(timeout=90_000)
    assert serious(page) == []
    publish.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="发布第1版").click()
    expect(plan).to_contain_text("已发布第1版")


def downloaded(page, link):
    with page.expect_download() as waiting:
        link.click()
    return waiting.value


def pages_of(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def duties_of(page):
    return page.request.get(f"{DAY}/plan/duties").json()["duties"]


def duty_of_the_day(duties):
    """The duty whose seventh stop is an elder's, and what is pressed on its phone up to there."""
    for duty in sorted(duties, key=lambda one: -sum(len(trip["stops"]) for trip in one["trips"])):
        stops = [stop for trip in duty["trips"] for stop in trip["stops"]]
        if len(stops) > 7 and stops[6]["elder"]:
            break
    presses = []
    for trip in duty["trips"]:
        presses += ["departed", *["outcome"] * len(trip["stops"]), "returned"]
    seventh = [at for at, kind in enumerate(presses) if kind == "outcome"][6]
    sixth = [at for at, kind in enumerate(presses) if kind == "outcome"][5] + 1
    return duty["courier"], stops, presses[:sixth], presses[sixth:seventh]


def press_next(screens, phone):
    """Two minutes later, press the large button of what comes next."""
    screens.pass_time(minutes=2)
    phone.locator(".step button.big").first.click()


def report_without_a_network(screens, phone, installation, presses):
    """Six stops are brought while there is no network; a reload in between loses nothing."""
    phone.evaluate("navigator.serviceWorker.ready.then(() => null)")
    phone.context.set_offline(True)
    for count, _ in enumerate(presses, start=1):
        press_next(screens, phone)
        expect(phone.locator(".strip [role=status]")).to_contain_text(f"{count} 条未发送")
    phone.reload()
    expect(phone.locator(".strip [role=status]")).to_contain_text(f"{len(presses)} 条未发送")
    assert events(installation) == []
    phone.context.set_offline(False)
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("全部已发送")).to_be_visible()


def follow_a_shut_door(screens, manager, phone, name):
    """The case comes to the console by itself; its clock runs past the steps to its closing."""
    phone.get_by_role("button", name="无人应门").click()
    phone.get_by_role("button", name="记录：无人应门").click()
    expect(phone.get_by_text("全部已发送")).to_be_visible()
    alarm = manager.get_by_role("link", name=re.compile("无人应门 1 户"))
    expect(alarm).to_be_visible()
    alarm.click()
    card = manager.get_by_role("article", name=name)
    expect(card).to_contain_text("致电老人：还有")
    screens.pass_time(minutes=6)
    expect(card).to_contain_text("超时")
    said = manager.get_by_role("alert").filter(has_text=f"已超时：{name}，致电老人")
    expect(said).to_have_count(1)
    assert serious(manager) == []
    taken = card.locator(".taken")
    for count, step in enumerate(("致电老人", "致电紧急联系人", "报告社区"), start=1):
        card.get_by_role("button", name=f"{step}：未联系上").click()
        expect(taken).to_have_count(count)
        screens.pass_time(minutes=4)
    card.get_by_label("平安").check()
    card.get_by_role("button", name="结案").click()
    expect(manager.get_by_text("没有未结的“无人应门”")).to_be_visible()


def sheets_in(archive):
    """The route sheets of single couriers in a download, by courier: their pages' texts."""
    with zipfile.ZipFile(archive.path()) as files:
        return {
            found[1]: pages_of(files.read(name))
            for name in files.namelist()
            if (found := re.search(r"送餐路线单-(Z\d+)-.*\.pdf$", name))
        }


def print_everything(page, duties):
    """The manager downloads what is printed: a sheet for each courier, a label for each box."""
    sheets = sheets_in(downloaded(page, page.get_by_role("link", name="全部路线单和备餐单（ZIP）")))
    assert sorted(sheets) == sorted(duty["courier"] for duty in duties)
    for courier, pages in sheets.items():
        for number, text in enumerate(pages, start=1):
            assert courier in text
            assert f"第 {number} 页 / 共 {len(pages)} 页" in text
    labels = downloaded(page, page.get_by_role("link", name="餐盒标签").first)
    pages = pages_of(labels.path().read_bytes())
    on_each = [text.count("2026-11-21 周六 午餐 · 望河老年食堂") for text in pages]
    assert set(on_each[:-1]) == {STICKERS}
    assert 0 < on_each[-1] <= STICKERS


def the_evening_before(screens, installation, files):
    """Lists come in, a home is found, tomorrow is planned, published and printed."""
    admin = screens.console("root.admin")
    import_lists(admin, [*files.canteens, *files.couriers, *files.elders])
    canteens = ["ST01", "ST02", "ST03", "ST04"]
    add_user(installation, "li.min", Role.MANAGER, canteens=canteens, display_name="李敏")
    manager = screens.console("li.min")
    put_on_the_map(manager)
    plan_and_publish(manager)
    duties = duties_of(manager)
    print_everything(manager, duties)
    screens.close()
    return duties


def test_a_whole_day_from_the_list_to_the_last_door(
    screens, installation, sample_city, tmp_path, clock
):
    duties = the_evening_before(screens, installation, write_demo_roster(sample_city, tmp_path))
    courier, stops, presses, way = duty_of_the_day(duties)
    clock.set(MORNING)
    manager = screens.console("li.min")
    manager.goto("/console#/roster")
    phone = screens.phone(link_of(installation, courier))
    report_without_a_network(screens, phone, installation, presses)
    kept = events(installation)
    assert [event.kind for event in kept] == presses
    assert [event.order_id for event in kept if event.kind == "outcome"] == [
        stop["order"] for stop in stops[:6]
    ]
    assert {event.not_counted for event in kept} == {None}

    for _ in way:
        press_next(screens, phone)
        expect(phone.get_by_text("全部已发送")).to_be_visible()
    screens.pass_time(minutes=3)
    follow_a_shut_door(screens, manager, phone, stops[6]["elder"]["name"])
    closed = events(installation, "step", "closed")
    assert [(one.kind, one.order_id) for one in closed] == [
        *[("step", stops[6]["order"])] * 3, ("closed", stops[6]["order"]),
    ]  # fmt: skip
