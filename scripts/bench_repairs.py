"""Repairs on random days: time, cost against solving anew, orders that change courier.

Give pairs of an instance file and a plan file made from it, for example by
``python -m routing INSTANCE --seconds 60 --out PLAN``::

    python scripts/bench_repairs.py --pairs INSTANCE PLAN [INSTANCE PLAN …] --results RESULTS.jsonl

Every repair is a command of its own, timed from outside, so that reading and writing count; one
that is not counted goes first. The first days are then solved anew without regard for the plan in
force, to see what a repair gives away. With a file of results a run that was stopped goes on where
it was, and figures that are wanted again can be deleted from it.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import mean, median
from typing import Any

from routing import Instance, Order, Plan, read_instance, read_plan
from routing.budget import Budget
from routing.repair import read_changes
from routing.repair.mend import in_force
from routing.repair.standing import Standing, judge, plan_of, stand
from routing.repair.timing import time_duties
from routing.search.search import Search
from routing.tables import make_tables

type Json = dict[str, Any]
type Draw = Callable[[random.Random, "Case", int], list[Json]]
"""From dice, a case and a moment of the service to changes."""

LATEST = 0.6
"""Days are looked at until this part of the service is over."""
HEAD = (
    "instance",
    "change",
    "repairs",
    "seconds, mean (most)",
    "of a processor",
    "rules kept",
    "orders left to plan",
    "moved",
    "solved anew",
    "dearer: all, median (most)",
    "dearer in what is left",
    "moved anew",
    "fewer moved: all, median (least)",
)


@dataclass(frozen=True, slots=True)
class Case:
    """An instance and its plan in force."""

    instance: Instance
    plan: Plan
    instance_file: Path
    plan_file: Path


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repair: wall and processor seconds of the command, and what came out."""

    seconds: float
    processor: float
    cost: float
    moved: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Anew:
    """The same future solved from nothing."""

    cost: float
    moved: int


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day, its repair, and its fresh solution if there is one."""

    kind: str
    open_orders: int
    past: float
    repaired: Repaired
    anew: Anew | None


@dataclass(slots=True)
class Results:
    """Figures by what they are of, kept in a file of lines if there is one."""

    file: Path | None
    known: dict[str, Json] = field(default_factory=dict)

    def read(self) -> None:
        """Read what earlier runs have found."""
        if self.file is not None and self.file.exists():
            for line in self.file.read_text(encoding="utf-8").splitlines():
                self.known.update(json.loads(line))

    def keep(self, name: str, figures: Json) -> None:
        """Add figures, and write them down at once."""
        self.known[name] = figures
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({name: figures}) + "\n")


def main() -> None:
    """Repair, compare, and print a table."""
    parser = _parser()
    options = parser.parse_args()
    files = options.pairs
    if len(files) % 2:
        parser.error(f"{files[-1]} is left alone: --pairs takes an instance and its plan each time")
    cases = [
        Case(read_instance(one), read_plan(two), one, two)
        for one, two in zip(files[::2], files[1::2], strict=True)
    ]
    results = Results(options.results)
    results.read()
    sys.stdout.write(f"| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|\n")
    for case in cases:
        days = list(_days(options, case, results))
        name = case.instance_file.stem
        for kind in sorted({day.kind for day in days}):
            _print_row(name, kind, [day for day in days if day.kind == kind])
        _print_row(name, "all", days)


def _days(options: argparse.Namespace, case: Case, results: Results) -> Iterator[Day]:
    """Return the days of a case, as far as possible from earlier results."""
    plan = zlib.crc32(case.plan_file.read_bytes())
    limit = f"{options.seconds:g} s, {options.iterations or 'any'} steps"
    warm = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        changes = folder / "changes.json"
        for number in range(options.repairs):
            dice = random.Random(f"{options.seed}/{number}")  # noqa: S311 - no secrets here
            kind, happened = _happening(dice, case, number)
            changes.write_text(json.dumps(happened), encoding="utf-8")
            standing = stand(read_changes(changes, case.instance, case.plan)[0])
            day = f"{case.instance_file.stem}, plan {plan:x}, day {options.seed}/{number}"
            repair, anew = f"{day}: {limit}", f"{day}: anew, {options.anew_seconds:g} s"
            if repair not in results.known:
                if not warm:
                    _run(options, case, folder)
                    warm = True
                results.keep(repair, asdict(_repair(options, case, standing, folder)))
            if number < options.anew and anew not in results.known:
                results.keep(anew, asdict(solve_anew(standing, options.anew_seconds, options.seed)))
            yield Day(
                kind=kind,
                open_orders=len(standing.future.orders),
                past=past_cost(standing),
                repaired=Repaired(**results.known[repair]),
                anew=Anew(**results.known[anew]) if number < options.anew else None,
            )


def _run(options: argparse.Namespace, case: Case, folder: Path) -> None:
    """Run the command once on the changes in a folder; it writes there, too."""
    files = (case.instance_file, case.plan_file, folder / "changes.json")
    command: list[str | Path] = [sys.executable, "-m", "routing.repair", *files]
    command += ["--out", folder / "plan.json", "--report", folder / "report.json"]
    command += ["--seconds", str(options.seconds)]
    if options.iterations is not None:
        command += ["--iterations", str(options.iterations)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _repair(options: argparse.Namespace, case: Case, standing: Standing, folder: Path) -> Repaired:
    """Return what the command makes of the changes in a folder, timed from outside."""
    began, before = time.monotonic(), _processor_seconds()
    _run(options, case, folder)
    seconds, processor = time.monotonic() - began, _processor_seconds() - before
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return Repaired(
        seconds=seconds,
        processor=processor,
        cost=report["cost"],
        moved=len(report["differences"]["moved"]),
        kept=_is_kept(standing, read_plan(folder / "plan.json")),
    )


def _processor_seconds() -> float:
    """Return the processor time of all commands run so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _is_kept(standing: Standing, plan: Plan) -> bool:
    """Return whether the past stays and nothing but the past breaks a rule."""
    facts = judge(standing, plan_of(standing, ())).faults
    past = plan.trips[: len(standing.kept)] == standing.kept
    return past and judge(standing, replace(plan, cost=None)).faults == facts


def past_cost(standing: Standing) -> float:
    """Return the part of the cost that is spent already."""
    nobody = sum(order.weight for order in standing.future.orders)
    unserved = standing.whole.rules.cost.unserved_meal * nobody
    return judge(standing, plan_of(standing, ())).cost - unserved


def solve_anew(standing: Standing, seconds: float, seed: int) -> Anew:
    """Solve the same future from nothing, in processor time: load on the machine does not count."""
    search = Search(make_tables(standing.future, in_force(standing, 0.0)), seed)
    search.insert()
    search.improve(Budget(float("inf"), 1), lambda: False)  # loads compiled code
    search.improve(Budget(seconds, clock=time.process_time), lambda: False)
    search.complete()
    trips = tuple(time_duties(standing.future, search.duties(), ()))
    present = standing.present
    return Anew(
        cost=judge(standing, plan_of(standing, trips)).cost,
        moved=sum(
            present.get(stop.order, trip.courier) != trip.courier
            for trip in trips
            for stop in trip.stops
        ),
    )


def _happening(dice: random.Random, case: Case, number: int) -> tuple[str, Json]:
    """Return a kind of change, in turn, and the file that tells it."""
    canteens = case.instance.canteens
    first, last = min(one.open for one in canteens), max(one.close for one in canteens)
    now = dice.choice([first - 600, dice.randint(first, int(first + LATEST * (last - first)))])
    kind = list(KINDS)[number % len(KINDS)]
    return kind, {"now": now, "changes": KINDS[kind](dice, case, max(now, first))}


def _orders_gone(dice: random.Random, case: Case, _moment: int) -> list[Json]:
    gone = {item.order for item in case.plan.unserved}
    served = [order for order in case.instance.orders if order.id not in gone]
    return [
        {"kind": "order_gone", "order": order.id}
        for order in dice.sample(served, dice.randint(1, 5))
    ]


def _orders_new(dice: random.Random, case: Case, _moment: int) -> list[Json]:
    like = dice.sample(case.instance.orders, dice.randint(1, 4))
    return [
        {"kind": "order_new", "order": _record(order, id=f"new{number}")}
        for number, order in enumerate(like)
    ]


def _orders_changed(dice: random.Random, case: Case, _moment: int) -> list[Json]:
    chosen = dice.sample(case.instance.orders, dice.randint(1, 4))
    return [
        {
            "kind": "order_changed",
            "order": _record(order, meals=order.meals + dice.randint(0, 1)),
        }
        for order in chosen
    ]


def _courier_gone(dice: random.Random, case: Case, moment: int) -> list[Json]:
    courier = dice.choice(sorted({trip.courier for trip in case.plan.trips}))
    return [{"kind": "courier_gone", "courier": courier, "since": moment}]


def _canteen_late(dice: random.Random, case: Case, moment: int) -> list[Json]:
    canteen, until = dice.choice(case.instance.canteens), moment + 60 * dice.randint(5, 20)
    return [{"kind": "canteen_late", "canteen": canteen.id, "until": until}]


def _travel_slower(dice: random.Random, _case: Case, _moment: int) -> list[Json]:
    return [{"kind": "travel_slower", "factor": dice.choice([1.1, 1.2])}]


KINDS: dict[str, Draw] = {
    "travel slower": _travel_slower,
    "courier gone": _courier_gone,
    "canteen late": _canteen_late,
    "orders new": _orders_new,
    "orders changed": _orders_changed,
    "orders gone": _orders_gone,
}


def _record(order: Order, **changed: object) -> Json:
    """Return an order as JSON values, with some of them changed."""
    values = {name: getattr(order, name) for name in order.__slots__} | changed
    return {name: value for name, value in values.items() if value is not None}


def _print_row(name: str, kind: str, days: list[Day]) -> None:
    repaired = [day.repaired for day in days]
    cells = [
        name,
        kind,
        len(days),
        f"{mean(one.seconds for one in repaired):.2f} ({max(one.seconds for one in repaired):.2f})",
        f"{mean(one.processor for one in repaired):.2f}",
        f"{sum(one.kept for one in repaired)} of {len(days)}",
        f"{mean(day.open_orders for day in days):.0f}",
        f"{mean(one.moved for one in repaired):.1f}",
        *compared([(day, day.anew) for day in days if day.anew is not None]),
    ]
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


def compared(both: list[tuple[Day, Anew]]) -> list[object]:
    """Return the cells that compare repairs with fresh solutions."""
    if not both:
        return [0, *("–",) * 4]
    ours, others = sum(day.repaired.cost for day, _ in both), sum(anew.cost for _, anew in both)
    past, moved = sum(day.past for day, _ in both), sum(anew.moved for _, anew in both)
    dearer = [100 * (day.repaired.cost / max(anew.cost, 1.0) - 1) for day, anew in both]
    fewer = [100 * (1 - day.repaired.moved / max(anew.moved, 1)) for day, anew in both]
    stays = 100 * (1 - sum(day.repaired.moved for day, _ in both) / max(moved, 1))
    return [
        len(both),
        f"{100 * (ours / others - 1):+.1f} %, {median(dearer):+.1f} % ({max(dearer):+.1f} %)",
        f"{100 * (ours - others) / max(others - past, 1.0):+.1f} %",
        f"{moved / len(both):.1f}",
        f"{stays:.0f} %, {median(fewer):.0f} % ({min(fewer):.0f} %)",
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--pairs", nargs="+", type=Path, required=True, help="instance, plan, instance, plan …")
    add("--results", type=Path, help="file of figures; what stands there is not measured again")
    add("--repairs", type=int, default=100, help="per instance (default 100)")
    add("--anew", type=int, default=10, help="the first of them are solved anew (default 10)")
    add("--seconds", type=float, default=3.0, help="wall time of a repair (default 3)")
    add("--iterations", type=int, help="steps of a repair: then seconds only guard")
    add("--anew-seconds", type=float, default=60.0, help="processor time (default 60)")
    add("--seed", type=int, default=0, help="of the days (default 0)")
    return parser


if __name__ == "__main__":
    main()
