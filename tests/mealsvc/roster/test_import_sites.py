"""Canteens, meal points and couriers from rosters: odd figures cost a warning, not the row."""

from datetime import time

import pytest
from sqlmodel import Session, select

from mealsvc.store import (
    Canteen,
    Courier,
)
from mealsvc.vocabulary import Mode
from tests.mealsvc.roster.rosters import CANTEEN, COURIER, MEAL_POINT, codes


def counts(report, kind="elders"):
    kept = report.counts[kind]
    return kept.imported, kept.updated, kept.rejected, kept.duplicates, kept.empty


def test_a_refused_canteen_does_not_take_the_others_with_it(bare_desk):
    report = bare_desk.sites(
        canteens=[CANTEEN, {**CANTEEN, "食堂编号": "ST02", "名称": None}],
        points=[MEAL_POINT, {**MEAL_POINT, "助餐点编号": "ZC02", "供餐食堂": "ST02"}],
        couriers=[COURIER, {**COURIER, "编号": "Z002", "食堂编号": "ST02"}],
    )
    assert [f.code for f in report.findings] == [
        "name_missing",
        "canteen_unknown",
        "canteen_unknown",
    ]
    assert {kind: report.counts[kind].imported for kind in report.counts} == {
        "canteens": 1,
        "meal_points": 1,
        "couriers": 1,
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"午餐产能(份)": 0}, "capacity_zero"),
        ({"午餐产能(份)": None}, "no_capacity"),
        ({"午餐产能(份)": -5}, "out_of_range"),
        ({"午餐出餐时间": "12:30", "午餐截止时间": "10:30"}, "hours_reversed"),
    ],
)
def test_a_canteen_with_odd_figures_is_taken_with_a_warning(bare_desk, change, code):
    report = bare_desk.sites(canteens=[{**CANTEEN, **change}], points=(), couriers=())
    assert codes(report) == [(2, code)]
    assert report.counts["canteens"].imported == 1


def test_a_canteen_without_hours_gets_the_usual_ones(bare_desk):
    bare_desk.sites(points=(), couriers=())
    with Session(bare_desk.runtime.engine) as session:
        meal = session.exec(select(Canteen)).one().meals[0]
        assert (meal.capacity, meal.opens, meal.closes) == (100, time(10, 30), time(12, 30))


@pytest.mark.parametrize(
    ("change", "code", "taken"),
    [
        ({"保温箱(份)": None}, "boxes_missing", False),
        ({"保温箱(份)": "几个"}, "boxes_missing", False),
        ({"保温箱(份)": 0}, "boxes_zero", True),
        ({"交通方式": "飞机"}, "unknown_word", True),
        ({"出勤日": "看情况"}, "not_weekdays", True),
        ({"出勤日": None}, "not_weekdays", True),
        ({"班次结束": "10:00"}, "hours_reversed", True),
        ({"班次结束": None}, "hours_missing", True),
        ({"食堂编号": None}, "canteen_missing", False),
        ({"食堂编号": "ST77"}, "canteen_unknown", False),
    ],
)
def test_a_courier_is_never_given_more_than_is_certain(bare_desk, change, code, taken):
    report = bare_desk.sites(couriers=[{**COURIER, **change}])
    assert codes(report) == [(2, code)]
    with Session(bare_desk.runtime.engine) as session:
        couriers = session.exec(select(Courier)).all()
        assert len(couriers) == taken
        if code in {"not_weekdays", "hours_reversed", "hours_missing"}:
            assert couriers[0].shifts == []
        if code == "unknown_word":
            assert couriers[0].mode is Mode.FOOT


def test_a_changed_shift_replaces_the_old_one(bare_desk):
    bare_desk.sites()
    report = bare_desk.sites(couriers=[{**COURIER, "班次结束": "12:00"}])
    assert counts(report, "couriers") == (0, 1, 0, 0, 0)
    with Session(bare_desk.runtime.engine) as session:
        shifts = session.exec(select(Courier)).one().shifts
        assert [(s.starts, s.ends) for s in shifts] == [(time(10, 30), time(12))]
