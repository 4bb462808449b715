"""The printed report of a coverage, counted as its reader may know."""

from __future__ import annotations

from mealsvc.access import Caller
from mealsvc.desk.siting import disclosure, note_export
from mealsvc.reports import siting_report, siting_report_pdf
from mealsvc.runtime import Runtime
from mealsvc.siting.asking import Asked


def report_pdf(
    runtime: Runtime, caller: Caller, asked: Asked, against: int | None, *, language: str
) -> bytes:
    """Return a coverage as a report of two pages, PDF; the export is noted.

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    asked
        The coverage that is reported.
    against
        Number of the scenario it is compared with; None: the present.
    language
        ``"zh"`` or ``"en"``.

    Raises
    ------
    NotFound
        If there is no such scenario or imported set.
    NotReady
        If no street network was built, or the typeface is missing.
    """
    report = siting_report(
        runtime,
        asked,
        against,
        told_for=lambda people: disclosure(runtime, caller, people),
        made_by=caller.identity.display_name or caller.name,
        language=language,
    )
    content = siting_report_pdf(runtime, report, language)
    note_export(runtime, caller, "report", asked)
    return content
