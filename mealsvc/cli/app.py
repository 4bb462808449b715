"""The command ``mealsvc``: its subcommands, and what every one of them does with an error."""

from __future__ import annotations

import sys

import typer
from pydantic import ValidationError

from mealsvc import __version__
from mealsvc.cli import (
    backup,
    database,
    day,
    demo,
    explaining,
    planning,
    revising,
    roster,
    serve,
    settings,
    sheets,
    siting,
    siting_report,
    streets,
    users,
)
from mealsvc.cli.console import complain
from mealsvc.errors import MealsvcError
from mealsvc.settings import Settings

app = typer.Typer(
    name="mealsvc",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Nightly delivery planning for elderly meal services 老年助餐配送计划.",
)
# In the order in which an installation uses them.
app.add_typer(streets.app, name="streets")
app.add_typer(roster.app, name="roster")
planning.register(app)
app.command()(explaining.explain)
app.add_typer(revising.app, name="revise")
app.add_typer(day.app, name="day")
app.command()(sheets.sheets)
siting.app.command()(siting_report.report)
app.add_typer(siting.app, name="siting")
app.add_typer(users.app, name="user")
app.command()(serve.serve)
app.command()(settings.settings)
app.command()(backup.backup)
app.command()(backup.restore)
app.add_typer(database.app, name="database")
app.command()(demo.demo_city)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mealsvc {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False,
        "--version",
        callback=_show_version,
        is_eager=True,
        help="Show the version and stop.",
    ),
) -> None:
    """Nightly delivery planning for elderly meal services 老年助餐配送计划."""


def _language() -> str:
    """Return the language of error sentences; a broken setting must not hide the error."""
    try:
        return Settings().language
    except ValidationError:
        return "en"


def run() -> None:
    """Run the command line; errors become one sentence and exit status 1."""
    try:
        app()
    except MealsvcError as error:
        complain(error.sentence(_language()))
        sys.exit(1)
    except OSError as error:
        # The file system refused: a full disk, a folder that may not be written.
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}; what was saved before is whole")
        sys.exit(1)
    except ValidationError as error:
        for problem in error.errors():
            field = "_".join(str(part) for part in problem["loc"]).upper()
            complain(f"setting MEALSVC_{field}: {problem['msg']} (given: {problem['input']!r})")
        sys.exit(1)
