"""The day itself: propose, accept and reject revisions of a published plan; moves and locks."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, status

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.routes.maps import GeoJson
from api.routes.roster import Code
from api.schemas.revision_map import RevisionMap
from api.schemas.revisions import (
    AcceptRequest,
    LockOut,
    MovesRequest,
    ProposalOut,
    ProposalRequest,
)
from mealsvc.access import Action, Caller
from mealsvc.desk import revising, revising_map
from mealsvc.runtime import Runtime
from mealsvc.vocabulary import Meal

router = APIRouter(prefix="/services/{day}/{meal}", tags=["revisions"])

Maker = Annotated[Caller, Depends(Allowed(Action.MAKE_PLANS))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def _plan_of(
    day: date, meal: Meal, caller: Maker, runtime: RuntimeDep
) -> tuple[Runtime, Caller, date, Meal]:
    """Return whose plan of which service is asked about, as :mod:`mealsvc.desk` takes it."""
    return runtime, caller, day, meal


PlanDep = Annotated[tuple[Runtime, Caller, date, Meal], Depends(_plan_of)]


@router.post("/proposals", status_code=status.HTTP_201_CREATED)
def propose_revision(plan: PlanDep, given: ProposalRequest, language: LanguageDep) -> ProposalOut:
    """Say what changed, and get a revision proposed within three seconds.

    It touches as few duties as possible, only within your canteens, and nothing that is done or
    under way. With `moves` the plan is changed as asked, and the broken rules are told.
    """
    changes = [one.meant() for one in given.changes]
    moves = [one.meant() for one in given.moves]
    found = revising.propose(*plan, changes, moves, language=language)
    return ProposalOut.model_validate(found)


@router.get("/proposals")
def list_proposals(plan: PlanDep, language: LanguageDep) -> list[ProposalOut]:
    """List the proposals for a service's plan, newest first."""
    found = revising.list_proposals(*plan, language=language)
    return [ProposalOut.model_validate(one) for one in found]


@router.get("/proposals/{proposal}")
def read_proposal(plan: PlanDep, proposal: Number, language: LanguageDep) -> ProposalOut:
    """Read a proposal: words, figures, stops that change, rules."""
    found = revising.read_proposal(*plan, proposal, language=language)
    return ProposalOut.model_validate(found)


@router.get("/proposals/{proposal}/changes.geojson", response_class=GeoJson)
def read_proposal_map(plan: PlanDep, proposal: Number) -> RevisionMap:
    """Read what a proposal changes as GeoJSON: ways before and after, and the stops that change.

    Stops are only there for roles that see addresses.
    """
    return RevisionMap.of(revising_map.changes_on_map(*plan, proposal))


@router.post("/proposals/{proposal}/accept")
def accept_proposal(
    plan: PlanDep,
    proposal: Number,
    language: LanguageDep,
    given: AcceptRequest | None = None,
) -> ProposalOut:
    """Publish a proposal as the next revision.

    409 tells who published another revision when, or that the day has gone on past it. Managers
    may, where they keep the canteens of all duties that change.
    """
    found = revising.accept(
        *plan,
        proposal,
        despite=given is not None and given.despite,
        language=language,
    )
    return ProposalOut.model_validate(found)


@router.post("/proposals/{proposal}/reject")
def reject_proposal(plan: PlanDep, proposal: Number, language: LanguageDep) -> ProposalOut:
    """Put a proposal aside; it stays on record."""
    found = revising.reject(*plan, proposal, language=language)
    return ProposalOut.model_validate(found)


@router.post("/plan/moves")
def price_moves(plan: PlanDep, given: MovesRequest, language: LanguageDep) -> ProposalOut:
    """Tell what moves by hand would cost and which rules they would break; nothing is kept."""
    moves = [one.meant() for one in given.moves]
    found = revising.price_moves(*plan, moves, language=language)
    return ProposalOut.model_validate(found)


@router.get("/plan/locks")
def list_locks(plan: PlanDep) -> list[LockOut]:
    """List what stays as it is in every later revision, within your canteens."""
    return [LockOut.model_validate(one) for one in revising.locks(*plan)]


@router.put("/plan/locks/orders/{order}", status_code=status.HTTP_204_NO_CONTENT)
def lock_order(plan: PlanDep, order: Number) -> None:
    """Keep an order with its courier."""
    revising.lock_order(*plan, order)


@router.delete("/plan/locks/orders/{order}", status_code=status.HTTP_204_NO_CONTENT)
def unlock_order(plan: PlanDep, order: Number) -> None:
    """Let an order change courier again."""
    revising.unlock_order(*plan, order)


@router.put("/plan/locks/couriers/{courier}", status_code=status.HTTP_204_NO_CONTENT)
def lock_duty(plan: PlanDep, courier: Code) -> None:
    """Keep a courier's duty as it is."""
    revising.lock_duty(*plan, courier)


@router.delete("/plan/locks/couriers/{courier}", status_code=status.HTTP_204_NO_CONTENT)
def unlock_duty(plan: PlanDep, courier: Code) -> None:
    """Let a courier's duty change again."""
    revising.unlock_duty(*plan, courier)
