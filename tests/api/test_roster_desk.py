"""What the console's roster asks of the API: search, sentences at fields, history, previews."""

import io

import pytest
from openpyxl import Workbook

from mealsvc.vocabulary import Role
from tests.mealsvc.roster.rosters import elder

ELDERS = "/api/v1/elders"
IMPORTS = "/api/v1/imports"


def upload(*rows):
    """Rows of elders as an uploaded workbook."""
    book = Workbook()
    sheet = book.active
    titles = list(dict.fromkeys(title for row in rows for title in row))
    sheet.append(titles)
    for row in rows:
        sheet.append([row.get(title) for title in titles])
    kept = io.BytesIO()
    book.save(kept)
    return {"elders": ("老人.xlsx", kept.getvalue())}


def codes(answer):
    assert answer.is_success, answer.text
    return [row["code"] for row in answer.json()["items"]]


def test_elders_and_couriers_are_found_by_the_pinyin_of_their_names(town, admin):
    for code, name in (("N1", "单桂英"), ("N2", "段建娟")):
        admin.post(ELDERS, json={"code": code, "name": name}).raise_for_status()
    courier = {"code": "Z9", "name": "仇明", "canteen": "ST01", "boxes": 3}
    admin.post("/api/v1/couriers", json=courier).raise_for_status()
    assert codes(admin.get(ELDERS, params={"q": "sgy"})) == ["N1"]
    assert codes(admin.get(ELDERS, params={"q": "shanguiying"})) == ["N1"]
    assert codes(admin.get(ELDERS, params={"q": "djj"})) == ["N2"]
    assert codes(admin.get("/api/v1/couriers", params={"q": "qiu"})) == ["Z9"]
    admin.patch(f"{ELDERS}/N2", json={"name": "林菊香"}).raise_for_status()
    assert codes(admin.get(ELDERS, params={"q": "djj"})) == []
    assert codes(admin.get(ELDERS, params={"q": "ljx"})) == ["N2"]


def test_those_served_and_those_who_were_are_listed_apart_or_together(town, admin):
    admin.post(f"{ELDERS}/A1/end", json={"reason": "moved"}).raise_for_status()
    listed = {ended: set(codes(admin.get(ELDERS, params={"ended": ended})))
              for ended in ("false", "true", "")}  # fmt: skip
    assert listed["true"] == {"A1"}
    assert "A1" not in listed["false"]
    assert listed[""] == listed["true"] | listed["false"]


@pytest.mark.parametrize(
    ("entered", "field", "sentence"),
    [
        ({"phone": "123"}, "body.phone", "号码位数不对；请核对号码：手机 11 位，座机带区号"),
        ({"address": {"floor": "某楼"}}, "body.address.floor", "不是整数；请填写整数，如 1"),
        ({"name": "王" * 81}, "body.name", "太长（最多 80）"),
        ({"name": " "}, "body.name", "必填"),
        ({"priority": -1}, "body.priority", "太小（至少 0）"),
    ],
)
def test_a_refused_field_is_named_with_its_rule_in_chinese(town, admin, entered, field, sentence):
    answer = admin.patch(f"{ELDERS}/A1", json=entered, headers={"accept-language": "zh"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": field, "message": sentence}]


@pytest.mark.parametrize(
    ("path", "entered", "sentences"),
    [
        ("/api/v1/elders", {"code": "", "name": None}, {"code": "必填", "name": "必填"}),
        (
            "/api/v1/couriers",
            {"code": "N1", "name": "新人", "canteen": None, "boxes": "", "mode": "foot"},
            {"canteen": "必填", "boxes": "必填"},
        ),
        (
            "/api/v1/elders",
            {"code": "N1", "name": "新人", "standing": [{"meal": "lunch", "portions": "two"}]},
            {"standing.0.portions": "应为整数，如 12"},
        ),
        (
            "/api/v1/couriers",
            {"code": "N1", "name": "N", "canteen": "ST01", "boxes": 3, "shifts": [{"ends": ""}]},
            {"shifts.0.starts": "必填", "shifts.0.ends": "必填"},
        ),
    ],
)
def test_what_is_left_empty_is_named_in_sentences_of_our_own(town, admin, path, entered, sentences):
    english = {"必填": "this must be filled in", "应为整数，如 12": "this must be a whole number"}
    for language in ("zh", "en"):
        answer = admin.post(path, json=entered, headers={"accept-language": language})
        assert answer.status_code == 422
        found = {one["field"]: one["message"] for one in answer.json()["errors"]}
        for field, sentence in sentences.items():
            wanted = sentence if language == "zh" else english[sentence]
            assert found.pop(f"body.{field}").startswith(wanted)
        assert found == {}


def unplaced(number, **fields):
    """A row without canteen, courier, meal point or coordinates."""
    nothing = {"食堂": None, "惯常送餐员": None, "助餐点": None, "经度": None, "纬度": None}
    return elder(number, **nothing | fields)


def test_a_manager_sees_whoever_probably_lives_near_and_hears_of_the_others(town, admin, client_as):
    with_home = elder(1, 食堂=None, 小区="西子苑", 经度=120.1501, 纬度=30.2501)
    rows = (with_home, unplaced(2, 小区="西子苑"), unplaced(3, 小区="没有的小区"))
    admin.post(IMPORTS, files=upload(*rows)).raise_for_status()
    kept = {code: admin.get(f"{ELDERS}/{code}").json()["canteen"]
            for code in ("L00001", "L00002", "L00003")}  # fmt: skip
    assert kept["L00001"] is not None
    assert kept["L00002"] == kept["L00001"]  # where the homes of the compound are
    assert kept["L00003"] is None
    manager = client_as("near", Role.MANAGER, canteens=[kept["L00001"]])
    queue = manager.get("/api/v1/unlocated").json()
    assert "L00002" in {one["code"] for one in queue["items"]}
    assert "L00003" not in {one["code"] for one in queue["items"]}
    waiting = admin.get(ELDERS, params={"kept": "false"})
    assert "L00003" in codes(waiting)
    assert queue["unkept"] == waiting.json()["total"]
    assert codes(manager.get(ELDERS, params={"kept": "false"})) == []
    assert manager.get(f"{ELDERS}/L00003").status_code == 404
    outlook = manager.get("/api/v1/services/2026-11-21/lunch/outlook").json()
    (concern,) = [one for one in outlook["concerns"] if one["kind"] == "unkept"]
    assert (concern["count"], concern["people"]) == (queue["unkept"], [])


def test_the_queue_guesses_where_a_home_is_and_says_from_what(town, admin):
    homes = elder(1, 小区="西子苑", 经度=120.1501, 纬度=30.2501)
    swapped = unplaced(2, 小区="西子苑", 经度=30.2502, 纬度=120.1502)
    unknown = unplaced(3, 小区="西子苑", 经度=120.1503, 纬度=30.2503, 坐标系="某地图")
    neighbour, lost = unplaced(4, 小区="西子苑"), unplaced(5, 食堂="ST01", 小区=None)
    files = upload(homes, swapped, unknown, neighbour, lost)
    admin.post(IMPORTS, files=files).raise_for_status()
    queue = admin.get("/api/v1/unlocated", params={"limit": 500}).json()["items"]
    guesses = {one["code"]: one["guess"] and one["guess"]["kind"] for one in queue}
    assert guesses["L00002"] == "swapped"
    assert guesses["L00003"] == "coordinates"
    assert guesses["L00004"] == "homes"
    assert guesses["L00005"] == "canteen"


def test_who_is_probably_meant_is_found_first(town, admin):
    named = {
        "S1": "吴旺", "S2": "王金英", "S3": "朱王氏", "S4": "汪德明",
        "S7": "方永明", "S5": "陈百岁", "S6": "百里奚",
    }  # fmt: skip
    for code, name in named.items():
        phone = {"S5": "13900001234"}.get(code)
        entry = {"code": code, "name": name, "phone": phone, "canteen": "ST01"}
        admin.post(ELDERS, json=entry).raise_for_status()
    admin.post(ELDERS, json={"code": "X1234", "name": "陈五", "canteen": "ST01"}).raise_for_status()
    home = {"code": "S0", "name": "林秀", "canteen": "ST01", "address": {"compound": "王家弄"}}
    admin.post(ELDERS, json=home).raise_for_status()

    def found(words):
        return codes(admin.get(ELDERS, params={"q": words}))

    assert found("王") == ["S2", "S3", "S0"]  # surname, elsewhere in the name, compound
    assert found("wang") == ["S2", "S4", "S7", "S1", "S3", "S0"]  # 方 is read so, seldom
    assert found("wjy") == ["S2"]
    assert found("1234") == ["S5", "X1234"]  # a phone's last digits before a code
    assert found("x1234") == ["X1234"]
    assert found("S1")[0] == "S1"
    assert found("bai") == ["S6", "S5"]


def test_a_files_history_tells_who_changed_what_but_not_who_read_it(town, admin):
    admin.patch(f"{ELDERS}/A1", json={"phone": "13900000099"}).raise_for_status()
    admin.get(f"{ELDERS}/A1").raise_for_status()
    admin.post(f"{ELDERS}/A1/pauses", json={"first_day": "2026-11-22"}).raise_for_status()
    history = admin.get(f"{ELDERS}/A1/history").json()
    assert [one["action"] for one in history["items"]] == ["elder.pause", "elder.change"]
    assert history["items"][1]["detail"] == {"fields": ["phone"]}
    assert history["items"][1]["actor"] == "root.admin"
    admin.patch("/api/v1/couriers/Z01", json={"boxes": 4}).raise_for_status()
    courier = admin.get("/api/v1/couriers/Z01/history").json()
    assert [one["action"] for one in courier["items"]] == ["courier.change"]


def test_the_history_of_another_canteens_file_is_not_there(town, client_as):
    manager = client_as("manager", Role.MANAGER, canteens=["ST02"])
    assert manager.get(f"{ELDERS}/A1/history").status_code == 404
    assert manager.get("/api/v1/couriers/Z01/history").status_code == 404
    assert manager.get(f"{ELDERS}/B1/history").json()["total"] == 0


def test_a_preview_tells_every_change_and_saves_none(town, admin):
    rows = (elder(1, 食堂="ST01"), elder(2, 食堂="ST01"))
    preview = admin.post(IMPORTS, files=upload(*rows), params={"dry_run": True}).json()
    assert [(one["code"], one["new"], one["fields"]) for one in preview["changes"]] == [
        ("L00001", True, []), ("L00002", True, []),
    ]  # fmt: skip
    assert admin.get(f"{ELDERS}/L00001").status_code == 404
    assert admin.post(IMPORTS, files=upload(*rows)).json()["changes"] == preview["changes"]
    again = admin.post(IMPORTS, files=upload(*rows)).json()
    assert again["changes"] == []


def test_a_changed_row_is_told_field_by_field_and_stands_in_the_history(town, admin):
    admin.post(IMPORTS, files=upload(elder(1, 食堂="ST01"))).raise_for_status()
    row = elder(1, 食堂="ST02", 手机号="13900000077", 午餐份数=2, 楼层=6)
    (change,) = admin.post(IMPORTS, files=upload(row), params={"dry_run": True}).json()["changes"]
    told = {one["field"]: (one["before"], one["after"]) for one in change["fields"]}
    assert told["phone"] == ("13900000001", "13900000077")
    assert told["floor"] == (5, 6)
    assert told["canteen"] == ("ST01", "ST02")
    assert [side["portions"] for side in told["lunch"]] == [1, 2]
    assert (change["new"], change["row"], change["name"]) == (False, 2, "王桂英1")
    admin.post(IMPORTS, files=upload(row)).raise_for_status()
    history = admin.get(f"{ELDERS}/L00001/history").json()["items"]
    assert [one["action"] for one in history] == ["elder.import", "elder.import"]
    assert set(history[0]["detail"]["fields"]) == set(told)


def test_a_report_as_workbook_names_its_run(town, admin):
    answer = admin.post(IMPORTS, files=upload(elder(1)), params={"report": "xlsx"})
    run = admin.get(f"{IMPORTS}/{answer.headers['x-import-run']}").json()
    assert run["counts"]["elders"]["imported"] == 1
