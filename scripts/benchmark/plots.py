"""What was measured, as drawings: cost against seconds, and gap, seconds, memory against orders."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scripts.benchmark.runs import Run
from scripts.benchmark.tables import bounds_of, gap_of

SETTINGS: Any = {"svg.hashsalt": "mealsvc", "svg.fonttype": "none", "font.size": 9}
"""The same figures give the same file, and text stays text."""
MARKERS = "osD^vPX"


def draw(runs: list[Run], folder: Path) -> list[Path]:
    """Write the plots and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    good = [run for run in runs if not run.fault and run.cost is not None]
    bounds = bounds_of(runs)
    solvers, longest = list(dict.fromkeys(run.solver for run in runs)), _longest(good)
    with mpl.rc_context(SETTINGS):
        return [
            _save(_curves(good, solvers, bounds), folder / "cost-against-seconds.svg"),
            *(
                _save(
                    _against_orders(longest, solvers, value, label),
                    folder / f"{name}-against-orders.svg",
                )
                for name, label, value in (
                    ("gap", "gap to the proven bound, %", lambda run: _percent(run, bounds)),
                    ("seconds", "seconds taken", lambda run: run.seconds),
                    ("memory", "memory, MB", lambda run: run.memory),
                )
            ),
        ]


def _percent(run: Run, bounds: dict[str, float]) -> float | None:
    gap = gap_of(run, bounds)
    return None if gap is None else 100.0 * gap


def _longest(runs: list[Run]) -> list[Run]:
    """Return each solver's run with the most time on each instance."""
    best: dict[tuple[str, str], Run] = {}
    for run in sorted(runs, key=lambda run: run.asked):
        best[run.instance, run.solver] = run
    return list(best.values())


def _curves(runs: list[Run], solvers: list[str], bounds: dict[str, float]) -> Figure:
    """Return one drawing per instance; every point is a run of its own."""
    names = list(dict.fromkeys(run.instance for run in runs)) or ["nothing"]
    columns = min(3, len(names))
    rows = -(-len(names) // columns)
    figure = Figure(figsize=(3.6 * columns, 2.9 * rows), layout="constrained")
    for place, name in enumerate(names, 1):
        axes = figure.add_subplot(rows, columns, place)
        here = [run for run in runs if run.instance == name]
        _lines(axes, here, solvers, lambda run: run.asked, lambda run: run.cost)
        if name in bounds:
            axes.axhline(bounds[name], color="black", linestyle=":", label="proven at least")
        axes.set(title=name, xlabel="seconds", ylabel="cost", yscale="log")
        if place == 1:
            axes.legend(fontsize=7)
    return figure


def _against_orders(
    runs: list[Run], solvers: list[str], value: Callable[[Run], float | None], label: str
) -> Figure:
    figure = Figure(figsize=(5.4, 3.4), layout="constrained")
    axes = figure.add_subplot()
    _lines(axes, runs, solvers, lambda run: run.orders, value)
    axes.set(xlabel="orders", ylabel=label, xscale="log")
    if axes.has_data():
        axes.legend(fontsize=7)
    return figure


def _lines(
    axes: Axes,
    runs: list[Run],
    solvers: list[str],
    across: Callable[[Run], float],
    up: Callable[[Run], float | None],
) -> None:
    """Draw a line per solver, which looks the same in every drawing."""
    for number, solver in enumerate(solvers):
        points = sorted(
            (across(r), y) for r in runs if r.solver == solver and (y := up(r)) is not None
        )
        if points:
            colour, marker = f"C{number}", MARKERS[number % len(MARKERS)]
            across_and_up = zip(*points, strict=True)
            axes.plot(*across_and_up, color=colour, marker=marker, markersize=4, label=solver)


def _save(figure: Figure, file: Path) -> Path:
    figure.savefig(file, metadata={"Date": None, "Creator": None})
    return file
