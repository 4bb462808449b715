"""The report of an import: counts that add up, findings row by row, as JSON and as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mealsvc.roster.changes import RecordChange
from mealsvc.roster.columns import Kind
from mealsvc.roster.findings import Finding, Outcome, Severity
from mealsvc.roster.tables import RowKey


@dataclass(frozen=True)
class KindCounts:
    """What became of the rows of one kind.

    ``read`` is always the sum of ``imported``, ``updated``, ``rejected``, ``duplicates`` (rows that
    repeat another row or change nothing in the records) and ``empty`` (blank rows, notes, totals).
    ``unlocated`` counts rows that were taken without a usable place, ``corrected`` those with a
    warning.
    """

    read: int
    imported: int
    updated: int
    rejected: int
    duplicates: int
    empty: int
    unlocated: int

    def __post_init__(self) -> None:
        """Check that no row was lost."""
        total = self.imported + self.updated + self.rejected + self.duplicates + self.empty
        if self.read != total:
            raise RuntimeError(f"{self.read} rows were read, but {total} are accounted for")

    @classmethod
    def of(cls, read: int, outcomes: Mapping[RowKey, Outcome], unlocated: int) -> KindCounts:
        """Count outcomes."""
        by = Counter(outcomes.values())
        return cls(
            read=read,
            imported=by[Outcome.IMPORTED],
            updated=by[Outcome.UPDATED],
            rejected=by[Outcome.REJECTED],
            duplicates=by[Outcome.DUPLICATE],
            empty=by[Outcome.EMPTY],
            unlocated=unlocated,
        )

    def to_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return dict(vars(self))


@dataclass(frozen=True)
class UnlocatedRow:
    """A row that was taken without a usable place."""

    kind: Kind
    code: str
    name: str
    address: str
    reason: str
    finding: Finding


@dataclass(frozen=True)
class ImportReport:
    """What one import did, or would do.

    Attributes
    ----------
    dry_run
        Whether nothing was saved.
    counts
        By kind of row.
    findings
        In the order of the files.
    missing
        By kind: codes and names that are in the records but not in the files.
    originals
        Cells by title of every row with a finding.
    unlocated
        Rows taken without a usable place.
    changes
        Records that are opened or changed, with the fields that differ.
    """

    dry_run: bool
    counts: Mapping[Kind, KindCounts]
    findings: Sequence[Finding]
    missing: Mapping[Kind, Sequence[tuple[str, str]]]
    originals: Mapping[RowKey, Mapping[str, str]] = field(default_factory=dict)
    unlocated: Sequence[UnlocatedRow] = ()
    changes: Sequence[RecordChange] = ()
    run_id: int | None = None

    def severities(self) -> dict[Severity, int]:
        """Return how many findings there are of each severity."""
        by = Counter(finding.severity for finding in self.findings)
        return {severity: by[severity] for severity in Severity}

    def to_dict(self) -> dict[str, Any]:
        """Return everything for JSON."""
        return {
            "dry_run": self.dry_run,
            "run_id": self.run_id,
            "counts": {kind.value: counts.to_dict() for kind, counts in self.counts.items()},
            "severities": {severity.value: n for severity, n in self.severities().items()},
            "findings": [finding.to_dict() for finding in self.findings],
            "changes": [change.to_dict() for change in self.changes],
            "missing": {
                kind.value: [{"code": code, "name": name} for code, name in people]
                for kind, people in self.missing.items()
            },
        }
