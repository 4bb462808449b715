"""``mealsvc sheets``: write route sheets, kitchen counts, labels and spreadsheets of a service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from mealsvc.cli.console import complain, print_json, progress_bar
from mealsvc.cli.days import DAY_HELP, day_of
from mealsvc.runtime import open_runtime
from mealsvc.vocabulary import Meal


def sheets(
    day: Annotated[str, typer.Argument(metavar="DATE", help=DAY_HELP)],
    meal: Annotated[Meal, typer.Option(help="Which meal.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write into.")],
    revision: Annotated[
        int | None,
        typer.Option(help="Revision of the plan; default: the published one, else the newest."),
    ] = None,
    canteen: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only this canteen; default: all.")
    ] = None,
    changed: Annotated[
        bool,
        typer.Option("--changed", help="Only what differs from the revision published before."),
    ] = False,
    from_label: Annotated[
        int,
        typer.Option(min=1, help="First sticker left on the sheet for labels, row by row."),
    ] = 1,
    language: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(help="Language of the sheets; default: MEALSVC_LANGUAGE."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the manifest for a program.")
    ] = False,
) -> None:
    """Write the sheets of a service 打印路线单、备餐单、标签: PDF, XLSX and CSV."""
    runtime = open_runtime()
    service = day_of(day, runtime)
    with progress_bar("reading the plan") as progress:
        from mealsvc.desk.links import sheet_links
        from mealsvc.sheets import write_sheets

        files = write_sheets(
            runtime,
            service,
            meal,
            out,
            revision=revision,
            canteen=canteen,
            changed=changed,
            from_label=from_label,
            language=language,
            link_for=sheet_links(runtime, "command line"),
            progress=progress,
        )
    manifest = json.loads(files[-1].read_text(encoding="utf-8"))
    _warn(manifest)
    if as_json:
        print_json({"folder": str(files[-1].parent), **manifest})
        return
    typer.echo(
        f"{len(files)} files in {files[-1].parent}: {manifest['couriers']} couriers, "
        f"revision {manifest['revision']} ({manifest['state']}), "
        f"{manifest['portions_to_cook']} portions to cook, {manifest['left_out']} orders left out"
    )


def _warn(manifest: dict[str, Any]) -> None:
    """Say what a person should know before handing the sheets out."""
    for missing in manifest["missing_characters"]:
        complain(
            f"no font has the character {missing['character']} ({missing['code_point']}) of "
            f"{', '.join(missing['texts'])}; it is printed as 〓. Put a font that has it into the "
            "folder fonts of MEALSVC_HOME"
        )
    if not manifest["street_maps"]:
        complain("no street network is built, so the maps show straight lines")
