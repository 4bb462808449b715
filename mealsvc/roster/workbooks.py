"""Read workbooks (XLSX, XLSB, XLS, ODS), with merged cells and formulas seen as what they are."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import python_calamine as calamine
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from mealsvc.errors import InvalidInput
from mealsvc.roster.worksheets import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Sheet,
    Uncounted,
    used_rows,
)

# A cell with a value in a worksheet part: its reference, its attributes, what it begins with.
_CELL = re.compile(
    rb'<(?:\w+:)?c\b([^>]*?)\br="([A-Z]{1,3})(\d+)"([^>/]*)>\s*<(?:\w+:)?([vif]s?)\b'
)
_BARE_FORMULA = re.compile(
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></|</(?:\w+:)?c>)"
)
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="e"')


def read_workbook(path: Path) -> list[Sheet]:
    """Return the visible sheets of a workbook.

    Raises
    ------
    InvalidInput
        If it has a password, is damaged, is another kind of document or has a stray cell far out.
    """
    _refuse_protected(path)
    uncounted = _scan(path) if zipfile.is_zipfile(path) else False
    try:
        with calamine.load_workbook(str(path)) as book:
            names = [
                meta.name
                for meta in book.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
                and meta.visible == calamine.SheetVisibleEnum.Visible
            ]
            sheets = [_sheet(path, book.get_sheet_by_name(name)) for name in names]
    except calamine.PasswordError as error:
        raise _protected(path) from error
    except calamine.CalamineError as error:
        raise InvalidInput(
            f"{path.name} cannot be read as a spreadsheet ({error}); open it in a spreadsheet "
            "program and save it again as .xlsx",
            f"{path.name} 无法作为表格读取；请用表格软件打开后重新另存为 .xlsx",
        ) from error
    return _with_uncounted(path, sheets) if uncounted else sheets


def _protected(path: Path) -> InvalidInput:
    return InvalidInput(
        f"{path.name} is protected with a password; open it, remove the password "
        "(save as without one) and import that file",
        f"{path.name} 设有密码；请打开后去掉密码另存，再导入",
    )


def _damaged_zh(path: Path) -> str:
    return f"{path.name} 已损坏，请重新复制或导出"


def _refuse_protected(path: Path) -> None:
    """Refuse encrypted workbooks, and other documents that share their container."""
    if zipfile.is_zipfile(path):
        return
    content = path.read_bytes()
    if content[:4] != b"\xd0\xcf\x11\xe0":
        raise InvalidInput(
            f"{path.name} is damaged (cut off?); copy or export it again", _damaged_zh(path)
        )
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _protected(path)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise InvalidInput(
            f"{path.name} is no spreadsheet; export the roster as .xlsx or .csv",
            f"{path.name} 不是表格文件；请将名单导出为 .xlsx 或 .csv",
        )


def _scan(path: Path) -> bool:
    """Check the size of a zipped workbook; say whether cells show something but hold no value."""
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
            if sum(info.file_size for info in infos) > MOST_BYTES:
                raise InvalidInput(
                    f"{path.name} is too large; split it into several files",
                    f"{path.name} 太大，请拆分为几个文件",
                )
            uncounted = False
            for info in infos:
                if "worksheets/" in info.filename and info.filename.endswith(".xml"):
                    content = parts.read(info)
                    _refuse_stray_cells(path, content)
                    uncounted |= bool(_BARE_FORMULA.search(content) or _ERROR_CELL.search(content))
            return uncounted
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise InvalidInput(
            f"{path.name} is damaged ({error}); copy or export it again", _damaged_zh(path)
        ) from error
    except RuntimeError as error:  # what zipfile raises for an encrypted part
        raise _protected(path) from error


def _refuse_stray_cells(path: Path, content: bytes) -> None:
    for match in _CELL.finditer(content):
        letters, number = match[2], int(match[3])
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        if number > MOST_ROWS or column > MOST_COLUMNS:
            raise InvalidInput(
                f"{path.name} has a value far outside the table, in cell "
                f"{letters.decode()}{number}; delete it, or split a roster of more than "
                f"{MOST_ROWS:,} rows",
                f"{path.name} 的单元格 {letters.decode()}{number} 远在表格之外；请删除其内容，"
                f"名单超过{MOST_ROWS}行时请拆分",
            )


def _sheet(path: Path, sheet: calamine.CalamineSheet) -> Sheet:
    values = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = frozenset(_fill_merged(values, sheet.merged_cell_ranges or []))
    rows = [Row(k, tuple(row)) for k, row in enumerate(values, start=1)]
    return Sheet(path.name, sheet.name, tuple(used_rows(rows)), merged)


def _plain(cell: object) -> Cell:
    """Give whole numbers as int and empty text as None."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return cell  # type: ignore[return-value]  # the reader returns nothing but cells


def _fill_merged(
    values: list[list[Cell]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Repeat the value of a merged cell downwards; yield the (row, column) of every merged cell."""
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom + 1, len(values))):
            for column in range(left, min(right + 1, len(values[row]))):
                if (row, column) != (top, left):
                    yield row, column
            if row > top and left < len(values[row]):
                values[row][left] = values[top][left]


def _with_uncounted(path: Path, sheets: list[Sheet]) -> list[Sheet]:
    """Put the text of formulas without a value, and of error cells, where they stand."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except (InvalidFileException, KeyError, ValueError, OSError):
        return sheets  # the fast reader understood it; only the formulas stay unseen
    try:
        return [_marked(sheet, book[sheet.name]) for sheet in sheets]
    finally:
        book.close()


def _marked(sheet: Sheet, shown: Worksheet) -> Sheet:
    rows = list(sheet.rows)
    for number, cells in enumerate(shown.iter_rows(), start=1):
        marks = {
            cell.column - 1: Uncounted(str(cell.value))
            for cell in cells
            if cell.value is not None
            and cell.data_type in {"f", "e"}
            and (
                number > len(rows)
                or cell.column > len(rows[number - 1].cells)
                or rows[number - 1].cells[cell.column - 1] is None
            )
        }
        if not marks:
            continue
        while len(rows) < number:
            rows.append(Row(len(rows) + 1, ()))
        present = list(rows[number - 1].cells)
        present += [None] * (max(marks) + 1 - len(present))
        for column, mark in marks.items():
            present[column] = mark
        rows[number - 1] = Row(number, tuple(present))
    return Sheet(sheet.file, sheet.name, tuple(rows), sheet.merged)
