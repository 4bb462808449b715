"""Repairs on random days: time, cost against solving anew, orders that change courier.

Give pairs of an instance file and a plan file made from it, for example by
``python -m routing INSTANCE --seconds 60 --out PLAN``::

    python scripts/bench_repairs.py INSTANCE PLAN [INSTANCE PLAN …] --repairs 100 --anew 10

Every repair is a command of its own, timed from outside, so that reading and writing count. Some of
the days are then solved anew without regard for the plan in force, to see what a repair gives away.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from routing import Instance, Plan, read_instance, read_plan
from routing.budget import Budget
from routing.repair import read_changes
from routing.repair.mend import in_force
from routing.repair.standing import Standing, judge, plan_of, stand
from routing.repair.timing import time_duties
from routing.search.search import Search
from routing.tables import make_tables

type Json = dict[str, object]

LATEST = 0.6
"""Days are looked at until this part of the service is over."""


@dataclass(frozen=True, slots=True)
class Day:
    """One repair: what happened, how long it took, what came out; `anew` is None if not solved."""

    kind: str
    open_orders: int
    seconds: float
    cost: float
    moved: int
    feasible: bool
    anew: tuple[float, int] | None
    past: float


def main() -> None:
    """Repair, compare, and print a table."""
    options = _parser().parse_args()
    pairs = [
        (read_instance(one), one, two)
        for one, two in zip(options.files[::2], options.files[1::2], strict=True)
    ]
    print(
        "| instance | change | repairs | seconds, mean (most) | feasible | orders left to plan "
        "| moved | solved anew | worse | worse in what is left | moved anew | fewer moved |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for instance, instance_file, plan_file in pairs:
        days = list(_days(options, instance, instance_file, plan_file))
        for kind in sorted({day.kind for day in days}):
            _print_row(instance.name, kind, [day for day in days if day.kind == kind])
        _print_row(instance.name, "all", days)


def _days(
    options: argparse.Namespace, instance: Instance, instance_file: Path, plan_file: Path
) -> Iterator[Day]:
    dice = random.Random(options.seed)  # noqa: S311 - no secrets here
    plan = read_plan(plan_file)
    sampled = set(dice.sample(range(options.repairs), options.anew))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.repairs):
            kind, happened = _happening(dice, instance, plan)
            changes, out = Path(folder, "changes.json"), Path(folder, "plan.json")
            told = Path(folder, "report.json")
            changes.write_text(json.dumps(happened), encoding="utf-8")
            began = time.monotonic()
            subprocess.run(
                [
                    *(sys.executable, "-m", "routing.repair", instance_file, plan_file, changes),
                    *("--out", out, "--report", told, "--seconds", str(options.seconds)),
                ],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            seconds = time.monotonic() - began
            situation, _ = read_changes(changes, instance, plan)
            repaired, standing = read_plan(out), stand(situation)
            report = json.loads(told.read_text(encoding="utf-8"))
            anew = _solve_anew(options, standing) if number in sampled else None
            day = Day(
                kind=kind,
                open_orders=len(standing.future.orders),
                seconds=seconds,
                cost=report["cost"],
                moved=len(report["differences"]["moved"]),
                feasible=_is_feasible(standing, repaired),
                anew=anew,
                past=_past(standing),
            )
            if options.verbose:
                print(day, file=sys.stderr, flush=True)
            yield day


def _is_feasible(standing: Standing, plan: Plan) -> bool:
    """Return whether the past stays and nothing but the past breaks a rule."""
    facts = judge(standing, plan_of(standing, ())).faults
    kept = plan.trips[: len(standing.kept)] == standing.kept
    return kept and judge(standing, replace(plan, cost=None)).faults == facts


def _past(standing: Standing) -> float:
    """Return the part of the cost that is spent already."""
    nobody = sum(order.weight for order in standing.future.orders)
    unserved = standing.whole.rules.cost.unserved_meal * nobody
    return judge(standing, plan_of(standing, ())).cost - unserved


def _solve_anew(options: argparse.Namespace, standing: Standing) -> tuple[float, int]:
    """Return cost and moved orders when the same future is solved from nothing."""
    search = Search(make_tables(standing.future, in_force(standing, 0.0)), options.seed)
    search.insert()
    search.take(search.duties())
    clock = time.process_time if options.processor_time else time.monotonic
    search.improve(Budget(options.anew_seconds, clock=clock), lambda: False)
    search.complete()
    trips = tuple(time_duties(standing.future, search.duties(), ()))
    present = standing.present
    moved = sum(
        present.get(stop.order, trip.courier) != trip.courier
        for trip in trips
        for stop in trip.stops
    )
    return judge(standing, plan_of(standing, trips)).cost, moved


def _happening(dice: random.Random, instance: Instance, plan: Plan) -> tuple[str, Json]:
    """Return a kind of change, and the file that tells it."""
    first = min(canteen.open for canteen in instance.canteens)
    last = max(canteen.close for canteen in instance.canteens)
    now = dice.choice([first - 600, dice.randint(first, int(first + LATEST * (last - first)))])
    moment = max(now, first)
    gone = {item.order for item in plan.unserved}
    orders = [order for order in instance.orders if order.id not in gone]
    couriers = sorted({trip.courier for trip in plan.trips})
    some, whole = dice.sample, dice.randint
    kinds: dict[str, list[Json]] = {
        "orders gone": [
            {"kind": "order_gone", "order": order.id} for order in some(orders, whole(1, 5))
        ],
        "orders new": [
            {"kind": "order_new", "order": _record(order, f"new{number}")}
            for number, order in enumerate(some(instance.orders, whole(1, 4)))
        ],
        "orders changed": [
            {
                "kind": "order_changed",
                "order": _record(order, order.id) | {"meals": order.meals + whole(0, 1)},
            }
            for order in some(orders, whole(1, 4))
        ],
        "courier gone": [
            {"kind": "courier_gone", "courier": dice.choice(couriers), "since": moment}
        ],
        "canteen late": [
            {
                "kind": "canteen_late",
                "canteen": dice.choice(instance.canteens).id,
                "until": moment + whole(5, 20) * 60,
            }
        ],
        "travel slower": [{"kind": "travel_slower", "factor": dice.choice([1.1, 1.2])}],
    }
    kind = dice.choice(sorted(kinds))
    return kind, {"now": now, "changes": kinds[kind]}


def _record(order: object, name: str) -> Json:
    """Return an order as JSON values, under a name, with the widest window of the day."""
    record: Json = {field: getattr(order, field) for field in order.__slots__}  # type: ignore[attr-defined]
    return {key: value for key, value in record.items() if value is not None} | {"id": name}


def _print_row(name: str, kind: str, days: list[Day]) -> None:
    anew = [(day, *day.anew) for day in days if day.anew is not None]
    cells = [
        name,
        kind,
        len(days),
        f"{mean(day.seconds for day in days):.2f} ({max(day.seconds for day in days):.2f})",
        f"{sum(day.feasible for day in days)} of {len(days)}",
        f"{mean(day.open_orders for day in days):.0f}",
        f"{mean(day.moved for day in days):.1f}",
        len(anew),
    ]
    if anew:
        ours, others = sum(day.cost for day, _, _ in anew), sum(cost for _, cost, _ in anew)
        past, moved = sum(day.past for day, _, _ in anew), sum(count for _, _, count in anew)
        cells += [
            f"{100 * (ours / others - 1):+.1f} %",
            f"{100 * (ours - others) / max(others - past, 1.0):+.1f} %",
            f"{moved / len(anew):.1f}",
            f"{100 * (1 - sum(day.moved for day, _, _ in anew) / max(moved, 1)):.0f} %",
        ]
    else:
        cells += ["–"] * 4
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="instance, plan, instance, plan …")
    parser.add_argument("--repairs", type=int, default=100, help="per instance (default 100)")
    parser.add_argument("--anew", type=int, default=10, help="of them solved anew (default 10)")
    parser.add_argument("--seconds", type=float, default=3.0, help="of a repair (default 3)")
    parser.add_argument("--anew-seconds", type=float, default=60.0, help="of a solve (default 60)")
    parser.add_argument(
        "--processor-time", action="store_true", help="count processor seconds when solving anew"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the days (default 0)")
    parser.add_argument("--verbose", action="store_true", help="tell every repair")
    return parser


if __name__ == "__main__":
    main()
