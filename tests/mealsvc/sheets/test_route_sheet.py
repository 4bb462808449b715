"""Route sheets as a courier reads them: the text of the PDF."""

import io
import re

import pypdf
import pytest

from mealsvc.errors import NotFound, NotReady
from mealsvc.sheets import printable, route_sheet, route_sheet_pdf
from mealsvc.vocabulary import OrderKind, RevisionState


def text_of(pdf):
    """Return the text of each page without the spaces that the layout puts in."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [re.sub(r"\s+", "", page.extract_text()) for page in pages]


@pytest.fixture
def printed(town):
    def printed(courier, **options):
        return text_of(route_sheet_pdf(town.runtime, town.day, town.meal, courier, **options))

    return printed


def stands_in_order(text, *parts):
    """Tell whether all parts stand in a text one after the other."""
    at = 0
    for part in parts:
        at = text.index(part.replace(" ", ""), at) + 1
    return True


def test_all_facts_of_all_stops_stand_in_order(lunch, printed):
    (page,) = printed(lunch.duan)
    assert stands_in_order(
        page, "送餐路线单", "第1版", "2026年11月21日周六", "午餐", "段建娟", "Z001",
        "金田花园老年食堂", "0571-88001122", "2趟", "3站", "4份", "打印于2026-11-20 12:00",
        "第1趟", "装餐10:31", "出发10:36",
        "10:42", "6分钟", "段永康", "2份", "低糖", "软食", "锦绣花园3幢2单元104室", "1楼", "无电梯",
        "138 0000 5408", "康荣英（女儿）139 0000 2572", "要求11:00–11:45", "耳背,请用力敲门",
        "10:48", "12分钟", "圈外", "许宝根", "603室", "6楼", "无电话", "无紧急联系人", "需入户协助",
        "第2趟", "11:15", "䶮㛃堃", "13楼", "有电梯",
        "收工清点", "送到", "退回", "拒收", "保温箱归还", "食堂核对", "第1页/共1页",
    )  # fmt: skip


def test_load_list_names_specials_by_person(lunch, town):
    sheet = route_sheet(town.runtime, town.day, town.meal, lunch.duan)
    first, second = sheet.trips
    assert (first.portions, first.regular_portions) == (3, 1)
    assert [(one.name, one.portions, one.diets) for one in first.stops[0].specials] == [
        ("段永康", 2, ("低糖", "软食"))
    ]
    assert (second.portions, second.regular_portions) == (1, 0)


def test_supply_stops_carry_the_guests_specials(lunch, town, printed):
    (page,) = printed(lunch.xu)
    assert stands_in_order(
        page, "清真", "姚娟", "文化新村助餐点", "3份", "助餐点供餐", "11:00开门前送到", "从北门进"
    )


def test_specials_of_a_meal_point_are_packed_once_over_its_parts(town):
    canteen = town.canteen()
    point = town.meal_point(canteen)
    courier = town.courier(canteen)
    for number, portions in enumerate((2, 2, 1)):
        guest = town.elder(f"G{number}", f"客{number}")
        town.order(guest, OrderKind.PICK_UP, portions, meal_point_id=point, diets=["低盐"])
    parts = [
        town.order(None, OrderKind.SUPPLY, 3, meal_point_id=point, canteen_id=canteen, part=part)
        for part in (1, 2)
    ]
    town.duty(town.revision(), courier, ("10:40", [(parts[0], 5)]), ("11:00", [(parts[1], 5)]))
    trips = route_sheet(town.runtime, town.day, town.meal, courier).trips
    packed = [[(one.name, one.portions) for one in trip.stops[0].specials] for trip in trips]
    assert packed == [[("客0", 2), ("客1", 1)], [("客1", 1), ("客2", 1)]]


def test_markup_in_the_data_is_printed_literally(town, printed):
    canteen, name = town.canteen(), '#strong[x] *b* _i_ $1$ ] <script>&"\\ @ref'
    courier = town.courier(canteen, name="#pagebreak()")
    order = town.order(town.elder("L1", name, door_note="= 标题 // 注释 `raw`"))
    town.duty(town.revision(), courier, ("10:40", [(order, 5)]))
    (page,) = printed(courier)
    assert stands_in_order(page, "#pagebreak()", name, "= 标题 // 注释 `raw`")


def test_missing_characters_are_marked_and_named_on_the_sheet(town, printed):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "𠮷永康"))
    town.duty(town.revision(), courier, ("10:40", [(order, 5)]))
    (page,) = printed(courier)
    assert stands_in_order(page, "U+20BB7", "〓永康")


def long_duty(town, stops=14):
    courier = town.courier(town.canteen())
    note = "门铃坏了，打电话后等两分钟。" * 15
    orders = [
        town.order(town.elder(f"L{at:02}", f"老人{at:02}号", door_note=f"始{at:02}{note}终{at:02}"))
        for at in range(stops)
    ]
    town.duty(town.revision(), courier, ("10:40", [(order, 5) for order in orders]))
    return courier


def test_a_stop_never_splits_across_pages(town, printed):
    pages = printed(long_duty(town))
    assert len(pages) > 1
    for at in range(14):
        with_name = [page for page in pages if f"老人{at:02}号" in page]
        assert len(with_name) == 1
        assert stands_in_order(with_name[0], f"老人{at:02}号", f"始{at:02}", f"终{at:02}")


def test_every_page_says_whose_it_is_and_which_of_how_many(town, printed):
    pages = printed(long_duty(town))
    for number, page in enumerate(pages, start=1):
        assert stands_in_order(page, "段建娟", "Z001", "第1版", f"第{number}页/共{len(pages)}页")


def test_twelve_plain_stops_on_two_trips_need_two_pages(town, printed):
    courier = town.courier(town.canteen())
    orders = [
        town.order(town.elder(f"L{at}", f"老人{at}", contacts=[("康荣英", "女儿", "13900002572")]))
        for at in range(12)
    ]
    trips = [("10:40", [(order, 5) for order in half]) for half in (orders[:6], orders[6:])]
    town.duty(town.revision(), courier, *trips)
    assert len(printed(courier)) == 2


def test_draft_published_and_void_are_told_apart(town, printed):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "段永康"))
    states = (RevisionState.SUPERSEDED, RevisionState.PUBLISHED, RevisionState.DRAFT)
    for number, state in enumerate(states, start=1):
        town.duty(town.revision(number, state), courier, ("10:40", [(order, 5)]))
    (void,), (published,), (draft,) = (printed(courier, revision=number) for number in (1, 2, 3))
    assert "本单已作废，请用第2版" in void
    assert "草稿" not in published
    assert "替代第1版" in published
    assert "草稿·不得据此送餐" in draft
    assert "发布后替代第2版" in draft


def test_changed_and_lost_stops_are_marked_against_the_published_revision_before(town, printed):
    canteen = town.canteen()
    duan, xu = town.courier(canteen), town.courier(canteen, "Z002", "徐娟")
    names = ("甲老人", "乙老人", "丙老人", "丁老人")
    kept, moved, new, lost = [
        town.order(town.elder(f"L{at}", name)) for at, name in enumerate(names)
    ]
    first = town.revision(1, RevisionState.SUPERSEDED)
    town.duty(first, duan, ("10:40", [(kept, 5), (lost, 7)]))
    town.duty(first, xu, ("10:40", [(moved, 5)]))
    second = town.revision(2, RevisionState.PUBLISHED)
    town.duty(second, duan, ("10:40", [(new, 4), (kept, 6), (moved, 8)]))
    (page,) = printed(duan)
    assert stands_in_order(
        page, "不再由您送", "丁老人", "第1趟第2站", "本餐不送",
        "变更：新增", "丙老人", "甲老人", "变更：原由徐娟送", "乙老人",
    )  # fmt: skip
    assert page.count("变更：") == 2


def test_a_stop_that_is_due_later_says_when_it_was_due_by_the_local_clock(town, printed):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "段永康"))
    for number, leaves in ((1, "10:40"), (2, "10:55")):
        state = RevisionState.SUPERSEDED if number == 1 else RevisionState.PUBLISHED
        town.duty(town.revision(number, state), courier, (leaves, [(order, 5)]))
    assert "变更：原10:45" in printed(courier)[0]


def test_the_end_of_duty_never_stands_alone_and_a_page_names_the_trip_that_goes_on(town, printed):
    courier = town.courier(town.canteen())
    orders = [town.order(town.elder(f"L{n}", f"{n}号老人")) for n in range(14)]
    for count in range(4, 13):
        revision = town.revision(count, RevisionState.DRAFT)
        first, second = [(order, 5) for order in orders[:count]], [(orders[12], 5), (orders[13], 7)]
        town.duty(revision, courier, ("10:40", first), ("11:40", second))
        *_, last = pages = printed(courier, revision=count)
        assert stands_in_order(last, "13号老人", "收工清点")
        for page in pages:
            stop, head = page.index("号老人"), page.find("装餐清单")
            assert ("接上页" in page) == (head < 0 or stop < head)


def test_an_older_draft_in_between_is_not_what_a_sheet_replaces(town):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "段永康"))
    for number, state in ((1, RevisionState.SUPERSEDED), (2, RevisionState.DRAFT)):
        town.duty(town.revision(number, state), courier, ("10:40", [(order, 5)]))
    town.duty(town.revision(3, RevisionState.PUBLISHED), courier, ("10:40", [(order, 5)]))
    assert route_sheet(town.runtime, town.day, town.meal, courier).head.replaces == 1


def test_a_draft_after_nothing_but_drafts_replaces_nothing(town):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "段永康"))
    for number in (1, 2):
        town.duty(town.revision(number), courier, ("10:40", [(order, 5)]))
    assert route_sheet(town.runtime, town.day, town.meal, courier).head.replaces is None


def test_a_second_more_than_ten_minutes_is_not_ten_minutes(town, printed):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "段永康"))
    town.duty(town.revision(), courier, ("10:40", [(order, 601 / 60)]))
    assert stands_in_order(printed(courier)[0], "11分钟", "圈外", "段永康")


def test_a_qr_code_is_printed_only_when_there_is_a_link(lunch, town):
    plain = route_sheet_pdf(town.runtime, town.day, town.meal, lunch.duan)
    seen = []
    coded = route_sheet_pdf(
        town.runtime, town.day, town.meal, lunch.duan,
        link_for=lambda sheet: seen.append(sheet.courier_id) or "http://127.0.0.1:8000/d/abc",
    )  # fmt: skip
    assert seen == [lunch.duan]
    assert "手机扫码看任务" in text_of(coded)[0]
    assert "手机扫码看任务" not in text_of(plain)[0]


def test_english_sheets_use_english_words(lunch, printed):
    (page,) = printed(lunch.duan, language="en")
    assert stands_in_order(
        page, "Route sheet", "Revision 1", "Sat 2026-11-21", "Trip 1", "1 portion"
    )


def test_equal_data_gives_equal_bytes(lunch, town):
    first, second = (
        route_sheet_pdf(town.runtime, town.day, town.meal, lunch.duan) for _ in range(2)
    )
    assert first == second


def test_the_published_revision_is_the_default_and_the_newest_draft_otherwise(town):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "段永康"))

    def number():
        return route_sheet(town.runtime, town.day, town.meal, courier).head.revision

    town.duty(town.revision(1), courier, ("10:40", [(order, 5)]))
    town.duty(town.revision(2), courier, ("10:40", [(order, 5)]))
    assert number() == 2
    town.duty(town.revision(3, RevisionState.PUBLISHED), courier, ("10:40", [(order, 5)]))
    town.duty(town.revision(4), courier, ("10:40", [(order, 5)]))
    assert number() == 3


def test_no_plan_no_revision_and_no_duty_are_said(lunch, town, printed):
    with pytest.raises(NotFound, match="has no revision 9; it has: 1"):
        printed(lunch.duan, revision=9)
    with pytest.raises(NotFound, match="has no duty for lunch of 2026-11-21"):
        printed(999)
    with pytest.raises(NotFound, match="there is no plan for lunch of 2026-11-22"):
        route_sheet(town.runtime, town.day.replace(day=22), town.meal, lunch.duan)


def test_a_missing_typeface_is_said(lunch, printed, monkeypatch, tmp_path):
    monkeypatch.setattr(printable, "OWN_FONTS", tmp_path)
    with pytest.raises(NotReady, match="typeface of the sheets is missing"):
        printed(lunch.duan)
