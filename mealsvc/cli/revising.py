"""``mealsvc revise``: say what changed on the day, look at the proposal, accept or reject it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from mealsvc.cli.console import print_json
from mealsvc.cli.days import day_of
from mealsvc.cli.operator import operator
from mealsvc.cli.planning import DAY, JSON, MEAL
from mealsvc.cli.typed import number_of, time_of, unreadable
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.vocabulary import Meal

if TYPE_CHECKING:
    from mealsvc.access import Caller
    from mealsvc.desk.proposals import ProposalView
    from mealsvc.planning.revising import DayChange, HandMove

_ORDER = "445=Z001/2"
_SINCE = "Z001@11:20"
_HOURS = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")

app = typer.Typer(
    no_args_is_help=True, help="Revise a published plan on its day 当日调整已发布的计划."
)
NUMBER = typer.Argument(metavar="NUMBER", help="Number of the proposal.", min=1)


@app.command()
def propose(
    day: str = DAY,
    meal: Meal = MEAL,
    cancel: list[str] = typer.Option([], "--cancel", metavar="ELDER", help="No meal after all."),
    bring: list[str] = typer.Option(
        [], "--bring", metavar="ELDER[=PORTIONS]", help="A meal for who had none."
    ),
    away: list[str] = typer.Option(
        [], "--away", metavar="COURIER[@HH:MM]", help="Cannot come, or not go on from then."
    ),
    handed_back: bool = typer.Option(
        False, "--handed-back", help="Plan anew what couriers handed back."
    ),
    comes: list[str] = typer.Option(
        [], "--comes", metavar="COURIER=HH:MM-HH:MM", help="Comes, or works other hours."
    ),
    late: list[str] = typer.Option(
        [], "--late", metavar="CANTEEN=MINUTES", help="Can fill no boxes for so long."
    ),
    slower: int | None = typer.Option(
        None, "--slower", metavar="PERCENT", min=-60, max=300, help="Everybody travels slower."
    ),
    closed: list[str] = typer.Option(
        [], "--closed", metavar="LON,LAT", help="Nobody gets past this place (WGS-84)."
    ),
    move: list[str] = typer.Option(
        [], "--move", metavar="ORDER=COURIER[/TRIP]", help="By hand: bring it on that trip."
    ),
    give: list[str] = typer.Option(
        [], "--give", metavar="COURIER/TRIP=COURIER", help="By hand: another makes that trip."
    ),
    accept: bool = typer.Option(False, "--accept", help="Publish it at once."),
    as_json: bool = JSON,
) -> None:
    """Say what changed, or what is moved by hand, and get a revision proposed."""
    runtime = open_runtime()
    given = {
        "cancel": cancel, "bring": bring, "away": away, "comes": comes, "late": late,
        "closed": closed,
    }  # fmt: skip
    changes = list(_changes(given, slower, handed_back=handed_back))
    moves = list(_moves(move, give))
    from mealsvc.desk import revising

    caller, when = _caller(runtime), day_of(day, runtime)
    language = runtime.settings.language
    found = revising.propose(runtime, caller, when, meal, changes, moves, language=language)
    if accept:
        found = revising.accept(runtime, caller, when, meal, found.id, language=language)
    _show(found, as_json)


@app.command("list")
def list_all(day: str = DAY, meal: Meal = MEAL, as_json: bool = JSON) -> None:
    """List the proposals for a service's plan, newest first."""
    from mealsvc.desk import revising

    runtime = open_runtime()
    found = revising.list_proposals(
        runtime, _caller(runtime), day_of(day, runtime), meal, language=runtime.settings.language
    )
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        typer.echo(f"{one.id:>4}  {one.state:9}  r{one.based_on}  {one.made_by}  {one.text[0]}")


@app.command()
def show(number: int = NUMBER, day: str = DAY, meal: Meal = MEAL, as_json: bool = JSON) -> None:
    """Show one proposal."""
    from mealsvc.desk import revising

    _decide(revising.read_proposal, day, meal, number, as_json)


@app.command("accept")
def accept_one(
    number: int = NUMBER,
    day: str = DAY,
    meal: Meal = MEAL,
    despite: bool = typer.Option(
        False, "--despite", help="Those concerned agree to the rules that moves break."
    ),
    as_json: bool = JSON,
) -> None:
    """Publish a proposal as the next revision."""
    from mealsvc.desk import revising

    _decide(revising.accept, day, meal, number, as_json, despite=despite)


@app.command()
def reject(number: int = NUMBER, day: str = DAY, meal: Meal = MEAL, as_json: bool = JSON) -> None:
    """Put a proposal aside."""
    from mealsvc.desk import revising

    _decide(revising.reject, day, meal, number, as_json)


def _decide(
    what: Callable[..., ProposalView],
    day: str,
    meal: Meal,
    number: int,
    as_json: bool,
    **more: Any,  # noqa: ANN401 - handed on as it is
) -> None:
    runtime = open_runtime()
    when, language = day_of(day, runtime), runtime.settings.language
    _show(what(runtime, _caller(runtime), when, meal, number, language=language, **more), as_json)


def _caller(runtime: Runtime) -> Caller:
    from mealsvc.access import Action

    return operator(runtime, Action.MAKE_PLANS)


def _changes(
    given: dict[str, list[str]], slower: int | None, *, handed_back: bool
) -> Iterator[DayChange]:
    """Yield what the options say, in the order of the help."""
    from mealsvc.planning.revising import (
        CanteenLate,
        CourierAway,
        CourierComes,
        HandedBack,
        OrderCancelled,
        OrderUrgent,
        StreetClosed,
        TravelSlower,
    )

    yield from (OrderCancelled(code) for code in given["cancel"])
    for text in given["bring"]:
        code, _, portions = text.partition("=")
        yield OrderUrgent(code, number_of(portions or "1", text, _ORDER))
    for text in given["away"]:
        code, _, since = text.partition("@")
        yield CourierAway(code, time_of(since, text, _SINCE) if since else None)
    if handed_back:
        yield HandedBack()
    for text in given["comes"]:
        code, _, hours = text.partition("=")
        found = _HOURS.fullmatch(hours)
        if found is None:
            raise unreadable(text, "Z001=10:30-12:30")
        yield CourierComes(code, (time_of(found[1], text, _SINCE), time_of(found[2], text, _SINCE)))
    for text in given["late"]:
        code, _, minutes = text.partition("=")
        yield CanteenLate(code, number_of(minutes, text, _ORDER))
    if slower is not None:
        yield TravelSlower(slower)
    for text in given["closed"]:
        lon, _, lat = text.partition(",")
        try:
            yield StreetClosed(((float(lon), float(lat)),))
        except ValueError as error:
            raise unreadable(text, "120.15,30.28") from error


def _moves(moved: list[str], given: list[str]) -> Iterator[HandMove]:
    from mealsvc.planning.revising import StopMoved, TripMoved

    for text in moved:
        order, _, target = text.partition("=")
        courier, _, trip = target.partition("/")
        yield StopMoved(
            number_of(order, text, _ORDER), courier, number_of(trip, text, _ORDER) if trip else None
        )
    for text in given:
        source, _, to = text.partition("=")
        courier, _, trip = source.partition("/")
        yield TripMoved(courier, number_of(trip, text, _ORDER), to)


def _show(found: ProposalView, as_json: bool) -> None:
    if as_json:
        print_json(asdict(found))
        return
    became = "" if found.revision is None else f" → r{found.revision}"
    typer.echo(f"#{found.id} {found.state}, r{found.based_on}{became}")
    for line in found.text:
        typer.echo(f"  {line}")
    for other in found.others:
        typer.echo(f"  ! #{other.id} {other.made_by} {other.made_at:%H:%M}", err=True)
