"""From sheets to tables of drafts: which rows are records, which repeat others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mealsvc.roster.choosing import ChosenSheet
from mealsvc.roster.columns import COLUMNS, Kind
from mealsvc.roster.drafts import CanteenDraft, CourierDraft, ElderDraft, MealPointDraft
from mealsvc.roster.findings import Finding, Outcome, Severity
from mealsvc.roster.headers import Header, match_header
from mealsvc.roster.rows import RowReader
from mealsvc.roster.values import plain, written
from mealsvc.roster.worksheets import Row, column_letter

type Draft = CanteenDraft | MealPointDraft | CourierDraft | ElderDraft
type RowKey = tuple[str, str, int]

_NOTE = re.compile(
    r"^(注|备注|说明|合计|总计|小计|共计|制表|填表|填报|审核|负责人|联系人|打印|日期|※|\*|note|total|sum)"
)

# Columns whose absence is worth a word, and what happens without them (Chinese, English).
_WORTH_A_WORD: dict[Kind, dict[str, tuple[str, str]]] = {
    Kind.CANTEENS: {"lon": ("坐标未知", "places stay unknown")},
    Kind.MEAL_POINTS: {"lon": ("坐标未知", "places stay unknown")},
    Kind.COURIERS: {
        "mode": ("按步行处理", "new couriers are taken as walking"),
        "starts": ("没有班次", "no shifts are stored"),
        "days": ("按每天出勤处理", "shifts count for every day"),
    },
    Kind.ELDERS: {
        "way": ("按送餐上门处理", "everybody is taken as delivery to the door"),
        "lon": ("坐标未知", "places stay unknown"),
        "days": ("按每天处理", "orders count for every day"),
        "phone": ("没有电话", "no phone numbers are stored"),
    },
}


@dataclass(frozen=True)
class Record[D]:
    """A row that was understood."""

    reader: RowReader
    draft: D


@dataclass
class Table[D]:
    """One kind of rows from all its files.

    Attributes
    ----------
    kind
        What the rows list.
    records
        Rows that can be taken, in file order, each code once.
    outcomes
        What became of each row that was read, as far as it is settled.
    originals
        Cells by title of every row, for the report.
    """

    kind: Kind
    records: list[Record[D]] = field(default_factory=list)
    outcomes: dict[RowKey, Outcome] = field(default_factory=dict)
    originals: dict[RowKey, Row] = field(default_factory=dict)
    headers: dict[tuple[str, str], Header] = field(default_factory=dict)
    read: int = 0


def row_key(reader: RowReader) -> RowKey:
    """Return what identifies a row across files."""
    return reader.sheet.file, reader.sheet.name, reader.row.number


def build_table[D: (CanteenDraft, MealPointDraft, CourierDraft, ElderDraft)](
    kind: Kind,
    sheets: Iterable[ChosenSheet],
    parse: Callable[[RowReader], D | None],
    findings: list[Finding],
) -> Table[D]:
    """Read every row of some sheets.

    Parameters
    ----------
    kind
        What the sheets list.
    sheets
        Those that were chosen.
    parse
        Makes a draft of a row, or reports why not.
    findings
        Where findings are added.
    """
    table: Table[D] = Table(kind)
    firsts = _Firsts()
    for chosen in sheets:
        sheet, header = chosen.sheet, chosen.header
        _about_the_file(chosen, findings)
        table.headers[sheet.file, sheet.name] = header
        for row in sheet.rows[header.row :]:
            reader = RowReader(kind, sheet, header, row, findings)
            key = row_key(reader)
            table.read += 1
            table.originals[key] = row
            if _no_record(reader):
                table.outcomes[key] = Outcome.EMPTY
                continue
            draft = None if firsts.repeats(reader) else parse(reader)
            if draft is not None and firsts.same_person(reader, draft):
                draft = None
            if draft is None:
                table.outcomes[key] = firsts.outcome or Outcome.REJECTED
            else:
                table.records.append(Record(reader, draft))
    return table


def _about_the_file(chosen: ChosenSheet, findings: list[Finding]) -> None:
    """Report what concerns a whole sheet."""
    kind, sheet, header = chosen.kind, chosen.sheet, chosen.header

    def add(severity: Severity, code: str, **details: object) -> None:
        findings.append(Finding(kind, severity, code, sheet.file, sheet.name, details=details))

    if chosen.left_out:
        add(Severity.WARNING, "sheets_left_out", sheets="、".join(chosen.left_out), name=sheet.name)
    if header.unknown:
        add(Severity.NOTE, "unknown_columns", titles="、".join(header.unknown))
    below = [cell for cell in sheet.merged if cell[0] >= header.row]
    if below:
        add(Severity.WARNING, "merged_cells", count=len(below))
    if len(sheet.rows) <= header.row:
        add(Severity.WARNING, "no_rows")
    titles = {column.key: column.zh for column in COLUMNS[kind]}
    for key, (zh, en) in _WORTH_A_WORD[kind].items():
        if key not in header.places and not (key == "lon" and "position" in header.places):
            add(Severity.WARNING, "absent_column", title=titles[key], effect=en, effect_zh=zh)


def _no_record(reader: RowReader) -> bool:
    """Say whether a row is blank, a note, a total or the header again; report it."""
    if reader.row.empty:
        reader.report(Severity.NOTE, "blank_row")
        return True
    title = reader.header.titles[reader.header.places["code"]]
    if written(reader.cell("code")) == title and _is_header(reader):
        reader.report(Severity.NOTE, "repeated_header")
        return True
    filled = [cell for cell in reader.row.cells if cell is not None]
    code, name = plain(reader.cell("code")), plain(reader.cell("name"))
    if (not code or not name) and _NOTE.match(plain(filled[0])) and len(filled) <= 6:
        reader.report(Severity.WARNING, "note_row")
        return True
    return False


def _is_header(reader: RowReader) -> bool:
    return match_header(reader.row, reader.kind).places == reader.header.places


class _Firsts:
    """The first row of every code and person, to recognise repetitions.

    ``outcome`` is what becomes of the row that was judged last, None when it repeats nothing.
    """

    def __init__(self) -> None:
        self.outcome: Outcome | None = None
        self._codes: dict[str, RowReader] = {}
        self._people: dict[tuple[object, ...], tuple[int, str]] = {}

    def repeats(self, reader: RowReader) -> bool:
        """Say whether the row's code was seen before; report it."""
        self.outcome = None
        code = written(reader.cell("code"))
        if not code:
            return False
        first = self._codes.setdefault(code, reader)
        if first is reader:
            return False
        different = [
            reader.column(key) or key
            for key in reader.header.places
            if plain(reader.cell(key)) != plain(first.cell(key))
        ]
        if different:
            self.outcome = Outcome.REJECTED
            fields = ", ".join(different)
            reader.report(Severity.ERROR, "same_code", "code", row=first.row.number, fields=fields)
        else:
            self.outcome = Outcome.DUPLICATE
            reader.report(Severity.WARNING, "same_row", "code", row=first.row.number)
        return True

    def same_person(self, reader: RowReader, draft: Draft) -> bool:
        """Say whether an elder is already there under another code; report it."""
        person = draft.person if isinstance(draft, ElderDraft) else None
        if person is None:
            return False
        row, code = self._people.setdefault(person, (reader.row.number, draft.code))
        if code == draft.code:
            return False
        self.outcome = Outcome.DUPLICATE
        reader.report(Severity.WARNING, "same_person", "name", row=row, code=code)
        return True


def original_values(table: Table[Draft], key: RowKey) -> dict[str, str]:
    """Return a row's cells by title, as written."""
    header = table.headers[key[:2]]
    cells = table.originals[key].cells
    return {
        header.titles.get(index, column_letter(index)): written(cell)
        for index, cell in enumerate(cells)
        if cell is not None
    }
