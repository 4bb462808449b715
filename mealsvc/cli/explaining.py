"""``mealsvc explain``: who a plan leaves out or brings late, why, and what would help."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from mealsvc.cli.console import complain, print_json
from mealsvc.cli.days import day_of
from mealsvc.cli.planning import DAY, MEAL, REVISION
from mealsvc.runtime import open_runtime
from mealsvc.vocabulary import Meal

if TYPE_CHECKING:
    from mealsvc.desk.explaining import ExplanationView

_READER = "cli"
_SHOWN, _REMEDIES = 20, 2
_WISHES = {
    "zh": {"served": "未安排", "inside": "圈外"},
    "en": {"served": "unserved", "inside": "outside the circle"},
}


def explain(
    day: str = DAY,
    meal: Meal = MEAL,
    revision: int | None = REVISION,
    language: str | None = typer.Option(
        None, "--language", help="zh or en; default: MEALSVC_LANGUAGE."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print everything as JSON."),
) -> None:
    """Say who a plan leaves out or brings late, why, and what would help.

    Names are masked; the reading is written into the audit trail.
    """
    from mealsvc.access import Detail
    from mealsvc.desk.explaining import Reader, explanation_for

    runtime = open_runtime()
    spoken = language if language in _WISHES else runtime.settings.language
    reader = Reader(_READER, lambda _canteen: True, Detail.MASKED, spoken)
    told = explanation_for(runtime, reader, day_of(day, runtime), meal, revision)
    if as_json:
        print_json(asdict(told))
        return
    if not told.explained:
        complain("this revision was made without an explanation (MEALSVC_EXPLAIN_SHARE is 0)")
    _print(told, spoken)


def _print(told: ExplanationView, language: str) -> None:
    """Print the heaviest findings and the most valuable means, a line for each thing to do."""
    for one in told.orders[:_SHOWN]:
        who = f"{one.elder.code} {one.elder.name}" if one.elder else one.meal_point or ""
        typer.echo(f"#{one.order} {who}  {_WISHES[language][one.wish]}: {one.cause_text}")
        for remedy in one.remedies[:_REMEDIES]:
            typer.echo(f"    → {remedy.text}")
    if len(told.orders) > _SHOWN:
        more = len(told.orders) - _SHOWN
        typer.echo(f"  … and {more} more: --json shows them all", err=True)
    for means in told.means:
        if means.saves > 0:
            typer.echo(f"+ {means.text}")
