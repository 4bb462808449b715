"""Stickers for boxes: one each, specials first, no names in full, nothing over the edge."""

import dataclasses

import pypdfium2
import pytest

from mealsvc.errors import InvalidInput, NotFound
from mealsvc.roster.words import DIETS
from mealsvc.settings import LabelSheet
from mealsvc.sheets import labels_pdf, read_sheets
from mealsvc.store import Order, transaction
from mealsvc.vocabulary import OrderKind, RevisionState, Sex

POINT = 25.4 / 72  # millimetres
SAFE = 1.5  # millimetres that printers may be off


def labels(town, **wanted):
    return read_sheets(town.runtime, town.day, town.meal).labels("ST01", **wanted)


@pytest.fixture
def printed(town):
    """Print a canteen's labels; returns the pages as lists of (letter, left, right, top, bottom)
    in millimetres from the upper left corner."""

    def printed(canteen, **options):
        runtime = options.pop("runtime", town.runtime)
        pdf = labels_pdf(runtime, town.day, town.meal, canteen, **options)
        return [list(letters(page)) for page in pypdfium2.PdfDocument(pdf)]

    return printed


def letters(page):
    text, height = page.get_textpage(), page.get_height()
    for at, letter in enumerate(text.get_text_range()):
        if not letter.isspace():
            left, bottom, right, top = text.get_charbox(at)
            yield letter, *(x * POINT for x in (left, right, height - top, height - bottom))


def stickers(page, sheet=LabelSheet()):
    """Return the text of each sticker by (row, column); every letter lies inside of one."""
    texts = {}
    for letter, left, right, top, bottom in page:
        column = int((left - sheet.left) // (sheet.width + sheet.column_gap))
        row = int((top - sheet.top) // (sheet.height + sheet.row_gap))
        x = sheet.left + column * (sheet.width + sheet.column_gap)
        y = sheet.top + row * (sheet.height + sheet.row_gap)
        assert x + SAFE <= left <= right <= x + sheet.width - SAFE, (letter, row, column)
        assert y + SAFE <= top <= bottom <= y + sheet.height - SAFE, (letter, row, column)
        texts[row, column] = texts.get((row, column), "") + letter
    return texts


def test_special_boxes_come_first_then_all_by_trip_in_the_order_of_loading(lunch, town):
    assert [
        (one.name, one.at_point, one.diets, one.courier_code, one.trip, one.stop, one.box)
        for one in labels(town)
    ] == [
        ("段老", "", ("低糖", "软食"), "Z001", 1, 1, 1),
        ("段老", "", ("低糖", "软食"), "Z001", 1, 1, 2),
        ("姚老", "文化新村助餐点", ("清真",), "Z002", 1, 1, 1),
        ("姚老", "文化新村助餐点", ("清真",), "Z002", 1, 1, 2),
        ("姚老", "文化新村助餐点", ("清真",), "Z002", 1, 1, 3),
        ("䶮老", "", ("低盐",), "Z001", 2, 1, 1),
        ("许老", "", (), "Z001", 1, 2, 1),
    ]


def test_regular_meals_for_a_meal_point_have_one_label_for_their_crate(town):
    canteen = town.canteen()
    point = town.meal_point(canteen)
    town.order(
        town.elder("G1", "姚娟", sex=Sex.FEMALE), OrderKind.PICK_UP, meal_point_id=point,
        diets=["低盐"],
    )  # fmt: skip
    supply = town.order(None, OrderKind.SUPPLY, 9, meal_point_id=point, canteen_id=canteen)
    town.duty(town.revision(), town.courier(canteen), ("10:40", [(supply, 5)]))
    found = [(one.name, one.diets, one.portions, one.boxes) for one in labels(town)]
    assert found == [("姚奶奶", ("低盐",), 1, 1), ("文化新村助餐点", (), 8, 1)]


def test_a_sticker_says_who_what_where_and_when_but_no_name_in_full(lunch, printed):
    (page,) = printed(lunch.canteen)
    texts = stickers(page)
    first = texts[0, 0]
    for part in (
        "段老", "2份·1/2", "低糖+软食", "Z001", "段建娟", "第1趟", "第1站", "2026-11-21周六午餐",
        "金田花园老年食堂", "第1版", "草稿",
    ):  # fmt: skip
        assert part in first
    assert "普通餐" in texts[3, 0]
    every = "".join(texts.values())
    assert not any(name in every for name in ("段永康", "许宝根", "䶮㛃堃", "姚娟"))


def test_labels_come_in_english_too(lunch, printed):
    (page,) = printed(lunch.canteen, language="en")
    first = stickers(page)[0, 0]
    for part in ("×2·1/2", "Trip1", "stop1", "lunch", "Revision1DRAFT"):
        assert part in first


def test_a_special_meal_is_black_where_a_regular_one_is_white(lunch, town):
    pdf = labels_pdf(town.runtime, town.day, town.meal, lunch.canteen)
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=2, grayscale=True).to_pil()

    def ink(row, column):
        sheet, dot = LabelSheet(), 2 / POINT
        x = (sheet.left + column * (sheet.width + sheet.column_gap)) * dot
        y = (sheet.top + row * sheet.height) * dot
        part = image.crop((int(x), int(y), int(x + 70 * dot), int(y + sheet.height * dot)))
        return sum(part.histogram()[:128]) / (part.width * part.height)

    special, regular = ink(0, 0), ink(3, 0)
    assert special > 0.2 > 0.1 > regular


def test_a_used_sheet_is_filled_from_its_first_sticker_on(lunch, printed):
    first, second = printed(lunch.canteen, from_label=10)
    assert sorted(stickers(first)) == [(4, 1), (5, 0), (5, 1), (6, 0), (6, 1)]
    assert sorted(stickers(second)) == [(0, 0), (0, 1)]
    for number in (0, 15):
        with pytest.raises(InvalidInput, match="stickers 1 to 14"):
            printed(lunch.canteen, from_label=number)


@pytest.mark.parametrize(
    "sheet", [LabelSheet(), LabelSheet(3, 8, 64, 33.9, 13, 5, 3, 0.5)], ids=["2x7", "3x8"]
)
def test_the_longest_texts_stay_inside_their_sticker_and_diets_stay_whole(town, printed, sheet):
    canteen = town.canteen(name="杭州市西湖区三墩镇金田花园社区居家养老服务中心老年食堂" * 2)
    point = town.meal_point(canteen, name="文化新村社区居家养老服务照料中心助餐点" * 4)
    diets = sorted(DIETS)
    names = ("Maximilian Alexander von Habsburg-Lothringen", "W" * 80, "欧阳" * 20)
    stops = [
        (town.order(town.elder(f"L{at}", name), portions=12, diets=diets), 5)
        for at, name in enumerate(names)
    ]
    supply = town.order(None, OrderKind.SUPPLY, 900, meal_point_id=point, canteen_id=canteen)
    courier = town.courier(canteen, "COURIER-0000000000-123456789", "买买提·阿卜杜热西提江" * 4)
    town.duty(town.revision(), courier, ("10:40", [*stops, (supply, 7)]))
    runtime = dataclasses.replace(
        town.runtime, settings=town.runtime.settings.model_copy(update={"label_sheet": sheet})
    )
    texts = [text for page in printed(canteen, runtime=runtime) for text in
             stickers(page, sheet).values()]  # fmt: skip
    assert len(texts) == 37
    for text in texts[:36]:
        assert "+".join(diets) in text
        assert "第1趟" in text
    assert "900份" in texts[36]


def revised(town):
    """Publish two revisions: a stop is put in after the first of three."""
    canteen = town.canteen()
    courier, other = town.courier(canteen), town.courier(canteen, "Z002", "徐娟")
    orders = [town.order(town.elder(f"L{at}", name)) for at, name in enumerate("段许姚文方")]
    one, two, three, apart, new = orders
    first = town.revision(1, RevisionState.SUPERSEDED)
    town.duty(first, courier, ("10:40", [(one, 3), (two, 5), (three, 7)]))
    town.duty(first, other, ("10:40", [(apart, 4)]))
    with_new = [(one, 3), (new, 4), (two, 5), (three, 7)]
    second = town.revision(2, RevisionState.PUBLISHED)
    town.duty(second, courier, ("10:40", with_new))
    town.duty(second, other, ("10:40", [(apart, 4)]))
    return canteen, orders


def test_only_labels_that_say_something_else_are_printed_again(town, printed):
    canteen, _ = revised(town)
    assert [(one.name, one.stop) for one in labels(town, changed=True)] == [
        ("方老", 2), ("许老", 3), ("姚老", 4),
    ]  # fmt: skip
    (page,) = printed(canteen, changed=True)
    assert all("第2版▲变更" in text for text in stickers(page).values())


def test_other_portions_are_a_changed_label_and_a_changed_stop(town):
    canteen = town.canteen()
    order = town.order(town.elder("L1", "段永康"))
    courier = town.courier(canteen)
    stops = ("10:40", [(order, 5)])
    town.duty(town.revision(1, RevisionState.SUPERSEDED), courier, stops)
    with transaction(town.runtime.engine) as session:
        session.get(Order, order).portions = 2
    town.duty(town.revision(2, RevisionState.PUBLISHED), courier, stops)
    assert [(one.box, one.boxes) for one in labels(town, changed=True)] == [(1, 2), (2, 2)]
    (sheet,) = read_sheets(town.runtime, town.day, town.meal).only_changed().routes
    change = sheet.trips[0].stops[0].change
    assert change is not None
    assert (change.kind, change.before.portions) == ("portions", 1)


def test_a_first_revision_has_all_labels_new_and_none_marked(lunch, town):
    assert labels(town, changed=True) == labels(town)
    assert not any(one.changed for one in labels(town))


def test_nothing_to_label_is_said(town):
    canteen = town.canteen()
    town.order(town.elder("L1", "段永康"), OrderKind.DINE_IN, canteen_id=canteen)
    town.revision()
    with pytest.raises(NotFound, match="canteen ST01 has no boxes to label in revision 1"):
        labels_pdf(town.runtime, town.day, town.meal, canteen)
