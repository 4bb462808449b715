"""Which sheet of which file lists what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mealsvc.errors import InvalidInput
from mealsvc.roster.columns import Kind
from mealsvc.roster.files import read_sheets
from mealsvc.roster.headers import Header, find_header, named_for
from mealsvc.roster.worksheets import Sheet

_NAMES_ZH = {
    Kind.CANTEENS: "食堂",
    Kind.MEAL_POINTS: "助餐点",
    Kind.COURIERS: "送餐员",
    Kind.ELDERS: "老人",
}


@dataclass(frozen=True)
class ChosenSheet:
    """A sheet that lists one kind of rows.

    Attributes
    ----------
    kind, sheet, header
        What it lists, and its rows.
    named
        Whether its name says so.
    left_out
        Names of other sheets of the file that look alike and were not read.
    """

    kind: Kind
    sheet: Sheet
    header: Header
    named: bool
    left_out: tuple[str, ...] = ()


def choose_sheets(paths: Sequence[Path], kinds: Sequence[Kind]) -> dict[Kind, list[ChosenSheet]]:
    """Find the sheets of some kinds in files, by their headers and names.

    In one file a sheet whose name says what it lists is read instead of others that fit.

    Raises
    ------
    InvalidInput
        If a file holds none of the kinds, or a sheet that is named for one lacks columns.
    """
    chosen: dict[Kind, list[ChosenSheet]] = {kind: [] for kind in kinds}
    for path in paths:
        readings = read_sheets(path)
        fits = [best for reading in readings if (best := _best(reading, kinds)) is not None]
        if not fits:
            raise _nothing_found(path, readings, kinds)
        for kind in kinds:
            chosen[kind].extend(_preferred([fit for fit in fits if fit.kind is kind]))
    return chosen


def _preferred(fits: list[ChosenSheet]) -> list[ChosenSheet]:
    """Keep the sheets that are named for their kind, if there are any."""
    named = [fit for fit in fits if fit.named]
    others = tuple(fit.sheet.name for fit in fits if not fit.named and len(fit.header.places) > 3)
    if not named:
        return fits
    return [replace(named[0], left_out=others), *named[1:]]


def _best(reading: Sequence[Sheet], kinds: Sequence[Kind]) -> ChosenSheet | None:
    """Return the kind and separator whose columns fit a sheet best, if no needed one lacks."""
    fits = [
        ChosenSheet(kind, sheet, header, named_for(sheet, kind))
        for sheet in reading
        for kind in kinds
        if (header := find_header(sheet, kind)) is not None
    ]
    complete = [fit for fit in fits if not _lacking(fit.kind, fit.header)]
    if complete:
        return max(complete, key=lambda fit: (fit.named, len(fit.header.places)))
    for fit in fits:
        if fit.named:
            raise InvalidInput(
                f"{fit.sheet.where}: the header in row {fit.header.row} lacks "
                f"{_lacking(fit.kind, fit.header)}; add the columns, or start from the template "
                "(mealsvc roster template)",
                f"{fit.sheet.where}：第{fit.header.row}行的表头缺少必要的列"
                f"（{_lacking(fit.kind, fit.header)}）；请补上，或使用导入模板",
            )
    return None


def _lacking(kind: Kind, header: Header) -> str:
    lacking = [f"{column.zh} ({column.en})" for column in header.missing]
    if kind is Kind.ELDERS and not {"lunch", "dinner"} & header.places.keys():
        lacking.append("午餐份数 (lunch portions)")
    return ", ".join(lacking)


def _nothing_found(
    path: Path, readings: Sequence[Sequence[Sheet]], kinds: Sequence[Kind]
) -> InvalidInput:
    """Say why a file holds nothing usable, as helpfully as possible."""
    wanted = " / ".join(kind.value.replace("_", " ") for kind in kinds)
    wanted_zh = "、".join(_NAMES_ZH[kind] for kind in kinds)
    sheets = [reading[0] for reading in readings if reading]
    if not any(sheet.rows for sheet in sheets):
        return InvalidInput(
            f"{path.name} has no rows; check whether this is the right file",
            f"{path.name} 没有任何数据行，请核对是否选对文件",
        )
    for other in Kind:
        if other not in kinds and any(_is_table_of(other, reading) for reading in readings):
            return InvalidInput(
                f"{path.name} lists {other.value.replace('_', ' ')}, not {wanted}; "
                "check which file belongs to which option",
                f"{path.name} 是{_NAMES_ZH[other]}名单，不是{wanted_zh}名单；请核对文件",
            )
    lines, lines_zh = zip(*(_what_lacks(reading, kinds) for reading in readings), strict=True)
    return InvalidInput(
        f"{path.name} has no table of {wanted}: {'; '.join(lines)}; "
        "compare it with the template (mealsvc roster template)",
        f"{path.name} 中没有{wanted_zh}的表格：{'；'.join(lines_zh)}；请对照导入模板",
    )


def _what_lacks(reading: Sequence[Sheet], kinds: Sequence[Kind]) -> tuple[str, str]:
    """Return why a sheet is none of the kinds, in English and Chinese."""
    name, name_zh = "the table", "表格"
    if reading[0].name:
        name, name_zh = f"sheet {reading[0].name}", f"工作表 {reading[0].name}"
    options = [
        (header, kind) for s in reading for kind in kinds if (header := find_header(s, kind))
    ]
    if not options:
        return f"{name} has no header that is known", f"{name_zh}没有可识别的表头"
    header, kind = max(options, key=lambda option: len(option[0].places))
    lacking = _lacking(kind, header)
    return (
        f"{name}, row {header.row}, lacks {lacking}",
        f"{name_zh}第{header.row}行的表头缺少 {lacking}",
    )


def _is_table_of(kind: Kind, reading: Sequence[Sheet]) -> bool:
    headers = [find_header(sheet, kind) for sheet in reading]
    return any(header is not None and not _lacking(kind, header) for header in headers)
