"""One solver on one instance, in a process of its own: ``python -m scripts.benchmark.one_run``.

Arguments: instance file, solver, seconds, workers, seed, plan file to write.
"""

import sys
import time
from pathlib import Path

from routing import prepare, read_instance, write_plan
from scripts.benchmark.peers import SOLVERS


def main(arguments: list[str]) -> None:
    """Solve and write the plan with the seconds that solving took."""
    instance_file, solver, seconds, workers, seed, plan_file = arguments
    instance = read_instance(instance_file)
    prepare()  # loads compiled code; the peers' libraries are loaded by now
    began = time.monotonic()
    plan = SOLVERS[solver](instance, float(seconds), int(workers), int(seed))
    write_plan(plan.with_seconds(time.monotonic() - began), Path(plan_file))


if __name__ == "__main__":
    main(sys.argv[1:])
