"""Whatever a list of elders holds, no row is lost and importing it twice changes nothing."""

import contextlib
import csv
import shutil
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from mealsvc.roster import Outcome, RosterFiles, import_roster
from mealsvc.roster.numerals import chinese_number
from mealsvc.roster.times import weekdays, windows
from mealsvc.roster.values import Unreadable, day, floor, phone, whole_number, yes_no
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.store import Elder, migrate, open_engine

JUNK = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
CELLS = {
    "编号": st.sampled_from(["L1", "L2", "L3", "", "合计"]),
    "姓名": st.sampled_from(["王桂英", "李秀兰", "", "张㛃"]),
    "手机号": st.sampled_from(["13900001234", "139", "1.39e10", ""]) | JUNK,
    "出生日期": st.sampled_from(["1938-05-06", "一九三八年五月六日", "1938.5", ""]) | JUNK,
    "楼层": st.sampled_from(["3", "负一", "B1", "0"]) | JUNK,
    "经度": st.sampled_from(["120.1", "30.3", "0", ""]) | JUNK,
    "纬度": st.sampled_from(["30.3", "120.1", "0", ""]) | JUNK,
    "坐标系": st.sampled_from(["WGS84", "高德", "BD09", ""]) | JUNK,
    "用餐方式": st.sampled_from(["送餐上门", "自取", "堂食", ""]) | JUNK,
    "午餐份数": st.sampled_from(["1", "两份", "0", "-1", "99"]) | JUNK,
    "订餐日": st.sampled_from(["每天", "一三五", "除周日", ""]) | JUNK,
    "送餐时间": st.sampled_from(["11:00-11:45", "11:45-11:00", "17:00-18:00", ""]) | JUNK,
    "饮食要求": st.sampled_from(["低糖;软食", ""]) | JUNK,
}
ROWS = st.lists(st.fixed_dictionaries(CELLS) | st.just({}), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("property") / "empty.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


def people(runtime):
    with Session(runtime.engine) as session:
        return [
            (one.code, one.model_dump(), one.address.model_dump(), len(one.standing_orders))
            for one in session.exec(select(Elder).order_by(Elder.code)).all()
        ]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS)
def test_rows_add_up_and_a_second_import_changes_nothing(template, rows):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(template, folder / "db.sqlite")
        engine = open_engine(f"sqlite:///{folder / 'db.sqlite'}")
        now = datetime(2026, 11, 20, 4, tzinfo=UTC)
        runtime = Runtime(Settings(home=folder, _env_file=None), engine, lambda: now)
        path = folder / "elders.csv"
        with path.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(CELLS)
            writer.writerows([row.get(title, "") for title in CELLS] for row in rows)
        files = RosterFiles(elders=[path])
        rehearsal = import_roster(runtime, files, dry_run=True)
        assert people(runtime) == []
        first = import_roster(runtime, files)
        before = people(runtime)
        second = import_roster(runtime, files)
        after = people(runtime)
        engine.dispose()
    assert after == before
    assert rehearsal.counts == first.counts
    kept = first.counts["elders"]
    assert kept.read == sum(getattr(kept, outcome.value) for outcome in Outcome)
    assert kept.imported == len(before)
    again = second.counts["elders"]
    assert (again.imported, again.updated) == (0, 0)
    assert (again.rejected, again.empty) == (kept.rejected, kept.empty)
    for finding in (*first.findings, *second.findings):
        assert finding.message("zh")
        assert finding.message("en")
        assert finding.advice("zh")
        assert finding.advice("en")


@pytest.mark.parametrize("read", [whole_number, floor, day, phone, yes_no, weekdays, windows])
@settings(max_examples=60, deadline=None)
@given(cell=JUNK | st.floats() | st.integers() | st.booleans() | st.dates() | st.times())
def test_readers_understand_or_refuse_but_never_break(read, cell):
    with contextlib.suppress(Unreadable):
        assert read(cell).value is not None


@given(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
def test_dates_are_read_from_each_of_their_forms(moment):
    forms = [
        moment.isoformat(),
        f"{moment.year}/{moment.month}/{moment.day}",
        f"{moment.year}.{moment.month}.{moment.day}",
        f"{moment.year}年{moment.month}月{moment.day}日",
        f"{moment:%Y%m%d}",
    ]
    assert {day(form).value for form in forms} == {moment}


@given(st.integers(0, 9999))
def test_numerals_read_what_is_spelled(number):
    assert chinese_number(spelled(number)) == number


def spelled(number):
    """Spell a number as it is spoken: 105 is 一百零五, 12 is 一十二."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    words, gap = "", False
    for unit, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + mark
            gap = False
        else:
            gap = True
    return words


def test_the_helper_of_these_tests_spells_as_people_do():
    assert [spelled(n) for n in (105, 12, 2300, 1001)] == [
        "一百零五",
        "一十二",
        "二千三百",
        "一千零一",
    ]
