"""``scripts/bench``: measure this solver beside its peers and write tables and plots."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from routing import InvalidInstance, check, read_instance, solve, write_instance
from scripts.benchmark.cities import make_city
from scripts.benchmark.peers import OURS, SOLVERS
from scripts.benchmark.runs import Run, measure
from scripts.benchmark.tables import read_results, table, write_results

SIZES = ("50", "100", "300", "1000", "1000-scarce", "1000-districts", "3000")
SECONDS = ((50, 10), (100, 30), (300, 60), (1000, 120), (10**9, 240))
"""Time by orders, where none is given."""
EARLY = 0.25
"""Each solver is also run with this part of the time, where none is given."""
BAD_INPUT = 2


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        with TemporaryDirectory() as folder:
            sizes = options.sizes or ([] if options.instances else SIZES)
            files = [*options.instances, *_make(sizes, options.seed, Path(folder))]
            if options.cluster:
                return _on_cluster(files, options)
            runs = _measure_all(files, options, Path(folder))
    except (InvalidInstance, OSError) as error:
        sys.stderr.write(f"bench: {error}\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        sys.stderr.write("bench: stopped; what was measured so far is in the results\n")
        return 130
    return 1 if any(run.fault for run in runs) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measure this solver beside public ones on the same instances.",
    )
    add = parser.add_argument
    add("--instances", type=Path, nargs="+", default=[], help="instance files (JSON)")
    add(
        "--sizes", type=_sizes, help="invented cities by orders, e.g. 50,1000-scarce,3000-districts"
        f" (default {','.join(SIZES)} unless files are given)",
    )  # fmt: skip
    add("--seconds", type=_numbers, help="wall time of each run, e.g. 10,30 (default by orders)")
    add("--peers", type=_names, default=list(SOLVERS), help=f"of {','.join(SOLVERS)}")
    add("--workers", type=int, default=2, help="processes of every solver (default 2)")
    add("--seed", type=int, default=0, help="of cities and solvers (default 0)")
    add("--out", type=Path, default=Path("docs/benchmarks"), help="folder of tables and plots")
    add("--resume", action="store_true", help="keep what the folder has, measure what is missing")
    add("--cluster", action="store_true", help="run this solver on a Dask cluster of two workers")
    return parser


def _sizes(text: str) -> list[str]:
    for item in text.split(","):
        count, *traits = item.split("-")
        if not count.isdigit() or int(count) < 1 or not {"scarce", "districts"} >= set(traits):
            raise argparse.ArgumentTypeError(
                f"{item!r} is not like 300, 1000-scarce, 1000-districts"
            )
    return text.split(",")


def _numbers(text: str) -> list[float]:
    values = [float(item) for item in text.split(",")]
    if not all(0 < value < float("inf") for value in values):
        raise argparse.ArgumentTypeError(f"{text} is not a list of positive numbers")
    return values


def _names(text: str) -> list[str]:
    unknown = [name for name in text.split(",") if name not in SOLVERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(SOLVERS)}")
    return text.split(",")


def _make(sizes: Sequence[str], seed: int, folder: Path) -> list[Path]:
    """Write the invented cities and return their files."""
    files = []
    for item in sizes:
        count, *traits = item.split("-")
        city = make_city(
            int(count), seed=seed, scarce="scarce" in traits, districts="districts" in traits
        )
        files.append(folder / f"{city.name}.json")
        write_instance(city, files[-1])
    return files


def _times(orders: int, asked: list[float] | None) -> list[float]:
    full = next(seconds for most, seconds in SECONDS if orders <= most)
    return asked or [EARLY * full, full]


def _measure_all(files: list[Path], options: argparse.Namespace, folder: Path) -> list[Run]:
    """Measure solver after solver; what is known is written after every run."""
    from scripts.benchmark.plots import draw

    runs = read_results(options.out) if options.resume else []
    known = {(run.instance, run.solver, run.asked) for run in runs}
    title = (
        f"`scripts/bench --workers {options.workers} --seed {options.seed}`, with `--sizes` or "
        "`--instances` and `--seconds` as the table says; gaps are to the best bound proven."
    )
    for file in files:
        for seconds in _times(len(read_instance(file).orders), options.seconds):
            for solver in options.peers:
                if (file.stem, solver, seconds) in known:
                    continue
                runs.append(measure(file, solver, seconds, options.workers, options.seed, folder))
                sys.stdout.write(table(runs).splitlines()[-1] + "\n")
                sys.stdout.flush()
                write_results(runs, title, options.out)
    draw(runs, options.out)
    return runs


def _on_cluster(files: list[Path], options: argparse.Namespace) -> int:
    """Plan every instance on the cluster and say what came out."""
    from scripts.benchmark.cluster import WORKERS, loopback_cluster

    broken = 0
    with loopback_cluster() as (executor, _):
        for file in files:
            instance = read_instance(file)
            for seconds in _times(len(instance.orders), options.seconds):
                began = time.monotonic()
                plan = solve(
                    instance,
                    seconds=seconds,
                    workers=WORKERS,
                    seed=options.seed,
                    executor=executor,
                )
                taken, verdict = time.monotonic() - began, check(instance, plan)
                broken += not verdict.feasible
                sys.stdout.write(
                    f"{file.stem}: {OURS} on {WORKERS} Dask workers, {seconds:g} s ({taken:.1f}): "
                    f"cost {verdict.cost:,.0f}, proven at least {plan.bound or 0:,.0f}, "
                    f"{verdict.unserved_orders} unserved\n"
                )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
