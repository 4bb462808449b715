"""What an import found: where, what is wrong, what to do — in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mealsvc.roster.columns import Kind
from mealsvc.roster.messages import ADVICE, WRONG


class Severity(StrEnum):
    """What a finding cost.

    ``error``: the row is not taken. ``warning``: the row is taken, a value was left out or
    repaired. ``place``: the row is taken but has no usable place. ``note``: the row is taken
    whole; the writing was unusual and is shown as it was read.
    """

    ERROR = "error"
    WARNING = "warning"
    PLACE = "place"
    NOTE = "note"


class Outcome(StrEnum):
    """What became of a row; every row that is read has exactly one."""

    IMPORTED = "imported"
    UPDATED = "updated"
    REJECTED = "rejected"
    DUPLICATE = "duplicates"
    EMPTY = "empty"


SEVERITY_ZH = {
    Severity.ERROR: "未导入",
    Severity.WARNING: "已导入，请核对",
    Severity.PLACE: "已导入，未定位",
    Severity.NOTE: "已按此识别",
}


@dataclass(frozen=True)
class Finding:
    """One thing found in one cell, row or file.

    Attributes
    ----------
    kind
        The table.
    severity
        What it cost.
    code
        Key of the message.
    file, sheet
        Where; the sheet of a text file is empty.
    row
        Row number as the spreadsheet shows it; None for the file as a whole.
    column
        The header as written, with the column's letter, for example ``手机号 (E)``.
    value
        The cell as shown.
    details
        What the message names: how a value was read, the other row, the accepted words.
    """

    kind: Kind
    severity: Severity
    code: str
    file: str
    sheet: str = ""
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: str = "zh") -> str:
        """Say what is wrong (``"zh"`` or ``"en"``)."""
        return self._fill(WRONG[self.code][0 if language == "zh" else 1])

    def advice(self, language: str = "zh") -> str:
        """Say what to do."""
        return self._fill(ADVICE[self.code][0 if language == "zh" else 1])

    def _fill(self, sentence: str) -> str:
        return sentence.format_map({"value": self.value or "", **self.details})

    def to_dict(self) -> dict[str, Any]:
        """Return everything for JSON, with the sentences in both languages."""
        return {
            "kind": self.kind.value,
            "severity": self.severity.value,
            "code": self.code,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message("en"),
            "advice": self.advice("en"),
            "message_zh": self.message("zh"),
            "advice_zh": self.advice("zh"),
        }
