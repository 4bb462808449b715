"""The report of an import as a workbook that a manager can work through."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mealsvc.errors import StorageFailure
from mealsvc.roster.columns import SHEET_NAMES, Kind
from mealsvc.roster.findings import SEVERITY_ZH, Severity
from mealsvc.roster.report import ImportReport
from mealsvc.vocabulary import UnlocatedReason, label

_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="F8CBAD"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE699"),
    Severity.PLACE: PatternFill("solid", fgColor="BDD7EE"),
    Severity.NOTE: PatternFill("solid", fgColor="E2EFDA"),
}
_WIDEST = 60
_ENGLISH_SENTENCES = ("what is wrong", "what to do", "original row")
_COUNTS = (
    ("read", "读取", "read"),
    ("imported", "新增", "imported"),
    ("updated", "更新", "updated"),
    ("rejected", "未导入", "rejected"),
    ("duplicates", "重复或无变化", "duplicates or unchanged"),
    ("empty", "空行", "empty"),
    ("unlocated", "其中未定位", "of these unlocated"),
)


def write_report(report: ImportReport, path: Path, language: str = "zh") -> None:
    """Write a report to a workbook, whole or not at all.

    Parameters
    ----------
    report
        What an import found.
    path
        File to write; an existing one is replaced.
    language
        ``"zh"`` or ``"en"``.

    Raises
    ------
    StorageFailure
        If the file cannot be written.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    zh = language == "zh"
    _summary(book.create_sheet("汇总" if zh else "summary"), report, zh=zh)
    _findings(book.create_sheet("问题" if zh else "findings"), report, language)
    _unlocated(book.create_sheet("未定位" if zh else "unlocated"), report, language)
    save_workbook(book, path)


def save_workbook(book: Workbook, path: Path) -> None:
    """Write a workbook under a temporary name, then put it in place.

    Raises
    ------
    StorageFailure
        If the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".xlsx", dir=path.parent)
        os.close(handle)
        try:
            book.save(name)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise StorageFailure(f"{path} cannot be written: {error.strerror or error}") from error


def kind_name(kind: Kind, *, zh: bool) -> str:
    """Return what a kind of rows is called."""
    return SHEET_NAMES[kind][0] if zh else kind.value.replace("_", " ")


def _summary(sheet: Worksheet, report: ImportReport, *, zh: bool) -> None:
    heads = ["类别" if zh else "kind", *(word if zh else en for _, word, en in _COUNTS)]
    rows: list[list[object]] = [
        [kind_name(kind, zh=zh), *(counts.to_dict()[key] for key, _, _ in _COUNTS)]
        for kind, counts in report.counts.items()
    ]
    rows.append([])
    if report.dry_run:
        rows.append(["试运行，未保存" if zh else "dry run, nothing was saved"])
    for severity, count in report.severities().items():
        rows.append([SEVERITY_ZH[severity] if zh else severity.value, count])
    for kind, people in report.missing.items():
        if people:
            title = "系统中有、文件中没有" if zh else "in the records, not in the file"
            rows.append([])
            rows.append([f"{kind_name(kind, zh=zh)}：{title}" if zh else f"{kind.value}: {title}"])
            rows.extend([code, name] for code, name in people)
    _table(sheet, heads, rows)


def _findings(sheet: Worksheet, report: ImportReport, language: str) -> None:
    zh = language == "zh"
    heads = (
        ["类别", "级别", "文件", "工作表", "行", "列", "值", "问题", "处理办法", "原始行"]
        if zh
        else ["kind", "level", "file", "sheet", "row", "column", "value", *_ENGLISH_SENTENCES]
    )
    rows = []
    for finding in report.findings:
        key = (finding.file, finding.sheet, finding.row or 0)
        original = report.originals.get(key, {})
        rows.append(
            [
                kind_name(finding.kind, zh=zh),
                SEVERITY_ZH[finding.severity] if zh else finding.severity.value,
                finding.file,
                finding.sheet,
                finding.row,
                finding.column,
                finding.value,
                finding.message(language),
                finding.advice(language),
                " | ".join(f"{title}: {value}" for title, value in original.items()),
            ]
        )
    _table(sheet, heads, rows)
    for row, finding in enumerate(report.findings, start=2):
        sheet.cell(row, 2).fill = _FILLS[finding.severity]


def _unlocated(sheet: Worksheet, report: ImportReport, language: str) -> None:
    zh = language == "zh"
    heads = (
        ["类别", "编号", "姓名", "地址", "行", "原因", "处理办法"]
        if zh
        else ["kind", "code", "name", "address", "row", "reason", "what to do"]
    )
    rows = [
        [
            kind_name(one.kind, zh=zh),
            one.code,
            one.name,
            one.address,
            one.finding.row,
            label(UnlocatedReason(one.reason), language),
            one.finding.advice(language),
        ]
        for one in report.unlocated
    ]
    _table(sheet, heads, rows)


def _table(sheet: Worksheet, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table with a frozen, filterable header and columns as wide as their text."""
    sheet.append(list(heads))
    for cells in rows:
        sheet.append([_harmless(cell) for cell in cells])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D9D9D9")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for index, column in enumerate(sheet.iter_cols(), start=1):
        widest = max(_width(cell.value) for cell in column)
        sheet.column_dimensions[get_column_letter(index)].width = min(widest + 2, _WIDEST)
        if widest > _WIDEST:
            for cell in column[1:]:
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def _harmless(value: object) -> object:
    """Keep text from a roster text: nothing that a spreadsheet would take for a formula."""
    if isinstance(value, str):
        text = "".join(mark for mark in value if mark >= " " or mark in "\n\t")
        return f"'{text}" if text[:1] in {"=", "+", "@"} else text
    return value


def _width(value: object) -> int:
    """Return how wide a value is shown: Chinese characters take two places."""
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in str(value or ""))
