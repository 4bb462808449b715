"""``python -m routing.repair``: a plan, what changed, and the new plan or the price of moves."""

import argparse
import json
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

from routing.budget import process_age
from routing.errors import InvalidChange, InvalidInstance, InvalidPlan
from routing.files import read_instance, read_plan, write_instance, write_plan
from routing.repair.hand import Priced, price
from routing.repair.mend import Repair, repair
from routing.repair.reading import read_changes
from routing.repair.telling import Teller

WRITING_SECONDS = 0.1
"""Kept back from the budget for writing the plan and leaving,"""
LEAVING_SHARE = 0.1
"""and this part of what starting and reading took: a busy machine is slow in both."""
BAD_INPUT = 2
"""Exit status when a file cannot be used."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    began = time.monotonic() - process_age()
    options = _parser().parse_args(arguments)
    try:
        instance, plan = read_instance(options.instance), read_plan(options.plan)
        situation, moves = read_changes(options.changes, instance, plan)
        answer: Repair | Priced
        started = time.monotonic() - began
        if moves:
            answer = price(situation, moves)
        else:
            answer = repair(
                situation,
                seconds=max(
                    0.0, options.seconds - WRITING_SECONDS - (1.0 + LEAVING_SHARE) * started
                ),
                moved_order=options.moved_order,
                touched_duty=options.touched_duty,
                seed=options.seed,
                iterations=options.iterations,
            )
        _write(options, answer, time.monotonic() - began)
    except (InvalidInstance, InvalidPlan, InvalidChange) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename or options.instance}: {error.strerror or error}")
    teller = Teller(options.language)
    lines = teller.repair(answer) if isinstance(answer, Repair) else teller.price(answer)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def report(answer: Repair | Priced) -> dict[str, object]:
    """Return the answer as JSON values, beside the plan itself."""
    data: dict[str, object] = {"differences": asdict(answer.differences)}
    if isinstance(answer, Repair):
        data |= {
            "cost_before": answer.cost_before,
            "cost_unrepaired": answer.cost_unrepaired,
            "cost": answer.cost,
            "cannot_be_helped": [asdict(fault) for fault in answer.facts],
            "skipped": [order for trip in answer.standing.begun for order in trip.skipped],
            "made_again": [order for trip in answer.standing.begun for order in trip.lost],
        }
    else:
        data |= {
            "cost_before": answer.before.cost,
            "cost": answer.after.cost,
            "difference": answer.difference,
            "broken": [asdict(fault) for fault in answer.broken],
            "mended": [asdict(fault) for fault in answer.mended],
            "locked_orders": sorted(answer.locked_orders),
            "locked_couriers": sorted(answer.locked_couriers),
        }
    return data


def _write(options: argparse.Namespace, answer: Repair | Priced, seconds: float) -> None:
    """Write what was asked for."""
    if options.out is not None:
        write_plan(replace(answer.plan, seconds=seconds), options.out)
    if options.instance_out is not None:
        write_instance(answer.instance, options.instance_out)
    if options.report is not None:
        text = json.dumps(report(answer), ensure_ascii=False, indent=1)
        options.report.write_text(f"{text}\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m routing.repair",
        description="Repair a plan that is being carried out, or price moves made by hand.",
    )
    parser.add_argument("instance", type=Path, help="instance file that the plan answers (JSON)")
    parser.add_argument("plan", type=Path, help="plan file in force (JSON)")
    parser.add_argument("changes", type=Path, help="the time, reports, changes or moves (JSON)")
    parser.add_argument("--out", type=Path, help="plan file to write (JSON)")
    parser.add_argument("--instance-out", type=Path, help="changed instance file to write (JSON)")
    parser.add_argument("--report", type=Path, help="file for what changes, and the cost (JSON)")
    parser.add_argument(
        "--seconds", type=float, default=3.0, help="wall time of the whole command (default 3)"
    )
    parser.add_argument(
        "--moved-order", type=float, help="price of an order that changes courier (default 600 s)"
    )
    parser.add_argument(
        "--touched-duty", type=float, help="what changing a duty must gain (default 120 s)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the random numbers (default 0)")
    parser.add_argument(
        "--iterations", type=int, help="steps of the search: the same number gives the same plan"
    )
    parser.add_argument("--language", choices=("zh", "en"), default="en", help="of the sentences")
    return parser


def _complain(sentence: str) -> int:
    sys.stderr.write(f"routing.repair: {sentence}\n")
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
