"""A worker's process: it stops when it is asked to, tells every bound, and hears of others.

A bound counts from when it is proven, even if its worker is late or lost.
"""

import math
import os
import threading
import time
from collections.abc import Sequence
from ctypes import Array, c_double
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from routing.budget import Budget, StopSignal
from routing.districts.jobs import Heard, Job, Outcome, do_job
from routing.districts.proven import Proven, size_of
from routing.tables import Floats

CLOCKS_APART = 60.0
"""A job that seems to come later than this comes from a machine with another clock (seconds)."""

type Shared = Array[c_double]
"""Figures that two processes see."""


class Memory:
    """What a worker and who asks it write down for each other, in memory that both see.

    Parameters
    ----------
    couriers : sequence of int
        How many couriers each group has.
    context : BaseContext
        Of the worker's process.
    """

    def __init__(self, couriers: Sequence[int], context: BaseContext) -> None:
        self.couriers = tuple(couriers)
        size = size_of(couriers)
        self._told: Shared = context.RawArray(c_double, size)
        self._heard: Shared = context.RawArray(c_double, size)
        self.costs: Shared = context.RawArray(c_double, [math.inf] * len(couriers))

    def told(self) -> Proven:
        """Return the bounds that the worker tells: one counts from when it is proven."""
        return Proven(self.couriers, self._told)

    def heard(self) -> Proven:
        """Return the bounds that others told; `costs` are of the best plans of the groups."""
        return Proven(self.couriers, self._heard)


class Asker:
    """The parent process, as its worker sees it.

    Parameters
    ----------
    pipe : Connection
        Becomes readable when this process is to answer: the parent closed its end, or died.
    memory : Memory
        Takes the bounds, and tells what others have found.
    """

    def __init__(self, pipe: Connection, memory: Memory) -> None:
        self.waits = pipe.poll
        self._told, self._heard, self._costs = memory.told(), memory.heard(), memory.costs

    def tell(self, group: int, cost: float, row: Floats, _phase: str) -> Heard:
        """Tell what is proven of a group; return what others have found."""
        self._told.learn(group, row)
        return Heard(min(cost, self._costs[group]), self._heard.of(group), proven=False)


_askers: list[Asker] = []
"""The one who asks, where this process is a worker."""


def watch(pipe: Connection, memory: Memory) -> None:
    """Work for the parent process from now on; the parameters are those of `Asker`."""
    _askers[:] = [Asker(pipe, memory)]
    starter = parent_process()
    if starter is not None:
        threading.Thread(target=_end_with, args=(starter,), daemon=True).start()


def _end_with(starter: BaseProcess) -> None:
    """End this process when the one that started it ends, however that is.

    An idle process of a pool waits for work on a pipe that it holds open itself: it would never
    hear that somebody was killed.
    """
    starter.join()
    os._exit(1)


def _tell_nobody(_group: int, cost: float, row: Floats, _phase: str) -> Heard:
    """Do without others: an executor has no way to reach them."""
    return Heard(cost, row, proven=False)


def run_job(job: Job, ends_at: float, iterations: int | None) -> Outcome:
    """Do a job in another process.

    Parameters
    ----------
    job : Job
        The work.
    ends_at : float
        When the asker wants it done (seconds since 1970); shortens the job where the start of
        the worker took time, and is not heeded where its clock is far ahead.
    iterations : int or None
        Steps of each search.
    """
    left = ends_at - time.time()
    usable = max(0.0, min(left, job.seconds)) if left > -CLOCKS_APART else job.seconds
    for asker in _askers:
        return do_job(job, Budget(usable, iterations, StopSignal(asker.waits)), asker.tell)
    return do_job(job, Budget(usable, iterations), _tell_nobody)
