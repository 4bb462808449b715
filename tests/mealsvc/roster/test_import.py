"""An import takes every row that can be served, reports the rest, and changes nothing twice."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import Session, select

from mealsvc.errors import StorageFailure
from mealsvc.roster import RosterFiles, Severity, import_roster
from mealsvc.runtime import Runtime
from mealsvc.store import (
    AuditEntry,
    Canteen,
    Elder,
    ImportRun,
    MealPoint,
    open_engine,
    transaction,
)
from mealsvc.vocabulary import CareLevel, EndReason, Meal, MealWay, UnlocatedReason
from tests.mealsvc.roster.rosters import CANTEEN, COURIER, MEAL_POINT, Desk, codes, elder, write


def counts(report, kind="elders"):
    kept = report.counts[kind]
    return kept.imported, kept.updated, kept.rejected, kept.duplicates, kept.empty


def test_a_clean_row_becomes_one_persons_file(desk):
    report = desk.elders(
        elder(
            1,
            性别="女",
            午餐份数=2,
            晚餐份数=1,
            订餐日="周一至周五",
            饮食要求="低糖;软食",
            送餐时间="11:00-11:45",
            自理能力="半失能",
            独居="是",
            困难类别="低保",
            紧急联系人="王小明",
            紧急联系电话="13700001234",
            惯常送餐员="Z001",
            备注="有狗",
        )
    )
    assert report.findings == ()
    kept = desk.stored()["L00001"]
    assert kept.birth_date == date(1938, 5, 6)
    assert kept.care_level is CareLevel.SEMI_DISABLED
    assert kept.diets == ["低糖", "软食"]
    assert (kept.lives_alone, kept.hardship.value, kept.door_note) == (True, "dibao", "有狗")
    assert (kept.address.floor, kept.address.lift, kept.address.unlocated_reason) == (
        5,
        False,
        None,
    )
    assert [(c.name, c.phone) for c in kept.contacts] == [("王小明", "13700001234")]
    dinner, lunch = kept.standing_orders
    assert (lunch.portions, lunch.weekdays, lunch.valid_from) == (2, 31, date(2026, 11, 20))
    assert (lunch.window_from, lunch.window_to) == (time(11), time(11, 45))
    assert (dinner.portions, dinner.window_from) == (1, None)
    assert kept.usual_courier_id is not None


def test_importing_twice_changes_nothing(desk):
    rows = [elder(1), elder(2, 经度=None), elder(3, 用餐方式="自取"), elder(4, 午餐份数="两份")]
    first = desk.elders(*rows)
    before = {code: one.updated_at for code, one in desk.stored().items()}
    desk.runtime.clock.now += timedelta(days=3)
    second = desk.elders(*rows)
    assert counts(first) == (4, 0, 0, 0, 0)
    assert counts(second) == (0, 0, 0, 4, 0)
    assert {code: one.updated_at for code, one in desk.stored().items()} == before
    sites = desk.sites()
    assert [counts(sites, kind)[3] for kind in sites.counts] == [1, 1, 1]


def test_a_changed_row_updates_the_file_of_its_code(desk):
    desk.elders(elder(1))
    report = desk.elders(elder(1, 手机号="13900009999", 楼层=2))
    assert counts(report) == (0, 1, 0, 0, 0)
    assert (desk.stored()["L00001"].phone, desk.stored()["L00001"].address.floor) == (
        "13900009999",
        2,
    )


def test_a_dry_run_reports_the_same_and_saves_nothing(desk):
    rows = [elder(1), elder(2, 午餐份数=-1), {}]
    rehearsal = desk.elders(*rows, dry_run=True)
    assert desk.stored() == {}
    real = desk.elders(*rows)
    assert rehearsal.counts == real.counts
    assert rehearsal.findings == real.findings


def test_both_runs_leave_a_record_and_an_audit_entry(desk):
    desk.elders(elder(1), dry_run=True, actor="wang")
    report = desk.elders(elder(1, 手机号="123"), actor="li")
    with Session(desk.runtime.engine) as session:
        runs = session.exec(select(ImportRun).order_by(ImportRun.id)).all()[-2:]
        entries = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()[-3:]
    assert [(run.actor, run.dry_run) for run in runs] == [("wang", True), ("li", False)]
    assert runs[1].counts["elders"]["imported"] == 1
    assert runs[1].report[0]["code"] == "phone_length"
    first, last = (f"import:{run.id}" for run in runs)
    assert [entry.subject for entry in entries] == [first, "elder:L00001", last]
    assert report.run_id == runs[1].id


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"编号": None}, "code_missing"),
        ({"姓名": " "}, "name_missing"),
        ({"午餐份数": -1}, "portions_range"),
        ({"午餐份数": 99}, "portions_range"),
        ({"午餐份数": "若干"}, "portions_unreadable"),
        ({"用餐方式": "云吃"}, "unknown_way"),
        ({"编号": "L" * 50}, "too_long_key"),
    ],
)
def test_a_row_that_cannot_be_served_is_refused_and_the_others_are_not(desk, change, code):
    report = desk.elders(elder(1), elder(2, **change), elder(3))
    assert codes(report) == [(3, code)]
    assert report.findings[0].severity is Severity.ERROR
    assert counts(report) == (2, 0, 1, 0, 0)
    assert sorted(desk.stored()) == ["L00001", "L00003"]


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({"出生日期": "不详"}, "not_a_date", Severity.WARNING),
        ({"出生日期": "2030-01-01"}, "date_unlikely", Severity.WARNING),
        ({"出生日期": "一九三八年五月六日"}, "date_in_words", Severity.NOTE),
        ({"手机号": "139000087"}, "phone_length", Severity.WARNING),
        ({"楼层": "顶楼"}, "not_a_number", Severity.WARNING),
        ({"楼层": "负一"}, "number_in_words", Severity.NOTE),
        ({"电梯": "也许"}, "not_yes_or_no", Severity.WARNING),
        ({"订餐日": "随便"}, "not_weekdays", Severity.WARNING),
        ({"订餐日": None}, "days_missing", Severity.WARNING),
        ({"送餐时间": "11:45-11:00"}, "window_reversed", Severity.WARNING),
        ({"送餐时间": "17:00-17:30"}, "window_unused", Severity.WARNING),
        ({"送餐时间": "随时"}, "not_a_window", Severity.WARNING),
        ({"自理能力": "一般"}, "unknown_word", Severity.WARNING),
        ({"饮食要求": "不吃香菜"}, "unknown_diet", Severity.WARNING),
        ({"用餐方式": None}, "way_missing", Severity.WARNING),
        ({"午餐份数": 0}, "no_portions", Severity.WARNING),
        ({"午餐份数": "两份"}, "number_in_words", Severity.NOTE),
        ({"惯常送餐员": "Z999"}, "courier_unknown", Severity.WARNING),
        ({"助餐点": "ZC99"}, "meal_point_unknown", Severity.WARNING),
        ({"食堂": "ST99"}, "canteen_unknown", Severity.WARNING),
        ({"备注": "长" * 600}, "text_cut", Severity.WARNING),
        ({"经度": None}, "place_missing", Severity.PLACE),
        ({"经度": 30.301, "纬度": 120.101}, "place_swapped_axes", Severity.PLACE),
        ({"坐标系": None}, "place_unknown_datum", Severity.PLACE),
        ({"纬度": 39.9}, "place_outside_area", Severity.PLACE),
        ({"经度": "待定"}, "place_unreadable", Severity.PLACE),
    ],
)
def test_a_typo_costs_the_field_and_not_the_meal(desk, change, code, severity):
    report = desk.elders(elder(1, **change))
    assert codes(report) == [(2, code)]
    assert report.findings[0].severity is severity
    assert counts(report) == (1, 0, 0, 0, 0)
    for language in ("zh", "en"):
        assert report.findings[0].message(language)
        assert report.findings[0].advice(language)


def test_a_finding_names_column_letter_and_value(desk):
    found = desk.elders(elder(1, 手机号="139000087")).findings[0]
    assert (found.file, found.sheet, found.row) == ("elders.xlsx", "老人", 2)
    assert (found.column, found.value) == ("手机号 (D)", "139000087")


def test_a_value_that_cannot_be_read_leaves_the_stored_one(desk):
    desk.elders(elder(1, 饮食要求="低糖"))
    desk.elders(elder(1, 出生日期="不详", 楼层="顶楼"))
    kept = desk.stored()["L00001"]
    assert (kept.birth_date, kept.address.floor) == (date(1938, 5, 6), 5)


def test_an_empty_cell_clears_and_an_absent_column_keeps(desk):
    desk.elders(elder(1, 备注="有狗", 饮食要求="低糖"))
    desk.elders(elder(1, 备注=None))
    kept = desk.stored()["L00001"]
    assert (kept.door_note, kept.diets) == (None, ["低糖"])


def test_unknown_diets_are_seen_at_the_door(desk):
    desk.elders(elder(1, 饮食要求="低盐;不吃香菜", 备注="有狗"))
    kept = desk.stored()["L00001"]
    assert (kept.diets, kept.door_note) == (["低盐"], "有狗；饮食：不吃香菜")


def test_the_same_row_twice_counts_as_a_duplicate(desk):
    report = desk.elders(elder(1), {}, elder(1))
    assert codes(report) == [(3, "blank_row"), (4, "same_row")]
    assert report.findings[1].details["row"] == 2
    assert counts(report) == (1, 0, 0, 1, 1)


def test_one_code_with_two_contents_is_refused_and_says_where_they_differ(desk):
    report = desk.elders(elder(1), elder(1, 姓名="别人"))
    assert codes(report) == [(3, "same_code")]
    assert report.findings[0].details["fields"] == "姓名 (B)"
    assert counts(report) == (1, 0, 1, 0, 0)


def test_one_person_under_two_codes_has_one_file(desk):
    same = elder(1)
    report = desk.elders(same, {**same, "编号": "L00077"})
    assert codes(report) == [(3, "same_person")]
    later = desk.elders({**same, "编号": "L00088"})
    assert codes(later) == [(2, "stored_person")]
    assert list(desk.stored()) == ["L00001"]


def test_a_couple_may_share_a_phone(desk):
    report = desk.elders(elder(1, 手机号="13900000001"), elder(2, 手机号="13900000001"))
    assert counts(report) == (2, 0, 0, 0, 0)


def test_who_is_in_the_records_but_not_in_the_file_is_listed_and_left(desk):
    desk.elders(elder(1), elder(2))
    report = desk.elders(elder(2))
    assert report.missing["elders"] == [("L00001", "王桂英1")]
    assert sorted(desk.stored()) == ["L00001", "L00002"]


def test_a_service_that_ended_is_not_taken_up_again_by_a_list(desk):
    desk.elders(elder(1))
    with transaction(desk.runtime.engine) as session:
        one = session.exec(select(Elder)).one()
        one.ended_on, one.end_reason = date(2026, 11, 19), EndReason.DEATH
    report = desk.elders(elder(1, 楼层=9))
    assert codes(report) == [(2, "service_ended")]
    assert counts(report) == (0, 0, 0, 1, 0)


def test_a_changed_standing_order_keeps_the_old_one_as_history(desk):
    desk.elders(elder(1))
    desk.runtime.clock.now += timedelta(days=5)
    desk.elders(elder(1, 午餐份数=2))
    old, new = desk.stored()["L00001"].standing_orders
    assert (old.portions, old.valid_to) == (1, date(2026, 11, 24))
    assert (new.portions, new.valid_from, new.valid_to) == (2, date(2026, 11, 25), None)


def test_portions_that_become_zero_end_the_standing_order(desk):
    desk.elders(elder(1, 晚餐份数=1))
    desk.runtime.clock.now += timedelta(days=5)
    desk.elders(elder(1, 晚餐份数=0))
    orders = desk.stored()["L00001"].standing_orders
    assert [(o.meal, o.valid_to) for o in orders] == [
        (Meal.DINNER, date(2026, 11, 24)),
        (Meal.LUNCH, None),
    ]


def test_who_collects_without_naming_a_meal_point_gets_the_nearest_and_keeps_it(desk):
    report = desk.elders(elder(1, 用餐方式="助餐点自取"))
    assert codes(report) == [(2, "meal_point_assigned")]
    assert "ZC01" in report.findings[0].message("zh")
    again = desk.elders(elder(1, 用餐方式="助餐点自取"))
    assert codes(again) == [(2, "meal_point_kept")]
    assert counts(again) == (0, 0, 0, 1, 0)
    assert desk.stored()["L00001"].standing_orders[0].way is MealWay.PICK_UP


def test_a_meal_point_out_of_reach_is_not_assigned(desk):
    report = desk.elders(elder(1, 用餐方式="自取", 纬度=30.5))
    assert codes(report) == [(2, "meal_point_none")]


def test_the_keeping_canteen_is_given_or_follows_point_courier_or_distance(runtime, tmp_path):
    desk = Desk(runtime, tmp_path)
    far = {**CANTEEN, "食堂编号": "ST02", "名称": "远方食堂", "纬度": 30.9}
    desk.sites(
        canteens=[CANTEEN, far],
        points=[{**MEAL_POINT, "供餐食堂": "ST02"}],
        couriers=[{**COURIER, "食堂编号": "ST02"}],
    )
    desk.elders(
        elder(1),
        elder(2, 用餐方式="自取", 助餐点="ZC01"),
        elder(3, 惯常送餐员="陈志明"),
        elder(4, 食堂="远方食堂"),
    )
    with Session(runtime.engine) as session:
        codes_by_id = {one.id: one.code for one in session.exec(select(Canteen)).all()}
    kept = {c: (codes_by_id[e.canteen_id], e.canteen_given) for c, e in desk.stored().items()}
    assert kept == {
        "L00001": ("ST01", False),
        "L00002": ("ST02", False),
        "L00003": ("ST02", False),
        "L00004": ("ST02", True),
    }


def test_an_unlocated_elder_is_offered_the_place_of_the_compound(desk):
    report = desk.elders(elder(1), elder(2), elder(3, 经度=None, 纬度=None))
    found = report.findings[0]
    assert found.code == "place_missing"
    assert "2 户" in found.advice("zh")
    assert "120.101000, 30.301000" in found.advice("en")
    assert desk.stored()["L00003"].address.unlocated_reason is UnlocatedReason.MISSING


def test_an_import_that_fails_in_the_middle_leaves_the_records_whole(desk, monkeypatch):
    desk.elders(elder(1))

    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("mealsvc.roster.importing._record_run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        desk.elders(elder(1, 楼层=9), elder(2))
    assert [one.address.floor for one in desk.stored().values()] == [5]


def test_a_locked_database_says_so_and_saves_nothing(desk, monkeypatch):
    monkeypatch.setattr("mealsvc.store.engine.BUSY_SECONDS", 0)
    impatient = open_engine(desk.runtime.engine.url.render_as_string(hide_password=False))
    runtime = Runtime(desk.runtime.settings, impatient, desk.runtime.clock)
    with desk.runtime.engine.connect() as other:
        other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailure, match="busy"):
            Desk(runtime, desk.folder).elders(elder(1))
        other.exec_driver_sql("ROLLBACK")
    impatient.dispose()
    assert desk.stored() == {}


def test_rare_characters_and_control_characters_survive_every_database(
    each_engine, settings, clock, tmp_path
):
    desk = Desk(Runtime(settings, each_engine, clock), tmp_path)
    desk.sites()
    path = tmp_path / "elders.csv"
    row = {**elder(1, 姓名="张㛃䶮"), "备注": "有狗\x00\x07"}
    path.write_text(",".join(row) + "\n" + ",".join(map(str, row.values())), encoding="utf-8")
    assert counts(desk.read(path)) == (1, 0, 0, 0, 0)
    assert counts(desk.read(path)) == (0, 0, 0, 1, 0)
    kept = desk.stored()["L00001"]
    assert (kept.name, kept.door_note) == ("张㛃䶮", "有狗")


def test_all_three_lists_may_come_in_one_workbook(bare_desk):
    path = write(
        bare_desk.path("all.xlsx"),
        {"食堂": [CANTEEN], "助餐点": [MEAL_POINT], "送餐员": [COURIER], "老人": [elder(1)]},
    )
    files = RosterFiles(canteens=[path], couriers=[path], elders=[path])
    report = import_roster(bare_desk.runtime, files)
    assert [kept.imported for kept in report.counts.values()] == [1, 1, 1, 1]
    with Session(bare_desk.runtime.engine) as session:
        assert session.exec(select(MealPoint)).one().capacity == 30
