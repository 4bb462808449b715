"""Print a siting report: two pages of A4, first the map, then tables and how they came about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from geodata.streets import Streets
from mealsvc.clock import local_date
from mealsvc.errors import NotReady
from mealsvc.reports.drawing import (
    SHADES,
    UNTOLD,
    draw_report_map,
    legend_circle,
    legend_mark,
    legend_shade,
)
from mealsvc.reports.reading import SitingReport, Source, Titled
from mealsvc.reports.site_changes import Fate, change_lines
from mealsvc.reports.tables import count_text, points_text, share_text, tables
from mealsvc.reports.words import WORDS, phrase
from mealsvc.runtime import Runtime
from mealsvc.sheets.printable import Proof, code_point
from mealsvc.sheets.typeset import Press
from mealsvc.siting.figures import Band
from mealsvc.streets import open_streets
from mealsvc.vocabulary import Meal, SiteKind, label

TEMPLATE = "siting.typ"
_MOST_CHANGES = 6  # lines that the first page has room for


def siting_report_pdf(runtime: Runtime, report: SitingReport, language: str) -> bytes:
    """Return a report as PDF, always of two pages.

    Parameters
    ----------
    runtime
        The installation: its fonts and streets.
    report
        What is printed.
    language
        ``"zh"`` or ``"en"``.

    Raises
    ------
    NotReady
        If the typeface of the sheets was not installed.
    """
    press = Press(runtime.settings.home / "fonts", Path(__file__).parent)
    streets = _streets(runtime)
    proof = Proof(press.characters)
    data: dict[str, Any] = proof.data(
        {
            "head": _head(runtime, report, language),
            "tiles": _tiles(report, language),
            "changes": _changes(report, language),
            "tables": tables(report, language),
            "method": _method(report, language),
            "data": _data(runtime, report, streets, language),
            "legend": _legend_words(report, language),
            "words": WORDS["zh" if language == "zh" else "en"],
        }
    )
    drawn = draw_report_map(report, streets, proof.accepts)
    codes = " ".join(code_point(character) for character in proof.missing)
    data |= {
        "language": "zh" if language == "zh" else "en",
        "map": {**drawn, "codes": proof.data(drawn["codes"])},
        "pictures": _pictures(report),
        "hexagons": _hexagons(report, drawn["hexagon"], language),
        "missing": phrase(language, "missing", codes=codes) if codes else None,
    }
    return press.set(TEMPLATE, data, moment=report.made_at)


def _streets(runtime: Runtime) -> Streets | None:
    try:
        return open_streets(runtime)
    except NotReady:
        return None


def _called(title: Titled, language: str) -> str:
    if title.name is None:
        return phrase(language, "present")
    return phrase(language, "scenario", name=title.name, version=title.version)


def _head(runtime: Runtime, report: SitingReport, language: str) -> dict[str, Any]:
    compared = report.comparison is not None
    exact = report.shown.exact and report.after.people.personal
    local = report.made_at.astimezone(runtime.settings.zone)
    return {
        "title": phrase(language, "title"),
        "subject": phrase(
            language,
            "compared" if compared else "of",
            after=_called(report.title, language),
            before=_called(report.against, language),
        ),
        "note": report.title.note,
        "made": phrase(language, "made", who=report.made_by, at=f"{local:%Y-%m-%d %H:%M}"),
        "exact": phrase(language, "method_exact") if exact else None,
    }


def _tiles(report: SitingReport, language: str) -> list[dict[str, Any]]:
    """Return the key figures: each a name, a number, a share, and what it was before."""
    shown, compared = report.shown, report.comparison
    was = compared.before if compared else None
    minutes = f"{shown.circle_seconds / 60:g}"
    name = "people" if report.after.people.personal else "population"
    found = [{"name": phrase(language, name), "count": count_text(shown.people)}]
    for key, band, before in (
        ("inside", shown.covered, was and was.covered),
        ("outside", shown.outside, was and was.outside),
        ("room", shown.room, was and was.room),
    ):
        found.append(
            {
                "name": phrase(language, key, minutes=minutes),
                "count": count_text(band.people),
                "share": share_text(band.share),
                **(_was(report, before, band, language) if before else {}),
            }
        )
    if compared is not None:
        found += [
            {"name": phrase(language, key), "count": count_text(getattr(compared.total, key))}
            for key in ("newly", "no_longer")
        ]
    return found


def _was(report: SitingReport, before: Band, after: Band, language: str) -> dict[str, str]:
    return {
        "was": phrase(
            language, "was", before=_called_short(report.against, language),
            count=count_text(before.people), share=share_text(before.share),
        ),
        "points": phrase(language, "points", points=points_text(before.share, after.share)),
    }  # fmt: skip


def _called_short(title: Titled, language: str) -> str:
    return title.name or phrase(language, "present")


def _changes(report: SitingReport, language: str) -> dict[str, Any] | None:
    if report.before is None:
        return None
    lines = change_lines(report.sites, language, _MOST_CHANGES)
    return {"lines": lines or [phrase(language, "no_changes")]}


def _legend_words(report: SitingReport, language: str) -> dict[str, Any]:
    minutes = f"{report.shown.circle_seconds / 60:g}"
    edges = [1.0, *(least for least, _ in SHADES)]
    shades = [
        phrase(language, "shade", least=round(100 * least), most=round(100 * most))
        for least, most in zip(edges[1:], edges, strict=False)
    ]
    if not report.told.exact:
        shades.append(phrase(language, "untold", least=report.told.least))
    circles = [phrase(language, "circle_after", minutes=minutes)]
    marks = [label(kind, language) for kind in SiteKind]
    if report.before is not None:
        before = _called_short(report.against, language)
        circles.append(phrase(language, "circle_before", before=before))
        marks += [phrase(language, f"mark_{fate}") for fate in ("added", "moved", "closed")]
    return {"shades": shades, "circles": circles, "marks": marks}


def _pictures(report: SitingReport) -> dict[str, list[str]]:
    """Return the pictures of the legend, in the order of its words."""
    shades = [legend_shade(colour) for _, colour in SHADES]
    marks = [legend_mark(kind, Fate.SAME) for kind in SiteKind]
    circles = [legend_circle(before=False)]
    if not report.told.exact:
        shades.append(legend_shade(UNTOLD, untold=True))
    if report.before is not None:
        circles.append(legend_circle(before=True))
        fates = (Fate.ADDED, Fate.MOVED, Fate.CLOSED)
        marks += [legend_mark(SiteKind.CANTEEN, fate) for fate in fates]
    return {"shades": shades, "circles": circles, "marks": marks}


def _hexagons(report: SitingReport, metres: int, language: str) -> str:
    if report.told.exact:
        return phrase(language, "hexagons_exact", metres=metres)
    return phrase(language, "hexagons", metres=metres, least=report.told.least)


def _method(report: SitingReport, language: str) -> list[str]:
    """Return in plain words how the figures came about."""
    shown = report.shown
    counts = {"unlocated": count_text(shown.unlocated), "off_street": count_text(shown.off_street)}
    minutes = f"{shown.circle_seconds / 60:g}"
    meal = label(Meal(shown.meal), language)
    lines = [
        phrase(language, "method_walk", meal=meal, minutes=minutes, pace=_pace(report, language)),
        phrase(language, "method_outside", **counts),
        phrase(language, "method_room"),
    ]
    if not report.after.people.personal:
        lines.append(phrase(language, "method_population"))
    elif shown.exact:
        lines.append(phrase(language, "method_exact"))
    else:
        lines.append(phrase(language, "method_rounded", least=report.told.least))
    return [*lines, *(phrase(language, "warning", text=text) for text in shown.warnings[:3])]


def _pace(report: SitingReport, language: str) -> str:
    pace = report.after.terms.pace
    if len(set(pace.values())) == 1:
        return phrase(language, "pace_one", kmh=f"{pace[None]:g}")
    levels = [
        phrase(
            language,
            "pace_level",
            level=label(level, language) if level else phrase(language, "pace_other"),
            kmh=f"{kmh:g}",
        )
        for level, kmh in pace.items()
    ]
    return phrase(language, "pace_many", levels=("、" if language == "zh" else ", ").join(levels))


def _data(
    runtime: Runtime, report: SitingReport, streets: Streets | None, language: str
) -> list[str]:
    """Return what the figures rest on, each with its date."""
    sources, zone = report.sources, runtime.settings.zone

    def day(moment: datetime | None) -> str:
        return "" if moment is None else f"{local_date(moment, zone)}"

    def imported(key: str, source: Source) -> str:
        return phrase(language, key, name=source.name, date=day(source.date))

    if streets is None:
        lines = [phrase(language, "data_no_extract")]
    else:
        extract = streets.info.extract
        key = "data_extract" if extract.date else "data_undated"
        lines = [phrase(language, key, name=extract.name, date=day(extract.date))]
    if sources.population is not None:
        lines.append(imported("data_population", sources.population))
    else:
        key = "data_roster" if sources.roster else "data_roster_never"
        people, today = count_text(report.shown.people), day(report.made_at)
        lines.append(phrase(language, key, people=people, day=today, date=day(sources.roster)))
    if sources.boundaries is not None:
        lines.append(imported("data_boundaries", sources.boundaries))
    return lines
