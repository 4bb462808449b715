"""Read text tables (CSV, TSV) in the encodings and separators that spreadsheet programs write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from mealsvc.errors import InvalidInput
from mealsvc.roster.worksheets import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Row, Sheet, used_rows

_SEPARATORS = ",;\t，"
# Files that people rename to .csv or pick by mistake, by how they begin.
_OTHERS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"\x1f\x8b": "an archive",
    b"SQLite": "a database",
    b"{\\rtf": "a text document",
}


def read_text_file(path: Path) -> Iterator[Sheet]:
    """Yield the readings of a text table, one for each separator that occurs in it.

    Raises
    ------
    InvalidInput
        If it is no text, another kind of document, too large, or its quotes do not match.
    """
    if path.stat().st_size > MOST_BYTES:
        raise InvalidInput(
            f"{path.name} is too large; split it into several files",
            f"{path.name} 太大，请拆分为几个文件",
        )
    text = _decode(path)
    separators = [mark for mark in _SEPARATORS if mark in text] or [","]
    for separator in separators:
        yield Sheet(path.name, "", tuple(used_rows(list(_rows(path, text, separator)))))


def _rows(path: Path, text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise InvalidInput(
                    f"{path.name}: row {number} is beyond {MOST_ROWS:,} rows or {MOST_COLUMNS} "
                    "columns; split the file",
                    f"{path.name}：第{number}行超出范围（最多{MOST_ROWS}行、{MOST_COLUMNS}列），请拆分文件",
                )
            yield Row(number, tuple(cell if cell.strip() else None for cell in cells))
    except csv.Error as error:
        raise InvalidInput(
            f"{path.name}: line {reader.line_num} cannot be read ({error}); a quotation mark may "
            "be missing; save it again as CSV from a spreadsheet program",
            f"{path.name}：第{reader.line_num}行无法读取，可能缺少引号；请用表格软件重新另存为 CSV",
        ) from error


def _decode(path: Path) -> str:
    content = path.read_bytes()
    for start, kind in _OTHERS.items():
        if content.startswith(start):
            raise InvalidInput(
                f"{path.name} is {kind}; export the roster as .xlsx or .csv",
                f"{path.name} 不是表格文件；请将名单导出为 .xlsx 或 .csv",
            )
    if content.lstrip()[:9].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise InvalidInput(
            f"{path.name} is a web page with another ending; open it in a spreadsheet program and "
            "save it as .xlsx",
            f"{path.name} 其实是网页；请用表格软件打开后另存为 .xlsx",
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\0") * 100 <= len(text):  # a few strays; binary files have many
            return text.replace("\0", "")
    raise InvalidInput(
        f"{path.name} is no text in UTF-8 or GB18030; export the roster as .xlsx or as CSV (UTF-8)",
        f"{path.name} 不是 UTF-8 或 GB18030 文本；请将名单导出为 .xlsx 或 CSV（UTF-8）",
    )
