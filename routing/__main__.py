"""``python -m routing``: an instance file in, a plan file out."""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from routing.budget import process_age
from routing.errors import InvalidInstance, InvalidPlan
from routing.explaining.explain import explain
from routing.files import read_instance, read_plan, write_plan
from routing.progress import Progress
from routing.solving import solve

WRITING_SECONDS = 0.3
"""Kept back from the budget for writing the plan and leaving."""
BAD_INPUT = 2
"""Exit status when a file cannot be used."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    began = time.monotonic() - process_age()
    options = _parser().parse_args(arguments)
    try:
        instance = read_instance(options.instance)
        start = None if options.start is None else read_plan(options.start)
        left = max(0.0, options.seconds - (time.monotonic() - began) - WRITING_SECONDS)
        explaining = min(options.explain, left)
        plan = solve(
            instance,
            seconds=left - explaining,
            workers=options.workers,
            seed=options.seed,
            iterations=options.iterations,
            start=start,
            progress=_show if sys.stderr.isatty() else None,
        )
        if explaining:
            said = explain(instance, plan, seconds=explaining, seed=options.seed)
            plan = replace(plan, explanation=said.to_dict())
        write_plan(plan.with_seconds(time.monotonic() - began), options.out)
    except (InvalidInstance, InvalidPlan) as error:
        return _complain(f"{options.instance}: {error}")
    except OSError as error:
        return _complain(f"{error.filename or options.instance}: {error.strerror or error}")
    _report(plan.cost, plan.bound, len(plan.unserved), len(plan.trips))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m routing",
        description="Plan the trips of an instance file and write the plan file.",
    )
    parser.add_argument("instance", type=Path, help="instance file (JSON)")
    parser.add_argument("--out", type=Path, required=True, help="plan file to write (JSON)")
    parser.add_argument(
        "--seconds",
        type=_positive,
        default=60.0,
        help="wall time of the whole command (default 60)",
    )
    parser.add_argument(
        "--explain",
        type=_seconds,
        default=0.0,
        metavar="SECONDS",
        help="part of the time in which to explain the plan: who is left out or late and why, what "
        "would help, what more means are worth (default 0: only the reasons)",
    )
    parser.add_argument("--workers", type=_count, default=1, help="processes to use (default 1)")
    parser.add_argument("--seed", type=int, default=0, help="of the random numbers (default 0)")
    parser.add_argument("--start", type=Path, help="plan file to start from")
    parser.add_argument(
        "--iterations", type=_count, help="steps of the search: the same number gives the same plan"
    )
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive whole number")
    return value


def _show(now: Progress) -> None:
    bound = f", at least {now.bound:,.0f}"
    sys.stderr.write(f"\r{now.seconds:6.1f} s  cost {now.cost:,.0f}{bound}  {now.phase:<12}")
    sys.stderr.flush()


def _report(cost: float | None, bound: float | None, unserved: int, trips: int) -> None:
    end = "\n" if sys.stderr.isatty() else ""
    least = "" if bound is None else f", proven at least {bound:,.0f}"
    sys.stderr.write(
        f"{end}{trips} trips, {unserved} orders unserved, cost {cost or 0:,.0f}{least}\n"
    )


def _complain(sentence: str) -> int:
    sys.stderr.write(f"routing: {sentence}\n")
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
