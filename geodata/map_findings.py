"""What can be wrong with a file of places or areas, in sentences that say where and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MapFileError(ValueError):
    """A file cannot be used as a whole; the message says what to do, in two languages."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english = english
        self.chinese = chinese

    def explain(self, language: str = "en") -> str:
        """Say what is wrong and what to do (``"en"`` or ``"zh"``)."""
        return self.english if language == "en" else self.chinese


class Problem(StrEnum):
    """What is wrong with a row, or worth knowing of a file."""

    NO_SHAPE = "no_shape"
    NOT_A_PLACE = "not_a_place"
    AXES_SWAPPED = "axes_swapped"
    UNREADABLE_SHAPE = "unreadable_shape"
    WRONG_KIND = "wrong_kind"
    REPAIRED = "repaired"
    COUNT_MISSING = "count_missing"
    COUNT_NOT_A_NUMBER = "count_not_a_number"
    COUNT_NEGATIVE = "count_negative"
    FIGURE_UNUSABLE = "figure_unusable"
    ASSUMED_WGS84 = "assumed_wgs84"
    ASSUMED_ONE_EACH = "assumed_one_each"
    SURVEY_AXES = "survey_axes"


_SENTENCES = {
    Problem.NO_SHAPE: ("has no coordinates; enter them", "没有坐标，请补充"),
    Problem.NOT_A_PLACE: (
        "no such place on earth; check the coordinates and their system",
        "坐标无效，请核对坐标及坐标系",
    ),
    Problem.AXES_SWAPPED: (
        "longitude and latitude look exchanged; write the longitude first",
        "经度和纬度似乎填反，请核对",
    ),
    Problem.UNREADABLE_SHAPE: (
        "the shape cannot be read; write it as WKT, for example POINT (120.1 30.2)",
        "几何图形无法读取，请按 WKT 格式填写，例如 POINT (120.1 30.2)",
    ),
    Problem.WRONG_KIND: (
        "another kind of shape is needed here: polygons for areas, points or polygons for people",
        "图形类型不符：区域须为多边形，人口须为点或多边形",
    ),
    Problem.REPAIRED: (
        "the polygon crossed itself and was mended; check it on the map",
        "多边形自相交，已自动修复，请在地图上核对",
    ),
    Problem.COUNT_MISSING: (
        "has no number of people; enter one, 0 if there is none",
        "缺少人数，没有人请填 0",
    ),
    Problem.COUNT_NOT_A_NUMBER: (
        "is no number of people; enter a number",
        "人数不是数字，请填写数字",
    ),
    Problem.COUNT_NEGATIVE: (
        "is below 0; enter how many people there are",
        "人数为负，请填写实际人数",
    ),
    Problem.FIGURE_UNUSABLE: (
        "must be a number of 0 or more, or left empty",
        "须为不小于 0 的数字，或留空",
    ),
    Problem.ASSUMED_WGS84: (
        (
            "the file does not say which longitude and latitude it means: taken as WGS-84; "
            "if it was made with AMap or Tencent say GCJ-02, with Baidu BD-09"
        ),
        (
            "文件未说明经纬度的坐标系，按 WGS-84 处理；"
            "若取自高德或腾讯请注明 GCJ-02，取自百度请注明 BD-09"
        ),
    ),
    Problem.ASSUMED_ONE_EACH: (
        "no column with a number of people: each row counts as one",
        "没有人数列，每行按一人计",
    ),
    Problem.SURVEY_AXES: (
        "x holds northings and y eastings, as surveyors write them: exchanged",
        "x 列为北坐标、y 列为东坐标（测量惯例），已互换",
    ),
}


@dataclass(frozen=True)
class Finding:
    """Something about a row of a file that a person should know.

    Attributes
    ----------
    file
        Name of the file.
    row
        Row of a text table, the heading being 1; number of the feature from 1 in others; None
        when it is about the whole file.
    field
        Heading of the column, where it is about one.
    value
        What stands there.
    problem
        What is wrong.
    kept
        Whether the row was taken all the same.
    """

    file: str
    row: int | None
    field: str | None
    value: str | None
    problem: Problem
    kept: bool

    def explain(self, language: str = "en") -> str:
        """Say where it is, what is wrong and what to do (``"en"`` or ``"zh"``)."""
        if language == "en":
            row = f", row {self.row}" if self.row is not None else ""
            field = f", {self.field}" if self.field else ""
            value = f" {self.value!r}" if self.value is not None else ""
            return f"{self.file}{row}{field}{value}: {_SENTENCES[self.problem][0]}"
        row = f"第{self.row}行" if self.row is not None else ""
        field = f"“{self.field}”" if self.field else ""
        value = f"（{self.value}）" if self.value is not None else ""
        return f"{self.file} {row}{field}{value}：{_SENTENCES[self.problem][1]}"
