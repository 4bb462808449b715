"""Empty forms to fill in: one workbook per list, with an example, drop-downs and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mealsvc.errors import InvalidInput
from mealsvc.roster.columns import COLUMNS, SHEET_NAMES, Column, Kind
from mealsvc.roster.guide import GUIDES, Guide
from mealsvc.roster.report_workbook import save_workbook

#: File name and the kinds of rows in it.
TEMPLATES: dict[str, tuple[Kind, ...]] = {
    "canteens": (Kind.CANTEENS, Kind.MEAL_POINTS),
    "couriers": (Kind.COURIERS,),
    "elders": (Kind.ELDERS,),
}
_ROWS = 2000  # rows that get drop-downs
_TEXT_COLUMNS = {"code", "phone", "contact_phone", "room", "birth", "canteen", "courier"}
_NEEDED = PatternFill("solid", fgColor="FCE4D6")
_OPTIONAL = PatternFill("solid", fgColor="DDEBF7")


def write_templates(folder: Path, language: str = "zh") -> list[Path]:
    """Write the three templates into a folder.

    Parameters
    ----------
    folder
        It is made when missing; templates that are there are replaced.
    language
        Of headers and explanations, ``"zh"`` or ``"en"``.

    Returns
    -------
    list of Path
        ``canteens.xlsx``, ``couriers.xlsx``, ``elders.xlsx``.

    Raises
    ------
    StorageFailure
        If a file cannot be written.
    """
    paths = []
    for name in TEMPLATES:
        path = folder / f"{name}.xlsx"
        write_template(name, path, language)
        paths.append(path)
    return paths


def write_template(name: str, path: Path, language: str = "zh") -> None:
    """Write one template (``"canteens"``, ``"couriers"`` or ``"elders"``).

    Raises
    ------
    InvalidInput
        If there is no such template.
    StorageFailure
        If the file cannot be written.
    """
    if name not in TEMPLATES:
        raise InvalidInput(f"there is no template {name!r}; there are {', '.join(TEMPLATES)}")
    zh = language == "zh"
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind in TEMPLATES[name]:
        sheet = book.create_sheet(SHEET_NAMES[kind][0] if zh else kind.value.replace("_", " "))
        _form(sheet, kind, zh=zh)
    _explanations(book.create_sheet("填写说明" if zh else "how to fill in"), name, zh=zh)
    save_workbook(book, path)


def _guided(kind: Kind) -> list[tuple[Column, Guide]]:
    """Return the columns of a template with their guides, in order."""
    guides = GUIDES[kind]
    return [(column, guides[column.key]) for column in COLUMNS[kind] if column.key in guides]


def _form(sheet: Worksheet, kind: Kind, *, zh: bool) -> None:
    for index, (column, guide) in enumerate(_guided(kind), start=1):
        letter = get_column_letter(index)
        title = column.zh if zh else column.en
        head = sheet.cell(1, index, title)
        head.font = Font(bold=True)
        head.fill = _NEEDED if column.needed else _OPTIONAL
        head.comment = Comment(guide.means[0 if zh else 1], "mealsvc")
        sheet.cell(2, index, guide.example[0 if zh else 1])
        sheet.column_dimensions[letter].width = max(
            10, 2 * len(title) + 2 if zh else len(title) + 2
        )
        if column.key in _TEXT_COLUMNS:
            for row in range(2, 202):
                sheet.cell(row, index).number_format = "@"
        _drop_down(sheet, letter, guide.choices[0 if zh else 1])
    sheet.freeze_panes = "C2"


def _drop_down(sheet: Worksheet, letter: str, choices: Sequence[str]) -> None:
    """Offer choices without refusing other words, which the import may understand."""
    if choices:
        rule = DataValidation(
            type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, errorStyle="warning"
        )
        rule.add(f"{letter}2:{letter}{_ROWS}")
        sheet.add_data_validation(rule)


def _explanations(sheet: Worksheet, name: str, *, zh: bool) -> None:
    heads = (
        ("工作表", "列", "必填", "填写说明", "也可写作", "示例")
        if zh
        else ("sheet", "column", "needed", "what to write", "also understood", "example")
    )
    sheet.append(heads)
    side = 0 if zh else 1
    for kind in TEMPLATES[name]:
        for column, guide in _guided(kind):
            sheet.append(
                [
                    SHEET_NAMES[kind][0] if zh else kind.value.replace("_", " "),
                    column.zh if zh else column.en,
                    ("是" if zh else "yes") if column.needed else "",
                    guide.means[side],
                    ("、" if zh else ", ").join(column.names[1:] if zh else column.names),
                    guide.example[side],
                ]
            )
    sheet.append([])
    sheet.append(
        ["第 2 行是示例，填写前请删除或改写。"]
        if zh
        else ["Row 2 is an example: delete it or write over it."]
    )
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (10, 18, 8, 48, 60, 20), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
