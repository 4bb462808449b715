"""Times, windows and weekday sets are understood as people write them."""

from datetime import time, timedelta

import pytest

from mealsvc.roster.times import time_of_day, weekdays, windows
from mealsvc.roster.values import Unreadable

NOON = time(12)
ELEVEN_THIRTY = time(11, 30)


@pytest.mark.parametrize(
    "cell",
    [
        ELEVEN_THIRTY,
        timedelta(hours=11, minutes=30),
        11.5 / 24,
        "11:30",
        "11：30",
        "11:30:00",
        "11点半",
        "十一点半",
        "上午11点30分",
        "11时30分",
        "11:30 am",
    ],
)
def test_times_are_read_however_they_are_written(cell):
    assert time_of_day(cell).value == ELEVEN_THIRTY


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("下午5:15", time(17, 15)),
        ("晚上6点", time(18)),
        ("中午12点", NOON),
        ("五点三刻", time(5, 45)),
        ("5pm", time(17)),
    ],
)
def test_halves_of_the_day_count(cell, moment):
    assert time_of_day(cell).value == moment


@pytest.mark.parametrize("cell", ["25:00", "11:75", "早点", "1130"])
def test_what_is_no_time_is_refused(cell):
    with pytest.raises(Unreadable):
        time_of_day(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "11:30-12:00",
        "11：30～12：00",
        "上午11点半至12点",
        "11:30到12:00",
        "11:30 — 12:00",
        "11:30–12:00",
    ],
)
def test_windows_are_read_however_they_are_written(cell):
    assert windows(cell).value == ((ELEVEN_THIRTY, NOON),)


def test_open_windows_have_one_side():
    assert windows("11:30前").value == ((None, ELEVEN_THIRTY),)
    assert windows("11:30以后").value == ((ELEVEN_THIRTY, None),)


def test_several_windows_stand_in_one_cell():
    found = windows("11:30-12:00;下午5点到6点").value
    assert found == ((ELEVEN_THIRTY, NOON), (time(17), time(18)))


@pytest.mark.parametrize("cell", ["11:45-11:00", "11:00-11:00"])
def test_a_window_that_closes_before_it_opens_is_refused(cell):
    with pytest.raises(Unreadable, match="window_reversed"):
        windows(cell)


@pytest.mark.parametrize("cell", ["随时", "11:30", ";"])
def test_what_is_no_window_is_refused(cell):
    with pytest.raises(Unreadable):
        windows(cell)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("每天", "1111111"),
        ("daily", "1111111"),
        ("工作日", "1111100"),
        ("周一至周五", "1111100"),
        ("星期一到星期五", "1111100"),
        ("Mon-Fri", "1111100"),
        ("周末", "0000011"),
        ("周一;周三;周五", "1010100"),
        ("周一、三、五", "1010100"),
        ("一三五", "1010100"),
        ("1,3,5", "1010100"),
        (135, "1010100"),
        ("Monday, Wednesday, Friday", "1010100"),
        ("除周日", "1111110"),
        ("每天（除周日）", "1111110"),
        ("除了周六、周日以外", "1111100"),
        ("周五至周一", "1000111"),
        ("周日", "0000001"),
        ("星期天", "0000001"),
    ],
)
def test_weekday_sets_are_read_however_they_are_written(cell, days):
    read = weekdays(cell).value
    assert "".join("1" if read >> k & 1 else "0" for k in range(7)) == days


@pytest.mark.parametrize("cell", ["随便", "周八", "", "除每天", "12345678", "一周两次"])
def test_what_are_no_weekdays_is_refused(cell):
    with pytest.raises(Unreadable):
        weekdays(cell)
