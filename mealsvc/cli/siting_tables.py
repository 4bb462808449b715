"""Tables of ``mealsvc siting``: coverage, comparison, best sites."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from mealsvc.siting.comparing import Comparison
    from mealsvc.siting.figures import CoverageFigures


def print_best(result: dict[str, Any], language: str) -> None:
    """Print what each further site adds, and what a reader should know."""
    table = table_of("new sites", "covered", "share", "gap", "cost")
    for step in result["curve"]:
        gap, cost = f"{step['gap']:.2%}", number_text(step["cost"])
        table.add_row(str(step["sites"]), str(step["covered"]), _share(step["share"]), gap, cost)
    Console(highlight=False).print(table)
    print_texts([*result["notes"], *result["left_out"]["first"]], language)


def print_texts(texts: Iterable[dict[str, Any]], language: str) -> None:
    """Print sentences that are kept in both languages, numbered where they are."""
    for one in texts:
        number = f"#{one['number']}: " if "number" in one else ""
        typer.echo(number + one["zh" if language == "zh" else "en"])


def print_coverage(shown: CoverageFigures) -> None:
    """Print who walks how long, and the sites."""
    console = Console(highlight=False, soft_wrap=True)
    limits = [f"≤ {band.seconds / 60:g} min" for band in shown.bands]
    table = table_of("", "people", *limits)
    table.add_row("all", str(shown.people), *(_band(band) for band in shown.bands))
    for group in shown.groups:
        table.add_row(group.label, str(group.people), *(_band(band) for band in group.bands))
    console.print(table)
    sites = table_of("site", "", "capacity", "nearest", "room for", "mean minutes")
    for site in shown.sites:
        minutes = "–" if site.mean_minutes is None else f"{site.mean_minutes:.1f}"
        capacity = "–" if site.capacity is None else str(site.capacity)
        sites.add_row(site.code, site.name, capacity, str(site.nearest), str(site.taken), minutes)
    console.print(sites)
    for site in shown.sites:
        if site.unreached:
            typer.echo(f"{site.code}: {site.unreached}")
    for warning in shown.warnings:
        typer.echo(warning)
    typer.echo(
        f"inside {_band(shown.covered)}, with room {_band(shown.room)}, outside "
        f"{_band(shown.outside)}; not on the map {shown.unlocated}, off street {shown.off_street}"
    )


def print_comparison(shown: Comparison) -> None:
    """Print what becomes of everybody, and of each group."""
    table = table_of("", "people", "before", "after", "newly", "no longer", "still outside")
    rows = [("all", shown.total), *((one.label, one.change) for one in shown.groups)]
    for title, change in rows:
        table.add_row(
            title,
            str(change.people),
            _share(change.share_before),
            _share(change.share_after),
            str(change.newly),
            str(change.no_longer),
            str(change.still_outside),
        )
    Console(highlight=False, soft_wrap=True).print(table)


def table_of(*titles: str) -> Table:
    """Return an empty table; the first column holds words, the others figures."""
    table = Table(box=None, pad_edge=False)
    for number, title in enumerate(titles):
        table.add_column(title, justify="right" if number else "left")
    return table


def _band(band: Any) -> str:  # noqa: ANN401 - a Band, loaded where it is used
    return f"{band.people} ({_share(band.share)})"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def number_text(value: float | None) -> str:
    """Return a figure as a table shows it; a dash where there is none."""
    return "–" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
