"""How a revision keeps its problem: the instance exactly, and what the orders said, compressed."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

import routing
from mealsvc.planning.facts import OrderSaid, Snapshot, order_said
from mealsvc.store import PlanRevision

_TRAVEL = "travel_"


@dataclass(frozen=True)
class Closed:
    """Where nobody gets past: within so many metres of a place (longitude, latitude, WGS-84)."""

    place: tuple[float, float]
    metres: int


@dataclass(frozen=True)
class Afoot:
    """What the next revision of a day must know besides instance and plan of this one.

    Attributes
    ----------
    begun
        Orders (names) of trips that had begun when the revision was worked out.
    busy
        Couriers (names) who are out without a stop left, and when they are back, in seconds of
        the service.
    slower
        Factor by mode of how much slower than measured everybody travels; 1 where it is not there.
    closed
        Streets closed so far.
    """

    begun: frozenset[str] = frozenset()
    busy: Mapping[str, int] = field(default_factory=dict)
    slower: Mapping[str, float] = field(default_factory=dict)
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True)
class StoredProblem:
    """What a revision was planned from.

    Attributes
    ----------
    instance
        The problem that was solved.
    opens
        The moment that its times count from.
    snapshot
        What the orders said.
    afoot
        What was under way; nothing in a plan made before its service.
    """

    instance: routing.Instance
    opens: datetime
    snapshot: Snapshot
    afoot: Afoot = Afoot()


def pack(problem: StoredProblem) -> bytes:
    """Return a problem as bytes: JSON and integer matrices in one compressed archive."""
    data: dict[str, Any] = problem.instance.to_dict()
    del data["travel"]
    record = {
        "instance": data,
        "opens": problem.opens.isoformat(),
        "snapshot": problem.snapshot,
        "afoot": {
            "begun": sorted(problem.afoot.begun),
            "busy": dict(problem.afoot.busy),
            "slower": dict(problem.afoot.slower),
            "closed": [[*one.place, one.metres] for one in problem.afoot.closed],
        },
    }
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    tables = {_TRAVEL + mode: _narrow(table) for mode, table in problem.instance.travel.items()}
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer, allow_pickle=False, record=np.frombuffer(text, dtype=np.uint8), **tables
    )
    return buffer.getvalue()


def unpack(stored: bytes) -> StoredProblem:
    """Return the problem that :func:`pack` kept."""
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        record = json.loads(arrays["record"].tobytes().decode())
        travel = {
            name.removeprefix(_TRAVEL): arrays[name].astype(np.int32)
            for name in arrays.files
            if name.startswith(_TRAVEL)
        }
    data = {**record["instance"], "travel": {mode: {} for mode in travel}}
    afoot = record.get("afoot", {})  # plans kept before there were revisions of a day have none
    return StoredProblem(
        instance=routing.Instance.from_dict(data, travel),
        opens=datetime.fromisoformat(record["opens"]),
        snapshot=record["snapshot"],
        afoot=Afoot(
            begun=frozenset(afoot.get("begun", ())),
            busy=afoot.get("busy", {}),
            slower=afoot.get("slower", {}),
            closed=tuple(
                Closed((lon, lat), metres) for lon, lat, metres in afoot.get("closed", ())
            ),
        ),
    )


def orders_planned(revision: PlanRevision) -> dict[int, OrderSaid]:
    """Return what each order, by its id, said at the time of a revision."""
    with np.load(io.BytesIO(revision.instance), allow_pickle=False) as arrays:
        record = json.loads(arrays["record"].tobytes().decode())
    snapshot: Snapshot = record["snapshot"]
    return {int(order_id): order_said(said) for order_id, said in snapshot.items()}


def instance_of(revision: PlanRevision) -> routing.Instance:
    """Return the problem that a revision solves, exactly as it was solved."""
    return unpack(revision.instance).instance


def _narrow(table: npt.NDArray[np.integer]) -> npt.NDArray[np.integer]:
    """Return a table in two bytes a cell where none needs more."""
    fits = not table.size or int(table.max()) <= routing.NO_WAY
    return table.astype(np.uint16) if fits else table
