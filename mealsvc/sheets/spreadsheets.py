"""Tables as XLSX and CSV that a spreadsheet program opens without running anything in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mealsvc.sheets.tables import Cell, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes spreadsheet programs read a text as a formula (OWASP, "CSV injection")."""

_HEAD_FONT = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="E6E6E6")
_HEAD_EDGE = Border(bottom=Side("thin"))
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def workbook(tables: Iterable[Table], title: str, made_at: datetime) -> bytes:
    """Return an XLSX workbook, one sheet per table, headings frozen and filterable.

    Parameters
    ----------
    title
        Title in the file's properties.
    made_at
        Creation time in the file's properties.
    """
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    book.properties.title = title
    book.properties.creator = "mealsvc"
    book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
    for table in tables:
        sheet = book.create_sheet(table.title)
        for at, (heading, width) in enumerate(table.columns, start=1):
            cell = sheet.cell(1, at)
            _write(cell, heading)
            cell.font, cell.fill, cell.border = _HEAD_FONT, _HEAD_FILL, _HEAD_EDGE
            cell.alignment = _WRAPPED
            sheet.column_dimensions[get_column_letter(at)].width = width + 2
        for number, row in enumerate(table.rows, start=2):
            for at, value in enumerate(row, start=1):
                cell = sheet.cell(number, at)
                _write(cell, value)
                cell.alignment = _WRAPPED
        _prepare_to_read(sheet, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _prepare_to_read(sheet: Worksheet, table: Table) -> None:
    """Freeze the headings, offer filters, and print landscape on one page's width."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(cell: SheetCell, value: Cell) -> None:
    """Write a value as data: a text stays a text whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.value = text or None
    if text.startswith(FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True


def csv_text(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with a mark at the beginning, as spreadsheet programs expect.

    A text that a spreadsheet program would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([heading for heading, _ in table.columns])
    for row in table.rows:
        writer.writerow([_guarded(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _guarded(value: Cell) -> str | int:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    return "" if value is None else value
