"""``mealsvc database``: bring the database to this version."""

from __future__ import annotations

import typer

from mealsvc.runtime import open_runtime

app = typer.Typer(no_args_is_help=True, help="The database 数据库.")


@app.callback()
def _group() -> None:
    """Keep ``upgrade`` a subcommand although it is alone."""


@app.command()
def upgrade() -> None:
    """Make the database, or bring it to the newest migration."""
    runtime = open_runtime()
    typer.echo(f"database ready: {runtime.engine.url.render_as_string(hide_password=True)}")
