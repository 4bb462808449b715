"""A Dask cluster on this machine: scheduler and two workers on loopback, for one measurement."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from distributed import Client, LocalCluster

WORKERS = 2
MEMORY = "2GiB"
"""Most memory of each worker."""


@contextmanager
def loopback_cluster() -> Iterator[tuple[Executor, list[int]]]:
    """Start a cluster and end it, and nothing else, afterwards.

    Yields
    ------
    executor : Executor
        Runs functions on its workers.
    pids : list of int
        The workers' processes.
    """
    with (
        LocalCluster(
            n_workers=WORKERS,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=MEMORY,
        ) as cluster,
        Client(cluster) as client,
        client.get_executor(pure=False, retries=0) as executor,
    ):
        yield executor, list(client.run(_get_ready).values())


def _get_ready() -> int:
    """Load what a worker needs, so that the first slice has all of its time; return its process."""
    import os

    from routing import prepare

    prepare()
    return os.getpid()
