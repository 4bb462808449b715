"""Files of every sort are read, or refused with a sentence that says what to do."""

import struct
import zipfile

import msoffcrypto
import pytest
from openpyxl import Workbook

from mealsvc.errors import InvalidInput
from mealsvc.roster import RosterFiles, import_roster
from tests.mealsvc.roster.rosters import CANTEEN, COURIER, ELDER, codes, elder, write

ROW = ",".join(str(value) for value in ELDER.values())
TITLES = ",".join(ELDER)


def refused(desk, path):
    with pytest.raises(InvalidInput) as caught:
        desk.read(path)
    assert desk.stored() == {}
    return caught.value.message


def csv(desk, content, name="elders.csv", encoding="utf-8"):
    path = desk.path(name)
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_usual_encoding_is_read(desk, encoding):
    report = desk.read(csv(desk, f"{TITLES}\n{ROW}\n", encoding=encoding))
    assert report.findings == ()
    assert desk.stored()["L00001"].name == "王桂英"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_with_every_usual_separator_is_read(desk, separator):
    content = f"{TITLES}\n{ROW}\n".replace(",", separator)
    assert desk.read(csv(desk, content)).findings == ()
    assert desk.stored()["L00001"].address.floor == 5


def test_quoted_cells_may_hold_separators_and_line_ends(desk):
    desk.read(csv(desk, f'{TITLES},备注\n{ROW},"有狗, 请\n先打电话"\n'))
    assert desk.stored()["L00001"].door_note == "有狗, 请 先打电话"


def test_titles_above_the_header_and_notes_below_are_no_records(desk):
    path = write(
        desk.path("elders.xlsx"),
        {"老人": [elder(1), {"编号": "合计", "午餐份数": 1}, {"编号": "注：以上为十一月名单"}]},
        above=[["西湖区老年助餐名单"], [None, "2026年11月"], []],
    )
    report = desk.read(path)
    assert codes(report) == [(6, "note_row"), (7, "note_row")]
    assert report.counts["elders"].to_dict() == {
        "read": 3, "imported": 1, "updated": 0, "rejected": 0, "duplicates": 0, "empty": 2,
        "unlocated": 0,
    }  # fmt: skip


def test_headers_are_found_in_any_order_language_and_bracket(desk):
    row = {
        "Elder Code": "L1",
        "姓 名": "王桂英",
        "午餐（份）": 1,
        "  用餐方式*": "dine-in",
        "Weekdays": "Mon-Fri",
        "血型": "A",
    }
    report = desk.elders(row)
    unknown = next(f for f in report.findings if f.code == "unknown_columns")
    assert "血型" in unknown.message("zh")
    assert desk.stored()["L1"].standing_orders[0].weekdays == 31


def test_a_header_that_names_the_datum_in_brackets_is_believed(desk):
    row = elder(1)
    row = {f"{k}(高德)" if k == "经度" else k: v for k, v in row.items() if k != "坐标系"}
    desk.elders(row)
    assert desk.stored()["L00001"].address.datum == "GCJ-02"


def test_merged_cells_count_for_all_their_rows(desk):
    path = desk.path("elders.xlsx")
    book = Workbook()
    sheet = book.active
    sheet.append(list(ELDER))
    for number in (1, 2):
        sheet.append(list(elder(number).values()))
    column = list(ELDER).index("小区") + 1
    sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
    book.save(path)
    report = desk.read(path)
    assert [f.code for f in report.findings] == ["merged_cells"]
    assert desk.stored()["L00002"].address.compound == "荷风苑"


def test_formulas_without_a_result_are_reported_where_they_stand(desk):
    report = desk.elders(elder(1, 备注="=A1&B1"), elder(2, 午餐份数="=1+1"))
    assert codes(report) == [(2, "uncounted"), (3, "uncounted")]
    assert report.findings[1].value == "=1+1"
    assert list(desk.stored()) == ["L00001"]


def test_the_sheet_named_for_elders_is_read_and_others_are_mentioned(desk):
    path = write(desk.path("all.xlsx"), {"旧名单": [elder(9)], "老人": [elder(1)]})
    report = desk.read(path)
    assert [f.code for f in report.findings] == ["sheets_left_out"]
    assert list(desk.stored()) == ["L00001"]


def test_all_sheets_that_fit_are_read_when_none_is_named(desk):
    report = desk.read(write(desk.path("all.xlsx"), {"翠苑": [elder(1)], "文新": [elder(2)]}))
    assert report.counts["elders"].imported == 2


def test_a_workbook_with_a_password_is_refused(desk):
    plain = write(desk.path("plain.xlsx"), {"老人": [elder(1)]})
    locked = desk.path("locked.xlsx")
    with plain.open("rb") as source, locked.open("wb") as target:
        msoffcrypto.OfficeFile(source).encrypt("secret", target)
    assert "password" in refused(desk, locked)


@pytest.mark.parametrize(
    ("flags", "packing", "words"), [(1, 8, "password"), (0, 99, "damaged")], ids=["locked", "odd"]
)
def test_an_archive_that_cannot_be_unpacked_is_refused(desk, flags, packing, words):
    """Parts that are encrypted, or packed in a way nobody knows; the rest is in order."""
    path = write(desk.path("odd.xlsx"), {"老人": [elder(1)]})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as parts:
        for part in parts.infolist():
            if "worksheets/" in part.filename:
                listed = content.rindex(part.filename.encode()) - 46
                struct.pack_into("<HH", content, part.header_offset + 6, flags, packing)
                struct.pack_into("<HH", content, listed + 8, flags, packing)
    path.write_bytes(content)
    assert words in refused(desk, path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\xd0\xcf\x11\xe0 no workbook", "no spreadsheet"),
        (b"\xff\x00\x81\x00", "UTF-8"),
        (b"a,b\n1,2\n", "no header that is known"),
    ],
)
def test_what_is_no_roster_is_refused_with_its_reason(desk, content, words):
    path = desk.path("elders.xlsx")
    path.write_bytes(content)
    assert words in refused(desk, path)


def test_a_document_of_another_program_is_refused(desk):
    path = desk.path("letter.docx")
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", "<w:document/>")
    assert "cannot be read as a spreadsheet" in refused(desk, path)


def test_a_missing_file_and_a_folder_are_refused(desk, tmp_path):
    assert "no file" in refused(desk, tmp_path / "nowhere.xlsx")
    assert "folder" in refused(desk, tmp_path)


def test_a_missing_column_is_named(desk):
    row = elder(1)
    del row["姓名"]
    message = refused(desk, write(desk.path("elders.xlsx"), {"老人": [row]}))
    assert "姓名 (name)" in message
    assert "row 1" in message


def test_a_list_of_elders_without_any_portions_column_is_refused(desk):
    row = elder(1)
    del row["午餐份数"]
    assert "午餐份数" in refused(desk, write(desk.path("elders.xlsx"), {"老人": [row]}))


def test_the_wrong_list_is_recognised(desk):
    path = write(desk.path("elders.xlsx"), {"Sheet1": [COURIER]})
    assert "lists couriers, not elders" in refused(desk, path)


def test_a_workbook_without_rows_is_refused(desk):
    book = Workbook()
    book.save(desk.path("empty.xlsx"))
    assert "no rows" in refused(desk, desk.path("empty.xlsx"))


def test_a_header_without_rows_is_reported(desk):
    report = desk.read(csv(desk, TITLES + "\n"))
    assert [f.code for f in report.findings] == ["no_rows"]
    assert report.counts["elders"].read == 0


def test_a_stray_cell_far_outside_is_refused_before_it_fills_the_memory(desk):
    path = desk.path("stray.xlsx")
    book = Workbook()
    book.active.append(list(ELDER))
    book.active["A1048576"] = "x"
    book.save(path)
    assert "A1048576" in refused(desk, path)


def test_an_unclosed_quotation_mark_loses_nothing_silently(desk):
    report = desk.read(csv(desk, f'{TITLES}\n{ROW}\n"L00002,王桂英2\n'))
    assert report.counts["elders"].imported == 1
    assert report.counts["elders"].rejected == 1


def test_canteens_and_meal_points_may_be_two_text_files(bare_desk):
    canteens = csv(bare_desk, "食堂编号,名称,午餐产能(份)\nST01,文化新村,100\n", "食堂.csv")
    points = csv(
        bare_desk, "助餐点编号,名称,供餐食堂,最多份数\nZC01,荷风苑,ST01,30\n", "助餐点.csv"
    )
    report = import_roster(bare_desk.runtime, RosterFiles(canteens=[points, canteens]))
    assert report.counts["canteens"].imported == 1
    assert report.counts["meal_points"].imported == 1


def test_no_file_at_all_is_refused(runtime):
    with pytest.raises(InvalidInput, match="at least one"):
        import_roster(runtime, RosterFiles())


def test_a_workbook_is_known_by_its_content_not_by_its_ending(desk):
    path = write(desk.path("elders.bin"), {"老人": [elder(1)]})
    assert desk.read(path).counts["elders"].imported == 1


def test_a_bad_file_among_good_ones_stops_the_import_before_anything_is_saved(bare_desk):
    good = write(bare_desk.path("canteens.xlsx"), {"食堂": [CANTEEN]})
    bad = bare_desk.path("elders.xlsx")
    bad.write_bytes(b"%PDF-1.7")
    with pytest.raises(InvalidInput):
        import_roster(bare_desk.runtime, RosterFiles(canteens=[good], elders=[bad]))
    later = bare_desk.elders(elder(1))
    assert later.missing["elders"] == []
    with_canteen = import_roster(bare_desk.runtime, RosterFiles(canteens=[good]))
    assert with_canteen.counts["canteens"].imported == 1
