"""Is everything in place for tonight: database, streets, roster, the night's planning.

Answers are counts and states only: whoever watches the service need not be signed in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from mealsvc.errors import MealsvcError
from mealsvc.nightly import health
from mealsvc.runtime import Runtime
from mealsvc.store import Address, Canteen, Courier, Elder, check_migrated, transaction


@dataclass(frozen=True)
class Check:
    """One thing that must be in order.

    Attributes
    ----------
    name
        ``database``, ``streets``, ``roster`` or ``nightly``.
    ok
        Whether it is.
    detail
        A sentence: what is wrong and what to do, or what is there.
    """

    name: str
    ok: bool
    detail: str


def readiness(runtime: Runtime) -> list[Check]:
    """Return every check, in a stable order; none of them raises."""
    database = _database(runtime)
    if not database.ok:
        return [database, _streets(runtime)]
    return [database, _streets(runtime), _roster(runtime), _nightly(runtime)]


def _database(runtime: Runtime) -> Check:
    try:
        check_migrated(runtime.engine)
    except MealsvcError as error:
        return Check("database", ok=False, detail=error.message)
    return Check("database", ok=True, detail="the database is at this version's migration")


def _streets(runtime: Runtime) -> Check:
    # The network itself may be large; what its folder says is enough to know that it is there.
    described = runtime.settings.streets_folder / "streets.json"
    try:
        json.loads(described.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Check(
            "streets", ok=False, detail="no streets are built; run: mealsvc streets build EXTRACT"
        )
    return Check("streets", ok=True, detail="streets are built")


def _nightly(runtime: Runtime) -> Check:
    try:
        found = health(runtime)
    except MealsvcError as error:
        return Check("nightly", ok=False, detail=error.message)
    if not found.enabled:
        return Check("nightly", ok=True, detail="nights are not planned (MEALSVC_NIGHTLY_ENABLED)")
    detail = f"{len(found.problems)} problems" if found.problems else f"next: {found.next_run}"
    return Check("nightly", ok=found.healthy, detail=detail)


def _roster(runtime: Runtime) -> Check:
    try:
        with transaction(runtime.engine) as session:
            counts = _roster_counts(session)
    except MealsvcError as error:
        return Check("roster", ok=False, detail=error.message)
    detail = ", ".join(f"{count} {what}" for what, count in counts.items())
    return Check("roster", ok=counts["canteens"] > 0, detail=detail)


def _roster_counts(session: Session) -> dict[str, int]:
    active_elder = select(func.count()).select_from(Elder).where(col(Elder.ended_on).is_(None))
    counted = {
        "canteens": select(func.count()).select_from(Canteen).where(col(Canteen.active)),
        "couriers": select(func.count()).select_from(Courier).where(col(Courier.active)),
        "elders": active_elder,
        "unlocated": active_elder.join(Address).where(col(Address.unlocated_reason).is_not(None)),
    }
    return {what: session.exec(query).one() for what, query in counted.items()}
