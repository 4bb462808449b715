"""The tables of a siting report: what fits on its second page, the rest counted and named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mealsvc.reports.reading import SitingReport
from mealsvc.reports.site_changes import Fate, SiteNow
from mealsvc.reports.words import phrase
from mealsvc.siting.disclosure import Count
from mealsvc.siting.figures import GroupFigures, SiteFigures
from mealsvc.vocabulary import Grouping

_LEFT, _RIGHT = 39, 43  # rows that the columns of the page have room for: three tables, one table
_LEAST_AREAS = 12  # rows that streets and communities have, however many groups there are
_MOST_BANDS = 8
_NONE = "–"


@dataclass(frozen=True)
class _Gain:
    """A share inside, before (where it is compared) and after."""

    before: float | None
    after: float | None


def tables(report: SitingReport, language: str) -> dict[str, Any]:
    """Return the tables as template data: heads and rows of texts, cut to the page."""
    csv = "" if report.title.name is None else "?scenario=…"
    times = _times(report, language)[:_MOST_BANDS]
    groups, areas = _groups(report, language)
    sites = _sites(report, language)
    groups_cut = _cut(
        groups,
        _LEFT - len(times) - min(len(areas), _LEAST_AREAS),
        language,
        "/api/v1/siting/coverage",
    )
    left = _LEFT - len(times) - len(groups_cut["rows"]) - bool(groups_cut["more"])
    compared = report.comparison is not None
    earlier = "before" if report.against.name else "before_present"
    shares = (earlier, "after", "difference") if compared else ("share", "share_now")
    return {
        "times": {"head": _heads(language, "", "count", *shares), "rows": times, "more": None},
        "groups": {
            "head": _heads(language, "", "count", *shares),
            **groups_cut,
        },
        "areas": {
            "head": _heads(language, "", "count", *shares),
            **_cut(areas, left, language, f"/api/v1/siting/layers/areas.csv{csv}"),
        },
        "sites": {
            "head": _heads(language, "site", "capacity", "nearest", "taken", "load", "minutes"),
            **_cut(sites, _RIGHT, language, f"/api/v1/siting/layers/sites.csv{csv}"),
        },
    }


def count_text(count: Count) -> str:
    """Return a number of people as it is printed."""
    return f"{count:,}" if isinstance(count, int) else count


def share_text(share: float | None) -> str:
    """Return a share as it is printed."""
    return _NONE if share is None else f"{share:.1%}"


def points_text(before: float | None, after: float | None) -> str:
    """Return the difference of two shares in percentage points."""
    return _NONE if before is None or after is None else f"{(after - before) * 100:+.1f}"


def _heads(language: str, *keys: str) -> list[str]:
    return [phrase(language, key) if key else "" for key in keys]


def _cut(rows: list[list[str]], most: int, language: str, where: str) -> dict[str, Any]:
    """Return as many rows as there is room for, and a line that says how many more there are."""
    if len(rows) <= most:
        return {"rows": rows, "more": None}
    kept = rows[: most - 1]
    key = "more_csv" if ".csv" in where else "more_there"
    return {"rows": kept, "more": phrase(language, key, n=len(rows) - len(kept), csv=where)}


def _shares(people: Count, inside: Count, gain: _Gain, *, compared: bool) -> list[str]:
    if compared:
        return [
            count_text(people), share_text(gain.before), share_text(gain.after),
            points_text(gain.before, gain.after),
        ]  # fmt: skip
    return [count_text(people), count_text(inside), share_text(gain.after)]


def _times(report: SitingReport, language: str) -> list[list[str]]:
    """Return how many walk at most so long; the column of people counts those."""
    compared = report.comparison is not None
    was = (
        {band.seconds: band.share for band in report.comparison.before.bands}
        if report.comparison
        else {}
    )
    return [
        [
            phrase(language, "within", minutes=f"{band.seconds / 60:g}"),
            *_shares(
                band.people if compared else report.shown.people, band.people,
                _Gain(was.get(band.seconds), band.share), compared=compared,
            ),
        ]
        for band in report.shown.bands
    ]  # fmt: skip


def _groups(report: SitingReport, language: str) -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows of groups of people, and those of streets and communities."""
    compared = report.comparison is not None
    changes = report.comparison.groups if report.comparison else ()
    gains = {
        (one.grouping, one.key): _Gain(one.change.share_before, one.change.share_after)
        for one in changes
    }
    circle = report.after.terms.circle_band
    groups, areas = [], []
    for one in report.shown.groups:
        band = one.bands[circle]
        gain = gains.get((one.grouping, one.key), _Gain(None, band.share))
        cells = _shares(one.people, band.people, gain, compared=compared)
        if one.grouping is Grouping.AREA:
            areas.append((_outside(one, circle), [one.label, *cells]))
        else:
            name = phrase(language, f"group_{one.grouping}")
            groups.append([f"{name}·{one.label}", *cells])
    areas.sort(key=lambda found: -found[0])
    return groups, [row for _, row in areas]


def _outside(group: GroupFigures, circle: int) -> float:
    """Return how many of a group are outside, as far as that is told."""
    people, inside = group.people, group.bands[circle].people
    return _number(people) - _number(inside)


def _number(count: Count) -> float:
    return count if isinstance(count, int) else 0.5


def _sites(report: SitingReport, language: str) -> list[list[str]]:
    shown = {site.code: site for site in report.shown.sites}
    was = {site.code: site for site in report.comparison.before.sites} if report.comparison else {}

    def order(one: SiteNow) -> tuple[bool, float, str]:
        now = shown.get(one.site.code)
        return not one.changed, -(now.load or 0.0) if now else 0.0, one.site.code

    compared = report.comparison is not None
    return [
        _site_row(
            one, shown.get(one.site.code), was.get(one.site.code), language, compared=compared
        )
        for one in sorted(report.sites, key=order)
    ]


def _site_row(
    one: SiteNow, now: SiteFigures | None, was: SiteFigures | None, language: str, *, compared: bool
) -> list[str]:
    capacity = one.site.capacity
    marked = "" if not one.changed else "× " if Fate.CLOSED in one.fates else "▲ "
    nearest = [count_text(site.nearest) if site else _NONE for site in (was, now)]
    return [
        f"{marked}{one.site.code} {one.site.name}",
        phrase(language, "no_limit") if capacity is None else str(capacity),
        " → ".join(nearest) if compared else nearest[1],
        count_text(now.taken) if now else _NONE,
        _NONE if now is None or now.load is None else f"{now.load:.0%}",
        _NONE if now is None or now.mean_minutes is None else f"{now.mean_minutes:.1f}",
    ]
