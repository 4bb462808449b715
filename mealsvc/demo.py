"""An invented roster for the sample city, in the form in which canteens really send theirs.

It shows a newcomer the way from spreadsheets to route sheets, with all ways of eating, several
coordinate systems, and a handful of the mistakes that every real list has, so that the import's
report has something to say. No person in it exists; the phone numbers are not in use.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Font

from mealsvc.roster.columns import COLUMNS, SHEET_NAMES, Kind
from mealsvc.roster.importing import RosterFiles
from mealsvc.roster.report_workbook import save_workbook

if TYPE_CHECKING:
    from geodata.sample import LonLat, SampleBuilding, SampleCity, SampleCompound

type Cell = str | int | float | date | None
type Line = dict[str, Cell]

ELDERS = 200
COURIERS = 18

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕"
)
_GIVEN_FEMALE = "桂英 秀兰 玉珍 凤仙 月娥 淑芬 美娟 爱珠 彩莲 雅琴 素贞 菊香 惠芳 水仙 阿㛃"
_GIVEN_MALE = "德明 建国 福根 志强 永康 国栋 水根 长春 文斌 忠良 海龙 伯年 金堃 阿䶮 荣生"
_NOTES = ("敲门重一点，耳背", "门禁 1234#", "放门口凳子上", "有狗", "请先打电话")
_DATUMS = ("WGS84", "WGS84", "GCJ02", "高德", "BD09")
_WINDOWS = ("10:45-11:15", "11:00-11:45", "11:30-12:15")
_MODES = (("电动车", 12), ("电动车", 12), ("自行车", 8), ("电动车", 12), ("步行", 5))


@dataclass(frozen=True)
class _Home:
    compound: SampleCompound
    building: SampleBuilding


def write_demo_roster(city: SampleCity, folder: Path, *, seed: int = 1) -> RosterFiles:
    """Write the invented roster of the sample city.

    Parameters
    ----------
    city
        The city that it lives in.
    folder
        Where ``canteens.xlsx``, ``couriers.xlsx`` and ``elders.xlsx`` go.
    seed
        The same city and seed give the same roster.

    Returns
    -------
    RosterFiles
        Ready for :func:`mealsvc.roster.import_roster`.

    Raises
    ------
    StorageFailure
        If a file cannot be written.
    """
    rng = random.Random(seed)  # noqa: S311 - an invention, not a secret
    canteens, points = _canteens(city), _meal_points(city)
    couriers = _couriers(rng, len(canteens))
    elders = _elders(rng, city, couriers)
    _write(folder / "canteens.xlsx", {Kind.CANTEENS: canteens, Kind.MEAL_POINTS: points})
    _write(folder / "couriers.xlsx", {Kind.COURIERS: couriers})
    _write(folder / "elders.xlsx", {Kind.ELDERS: _with_mistakes(elders)})
    return RosterFiles(
        canteens=[folder / "canteens.xlsx"],
        elders=[folder / "elders.xlsx"],
        couriers=[folder / "couriers.xlsx"],
    )


def _canteens(city: SampleCity) -> list[Line]:
    return [
        {
            "code": f"ST{number:02}",
            "name": site.name,
            "address": site.address,
            "phone": f"0579-8000{number:04}",
            **_place(site.point, "WGS84"),
            "lunch_capacity": 100,
            "dinner_capacity": 50,
            "lunch_opens": "10:30",
            "lunch_closes": "12:30",
            "dinner_opens": "16:30",
            "dinner_closes": "18:30",
            "note": "老少共享食堂" if number == 2 else None,
        }
        for number, site in enumerate(city.canteens, start=1)
    ]


def _meal_points(city: SampleCity) -> list[Line]:
    lines: list[Line] = []
    for number, site in enumerate(city.meal_points, start=1):
        near = min(
            range(len(city.canteens)), key=lambda k: _apart(city.canteens[k].point, site.point)
        )
        lines.append(
            {
                "code": f"ZC{number:02}",
                "name": site.name,
                "address": site.address,
                **_place(site.point, "GCJ02"),
                "canteen": f"ST{near + 1:02}",
                "capacity": 30,
                "opens": "11:00",
                "closes": "12:15",
            }
        )
    return lines


def _couriers(rng: random.Random, canteens: int) -> list[Line]:
    lines: list[Line] = []
    for number in range(COURIERS):
        turn = number // canteens
        mode, boxes = _MODES[turn % len(_MODES)]
        # The first two rounds come every day, so that every canteen can always deliver.
        lines.append(
            {
                "code": f"Z{number + 1:03}",
                "name": _name(rng, female=rng.random() < 0.5),
                "phone": f"1370000{number + 1:04}",
                "kind": ("专职", "志愿者", "志愿者", "平台骑手", "志愿者")[turn % 5],
                "canteen": f"ST{number % canteens + 1:02}",
                "mode": mode,
                "boxes": boxes,
                "starts": "10:30" if turn < 3 else "10:45",
                "ends": "12:30" if turn < 2 else "12:15",
                "care": "是" if turn < 2 or rng.random() < 0.5 else "否",
                "days": "每天" if turn < 2 else "周一至周五",
                "note": None,
            }
        )
    return lines


def _elders(rng: random.Random, city: SampleCity, couriers: Sequence[Line]) -> list[Line]:
    homes = [
        _Home(compound, building) for compound in city.compounds for building in compound.buildings
    ]
    homes = rng.sample(homes, min(ELDERS, len(homes)))
    homes.sort(key=lambda home: (home.compound.name, home.building.name))
    return [_elder(rng, city, couriers, number, home) for number, home in enumerate(homes, start=1)]


def _elder(
    rng: random.Random, city: SampleCity, couriers: Sequence[Line], number: int, home: _Home
) -> Line:
    female = rng.random() < 0.55
    level = rng.randint(1, home.building.levels)
    care = rng.choices(("自理", "半失能", "失能"), (60, 28, 12))[0]
    way, point = _way_of_eating(rng, city, home, care)
    unit = rng.randint(1, 3)
    return {
        "code": f"L{number:05}",
        "name": _name(rng, female=female),
        "sex": "女" if female else "男",
        "birth": (date(1930, 1, 1) + timedelta(days=rng.randrange(30 * 365))).isoformat(),
        "phone": f"1390000{number:04}",
        "compound": home.compound.name,
        "building": home.building.name,
        "unit": f"{unit}单元",
        "floor": level,
        "lift": "有" if home.building.lift else "无",
        "room": f"{level}0{rng.randint(1, 4)}",
        **_place(home.building.point, rng.choice(_DATUMS)),
        "way": way,
        "lunch": 2 if rng.random() < 0.15 else 1,
        "dinner": 1 if rng.random() < 0.25 else 0,
        "days": rng.choices(("每天", "周一至周五", "周一;周三;周五"), (60, 30, 10))[0],
        "diets": rng.choices(
            (None, "低糖", "低盐", "软食", "低糖;软食", "清真"), (55, 15, 12, 10, 5, 3)
        )[0],
        "window": rng.choice(_WINDOWS) if way == "送餐上门" and rng.random() < 0.3 else None,
        "care": care,
        "alone": "是" if rng.random() < 0.4 else "否",
        "hardship": rng.choices((None, "低保", "低边", "特困"), (80, 10, 6, 4))[0],
        "contact_name": _name(rng, female=not female),
        "contact_phone": f"1380000{number:04}",
        "courier": _usual_courier(rng, city, couriers, home) if way == "送餐上门" else None,
        "meal_point": point,
        "note": rng.choice(_NOTES) if way == "送餐上门" and rng.random() < 0.25 else None,
    }


def _way_of_eating(
    rng: random.Random, city: SampleCity, home: _Home, care: str
) -> tuple[str, str | None]:
    """Choose between door, meal point and canteen; only those who live near eat out."""
    if care == "自理":
        near = min(_apart(site.point, home.building.point) for site in city.canteens)
        points = [_apart(site.point, home.building.point) for site in city.meal_points]
        if near < 0.006 and rng.random() < 0.6:
            return "堂食", None
        if min(points) < 0.008 and rng.random() < 0.8:
            return "助餐点自取", f"ZC{points.index(min(points)) + 1:02}"
    return "送餐上门", None


def _usual_courier(
    rng: random.Random, city: SampleCity, couriers: Sequence[Line], home: _Home
) -> Cell:
    """Give two thirds of the elders somebody familiar from the nearest canteen."""
    if rng.random() > 0.66:
        return None
    distances = [_apart(site.point, home.building.point) for site in city.canteens]
    canteen = f"ST{distances.index(min(distances)) + 1:02}"
    return rng.choice([line["code"] for line in couriers if line["canteen"] == canteen])


def _with_mistakes(elders: list[Line]) -> list[Line]:
    """Make the mistakes that the report then finds, each on a row of its own."""
    lines = [dict(line) for line in elders]
    lines[4]["lunch"] = "两份"
    lines[11]["birth"] = "一九三八年五月六日"
    lines[23]["phone"] = "139000024"
    lines[37].update(lon=None, lat=None)
    lines[52].update(lon=lines[52]["lat"], lat=lines[52]["lon"])
    lines[66].update(way="送餐上门", meal_point=None, window="11:45-11:00")
    lines[81]["diets"] = "低盐;不吃香菜"
    lines[95]["lunch"] = "若干"
    lines[110]["floor"] = "负一"
    lines.append(dict(lines[9]))
    lines.insert(130, {})
    return lines


def _name(rng: random.Random, *, female: bool) -> str:
    return rng.choice(_SURNAMES) + rng.choice((_GIVEN_FEMALE if female else _GIVEN_MALE).split())


def _place(point: LonLat, datum: str) -> Line:
    """State a point in a coordinate system, as people copy it from a map."""
    from geodata.datum import Datum, from_wgs84

    lon, lat = from_wgs84(*point, Datum.parse(datum))
    return {"lon": round(lon, 6), "lat": round(lat, 6), "datum": datum}


def _apart(one: LonLat, other: LonLat) -> float:
    """Return how far two points are apart, in degrees (0.001 is about 100 m)."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _write(path: Path, tables: dict[Kind, list[Line]]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind, lines in tables.items():
        sheet = book.create_sheet(SHEET_NAMES[kind][0])
        used = {key for line in lines for key in line}
        columns = [column for column in COLUMNS[kind] if column.key in used]
        sheet.append([column.zh for column in columns])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for line in lines:
            sheet.append([line.get(column.key) for column in columns])
        sheet.freeze_panes = "C2"
    save_workbook(book, path)
