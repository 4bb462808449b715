"""A service process for tests: ``python -m tests.mealsvc.night_server URL CLOCK [HOLD]``.

It plans nights by the clock that the file CLOCK shows, says what it does, and runs until its
standard input closes. With HOLD it stays in the middle of its first plan until it is killed.
"""

import sys
import threading
from datetime import datetime
from pathlib import Path

from mealsvc.nightly import NightlyPlanner
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.store import open_engine
from tests.mealsvc.planning.straight_lines import StraightLines


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


class Held(StraightLines):
    """Travel times that are never ready."""

    def seconds(self, *_):
        say("in the middle")
        threading.Event().wait()


def main(url, clock, hold=""):
    runtime = Runtime(
        Settings(home=Path("unused"), workers=1, plan_seconds=0.3, _env_file=None),
        open_engine(url),
        lambda: datetime.fromisoformat(Path(clock).read_text(encoding="utf-8")),
    )
    planner = NightlyPlanner(runtime, tick_seconds=0.5, travel=Held() if hold else StraightLines())
    planner.start()
    say("ready")
    sys.stdin.read()
    planner.shutdown()
    say("stopped")


if __name__ == "__main__":
    main(*sys.argv[1:])
