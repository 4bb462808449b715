"""Files out and in: sheets, kitchen counts, roster imports, templates."""

import io
import json
import zipfile

import openpyxl
import pypdf
import pytest

from mealsvc.vocabulary import Role

LUNCH = "/api/v1/services/2026-11-21/lunch"


def manifests(answer):
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    names = [name for name in archive.namelist() if name.endswith("manifest.json")]
    return archive, [json.loads(archive.read(name)) for name in names]


def test_an_administrator_gets_all_sheets_in_one_archive(town, admin):
    answer = admin.get(f"{LUNCH}/sheets.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert "attachment" in answer.headers["content-disposition"]
    archive, found = manifests(answer)
    assert archive.testzip() is None
    (manifest,) = found
    assert (manifest["revision"], manifest["state"]) == (1, "published")
    assert {file.get("canteen") for file in manifest["files"]} >= {"ST01", "ST02"}


def test_a_manager_gets_the_sheets_of_the_own_canteens_only(town, client_as):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    archive, (manifest,) = manifests(manager.get(f"{LUNCH}/sheets.zip"))
    assert {file.get("canteen", "ST02") for file in manifest["files"]} == {"ST02"}
    texts = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()
             if name.endswith((".csv", ".json"))]  # fmt: skip
    assert "老人B1" in "".join(texts)
    assert "老人A" not in "".join(texts)


def test_one_route_sheet_is_a_pdf_of_that_courier(town, admin):
    answer = admin.get(f"{LUNCH}/route-sheets/Z03.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages
    )
    assert "B1" in text
    assert "A1" not in text


def test_a_courier_without_duty_or_a_canteen_without_work_is_said(town, admin):
    assert admin.get(f"{LUNCH}/route-sheets/Z99.pdf").status_code == 404
    assert admin.get("/api/v1/services/2026-11-30/lunch/sheets.zip").status_code == 404


def test_labels_are_a_pdf_of_that_canteens_boxes_from_the_first_sticker_left(town, client_as):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    answer = manager.get(f"{LUNCH}/labels/ST02.pdf?from_label=14")
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = "".join(page.extract_text() for page in pages)
    assert "老老" in text  # the short form
    assert "老人B1" not in text
    assert "Z03" in text
    too_far = manager.get(f"{LUNCH}/labels/ST02.pdf?from_label=15")
    assert too_far.status_code == 422
    assert "stickers 1 to 14" in too_far.json()["detail"]


def test_only_who_prints_sheets_prints_labels(town, client_as):
    for role in (Role.OFFICER, Role.PLANNER):
        assert client_as(str(role), role).get(f"{LUNCH}/labels/ST02.pdf").status_code == 403


def test_a_kitchen_count_is_the_same_as_json_workbook_and_pdf(town, admin):
    count = admin.get(f"{LUNCH}/kitchen-counts/ST01").json()
    assert count["total"] == sum(count["portions"].values()) == 7
    assert count["portions"] == {"delivery": 6, "supply": 1, "dine_in": 0, "pick_up": 0}
    assert [special["diets"] for special in count["specials"]] == [["低糖"]]
    assert [left["code"] for left in count["left_out"]] == ["A9"]
    book = openpyxl.load_workbook(
        io.BytesIO(admin.get(f"{LUNCH}/kitchen-counts/ST01.xlsx").content)
    )
    cells = {cell.value for sheet in book for row in sheet for cell in row}
    assert {"老人A1", "老人A9"} <= cells
    pdf = admin.get(f"{LUNCH}/kitchen-counts/ST01.pdf")
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["canteens", "couriers", "elders"])
def test_a_template_can_be_uploaded_as_it_is(admin, kind, runtime):
    template = admin.get(f"/api/v1/imports/templates/{kind}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(template.content))
    assert book.worksheets
    upload = {kind: (f"{kind}.xlsx", template.content)}
    answer = admin.post("/api/v1/imports", files=upload, params={"dry_run": True})
    assert answer.status_code == 200, answer.text
    for counts in answer.json()["counts"].values():
        parts = ("imported", "updated", "rejected", "duplicates", "empty")
        assert counts["read"] == sum(counts[part] for part in parts)


def test_a_dry_run_saves_nothing_and_an_import_is_kept_with_its_findings(admin):
    template = admin.get("/api/v1/imports/templates/canteens.xlsx").content
    upload = {"canteens": ("../食堂 名单.xlsx", template)}
    assert admin.post("/api/v1/imports", files=upload, params={"dry_run": True}).is_success
    assert admin.get("/api/v1/canteens").json()["total"] == 0
    done = admin.post("/api/v1/imports", files=upload).json()
    assert admin.get("/api/v1/canteens").json()["total"] == 1
    runs = admin.get("/api/v1/imports").json()
    assert [run["dry_run"] for run in runs["items"]] == [False, True]
    kept = admin.get(f"/api/v1/imports/{done['run_id']}").json()
    assert kept["counts"] == done["counts"]
    assert kept["report"] == done["findings"]


def test_the_report_can_be_had_as_a_workbook(admin):
    template = admin.get("/api/v1/imports/templates/canteens.xlsx").content
    answer = admin.post(
        "/api/v1/imports",
        files={"canteens": ("a.xlsx", template)},
        params={"dry_run": True, "report": "xlsx"},
    )
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04 broken", "不是名单".encode()]
)
def test_a_file_that_cannot_be_read_is_a_sentence_and_saves_nothing(admin, content):
    answer = admin.post("/api/v1/imports", files={"elders": ("名单.xlsx", content)})
    assert answer.status_code == 422
    assert "名单.xlsx" in answer.json()["detail"]
    assert admin.get("/api/v1/imports").json()["total"] == 0


def test_an_import_without_files_says_which_are_expected(admin):
    answer = admin.post("/api/v1/imports")
    assert answer.status_code == 422
    assert "elders" in answer.json()["detail"]
