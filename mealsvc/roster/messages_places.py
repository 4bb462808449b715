"""The sentences about references to other records and about places; see ``messages``."""

from __future__ import annotations

from collections.abc import Mapping

LINKS_AND_PLACES: Mapping[str, tuple[str, str, str, str]] = {
    # --- references
    "canteen_unknown": (
        "没有编号为 {value} 的食堂",
        "there is no canteen {value}",
        "{effect_zh}；请核对编号，或先导入该食堂",
        "{effect}; check the code, or import that canteen first",
    ),
    "canteen_missing": (
        "没有填写食堂",
        "no canteen is given",
        "请填写食堂编号后重新导入",
        "write the canteen's code and import again",
    ),
    "courier_unknown": (
        "没有编号为 {value} 的送餐员，已留空",
        "there is no courier {value}; left out",
        "请核对编号，或先导入该送餐员",
        "check the code, or import that courier first",
    ),
    "meal_point_unknown": (
        "没有编号为 {value} 的助餐点，已留空",
        "there is no meal point {value}; left out",
        "请核对编号，或先导入该助餐点",
        "check the code, or import that meal point first",
    ),
    "meal_point_assigned": (
        "自取但没有填写助餐点，按最近的 {code} {name} 安排（约 {metres} 米）",
        "collects meals but names no meal point; given the nearest, {code} {name} ({metres} m)",
        "请与老人确认后填写",
        "ask the elder and write it down",
    ),
    "meal_point_kept": (
        "自取但没有填写助餐点，沿用已有的 {code} {name}",
        "collects meals but names no meal point; {code} {name} is kept",
        "请与老人确认后填写",
        "ask the elder and write it down",
    ),
    "meal_point_none": (
        "自取但没有填写助餐点，附近也没有可用的助餐点",
        "collects meals but names no meal point, and none is near",
        "请填写助餐点，或改为送餐上门或堂食",
        "name a meal point, or change to delivery or dine-in",
    ),
    # --- places
    "place_missing": (
        "没有坐标",
        "no coordinates",
        "请填写经纬度和坐标系，或在系统中点选位置{hint_zh}",
        "write longitude, latitude and datum, or set the place by hand{hint}",
    ),
    "place_unreadable": (
        "坐标无法识别",
        "coordinates that cannot be read",
        "请以度为单位填写，如 120.1234{hint_zh}",
        "write degrees such as 120.1234{hint}",
    ),
    "place_swapped_axes": (
        "经纬度填反了",
        "longitude and latitude are exchanged",
        "请核对后改为经度 {lon}、纬度 {lat}",
        "check it; probably longitude {lon}, latitude {lat}",
    ),
    "place_unknown_datum": (
        "坐标系未填写或不认识，位置可能差几百米",
        "the coordinate system is missing or unknown; the place may be hundreds of metres off",
        "请填写 WGS84、GCJ02（高德、腾讯）或 BD09（百度）{hint_zh}",
        "write WGS84, GCJ02 (AMap, Tencent) or BD09 (Baidu){hint}",
    ),
    "place_outside_area": (
        "不在服务区域或已导入的道路范围内（{detail}）",
        "outside the service area or the imported streets ({detail})",
        "请核对坐标和坐标系{hint_zh}",
        "check the coordinates and their system{hint}",
    ),
    "place_far_from_street": (
        "离道路太远（{detail}）",
        "too far from any street ({detail})",
        "请核对坐标，或在系统中点选位置{hint_zh}",
        "check the coordinates, or set the place by hand{hint}",
    ),
    "place_island": (
        "附近道路与路网不连通",
        "the streets near it are not connected to the others",
        "请核对坐标，或更新道路数据{hint_zh}",
        "check the coordinates, or update the streets{hint}",
    ),
    "place_kept": (
        "文件中的坐标不可用，沿用系统中已确认的位置",
        "the file's coordinates cannot be used; the place set in the records is kept",
        "无需处理；建议更正文件",
        "nothing; better correct the file",
    ),
}
