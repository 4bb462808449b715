"""``mealsvc roster``: spreadsheets in, templates out, and the places that are missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from mealsvc.cli.console import print_json, progress_bar
from mealsvc.runtime import open_runtime
from mealsvc.vocabulary import label

if TYPE_CHECKING:
    from mealsvc.roster import ImportReport

app = typer.Typer(no_args_is_help=True, help="The roster: elders, couriers, canteens 名册.")

_SHOWN = 12
_FILES = "may be given several times"


@app.command("import")
def import_files(
    canteens: list[Path] = typer.Option(
        [], "--canteens", help=f"Canteens and meal points 食堂和助餐点; {_FILES}."
    ),
    elders: list[Path] = typer.Option([], "--elders", help=f"Elders 老人; {_FILES}."),
    couriers: list[Path] = typer.Option([], "--couriers", help=f"Couriers 送餐员; {_FILES}."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Check everything, save nothing."),
    report: Path | None = typer.Option(None, "--report", help="Write the report to this .xlsx."),
    as_json: bool = typer.Option(False, "--json", help="Print the whole report as JSON."),
    language: str | None = typer.Option(None, "--language", help="zh or en; default: settings."),
) -> None:
    """Read XLSX or CSV files into the records; good rows never suffer from bad ones."""
    from mealsvc.roster import RosterFiles, import_roster, write_report

    runtime = open_runtime()
    shown = _language(language, runtime.settings.language)
    files = RosterFiles(canteens=canteens, elders=elders, couriers=couriers)
    with progress_bar("reading files") as progress:
        found = import_roster(runtime, files, dry_run=dry_run, actor="cli", progress=progress)
    if report is not None:
        write_report(found, report, shown)
    if as_json:
        print_json(found.to_dict())
        return
    _print_report(found, shown, report)


def _language(given: str | None, usual: str) -> str:
    if given not in {None, "zh", "en"}:
        raise typer.BadParameter(f"{given!r} is neither zh nor en", param_hint="--language")
    return given or usual


def _print_report(found: ImportReport, language: str, report: Path | None) -> None:
    from mealsvc.roster import Severity

    zh = language == "zh"
    table = Table(box=None, pad_edge=False)
    for title in ("", *next(iter(found.counts.values())).to_dict()):
        table.add_column(title, justify="left" if not title else "right")
    for kind, counts in found.counts.items():
        table.add_row(kind.value, *(str(count) for count in counts.to_dict().values()))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    severities = found.severities()
    console.print(", ".join(f"{count} {severity.value}s" for severity, count in severities.items()))
    order = (Severity.ERROR, Severity.PLACE, Severity.WARNING, Severity.NOTE)
    sorted_findings = sorted(found.findings, key=lambda finding: order.index(finding.severity))
    for finding in sorted_findings[:_SHOWN]:
        where = f"{finding.file} {finding.row or ''} {finding.column or ''}".strip()
        value = f" [{finding.value}]" if finding.value else ""
        sentence = f"{finding.message(language)}；" if zh else f"{finding.message(language)}: "
        line = f"{finding.severity.value}: {where}{value} {sentence}{finding.advice(language)}"
        console.print(line, markup=False)
    more = len(found.findings) - _SHOWN
    if more > 0:
        hint = f"see {report}" if report else "--report OUT.xlsx or --json shows all"
        console.print(f"… {more} more; {hint}", markup=False)
    for kind, people in found.missing.items():
        if people:
            console.print(f"{kind.value}: {len(people)} in the records are not in the file")
    if found.dry_run:
        console.print("dry run: nothing was saved")


@app.command()
def template(
    out: Path = typer.Option(..., "--out", help="Folder for the templates."),
    language: str | None = typer.Option(None, "--language", help="zh or en; default: settings."),
) -> None:
    """Write empty forms with an example, drop-downs and explanations."""
    from mealsvc.roster.templates import write_templates
    from mealsvc.settings import Settings

    for path in write_templates(out, _language(language, Settings().language)):
        typer.echo(str(path))


@app.command()
def unlocated(
    as_json: bool = typer.Option(False, "--json", help="Print as JSON."),
    language: str | None = typer.Option(None, "--language", help="zh or en; default: settings."),
) -> None:
    """List the elders whose home has no usable place, and where their neighbours live."""
    from mealsvc.roster.upkeep import unlocated_queue
    from mealsvc.store import transaction

    runtime = open_runtime()
    shown = _language(language, runtime.settings.language)
    with transaction(runtime.engine) as session:
        queue = unlocated_queue(session)
    if as_json:
        print_json([one.to_dict() for one in queue])
        return
    for one in queue:
        near = one.suggestion
        place = f" ≈ {near[0]:.6f}, {near[1]:.6f} ({one.neighbours})" if near else ""
        address = one.elder.address.text
        typer.echo(
            f"{one.elder.code} {one.elder.name} {address}: {label(one.reason, shown)}{place}"
        )
    typer.echo(f"{len(queue)} unlocated" if shown == "en" else f"共 {len(queue)} 位未定位")


@app.command("check-places")
def check_places(
    as_json: bool = typer.Option(False, "--json", help="Print as JSON."),
) -> None:
    """Check every stored place again, after streets were built or the area was changed."""
    from mealsvc.roster.upkeep import recheck_places

    runtime = open_runtime()
    check = recheck_places(runtime, actor="cli")
    if as_json:
        print_json(check.to_dict())
        return
    typer.echo(f"{check.checked} places checked, {check.located} can be used")
    for title, codes in (("cannot be used any more", check.lost), ("can be used now", check.found)):
        if codes:
            typer.echo(f"{title}: {', '.join(codes)}")
