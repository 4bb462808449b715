"""Coordinates are understood in their usual forms; nothing else is."""

import pytest

from mealsvc.roster.coordinates import degrees, pair
from mealsvc.roster.places import metres_between, read_place
from mealsvc.roster.values import Unreadable
from mealsvc.roster.worksheets import Uncounted
from mealsvc.vocabulary import UnlocatedReason

ZHEJIANG = (118.0, 27.0, 123.5, 31.5)


@pytest.mark.parametrize(
    "cell",
    [
        120.5,
        "120.5",
        " 120.500 ",
        "１２０.5",
        "E120.5",
        "120.5°",
        "东经120.5",
        "120°30′",
        "120°30'00\"E",
        "120度30分",
    ],
)
def test_degrees_are_read_in_their_usual_forms(cell):
    assert degrees(cell) == pytest.approx(120.5)


def test_south_and_west_are_negative():
    assert degrees("30°30′S") == -30.5
    assert degrees("W120.25") == -120.25


@pytest.mark.parametrize(
    "cell", ["待定", "120,5", "12°75′", "", True, float("nan"), Uncounted("#N/A")]
)
def test_what_are_no_degrees_is_refused(cell):
    with pytest.raises(Unreadable):
        degrees(cell)


@pytest.mark.parametrize(
    "cell", ["120.1,30.2", "120.1，30.2", "120.1 30.2", "(120.1, 30.2)", "120.1;30.2", "120.1/30.2"]
)
def test_one_cell_may_hold_both(cell):
    assert pair(cell) == ("120.1", "30.2")


def test_a_cell_with_one_value_holds_no_pair():
    with pytest.raises(Unreadable):
        pair("120.1")


@pytest.mark.parametrize("datum", ["GCJ02", "GCJ-02", "gcj02", "高德", "腾讯", "火星坐标"])
def test_a_place_is_stored_in_wgs84_with_its_source_beside_it(datum):
    place = read_place(120.16, 30.27, datum, ZHEJIANG)
    assert (place.raw_lon, place.raw_lat, place.datum) == ("120.16", "30.27", "GCJ-02")
    assert place.reason is None
    # The offset between the two systems is several hundred metres in Hangzhou.
    assert 300 < metres_between(place.point, (120.16, 30.27)) < 800


@pytest.mark.parametrize(
    ("lon", "lat", "datum", "reason"),
    [
        (None, None, "WGS84", UnlocatedReason.MISSING),
        (120.1, None, "WGS84", UnlocatedReason.MISSING),
        (0, 0, "WGS84", UnlocatedReason.MISSING),
        ("待定", "待定", "WGS84", UnlocatedReason.UNREADABLE),
        (120.1, 30.2, None, UnlocatedReason.UNKNOWN_DATUM),
        (120.1, 30.2, "地方坐标", UnlocatedReason.UNKNOWN_DATUM),
        (116.4, 39.9, "WGS84", UnlocatedReason.OUTSIDE_AREA),
        (30.2, 120.1, "WGS84", UnlocatedReason.SWAPPED_AXES),
    ],
)
def test_an_unusable_place_has_a_reason_and_no_point(lon, lat, datum, reason):
    place = read_place(lon, lat, datum, ZHEJIANG)
    assert (place.reason, place.point) == (reason, None)


def test_swapped_axes_are_not_repaired_but_what_is_meant_is_suggested():
    place = read_place(30.2, 120.1, "WGS84", ZHEJIANG)
    assert place.suggestion == pytest.approx((120.1, 30.2))


@pytest.mark.parametrize(
    ("lon", "lat", "datum", "detail"),
    [
        (120.1, None, "WGS84", "120.1, –"),
        ("路口", 30.2, "WGS84", "路口, 30.2"),
        (0, 0, "WGS84", "0, 0"),
        (30.2, 120.1, "WGS84", "30.2, 120.1"),
        (120.1, 30.2, "Beijing54", "Beijing54"),
        (120.1, 30.2, None, None),
    ],
)
def test_what_is_stored_about_an_unusable_place_quotes_its_source_and_has_no_language(
    lon, lat, datum, detail
):
    assert read_place(lon, lat, datum, ZHEJIANG).detail == detail
