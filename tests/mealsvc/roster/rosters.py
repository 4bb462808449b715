"""Small rosters as files, and a door to import them, for the tests of this folder."""

from pathlib import Path

from openpyxl import Workbook
from sqlmodel import Session, select

from mealsvc.roster import RosterFiles, import_roster
from mealsvc.store import Elder

CANTEEN = {
    "食堂编号": "ST01",
    "名称": "文化新村老年食堂",
    "经度": 120.10,
    "纬度": 30.30,
    "坐标系": "WGS84",
    "午餐产能(份)": 100,
}
MEAL_POINT = {
    "助餐点编号": "ZC01",
    "名称": "荷风苑助餐点",
    "经度": 120.102,
    "纬度": 30.30,
    "坐标系": "WGS84",
    "供餐食堂": "ST01",
    "最多份数": 30,
    "取餐开始": "11:00",
    "取餐结束": "12:15",
}
COURIER = {
    "编号": "Z001",
    "姓名": "陈志明",
    "食堂编号": "ST01",
    "交通方式": "电动车",
    "保温箱(份)": 12,
    "班次开始": "10:30",
    "班次结束": "12:30",
    "出勤日": "每天",
    "可上门失能": "是",
}
ELDER = {
    "编号": "L00001",
    "姓名": "王桂英",
    "出生日期": "1938-05-06",
    "手机号": "13900001234",
    "小区": "荷风苑",
    "楼栋": "3幢",
    "楼层": 5,
    "电梯": "无",
    "经度": 120.101,
    "纬度": 30.301,
    "坐标系": "WGS84",
    "用餐方式": "送餐上门",
    "午餐份数": 1,
    "订餐日": "每天",
}


def elder(number=1, **changes):
    """One row of the elders, each number another person."""
    person = {"编号": f"L{number:05}", "姓名": f"王桂英{number}", "手机号": f"1390000{number:04}"}
    return {**ELDER, **person, **changes}


def write(path: Path, sheets: dict[str, list[dict]], above=()) -> Path:
    """Write rows (one dict each, {} for a blank row) as sheets of a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for line in above:
            sheet.append(line)
        titles = list(dict.fromkeys(title for row in rows for title in row))
        sheet.append(titles)
        for row in rows:
            sheet.append([row.get(title) for title in titles] if row else [])
            if not row:
                sheet.cell(sheet.max_row + 1, 1, None)
    book.save(path)
    return path


class Desk:
    """Imports rows as a manager would import files."""

    def __init__(self, runtime, folder):
        self.runtime = runtime
        self.folder = folder

    def path(self, name):
        return self.folder / name

    def sites(self, canteens=(CANTEEN,), points=(MEAL_POINT,), couriers=(COURIER,), **options):
        """Import canteens, meal points and couriers."""
        sheets = {"食堂": list(canteens)}
        if points:
            sheets["助餐点"] = list(points)
        files = {"canteens": [write(self.path("canteens.xlsx"), sheets)]}
        if couriers:
            files["couriers"] = [write(self.path("couriers.xlsx"), {"送餐员": list(couriers)})]
        return import_roster(self.runtime, RosterFiles(**files), **options)

    def elders(self, *rows, **options):
        """Import elders."""
        return self.read(write(self.path("elders.xlsx"), {"老人": list(rows)}), **options)

    def read(self, path, **options):
        """Import a file of elders."""
        return import_roster(self.runtime, RosterFiles(elders=[path]), **options)

    def stored(self):
        """All elders by code, whole."""
        with Session(self.runtime.engine) as session:
            elders = {one.code: one for one in session.exec(select(Elder)).all()}
            for one in elders.values():
                assert one.address is not None
                assert one.standing_orders is not None
                assert one.contacts is not None
            return elders


def codes(report):
    """The findings as (row, code), notes about whole files left out."""
    return [(f.row, f.code) for f in report.findings if f.row is not None]
