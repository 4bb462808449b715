"""Background work: claimed in the database, alive by heartbeat, taken up again when killed."""

from mealsvc.jobs.claims import (
    Job,
    claim,
    claimable,
    enqueue,
    error_of,
    finish,
    job,
    requeue,
    stop,
    under_way,
)
from mealsvc.jobs.worker import JobWorker, start_plan_job, start_scenario_job, worker_for

__all__ = [
    "Job",
    "JobWorker",
    "claim",
    "claimable",
    "enqueue",
    "error_of",
    "finish",
    "job",
    "requeue",
    "start_plan_job",
    "start_scenario_job",
    "stop",
    "under_way",
    "worker_for",
]
