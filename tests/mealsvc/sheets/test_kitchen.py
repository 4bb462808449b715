"""The kitchen count counts every portion once."""

import io
import re

import pypdf
import pytest

from mealsvc.errors import NotFound
from mealsvc.sheets import kitchen_count, kitchen_count_pdf, read_sheets
from mealsvc.vocabulary import OrderKind, RevisionState


@pytest.fixture
def count(lunch, town):
    return kitchen_count(town.runtime, town.day, town.meal, lunch.canteen)


def test_portions_by_way_out_of_the_kitchen(count):
    assert count.portions == (4, 3, 2, 0)
    assert count.total == 9


def test_cooked_and_left_out_portions_are_all_orders_of_the_service(lunch, town):
    sheets = read_sheets(town.runtime, town.day, town.meal)
    cooked = sum(count.total for count in sheets.kitchens)
    left = sum(order.portions for order in sheets.left_out)
    ordered = 2 + 1 + 1 + 3 + 2 + 1 + 1  # supply carries the three that a guest collects
    assert cooked + left == ordered


def test_portions_by_diets(count):
    assert [(row.diets, row.portions) for row in count.diets] == [
        ((), (1, 0, 2, 0)),
        (("清真",), (0, 3, 0, 0)),
        (("低糖", "软食"), (2, 0, 0, 0)),
        (("低盐",), (1, 0, 0, 0)),
    ]


def test_specials_name_person_and_trip(count):
    assert [(one.special.name, one.courier, one.trip) for one in count.specials] == [
        ("䶮㛃堃", "段建娟", 2),
        ("段永康", "段建娟", 1),
        ("姚娟", "徐娟", 1),
    ]


def test_trips_are_packed_in_the_order_of_loading(count):
    assert [
        (f"{trip.loads_at:%H:%M}", trip.courier_code, trip.trip, trip.portions)
        for trip in count.trips
    ] == [("10:31", "Z001", 1, 3), ("10:35", "Z002", 1, 3), ("11:05", "Z001", 2, 1)]


def test_left_out_orders_of_the_canteen_have_reason_and_phone(count):
    (lost,) = count.left_out
    assert (lost.name, lost.reason, lost.detail) == ("宋金昌", "swapped_axes", "30.28, 120.09")
    assert lost.phone == "13800005408"


def test_orders_that_no_canteen_answers_for_are_listed_for_the_service(lunch, town):
    left = {one.name: one.reason for one in read_sheets(town.runtime, town.day, town.meal).left_out}
    assert left == {"文庆祥": "too_far", "宋金昌": "swapped_axes"}


def test_a_meal_that_no_kitchen_cooks_is_not_lost(town):
    canteen = town.canteen()
    town.duty(town.revision(), town.courier(canteen))
    nowhere, unsupplied, here = (town.elder(code, code) for code in ("D1", "P1", "P2"))
    town.order(nowhere, OrderKind.DINE_IN)
    town.order(unsupplied, OrderKind.PICK_UP, meal_point_id=town.meal_point(canteen))
    town.order(here, OrderKind.PICK_UP, 2, canteen_id=canteen)
    sheets = read_sheets(town.runtime, town.day, town.meal)
    assert {one.code: one.reason for one in sheets.left_out} == {
        "D1": "no_kitchen",
        "P1": "no_kitchen",
    }
    assert sheets.kitchens[0].portions == (0, 0, 0, 2)


def test_cancelled_orders_are_not_cooked(lunch, town):
    gone = town.elder("L99", "已取消")
    town.order(gone, OrderKind.DINE_IN, 5, canteen_id=lunch.canteen, cancelled=True)
    count = kitchen_count(town.runtime, town.day, town.meal, lunch.canteen)
    assert count.portions[2] == 2


def test_couriers_without_a_duty_any_more_are_released(town):
    canteen = town.canteen()
    duan, xu = town.courier(canteen), town.courier(canteen, "Z002", "徐娟")
    order = town.order(town.elder("L1", "段永康"))
    town.duty(town.revision(1, RevisionState.SUPERSEDED), xu, ("10:40", [(order, 5)]))
    town.duty(town.revision(2, RevisionState.PUBLISHED), duan, ("10:40", [(order, 5)]))
    count = kitchen_count(town.runtime, town.day, town.meal, canteen)
    assert count.released == (("Z002", "徐娟"),)


def test_the_pdf_says_what_to_cook_pack_and_whom_to_call(lunch, town):
    pdf = kitchen_count_pdf(town.runtime, town.day, town.meal, lunch.canteen)
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = re.sub(r"\s+", "", page.extract_text())
    parts = ("备餐单", "今日备餐", "9", "普通餐", "低糖+软食", "段永康", "分趟装箱", "10:31",
             "留样125g", "宋金昌", "经纬度写反", "138")  # fmt: skip
    at = 0
    for part in parts:
        at = text.index(part, at) + 1


def test_a_canteen_with_nothing_to_do_is_said(lunch, town):
    idle = town.canteen("ST02", "闲食堂")
    with pytest.raises(NotFound, match="ST02 has nothing to do"):
        kitchen_count(town.runtime, town.day, town.meal, idle)
    with pytest.raises(NotFound, match="no canteen with id 999"):
        kitchen_count(town.runtime, town.day, town.meal, 999)
