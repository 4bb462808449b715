"""What was measured, as a table in Markdown and as JSON."""

import json
from collections.abc import Iterable
from pathlib import Path

from scripts.benchmark.runs import Run

HEADER = (
    "| instance | solver | seconds asked (taken) | cost | proven at least | gap | unserved "
    "| outside the circle | couriers | memory |\n"
    "|---|---|---|---|---|---|---|---|---|---|\n"
)


def bounds_of(runs: Iterable[Run]) -> dict[str, float]:
    """Return the best bound proven of each instance, whoever proved it."""
    best: dict[str, float] = {}
    for run in runs:
        if run.bound is not None:
            best[run.instance] = max(best.get(run.instance, 0.0), run.bound)
    return best


def gap_of(run: Run, bounds: dict[str, float]) -> float | None:
    """Return how far a cost is from the best bound, as a part of the cost."""
    bound = bounds.get(run.instance)
    if run.cost is None or run.fault or bound is None:
        return None
    return (run.cost - bound) / run.cost if run.cost else 0.0


def table(runs: list[Run]) -> str:
    """Return the runs as a table in Markdown; gaps are to the best bound of the instance."""
    bounds = bounds_of(runs)
    return HEADER + "".join(_row(run, gap_of(run, bounds)) for run in runs)


def _row(run: Run, gap: float | None) -> str:
    cells = [run.instance, run.solver, f"{run.asked:g} ({run.seconds:.1f})"]
    if run.fault:
        return f"| {' | '.join([*cells, run.fault.replace('|', '/')])} | | | | | | |\n"
    bound = "" if run.bound is None else f"{run.bound:,.0f}"
    cells += [
        f"{run.cost:,.0f}",
        bound,
        "" if gap is None else f"{gap:.2%}",
        *(f"{number:,}" for number in (run.unserved, run.outside, run.couriers)),
        f"{run.memory:,.0f} MB",
    ]
    return f"| {' | '.join(cells)} |\n"


def read_results(folder: Path) -> list[Run]:
    """Return the runs of an earlier ``results.json``; none where there is no such file."""
    file = folder / "results.json"
    if not file.exists():
        return []
    return [Run(**fields) for fields in json.loads(file.read_text(encoding="utf-8"))["runs"]]


def write_results(runs: list[Run], title: str, folder: Path) -> None:
    """Write ``results.md`` and ``results.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = f"# Results\n\n{title}\n\n{table(runs)}"
    (folder / "results.md").write_text(text, encoding="utf-8")
    data = {"about": title, "runs": [run.to_dict() for run in runs]}
    (folder / "results.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
