"""``mealsvc settings``: what is set, and to what."""

from __future__ import annotations

from typing import Any

import typer
from pydantic_core import PydanticUndefined, to_jsonable_python

from mealsvc.cli.console import print_json
from mealsvc.settings import Settings


def settings(
    as_json: bool = typer.Option(False, "--json", help="Print the values as JSON."),
    markdown: bool = typer.Option(False, "--markdown", help="Print the defaults as a table."),
) -> None:
    """Show every setting with its value 设置."""
    if markdown:
        typer.echo(settings_table())
        return
    values = to_jsonable_python(Settings().model_dump(), serialize_unknown=True)
    if as_json:
        print_json(values)
        return
    for name, field in Settings.model_fields.items():
        typer.echo(f"MEALSVC_{name.upper():28} {_shown(values[name]):28} {field.description}")


def settings_table() -> str:
    """Return all settings with their defaults as a table in Markdown."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "as many as the machine has cores" if default is PydanticUndefined else ""
        shown = shown or _shown(to_jsonable_python(default))
        lines.append(f"| `MEALSVC_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(lines)


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a setting holds
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(str(item) for item in value)
        case _:
            return str(value)
