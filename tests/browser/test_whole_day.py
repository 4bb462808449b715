"""A whole day in a real browser: a list comes in, a lunch is planned, brought out and changed."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from mealsvc.demo import write_demo_roster
from mealsvc.jobs import worker_for
from mealsvc.settings import Settings
from mealsvc.store import Courier, DeliveryEvent
from mealsvc.vocabulary import Role
from tests.fixtures.browser import serving
from tests.fixtures.installation import SHANGHAI
from tests.fixtures.map_page import serious, share
from tests.fixtures.printed import code_on, pages_of, sheets_in
from tests.fixtures.revisions import begun_of, changed_between, couriers_of, visits_of
from tests.fixtures.screens import GoingClock
from tests.fixtures.web import add_user

pytestmark = pytest.mark.browser

DAY = "/api/v1/services/2026-11-23/lunch"
CONSOLE = "/console#/day/2026-11-23/lunch"

EVENING = datetime(2026, 11, 22, 18, 30, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 23, 10, 25, tzinfo=SHANGHAI)

#: Labels on a sheet of stickers.
STICKERS = 14

A_SECOND = timedelta(seconds=1)

ALL_SENT = "全部已发送"

#: On the map of a proposal: the ways as they would be, the stops that get another courier.
PROPOSED, GIVEN_AWAY = "#0072b2", "#d55e00"


@pytest.fixture
def clock():
    """The service's clock, on the evening before."""
    return GoingClock(EVENING)


@pytest.fixture
def settings(tmp_path, port):
    """Default settings, but plans are quick, and people may be slow; the links lead here."""
    return Settings(
        home=tmp_path / "var", workers=1, plan_seconds=3, revise_seconds=4,
        revise_ahead_seconds=300,
        public_url=f"http://127.0.0.1:{port.getsockname()[1]}", _env_file=None,
    )  # fmt: skip


@pytest.fixture
def installation(runtime, sample_streets_folder, compiled):
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


def events(installation, *kinds, of=None):
    """The reports that were kept, in their order; of some kinds, or of one courier."""
    asked = select(DeliveryEvent).order_by(DeliveryEvent.id)
    if of is not None:
        asked = asked.join(Courier).where(Courier.code == of)
    with Session(installation.engine) as session:
        kept = session.exec(asked).all()
    return [event for event in kept if not kinds or event.kind in kinds]


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
    plan = page.get_by_role("region", name=re.compile("2026-11-23"))
    held, seen = [], []

    def hold(route):  # or it may be made before anybody saw how far it was
        route.continue_() if seen else held.append(route)

    page.route("**/api/v1/jobs/*", hold)
    plan.get_by_role("button", name="制定计划").click()
    expect(plan.get_by_role("progressbar")).to_be_visible()
    expect(plan).to_contain_text(re.compile("正在制定计划"))
    seen.append(True)
    for route in held:
        route.continue_()
    publish = plan.get_by_role("button", name="发布第1版")
    expect(publish).to_be_visible()
    assert serious(page) == []
    publish.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="发布第1版").click()
    expect(plan).to_contain_text("已发布第1版")


def downloaded(page, link):
    with page.expect_download() as waiting:
        link.click()
    return waiting.value


def duties_of(page):
    return page.request.get(f"{DAY}/plan/duties").json()["duties"]


def duty_of_the_day(duties):
    """The duty with the most stops whose seventh is an elder's."""
    by_stops = sorted(duties, key=lambda one: -len(stops_of(one)))
    return next(duty for duty in by_stops if stops_of(duty)[6]["elder"])


def stops_of(duty):
    return [stop for trip in duty["trips"] for stop in trip["stops"]]


def presses_of(duty):
    """What the large button of a duty's phone reports, one after another, and when as planned."""
    presses = []
    for trip in duty["trips"]:
        presses.append((trip["departs_at"], "departed", None))
        presses += [(stop["arrives_at"], "outcome", stop["order"]) for stop in trip["stops"]]
        presses.append((trip["returns_at"], "returned", None))
    return [(datetime.fromisoformat(at), kind, order) for at, kind, order in presses]


def bring(screens, presses):
    """People on their ways press the large buttons of what comes next, in the order of time.

    Each press has its moment, its phone, and what the phone then says of its reports.
    """
    for at, phone, said in sorted(presses, key=lambda one: one[0]):
        screens.pass_until(at, at_least=A_SECOND)  # a button takes no double tap
        button = phone.locator(".step button.big").first
        if said == ALL_SENT:  # as it was before, too: what comes next is there with the answer
            with phone.expect_response("**/duty/reports*"):
                button.click()
        else:
            button.click()
        expect(phone.locator(".strip [role=status]")).to_contain_text(said)


def bring_without_a_network(screens, phone, presses, meanwhile):
    """Six stops are brought while there is no network; a reload in between loses nothing."""
    phone.evaluate("navigator.serviceWorker.ready.then(() => null)")
    phone.context.set_offline(True)
    unsent = [f"{count} 条未发送" for count in range(1, len(presses) + 1)]
    own = [(at, phone, said) for (at, _, _), said in zip(presses, unsent, strict=True)]
    bring(screens, own + meanwhile)
    phone.reload()
    expect(phone.locator(".strip [role=status]")).to_contain_text(unsent[-1])


def come_back(phone):
    """With the network everything is sent, and sent once."""
    phone.context.set_offline(False)
    expect(phone.get_by_text(ALL_SENT)).to_be_visible()
    phone.reload()
    expect(phone.get_by_text(ALL_SENT)).to_be_visible()


def follow_a_shut_door(screens, manager, phone, name):
    """The case comes to the console by itself; its clock runs past the steps to its closing."""
    phone.get_by_role("button", name="无人应门").click()
    phone.get_by_role("button", name="记录：无人应门").click()
    expect(phone.get_by_text(ALL_SENT)).to_be_visible()
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
    for count, step in enumerate(("致电老人", "致电紧急联系人", "报告食堂办公室"), start=1):
        card.get_by_role("button", name=f"{step}：未联系上").click()
        expect(taken).to_have_count(count)
        screens.pass_time(minutes=1)
    card.get_by_label("平安").check()
    card.get_by_role("button", name="结案").click()
    expect(manager.get_by_text("没有未结的“无人应门”")).to_be_visible()


def print_everything(page, duties):
    """The manager downloads what is printed: a sheet for each courier, a label for each box."""
    link = page.get_by_role("link", name="全部路线单和备餐单（ZIP）")
    sheets = sheets_in(downloaded(page, link).path())
    assert sorted(sheets) == sorted(duty["courier"] for duty in duties)
    for courier, pdf in sheets.items():
        pages = pages_of(pdf)
        for number, text in enumerate(pages, start=1):
            assert courier in text
            assert f"第 {number} 页 / 共 {len(pages)} 页" in text
    labels = downloaded(page, page.get_by_role("link", name="餐盒标签").first)
    pages = pages_of(labels.path().read_bytes())
    on_each = [text.count("2026-11-23 周一 午餐 · 望河老年食堂") for text in pages]
    assert set(on_each[:-1]) == {STICKERS}
    assert 0 < on_each[-1] <= STICKERS
    return sheets


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
    sheets = print_everything(manager, duties)
    screens.close()
    return duties, sheets


def give_up(phone):
    """A courier on the way cannot go on."""
    phone.get_by_role("button", name="无法继续送餐").click()
    phone.get_by_label("原因（可不填）").fill("车坏了")
    phone.get_by_role("button", name=re.compile(r"^交回 \d+ 站$")).click()
    expect(phone.get_by_text("您已交回剩余停靠点")).to_be_visible()
    expect(phone.get_by_text(ALL_SENT)).to_be_visible()


def ask_for_a_revision(page, away):
    """The console says by itself who gave up; the manager asks who brings the rest."""
    row = page.get_by_role("row", name=re.compile(f"^{away['courier']} .*已交回"))
    expect(row).to_be_visible()
    row.get_by_role("link", name="改派").click()
    page.get_by_role("button", name="计算方案").click()
    proposal = page.get_by_role("region", name=re.compile("方案 1"))
    expect(proposal).to_contain_text(away["courier_name"])
    return proposal


def drawn(page):
    """The picture of the map once the changes of a proposal are on it."""
    page.wait_for_selector(".plan-map[aria-busy=false] .ground-map[data-ready]")
    page.evaluate("document.fonts.ready")
    return page.locator(".ground-map").screenshot()


def say_who_brings(said, duties, before, after):
    """The proposal told in words of every elder who gets another courier."""
    names = {duty["courier"]: duty["courier_name"] for duty in duties}
    elders = {stop["order"]: stop["elder"] for duty in duties for stop in stops_of(duty)}
    kept = [order for order in after if order in before and elders[order]]
    moved = [order for order in kept if before[order] != after[order]]
    assert moved
    for order in moved:
        elder, was, now = elders[order], names[before[order]], names[after[order]]
        assert f"{elder['name']}（{elder['code']}）由{was}改为{now}" in said


def confirm(phone):
    """The phone shows the new revision by itself, and its courier confirms having seen it."""
    banner = phone.get_by_role("alert").filter(has_text="任务已改为第2版")
    expect(banner).to_be_visible()
    banner.get_by_role("button", name="我已看到").click()
    expect(banner).not_to_be_visible()
    expect(phone.get_by_text(ALL_SENT)).to_be_visible()


def print_what_changed(page, links, before, after, changed):
    """Only the sheets of changed duties come, of this revision, with what changed marked.

    Gives their codes: whoever is new to the plan has no other sheet.
    """
    link = page.get_by_role("link", name="只打印有变化的路线单")
    sheets = sheets_in(downloaded(page, link).path())
    assert set(sheets) == changed
    for courier, pdf in sheets.items():
        text = "".join(pages_of(pdf))
        assert "本单为第 2 版，替代第 1 版" in text
        assert code_on(pdf) == links.get(courier, code_on(pdf))  # old sheets open what is now, too
        taken = [one for one in after if after[one] == courier != before.get(one, courier)]
        assert text.count("▲ 变更：原由") == len(taken)
    return {courier: code_on(pdf) for courier, pdf in sheets.items()}


def replace_who_gave_up(page, away):
    """The manager looks at what is proposed, in words and on the map, and accepts it.

    Gives the words, and the couriers whom the console then waits for.
    """
    proposal = ask_for_a_revision(page, away)
    picture = drawn(page)
    assert share(picture, PROPOSED) > 0.002  # the ways as they would be
    assert share(picture, GIVEN_AWAY) > 0.0005  # and the stops that others bring
    assert serious(page) == []
    said = proposal.inner_text()
    proposal.get_by_role("button", name="采纳，发布新版").click()
    expect(page.get_by_text("第 2 版已生效")).to_be_visible()
    unseen = page.get_by_text("尚未在手机上确认看到变化的送餐员")
    expect(unseen).to_be_visible()
    return said, set(re.findall(r"Z\d+", unseen.inner_text()))


def see_it_everywhere(screens, manager, phones, changed):
    """Every phone shows the revision; only who has another duty is asked, and the console hears."""
    screens.pass_time(seconds=25)  # phones ask for news
    for code in changed:
        confirm(phones[code])
    for code in phones.keys() - changed:
        expect(phones[code].get_by_text("第2版")).to_be_visible()
        expect(phones[code].get_by_role("button", name="我已看到")).to_have_count(0)
    expect(manager.get_by_text("任务有变化的送餐员都已确认看到")).to_be_visible()


def test_a_whole_day_from_the_list_to_the_last_door(
    screens, installation, sample_city, tmp_path, clock
):
    files = write_demo_roster(sample_city, tmp_path)
    duties, sheets = the_evening_before(screens, installation, files)
    duty = duty_of_the_day(duties)
    stops, presses = stops_of(duty), presses_of(duty)
    away = next(one for one in duties if one is not duty)
    clock.set(MORNING)
    manager = screens.console("li.min")
    manager.goto("/console#/roster")
    links = {code: code_on(sheet) for code, sheet in sheets.items()}
    phone, gone = screens.phone(links[duty["courier"]]), screens.phone(links[away["courier"]])
    sixth, seventh = (
        [order for _, _, order in presses].index(stops[place]["order"]) for place in (5, 6)
    )
    beside = [(at, gone, ALL_SENT) for at, _, _ in presses_of(away) if at < presses[seventh][0]]
    first = [one for one in beside if one[0] < presses[sixth][0]]
    bring_without_a_network(screens, phone, presses[: sixth + 1], first)
    come_back(phone)
    kept = events(installation, of=duty["courier"])
    assert [(event.kind, event.order_id) for event in kept] == [
        (kind, order) for _, kind, order in presses[: sixth + 1]
    ]
    assert {event.not_counted for event in kept} == {None}

    way = [(at, phone, ALL_SENT) for at, _, _ in presses[sixth + 1 : seventh]]
    bring(screens, way + beside[len(first) :])
    screens.pass_until(presses[seventh][0])
    follow_a_shut_door(screens, manager, phone, stops[6]["elder"]["name"])
    closed = events(installation, "step", "closed")
    assert [(one.kind, one.order_id) for one in closed] == [
        *[("step", stops[6]["order"])] * 3, ("closed", stops[6]["order"]),
    ]  # fmt: skip

    phones = {duty["courier"]: phone, away["courier"]: gone}
    reporting = set(phones)
    phones |= {code: screens.phone(links[code]) for code in links if code not in reporting}
    manager.goto(CONSOLE)
    give_up(gone)
    stay = {event.order_id for event in events(installation, "outcome")}
    stay |= begun_of(duties, reporting, screens.now())
    said, waited_for = replace_who_gave_up(manager, away)
    revised = duties_of(manager)
    before, after = visits_of(duties), visits_of(revised)
    was, now = couriers_of(before), couriers_of(after)
    assert {order: now[order] for order in stay} == {order: was[order] for order in stay}
    assert {order for order in now if now[order] == away["courier"]} <= stay
    say_who_brings(said, [*duties, *revised], was, now)
    published_at = datetime.fromisoformat(manager.request.get(f"{DAY}/plan").json()["published_at"])
    changed = changed_between(before, after, published_at)
    assert changed == waited_for

    codes = print_what_changed(manager, links, was, now, changed)
    phones |= {code: screens.phone(codes[code]) for code in changed - phones.keys()}
    see_it_everywhere(screens, manager, phones, waited_for)
    manager.goto(CONSOLE)
    for code in waited_for:
        seen = manager.get_by_role("row", name=re.compile(f"^{code} .*第2版$"))
        expect(seen).to_be_visible()
