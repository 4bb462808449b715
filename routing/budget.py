"""How long a solve may go on: wall time, a stop signal, or a number of steps.

Clock and stop signal come from outside, so that tests can move time.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

type Clock = Callable[[], float]
"""Seconds from any start, never going back."""

STARTED = 19
"""Where the start of the process stands in its status line, after its name."""


class StopSignal:
    """Remembers that a stop was asked for, by the caller's question or by `set`.

    Parameters
    ----------
    asked : callable or None
        The caller's question: should the work stop?
    """

    def __init__(self, asked: Callable[[], bool] | None = None) -> None:
        self._asked = asked
        self._set = False

    def set(self) -> None:
        """Ask for a stop."""
        self._set = True

    def is_set(self) -> bool:
        """Return whether a stop was asked for."""
        if not self._set and self._asked is not None:
            self._set = bool(self._asked())
        return self._set


class Budget:
    """Time for one piece of work, counted from when it is made.

    Parameters
    ----------
    seconds : float
        Wall time.
    iterations : int or None
        Steps of search; when given, they end the search and time only guards.
    signal : StopSignal or None
        Ends the work early; parts of a budget share it.
    clock : callable
        Where time comes from.
    """

    def __init__(
        self,
        seconds: float,
        iterations: int | None = None,
        signal: StopSignal | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.seconds = seconds
        self.iterations = iterations
        self.signal = signal or StopSignal()
        self._clock = clock
        self._began = clock()

    def elapsed(self) -> float:
        """Return the seconds since the start."""
        return self._clock() - self._began

    def left(self) -> float:
        """Return the seconds that remain; 0 once stopped."""
        return 0.0 if self.signal.is_set() else max(0.0, self.seconds - self.elapsed())

    def used(self, steps: int) -> float:
        """Return how much is used after so many steps: 0 at the start, 1 or more at the end."""
        if self.left() <= 0.0:
            return 1.0
        if self.iterations is not None:
            return steps / self.iterations if self.iterations else 1.0
        return self.elapsed() / self.seconds

    def part(self, share: float) -> "Budget":
        """Return a budget for a part of what is left, with the same steps, clock and signal."""
        return Budget(self.left() * share, self.iterations, self.signal, self._clock)

    def trial(self, share: float, earned: Callable[[], bool]) -> "Trial":
        """Return a budget of a part of what is left, and of all of it once that is earned."""
        return Trial(self.left(), self.iterations, self.signal, self._clock, share, earned)

    def at_least(self, seconds: float) -> "Budget":
        """Return a budget of what is left or of so many seconds, also where a stop was asked for.

        It is for what ends a piece of work, such as putting its answer together.
        """
        return Budget(max(self.left(), seconds), self.iterations, None, self._clock)

    def at_most(self, seconds: float) -> "Budget":
        """Return a budget of so many of the seconds left, with the same steps, clock and signal."""
        return Budget(min(self.left(), seconds), self.iterations, self.signal, self._clock)


class Trial(Budget):
    """Time for a try: a part in any case, and the rest once the try has earned it.

    Parameters
    ----------
    seconds, iterations, signal, clock
        As of `Budget`.
    share : float
        Part of the time that the try gets in any case.
    earned : callable
        Whether what has been reached is worth the rest.
    """

    def __init__(
        self, seconds: float, iterations: int | None, signal: StopSignal, clock: Clock,
        share: float, earned: Callable[[], bool],
    ) -> None:  # fmt: skip
        super().__init__(seconds, iterations, signal, clock)
        self._withheld = (1.0 - share) * seconds
        self._earned = earned

    def left(self) -> float:
        """Return the seconds that remain, without those that are not earned yet."""
        left = super().left()
        return left if self._earned() else max(0.0, left - self._withheld)


def process_age() -> float:
    """Return the seconds since this process started: imports count as time used, too."""
    try:
        after_name = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2]
        started = int(after_name.split()[STARTED]) / os.sysconf("SC_CLK_TCK")
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - started)
    except (OSError, ValueError, AttributeError):  # not Linux
        return time.process_time()
