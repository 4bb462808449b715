"""A folder of sheets: whole or not at all, found again, read back."""

import csv
import errno
import io
import json
from pathlib import Path

import openpyxl
import pypdf
import pytest

from mealsvc.errors import Conflict, NotFound, StorageFailure
from mealsvc.sheets import write_sheets
from mealsvc.vocabulary import RevisionState


@pytest.fixture
def write(town, tmp_path):
    def write(**options):
        files = write_sheets(town.runtime, town.day, town.meal, tmp_path / "out", **options)
        return {file.name: file for file in files}

    return write


def snapshot(folder):
    return {path.name: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def rows_of(file):
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_names_are_readable_and_the_manifest_lists_them(lunch, write):
    files = write()
    assert list(files) == [
        "送餐表-第1版.xlsx",
        "送餐路线-第1版.csv",
        "备餐单-第1版.csv",
        "特殊餐名单-第1版.csv",
        "分趟装箱-第1版.csv",
        "未送达-第1版.csv",
        "送餐路线单-ST01-全部-第1版.pdf",
        "送餐路线单-Z001-段建娟-第1版.pdf",
        "送餐路线单-Z002-徐娟-第1版.pdf",
        "备餐单-ST01-金田花园老年食堂-第1版.pdf",
        "餐盒标签-ST01-金田花园老年食堂-第1版.pdf",
        "manifest.json",
    ]
    manifest = json.loads(files["manifest.json"].read_text(encoding="utf-8"))
    assert [entry["name"] for entry in manifest["files"]] == list(files)[:-1]
    assert all(files[entry["name"]].stat().st_size == entry["bytes"] for entry in manifest["files"])
    assert (manifest["revision"], manifest["state"]) == (1, "draft")
    assert (manifest["couriers"], manifest["portions_to_cook"], manifest["left_out"]) == (2, 9, 2)
    assert files["manifest.json"].parent.name == "r1"
    assert files["manifest.json"].parent.parent.name == "2026-11-21-lunch"


def test_the_file_of_a_canteen_holds_all_couriers_each_with_own_page_numbers(lunch, write):
    pages = pypdf.PdfReader(write()["送餐路线单-ST01-全部-第1版.pdf"]).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    assert ["第1页/共1页" in text for text in texts] == [True, True]
    assert "段建娟" in texts[0]
    assert "徐娟" in texts[1]


def test_progress_grows_to_one(lunch, write):
    told = []
    write(progress=lambda _phase, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_names_that_no_file_system_likes_are_made_safe_and_unique(town, write):
    canteen = town.canteen(name="../食堂: 甲/乙?")
    order = town.order(town.elder("L1", "段永康"))
    other = town.order(town.elder("L2", "许宝根"))
    revision = town.revision()
    name = "長" * 80
    town.duty(revision, town.courier(canteen, "Z/1", name), ("10:40", [(order, 5)]))
    town.duty(revision, town.courier(canteen, "Z:1", name), ("10:40", [(other, 5)]))
    files = write()
    assert "备餐单-ST01-食堂-甲-乙-第1版.pdf" in files
    ours = sorted(name for name in files if name.startswith("送餐路线单-Z-1-長"))
    assert len(ours) == 2
    assert all(len(name.encode()) < 256 for name in files)
    texts = {pypdf.PdfReader(files[name]).pages[0].extract_text()[:2000] for name in ours}
    assert len(texts) == 2


def test_one_canteen_gets_its_own_folder_and_nothing_of_others(lunch, town, write):
    other = town.canteen("ST02", "水湘南苑老年食堂")
    order = town.order(town.elder("L50", "外人"))
    town.duty(lunch.revision, town.courier(other, "Z050", "他人"), ("10:40", [(order, 5)]))
    files = write(canteen="ST02")
    assert files["manifest.json"].parent.name == "r1-ST02"
    assert [row[12] for row in rows_of(files["送餐路线-第1版.csv"])[1:]] == ["外人"]
    with pytest.raises(NotFound, match="canteen ST09 has nothing to do"):
        write(canteen="ST09")


def test_spreadsheet_and_csv_hold_the_same_rows(lunch, write):
    files = write()
    book = openpyxl.load_workbook(files["送餐表-第1版.xlsx"])
    assert book.sheetnames == ["送餐路线", "备餐单", "特殊餐名单", "分趟装箱", "未送达"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
        assert cells == rows_of(files[f"{sheet.title}-第1版.csv"])
    routes = list(book["送餐路线"].values)
    row = dict(zip(routes[0], routes[1], strict=True))
    assert (row["姓名"], row["份数"], row["饮食要求"]) == ("段永康", 2, "低糖 + 软食")
    assert (row["计划时间"], row["在途分钟"], row["10分钟圈"]) == ("10:42", 6, "圈内")
    assert (row["楼层"], row["电梯"], row["电话"]) == (1, "无", "13800005408")
    assert (row["紧急联系人"], row["紧急联系电话"]) == ("康荣英", "13900002572")


def test_rare_characters_stay_whole_in_spreadsheets_and_are_reported(town, write):
    order = town.order(town.elder("L1", "𠮷永康"))
    courier = town.courier(town.canteen())
    town.duty(town.revision(), courier, ("10:40", [(order, 5)]))
    files = write()
    assert rows_of(files["送餐路线-第1版.csv"])[1][12] == "𠮷永康"
    manifest = json.loads(files["manifest.json"].read_text(encoding="utf-8"))
    assert manifest["missing_characters"] == [
        {"character": "𠮷", "code_point": "U+20BB7", "texts": ["𠮷永康"]}
    ]


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(A1)", "\t=1"])
def test_texts_that_look_like_formulas_stay_texts(town, write, evil):
    courier = town.courier(town.canteen())
    town.duty(town.revision(), courier, ("10:40", [(town.order(town.elder("L1", evil)), 5)]))
    files = write()
    cell = openpyxl.load_workbook(files["送餐表-第1版.xlsx"])["送餐路线"].cell(2, 13)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (evil, "s", True)
    assert rows_of(files["送餐路线-第1版.csv"])[1][12] == f"'{evil}"


def test_csv_begins_with_the_mark_that_spreadsheet_programs_need(lunch, write):
    assert write()["备餐单-第1版.csv"].read_bytes().startswith(b"\xef\xbb\xbf")


def test_writing_again_replaces_ours_and_keeps_what_others_put_there(lunch, town, write):
    folder = write()["manifest.json"].parent
    (folder / "店长备注.txt").write_text("请留意", encoding="utf-8")
    stale = folder / "送餐路线单-Z002-徐娟-第1版.pdf"
    with_xu = snapshot(folder)
    assert stale.name in with_xu
    files = write(language="en")
    assert not stale.exists()
    assert (folder / "店长备注.txt").read_text(encoding="utf-8") == "请留意"
    assert "deliveries-r1.xlsx" in files
    assert [entry.name for entry in folder.parent.iterdir()] == ["r1"]


def test_publishing_leaves_a_notice_in_the_folders_of_earlier_revisions(town, write):
    courier = town.courier(town.canteen())
    order = town.order(town.elder("L1", "段永康"))
    town.duty(town.revision(1), courier, ("10:40", [(order, 5)]))
    draft = write()["manifest.json"].parent
    town.duty(town.revision(2, RevisionState.PUBLISHED), courier, ("10:40", [(order, 5)]))
    write()
    assert "第 2 版" in (draft / "作废-已由第2版替代.txt").read_text(encoding="utf-8")


def test_no_plan_leaves_no_folder(town, write, tmp_path):
    with pytest.raises(NotFound, match="there is no plan for lunch of 2026-11-21"):
        write()
    assert not (tmp_path / "out").exists()


def test_a_full_disk_in_the_middle_leaves_what_was_there(lunch, write, monkeypatch):
    folder = write()["manifest.json"].parent
    before = snapshot(folder.parent)
    written = Path.write_bytes

    def fill_up(path, content):
        if "备餐单-ST01" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", fill_up)
    with pytest.raises(StorageFailure, match=r"disk is full.*What was there is unchanged"):
        write()
    assert snapshot(folder.parent) == before


def test_a_stop_in_the_middle_leaves_nothing_half_written(lunch, write, tmp_path):
    def stop(_phase, share):
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(progress=stop)
    assert list((tmp_path / "out").rglob("*")) == [tmp_path / "out" / "2026-11-21-lunch"]


def test_a_file_in_the_way_and_a_foreign_folder_are_refused(lunch, write, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StorageFailure, match="a file is in the way"):
        write()
    (tmp_path / "out").unlink()
    foreign = tmp_path / "out" / "2026-11-21-lunch" / "r1"
    foreign.mkdir(parents=True)
    (foreign / "mine.txt").write_text("mine")
    with pytest.raises(Conflict, match="holds no sheets"):
        write()
    assert (foreign / "mine.txt").read_text() == "mine"


def test_a_plan_without_duties_still_gives_a_kitchen_count(town, write):
    from mealsvc.vocabulary import OrderKind

    canteen = town.canteen()
    town.revision()
    town.order(town.elder("L1", "段永康"), OrderKind.DINE_IN, canteen_id=canteen)
    assert "备餐单-ST01-金田花园老年食堂-第1版.pdf" in write()
