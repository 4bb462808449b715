"""``mealsvc siting report``: a coverage on two printed pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from mealsvc.cli.console import progress_bar
from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.store import transaction


def report(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="Where to write it.")],
    scenario: Annotated[
        str | None, typer.Option(help="Name of a scenario 方案; default: the present.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Scenario it is compared with; default: the present.")
    ] = None,
    population: Annotated[
        str | None, typer.Option(help="An imported population 人口 instead of the roster.")
    ] = None,
    boundaries: Annotated[
        str | None, typer.Option(help="Imported areas 边界; default: the newest.")
    ] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Default: MEALSVC_LANGUAGE.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Exact counts: not for people outside the office.")
    ] = False,
) -> None:
    """Print coverage for a meeting 打印覆盖与布点报告: a map, tables, method, on two pages."""
    if file.suffix.lower() != ".pdf":
        raise InvalidInput(f"{file}: a report is a PDF; name it … .pdf")
    runtime = open_runtime()
    with progress_bar("measuring walks") as progress:
        from mealsvc.reports import siting_report, siting_report_pdf
        from mealsvc.siting.asking import Asked
        from mealsvc.siting.disclosure import EXACT, Disclosure

        tongue = language or runtime.settings.language
        least = Disclosure(runtime.settings.least_group)
        found = siting_report(
            runtime,
            Asked(_number(runtime, scenario), population, boundaries),
            _number(runtime, against),
            told_for=lambda people: EXACT if exact or not people.personal else least,
            made_by="mealsvc",
            language=tongue,
        )
        progress("setting the pages", 0.7)
        file.write_bytes(siting_report_pdf(runtime, found, tongue))
    typer.echo(f"{file}: 2 pages")


def _number(runtime: Runtime, scenario: str | None) -> int | None:
    from mealsvc.siting.scenarios import find_scenario

    if scenario is None:
        return None
    with transaction(runtime.engine) as session:
        return find_scenario(session, scenario).id
