"""``mealsvc plan``, ``publish``, ``export-instance``, ``export-plan``: plans by command."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from mealsvc.cli.console import complain, print_json, progress_bar
from mealsvc.cli.days import DAY_HELP, day_of
from mealsvc.cli.stopping import Stopped
from mealsvc.errors import StorageFailure
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.sentences import Sentence
from mealsvc.store import transaction
from mealsvc.vocabulary import Meal

if TYPE_CHECKING:
    from mealsvc.demand import DemandWarning
    from mealsvc.store import PlanRevision

_ACTOR = "cli"
_SHOWN_WARNINGS = 8
_MORE_WARNINGS = Sentence(
    "另有{count}条提醒，用 --json 查看全部", "and {count} more warnings: --json shows them all"
)
_NOTHING_ORDERED = Sentence(
    "该餐次没有订单；名单是否已导入？",
    "nothing is ordered for this service; was the roster imported?",
)

DAY = typer.Argument(metavar="DATE", help=DAY_HELP)
MEAL = typer.Option(Meal.LUNCH, "--meal", help="lunch 午餐 or dinner 晚餐.")
REVISION = typer.Option(
    None, "--revision", min=1, help="Which revision; default: the published, else the newest."
)
JSON = typer.Option(False, "--json", help="Print every number as JSON.")
OUT = typer.Argument(metavar="OUT.json", help="The file to write.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(plan)
    app.command()(publish)
    app.command("export-instance")(export_instance)
    app.command("export-plan")(export_plan)


class _Interrupts:
    """Ctrl-C during the search: the first ends it with the best plan so far, the second aborts."""

    def __init__(self) -> None:
        self.searching = False
        self.asked = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        if not self.searching or self.asked:
            raise Stopped
        self.asked = True
        complain("stopping the search and keeping the best plan so far; Ctrl-C again to abort")

    @contextmanager
    def handled(self) -> Iterator[None]:
        """Handle Ctrl-C this way while the body runs."""
        before = signal.signal(signal.SIGINT, self)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


def plan(
    day: str = DAY,
    meal: Meal = MEAL,
    publish: bool = typer.Option(False, "--publish", help="Publish the plan at once."),
    seconds: float | None = typer.Option(
        None, "--seconds", min=0.1, help="Wall time of the search; default: MEALSVC_PLAN_SECONDS."
    ),
    seed: int | None = typer.Option(None, "--seed", min=0, help="Seed of every random choice."),
    as_json: bool = JSON,
) -> None:
    """Plan a service and keep the plan as its next revision.

    Ctrl-C during the search keeps the best plan found so far; a second Ctrl-C saves nothing.
    """
    from mealsvc.planning import plan_service
    from mealsvc.planning.service import EXPLAINING, SEARCHING

    runtime = open_runtime()
    service_day = day_of(day, runtime)
    interrupts = _Interrupts()
    with interrupts.handled(), progress_bar("collecting orders") as bar:

        def report(phase: str, share: float) -> None:
            interrupts.searching = phase in (SEARCHING, EXPLAINING)
            bar(phase, share)

        made = plan_service(
            runtime,
            service_day,
            meal,
            actor=_ACTOR,
            seconds=seconds,
            seed=seed,
            publish=publish,
            progress=report,
            stop=lambda: interrupts.asked,
        )
    _show(runtime, made, service_day, meal, as_json)


def publish(
    day: str = DAY,
    meal: Meal = MEAL,
    revision: int | None = typer.Option(
        None, "--revision", min=1, help="Which revision; default: the newest."
    ),
    as_json: bool = JSON,
) -> None:
    """Publish a plan: orders are frozen, couriers and kitchens work from this revision."""
    from mealsvc.planning import publish as publish_revision
    from mealsvc.planning import read

    runtime = open_runtime()
    service_day = day_of(day, runtime)
    with transaction(runtime.engine) as session:
        present = read.revisions(session, service_day, meal)
    number = revision or (present[-1].number if present else 1)
    publish_revision(runtime, service_day, meal, number, _ACTOR)
    with transaction(runtime.engine) as session:
        shown = read.revision(session, service_day, meal, number)
    _show(runtime, shown, service_day, meal, as_json)


def export_instance(
    day: str = DAY,
    out: Path = OUT,
    meal: Meal = MEAL,
    revision: int | None = REVISION,
    coordinates: bool = typer.Option(
        False, "--coordinates", help="Write where the doors are, too; they are personal data."
    ),
) -> None:
    """Write the problem that a plan solves (large travel times into OUT.npz beside it).

    The file names nobody: canteens, orders and couriers are numbers.
    """
    from dataclasses import replace

    from mealsvc.planning import instance_of, read
    from routing import write_instance

    runtime = open_runtime()
    with transaction(runtime.engine) as session:
        instance = instance_of(read.revision(session, day_of(day, runtime), meal, revision))
    if not coordinates:
        instance = replace(instance, coordinates=None)
    with _written(out):
        write_instance(instance, out)


def export_plan(
    day: str = DAY, out: Path = OUT, meal: Meal = MEAL, revision: int | None = REVISION
) -> None:
    """Write a plan as the solver gives it; it names nobody."""
    from mealsvc.planning import plan_of, read
    from routing import write_plan

    runtime = open_runtime()
    with transaction(runtime.engine) as session:
        answer = plan_of(session, read.revision(session, day_of(day, runtime), meal, revision))
    with _written(out):
        write_plan(answer, out)


@contextmanager
def _written(out: Path) -> Iterator[None]:
    """Make the folder of a file, and say so when it cannot be written."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise StorageFailure(f"{out} cannot be written: {error.strerror or error}") from error
    typer.echo(str(out))


def _show(runtime: Runtime, revision: PlanRevision, day: date, meal: Meal, as_json: bool) -> None:
    """Print the summary of a revision, and what to look at among the orders."""
    from mealsvc.demand import demand_warnings, find_service
    from mealsvc.planning import read

    with transaction(runtime.engine) as session:
        service = find_service(session, day, meal)
        warned = demand_warnings(session, runtime.settings, service) if service else []
    told = {"day": day, "meal": meal, **read.summary(revision)}
    if as_json:
        notes = [
            {"kind": one.kind, "subject": one.subject, "text": one.text.en, "text_zh": one.text.zh}
            for one in warned
        ]
        print_json({**told, "warnings": notes})
        return
    _print_table(told, runtime.settings.language)
    if not (revision.orders or warned):
        complain(_NOTHING_ORDERED.in_language(runtime.settings.language))
    _print_warnings(warned, runtime.settings.language)


def _print_table(told: dict[str, Any], language: str) -> None:
    from mealsvc.planning import proof_text, reason_text

    reasons = told["unserved_reasons"].items()
    dine_in, pick_up = told["dine_in_portions"], told["pick_up_portions"]
    circle = _percent(told["circle_share"]) if told["served_portions"] else "–"
    state = f"revision {told['number']}, {told['state']}"
    rows = [
        ("plan 计划", f"{told['day']} {told['meal']}", state),
        ("orders 订单", told["orders"], f"{told['portions']} portions"),
        ("served 已安排", told["served_orders"], f"{told['served_portions']} portions"),
        ("unserved 未安排", told["unserved_orders"], ""),
        *(("", count, reason_text(reason, language)) for reason, count in reasons),
        ("besides 另有", dine_in + pick_up, f"{dine_in} dine-in 堂食, {pick_up} pick-up 自取"),
        ("in the circle 10分钟圈", circle, f"{told['circle_portions']} portions"),
        ("couriers 送餐员", told["couriers"], f"of {told['couriers_on_shift']} on shift"),
        ("trips 趟次", told["trips"], ""),
        ("travel 路程", _minutes(told["travel_seconds"]), ""),
        ("cost 代价", told["cost"], _bound(told)),
        ("proof 接近最优", "", proof_text(told["gap"], language)),
        ("search 求解", f"{told['solve_seconds']:.1f} s", f"seed {told['seed']}"),
    ]
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console(highlight=False, soft_wrap=True).print(table)


def _bound(told: dict[str, Any]) -> str:
    if told["bound"] is None:
        return "no bound known"
    return f"bound 下界 {told['bound']:.0f}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _minutes(seconds: int) -> str:
    return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"


def _print_warnings(warned: list[DemandWarning], language: str) -> None:
    for warning in warned[:_SHOWN_WARNINGS]:
        typer.echo(f"  ! {warning.text.in_language(language)}", err=True)
    if len(warned) > _SHOWN_WARNINGS:
        more = _MORE_WARNINGS.in_language(language).format(count=len(warned) - _SHOWN_WARNINGS)
        typer.echo(f"  … {more}", err=True)
