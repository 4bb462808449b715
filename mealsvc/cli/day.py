"""``mealsvc day``: how a service goes, and what the office enters, where there is no browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from mealsvc.cli import day_lines, day_sheets
from mealsvc.cli.console import print_json
from mealsvc.cli.days import day_of
from mealsvc.cli.operator import operator
from mealsvc.cli.planning import DAY, JSON, MEAL
from mealsvc.cli.typed import time_of
from mealsvc.day_words import CaseStep, EventKind, Finding, Outcome, StepResult
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.vocabulary import Meal

if TYPE_CHECKING:
    from mealsvc.delivery.reports import Answer

app = typer.Typer(
    no_args_is_help=True, help="See how a service goes and enter what happened 当日送餐."
)
ORDER = typer.Argument(metavar="ORDER", help="Number of the order, as `mealsvc day stops` has it.")
NOTE = typer.Option(None, "--note", help="Free words.")
UID = typer.Option(
    None, "--id", metavar="ID", help="Of a script: entered again, it is the same report."
)


@app.command()
def status(day: str = DAY, meal: Meal = MEAL, as_json: bool = JSON) -> None:
    """Show counts, each courier against the plan, and what waits for somebody."""
    from mealsvc.desk.glance import read_progress

    _shown(read_progress, day_lines.progress, day, meal, as_json)


@app.command()
def stops(
    day: str = DAY,
    meal: Meal = MEAL,
    courier: str | None = typer.Option(None, metavar="CODE", help="Only this courier's."),
    still_open: bool = typer.Option(False, "--open", help="Only those without an outcome."),
    as_json: bool = JSON,
) -> None:
    """List the stops with what was reported, by courier and trip."""
    from mealsvc.desk.day import read_stops

    def wanted(*asked: Any) -> list[Any]:  # noqa: ANN401 - handed on as it is
        return [
            stop
            for stop in read_stops(*asked)
            if (courier is None or stop.courier == courier)
            and not (still_open and stop.outcome is not None)
        ]

    _shown(wanted, day_lines.stops, day, meal, as_json)


@app.command()
def cases(day: str = DAY, meal: Meal = MEAL, as_json: bool = JSON) -> None:
    """List the doors that stayed shut, with what is due; closed cases too."""
    from mealsvc.desk.day import read_cases

    _shown(read_cases, day_lines.cases, day, meal, as_json)


@app.command()
def notes(day: str = DAY, meal: Meal = MEAL, as_json: bool = JSON) -> None:
    """List what couriers noticed; handled notes too."""
    from mealsvc.desk.day import read_notes

    _shown(read_notes, day_lines.notes, day, meal, as_json)


@app.command("not-counted")
def not_counted(day: str = DAY, meal: Meal = MEAL, as_json: bool = JSON) -> None:
    """List the reports that are kept apart, and why."""
    from mealsvc.desk.day import read_kept_apart

    _shown(read_kept_apart, day_lines.kept_apart, day, meal, as_json)


@app.command()
def sheet(
    courier: str = typer.Argument(metavar="COURIER", help="Code of the courier."),
    day: str = DAY,
    meal: Meal = MEAL,
    revision: int | None = typer.Option(
        None, min=1, help="The revision printed on it; default: the one in force."
    ),
    rest: Outcome | None = typer.Option(
        None, "--all", help="What holds for every stop that no --stop names."
    ),
    stop: list[str] = typer.Option(
        [], "--stop", metavar="TRIP/STOP=OUTCOME[@HH:MM]", help="One line; TRIP/STOP= is no tick."
    ),
    departed: list[str] = typer.Option(
        [], "--departed", metavar="TRIP=HH:MM", help="When a trip left."
    ),
    returned: list[str] = typer.Option(
        [], "--returned", metavar="TRIP=HH:MM", help="When it came back."
    ),
    note: list[str] = typer.Option(
        [], "--note", metavar="TRIP/STOP=TEXT", help="Words written beside a line."
    ),
    uid: str | None = UID,
    as_json: bool = JSON,
) -> None:
    """Enter a courier's whole paper sheet; paper is as good as a phone."""
    from mealsvc.access import Action
    from mealsvc.desk import entering

    runtime = open_runtime()
    caller, when = operator(runtime, Action.CHANGE_DELIVERY), day_of(day, runtime)
    number, trips = entering.carried_trips(runtime, caller, when, meal, courier, revision)
    ticks = day_sheets.Ticks(rest, stop, departed, returned, note)
    filled = day_sheets.sheet_of(
        ticks, trips, when, runtime.settings.zone, uid=uid or uuid.uuid4().hex, revision=number
    )
    _answered(entering.enter_sheet(runtime, caller, when, meal, courier, filled), runtime, as_json)


@app.command()
def report(
    order: int = ORDER,
    outcome: Outcome = typer.Argument(help="What came of it."),
    day: str = DAY,
    meal: Meal = MEAL,
    at: str | None = typer.Option(None, metavar="HH:MM", help="When; default: not known."),
    note: str | None = NOTE,
    uid: str | None = UID,
    as_json: bool = JSON,
) -> None:
    """Enter or correct the outcome of one stop."""
    fields = {"order": order, "outcome": outcome, "note": note}
    _entered(EventKind.OUTCOME, fields, day, meal, uid, as_json, at=at)


@app.command()
def step(
    order: int = ORDER,
    taken: CaseStep = typer.Argument(metavar="STEP", help="What was done."),
    result: StepResult = typer.Argument(help="What came of it."),
    day: str = DAY,
    meal: Meal = MEAL,
    note: str | None = NOTE,
    uid: str | None = UID,
    as_json: bool = JSON,
) -> None:
    """Enter a step when nobody opens."""
    fields = {"order": order, "step": taken, "result": result, "note": note}
    _entered(EventKind.STEP, fields, day, meal, uid, as_json)


@app.command()
def close(
    order: int = ORDER,
    finding: Finding = typer.Argument(help="What is known of the elder."),
    day: str = DAY,
    meal: Meal = MEAL,
    note: str | None = NOTE,
    uid: str | None = UID,
    as_json: bool = JSON,
) -> None:
    """Close the case of a door that stayed shut."""
    fields = {"order": order, "finding": finding, "note": note}
    _entered(EventKind.CLOSED, fields, day, meal, uid, as_json)


@app.command()
def handle(
    about: str = typer.Argument(metavar="NOTE-ID", help="As `mealsvc day notes` has it."),
    day: str = DAY,
    meal: Meal = MEAL,
    note: str | None = NOTE,
    uid: str | None = UID,
    as_json: bool = JSON,
) -> None:
    """Say that somebody looked into a condition note."""
    _entered(EventKind.HANDLED, {"about": about, "note": note}, day, meal, uid, as_json)


@app.command()
def count(
    kept: str = typer.Argument(metavar="REPORT-ID", help="As `mealsvc day not-counted` has it."),
    day: str = DAY,
    meal: Meal = MEAL,
    uid: str | None = UID,
    as_json: bool = JSON,
) -> None:
    """Count a report that was kept apart."""
    from mealsvc.access import Action
    from mealsvc.desk.entering import count_kept_apart

    runtime = open_runtime()
    caller, when = operator(runtime, Action.CHANGE_DELIVERY), day_of(day, runtime)
    own = uid or uuid.uuid4().hex
    answer = count_kept_apart(runtime, caller, when, meal, kept, own)
    _answered([answer], runtime, as_json)


def _shown(
    read: Callable[..., Any],
    lines: Callable[[Any, day_lines.Telling], list[str]],
    day: str,
    meal: Meal,
    as_json: bool,
) -> None:
    """Read a part of the day and print it."""
    from mealsvc.access import Action

    runtime = open_runtime()
    when = day_of(day, runtime)
    found = read(runtime, operator(runtime, Action.READ_DELIVERY), when, meal)
    if as_json:
        print_json([asdict(one) for one in found] if isinstance(found, list) else asdict(found))
        return
    settings = runtime.settings
    for line in lines(found, day_lines.Telling(settings.language, settings.zone)):
        typer.echo(line)


def _entered(
    kind: EventKind,
    fields: dict[str, Any],
    day: str,
    meal: Meal,
    uid: str | None,
    as_json: bool,
    at: str | None = None,
) -> None:
    """Enter one report."""
    from mealsvc.access import Action
    from mealsvc.delivery.reports import Report
    from mealsvc.desk.entering import enter_reports

    runtime = open_runtime()
    when = day_of(day, runtime)
    moment = None if at is None else _moment(when, at, runtime)
    told = Report(uid or uuid.uuid4().hex, kind, at=moment, **fields)
    caller = operator(runtime, Action.CHANGE_DELIVERY)
    _answered(enter_reports(runtime, caller, when, meal, [(told, None)]), runtime, as_json)


def _moment(day: date, text: str, runtime: Runtime) -> datetime:
    return datetime.combine(day, time_of(text, text, "10:52"), runtime.settings.zone)


def _answered(answers: Sequence[Answer], runtime: Runtime, as_json: bool) -> None:
    """Print what became of reports."""
    if as_json:
        print_json([asdict(one) for one in answers])
        return
    telling = day_lines.Telling(runtime.settings.language, runtime.settings.zone)
    for line in day_lines.answers(answers, telling):
        typer.echo(line)
