"""Read one row by column key, turning every fault into a finding and never into an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from mealsvc.roster.columns import Kind
from mealsvc.roster.drafts import KEEP, Maybe
from mealsvc.roster.findings import Finding, Severity
from mealsvc.roster.headers import Header
from mealsvc.roster.values import Read, Unreadable, Value, text, written
from mealsvc.roster.worksheets import Row, Sheet, Uncounted, column_letter

#: Remarks that call for a check; the others only say how an unusual writing was read.
_TO_CHECK = {"date_without_day", "date_as_number", "phone_length"}


class RowReader:
    """One row of a table with its header, collecting findings.

    Parameters
    ----------
    kind, sheet, header, row
        What is read.
    findings
        Where findings are added.
    """

    def __init__(
        self, kind: Kind, sheet: Sheet, header: Header, row: Row, findings: list[Finding]
    ) -> None:
        self.kind = kind
        self.sheet = sheet
        self.header = header
        self.row = row
        self.findings = findings

    def has(self, *keys: str) -> bool:
        """Say whether the table has one of the columns."""
        return any(key in self.header.places for key in keys)

    def cell(self, key: str) -> Value:
        """Return a cell, None where it is empty or the column is not there."""
        index = self.header.places.get(key)
        if index is None or index >= len(self.row.cells):
            return None
        return self.row.cells[index]

    def column(self, key: str) -> str | None:
        """Return a column as a message names it: the header as written and the letter."""
        index = self.header.places.get(key)
        return None if index is None else f"{self.header.titles[index]} ({column_letter(index)})"

    def report(
        self,
        severity: Severity,
        code: str,
        key: str | None = None,
        /,
        **details: Any,  # noqa: ANN401
    ) -> None:
        """Add a finding about this row, or about one of its cells."""
        shown = written(self.cell(key)) if key else ""
        self.findings.append(
            Finding(
                kind=self.kind,
                severity=severity,
                code=code,
                file=self.sheet.file,
                sheet=self.sheet.name,
                row=self.row.number,
                column=self.column(key) if key else None,
                value=shown[:200] or None,
                details=details,
            )
        )

    def text(
        self, key: str, limit: int, read: Callable[[Value], str | None] = text
    ) -> Maybe[str | None]:
        """Read text; too long text is cut with a warning."""
        if not self.has(key):
            return KEEP
        try:
            found = read(self.cell(key))
        except Unreadable as fault:
            self.report(Severity.WARNING, fault.code, key)
            return KEEP
        if found and len(found) > limit:
            self.report(Severity.WARNING, "text_cut", key, limit=limit)
            found = found[:limit]
        return found

    def take[T](
        self,
        key: str,
        read: Callable[[Value], Read[T]],
        code: str | None = None,
        **details: Any,  # noqa: ANN401
    ) -> Maybe[T | None]:
        """Read a value; one that cannot be read is left out with a warning.

        Parameters
        ----------
        key
            The column.
        read
            One of the readers.
        code
            Message for an unreadable value; by default the reader's own.
        **details
            For the message.

        Returns
        -------
        The value; None for an empty cell; KEEP where there is no column or nothing certain in it.
        """
        if not self.has(key):
            return KEEP
        value = self.cell(key)
        if value is None:
            return None
        try:
            if isinstance(value, Uncounted):
                raise Unreadable("uncounted")  # noqa: TRY301 - one way out for every fault
            found = read(value)
        except Unreadable as fault:
            own = fault.code == "uncounted" or code is None
            self.report(Severity.WARNING, fault.code if own else str(code), key, **details)
            return KEEP
        self.remark(key, found)
        return found.value

    def remark(self, key: str, found: Read[Any]) -> None:
        """Report an unusual writing that was understood."""
        if found.remark:
            severity = Severity.WARNING if found.remark in _TO_CHECK else Severity.NOTE
            self.report(severity, found.remark, key, read=shown(found.value))


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a reader returns
    """Return a value as messages show it."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        inner = [shown(part) for part in value if part is not None]
        pair = len(value) == 2 and not any(isinstance(part, tuple) for part in value)
        return ("-" if pair else "; ").join(inner)
    return str(value)
