"""The roster: who is served, from where, by whom — spreadsheets in, checks, upkeep.

:func:`import_roster` reads files; :mod:`mealsvc.roster.upkeep` keeps single records;
:mod:`mealsvc.roster.templates` writes empty forms.
"""

from mealsvc.roster.findings import Finding, Outcome, Severity
from mealsvc.roster.importing import RosterFiles, import_roster
from mealsvc.roster.report import ImportReport, KindCounts
from mealsvc.roster.report_workbook import write_report

__all__ = [
    "Finding",
    "ImportReport",
    "KindCounts",
    "Outcome",
    "RosterFiles",
    "Severity",
    "import_roster",
    "write_report",
]
