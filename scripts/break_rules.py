"""Prove that the tests notice: break one rule of the checker at a time, in a copy, and run them.

    .venv/bin/python scripts/break_rules.py

Every line must say "noticed"; the exit status is 0 only then. The working tree is not touched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKER = Path("routing/check.py")

#: Rule, the code that keeps it, and code that does not.
BREAKS = [
    ("portions fit the boxes", "if meals > courier.boxes:", "if False:"),
    ("loading takes its seconds", "trip.depart - canteen.load_seconds - ", "trip.depart - "),
    ("packing takes its seconds", "- sum(order.pack_seconds for order in orders)", ""),
    ("loading begins after the canteen opens", "begin < canteen.open or ", ""),
    ("the trip leaves before the canteen closes", " or trip.depart > canteen.close", ""),
    ("trips start at the courier's canteen", "if courier.canteen != canteen.id:", "if False:"),
    ("there is a way to the door", "if step >= NO_WAY:", "if False:"),
    ("doors are waited for", "max(clock + step, order.window[0])", "clock + step"),
    ("hand-over is not before arrival", "if stop.arrive < clock:", "if False:"),
    ("hand-over takes its seconds", "clock + order.handover_seconds", "clock"),
    ("hand-over starts in the window", "if clock > order.window[1]:", "if False:"),
    ("the ride limit holds", "if ride > rules.max_ride_seconds:", "if False:"),
    ("meals outside the circle cost", "if ride > rules.circle_seconds:", "if False:"),
    ("the return belongs to the trip", "return clock + home", "return clock"),
    ("the return counts as travel", "ledger.travel += home", "pass"),
    ("an order is on one trip only", "if order.id in ledger.served:", "if False:"),
    ("the order allows the canteen", "canteen.id not in order.canteens", "False"),
    ("skills cover needs", "    if missing:", "    if False:"),
    ("strangers cost", "ledger.unfamiliar += 1", "pass"),
    ("a trip begins within the shift", "begin < courier.shift[0] or ", ""),
    ("a trip ends within the shift", " or finish > courier.shift[1]", ""),
    ("trips of a courier do not overlap", "if start < end:", "if False:"),
    ("a courier makes at most max_trips", "len(spans) > most:", "False:"),
    ("a canteen gives at most its meals", "if meals > most:", "if False:"),
    ("the others are listed as unserved", "!= {order.id for order in left}", "!= None and False"),
    ("unserved portions cost", "price.unserved_meal * unserved_weight", "0"),
    ("every courier used costs", "price.courier * len(ledger.busy)", "0"),
    ("the stated cost is the cost", "abs(plan.cost - cost) > ROUNDING", "False"),
    ("the bound is not above the cost", "plan.bound > cost + ROUNDING", "False"),
]


def main() -> int:
    """Break each rule in turn; return 0 when every break was noticed."""
    source = (ROOT / CHECKER).read_text(encoding="utf-8")
    missed = 0
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", "var", ".*_cache", "*.nbi", "*.nbc")
        shutil.copytree(ROOT, copy, ignore=ignored)
        if not _tests_pass(copy):
            print("the tests fail before anything is broken")
            return 1
        for rule, kept, broken in BREAKS:
            if source.count(kept) != 1:
                print(f"STALE     {rule}: {kept!r} is not once in {CHECKER}")
                missed += 1
                continue
            (copy / CHECKER).write_text(source.replace(kept, broken), encoding="utf-8")
            noticed = not _tests_pass(copy)
            missed += not noticed
            print(f"{'noticed' if noticed else 'MISSED':9} {rule}", flush=True)
    return 1 if missed else 0


def _tests_pass(folder: Path) -> bool:
    command = [
        sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
        "tests/routing/test_check.py",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=300)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
