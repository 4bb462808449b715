"""What commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

Report = Callable[[str, float], None]
"""Called with what is being done and how much of it is done (0 … 1)."""


def complain(sentence: str) -> None:
    """Print an error sentence."""
    typer.echo(f"mealsvc: {sentence}", err=True)


def print_json(data: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print data for a program to read."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress_bar(first: str) -> Iterator[Report]:
    """Show a progress bar on standard error while the body runs; silent when it is no terminal.

    Parameters
    ----------
    first
        What is being done at the beginning.
    """
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(first, total=1.0)

        def report(phase: str, share: float) -> None:
            bar.update(task, description=phase, completed=min(max(share, 0.0), 1.0))

        yield report
