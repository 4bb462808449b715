"""What the revisions of a day come to: one table of figures, and one by kind of change."""

import sys
from dataclasses import dataclass
from statistics import mean, quantiles

from scripts.bench_repairs import Anew, Day, Repaired, compared

HEAD = (
    "change",
    "revisions",
    "seconds, mean (most)",
    "of a processor, mean (most)",
    "orders left to plan",
    "moved",
    "of a courier who is gone",
    "solved anew",
    "dearer: all, median (most)",
    "dearer in what is left",
    "moved anew",
    "fewer moved: all, median (least)",
)


@dataclass(frozen=True)
class Revised:
    """One revision in figures.

    Attributes
    ----------
    number, kind, at
        Which of the day, what happened, and when (local time).
    seconds, processor, accepting
        Of the answer, from the question until the proposal is kept and told, and of accepting it.
    cost, past
        Of the whole plan, and the part of it that was spent before.
    open_orders, moved, orphaned, couriers
        Orders left to plan, those that change courier, those whose courier is gone, so that they
        move or stay unserved in any case, and couriers whose duty changes.
    rules_kept, whole_rules_kept
        In what was left to decide, and with the past.
    done_stays, untouched_changed
        Whether what is done stays, and duties that changed without need.
    anew_cost, anew_moved
        Of the same future solved from nothing; None where it was not.
    """

    number: int
    kind: str
    at: str
    seconds: float
    processor: float
    accepting: float
    cost: float
    past: float
    open_orders: int
    moved: int
    orphaned: int
    couriers: int
    rules_kept: bool
    whole_rules_kept: bool
    done_stays: bool
    untouched_changed: int
    anew_cost: float | None
    anew_moved: int | None


def print_tables(found: list[Revised]) -> None:
    """Print the figures of the day, then a row for each kind of change and for all."""
    sys.stdout.write("| figure | value |\n|---|---|\n")
    sys.stdout.writelines(f"| {name} | {value} |\n" for name, value in _figures(found))
    sys.stdout.write(f"\n| {' | '.join(HEAD)} |\n{'|---' * len(HEAD)}|\n")
    for kind in sorted({one.kind for one in found}):
        _print_row(kind.replace("_", " "), [one for one in found if one.kind == kind])
    _print_row("all", found)


def _figures(found: list[Revised]) -> list[tuple[str, object]]:
    return [
        ("revisions", len(found)),
        ("seconds: mean, 95 of 100, most", _three([one.seconds for one in found])),
        ("of a processor: mean, 95 of 100, most", _three([one.processor for one in found])),
        ("seconds to accept, most", f"{max(one.accepting for one in found):.2f}"),
        ("every rule kept in what was left", sum(one.rules_kept for one in found)),
        ("every rule kept with the past", sum(one.whole_rules_kept for one in found)),
        ("done stops as they were", sum(one.done_stays for one in found)),
        ("untouched duties changed", sum(one.untouched_changed for one in found)),
    ]


def _three(seconds: list[float]) -> str:
    most = max(seconds)
    near = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else most
    return f"{mean(seconds):.2f}, {near:.2f}, {most:.2f}"


def _print_row(name: str, found: list[Revised]) -> None:
    cells = [
        name,
        len(found),
        _mean_and_most([one.seconds for one in found]),
        _mean_and_most([one.processor for one in found]),
        f"{mean(one.open_orders for one in found):.0f}",
        f"{mean(one.moved for one in found):.1f}",
        f"{mean(one.orphaned for one in found):.1f}",
        *compared([(_day(one), anew) for one in found if (anew := _anew(one)) is not None]),
    ]
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")


def _mean_and_most(seconds: list[float]) -> str:
    return f"{mean(seconds):.2f} ({max(seconds):.2f})"


def _anew(one: Revised) -> Anew | None:
    if one.anew_cost is None or one.anew_moved is None:
        return None
    return Anew(one.anew_cost, one.anew_moved)


def _day(one: Revised) -> Day:
    """Return a revision as a day of the measurement of repairs."""
    repaired = Repaired(one.seconds, one.processor, one.cost, one.moved, one.rules_kept)
    return Day(one.kind, one.open_orders, one.past, repaired, _anew(one))
