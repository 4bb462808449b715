"""Elders: search, one person one file, pauses, one-off changes, places, the unlocated queue."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, status
from pydantic import BeforeValidator

from api.deps import Allowed, PageDep, RuntimeDep
from api.routes.roster import Code
from api.schemas.roster import (
    ElderOut,
    ElderRowOut,
    FileChangeOut,
    ResumeEntry,
    UnlocatedOut,
    UnlocatedPage,
)
from api.schemas.shapes import Page, page_of
from mealsvc.access import Action, Caller
from mealsvc.desk import elders
from mealsvc.roster import upkeep

router = APIRouter(tags=["elders"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_ELDERS))]
Keeper = Annotated[Caller, Depends(Allowed(Action.CHANGE_ELDERS))]


@router.get("/elders")
def list_elders(
    caller: Reader,
    runtime: RuntimeDep,
    page: PageDep,
    q: Annotated[
        str,
        Query(
            max_length=80,
            description="parts of code, name or compound, their pinyin, or the last phone digits",
        ),
    ] = "",
    ended: Annotated[
        bool | None,
        BeforeValidator(lambda given: None if given == "" else given),
        Query(description="true: those whose service ended; empty: both"),
    ] = False,
    kept: Annotated[
        bool | None, Query(description="false: those whom no canteen keeps; true: the others")
    ] = None,
) -> Page[ElderRowOut]:
    """Search the elders of your canteens: the best hit first, without `q` by code."""
    rows, total = elders.search(
        runtime, caller, q, ended=ended, kept=kept, limit=page.limit, offset=page.offset
    )
    return page_of(rows, total, (page.limit, page.offset), ElderRowOut.model_validate)


@router.post("/elders", status_code=status.HTTP_201_CREATED)
def create_elder(given: upkeep.NewElder, caller: Keeper, runtime: RuntimeDep) -> ElderOut:
    """Open an elder's file at one of your canteens."""
    return ElderOut.model_validate(elders.create(runtime, caller, given))


@router.get("/elders/{code}")
def read_elder(code: Code, caller: Reader, runtime: RuntimeDep) -> ElderOut:
    """Read one elder's file."""
    return ElderOut.model_validate(elders.read(runtime, caller, code))


@router.get("/elders/{code}/history")
def read_history(
    code: Code, caller: Reader, runtime: RuntimeDep, page: PageDep
) -> Page[FileChangeOut]:
    """Read who changed an elder's file and when, newest first."""
    rows, total = elders.history(runtime, caller, code, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), FileChangeOut.model_validate)


@router.patch("/elders/{code}")
def change_elder(
    code: Code, given: upkeep.ElderEntry, caller: Keeper, runtime: RuntimeDep
) -> ElderOut:
    """Change an elder's file; what is left out stays, `contacts` replaces all contacts."""
    return ElderOut.model_validate(elders.change(runtime, caller, code, given))


@router.post("/elders/{code}/pauses", status_code=status.HTTP_201_CREATED)
def pause_elder(
    code: Code, given: upkeep.PauseEntry, caller: Keeper, runtime: RuntimeDep
) -> ElderOut:
    """Stop an elder's meals for some days (hospital, travel), or until further notice."""
    return ElderOut.model_validate(elders.pause(runtime, caller, code, given))


@router.post("/elders/{code}/resume")
def resume_elder(code: Code, given: ResumeEntry, caller: Keeper, runtime: RuntimeDep) -> ElderOut:
    """Let an elder's meals begin again on a day."""
    return ElderOut.model_validate(elders.resume(runtime, caller, code, given.day))


@router.post("/elders/{code}/end")
def end_service(
    code: Code, given: upkeep.EndEntry, caller: Keeper, runtime: RuntimeDep
) -> ElderOut:
    """End an elder's service at once: death, move."""
    return ElderOut.model_validate(elders.end(runtime, caller, code, given))


@router.post("/elders/{code}/reopen")
def reopen_service(code: Code, caller: Keeper, runtime: RuntimeDep) -> ElderOut:
    """Take up an elder's service again; standing orders must be set anew."""
    return ElderOut.model_validate(elders.reopen(runtime, caller, code))


@router.put("/elders/{code}/order-changes")
def change_order(
    code: Code, given: upkeep.OrderChangeEntry, caller: Keeper, runtime: RuntimeDep
) -> ElderOut:
    """Change an elder's meal on one day; 0 portions cancels it. Refused once orders are frozen."""
    return ElderOut.model_validate(elders.change_order(runtime, caller, code, given))


@router.put("/elders/{code}/place")
def set_place(
    code: Code, given: upkeep.PlaceEntry, caller: Keeper, runtime: RuntimeDep
) -> ElderOut:
    """Put an elder's home on the map by hand."""
    return ElderOut.model_validate(elders.place(runtime, caller, code, given))


@router.post("/elders/{code}/place-by-compound")
def place_by_compound(code: Code, caller: Keeper, runtime: RuntimeDep) -> ElderOut:
    """Put an unlocated elder where the located homes of the same compound are."""
    return ElderOut.model_validate(elders.place(runtime, caller, code, None))


@router.get("/unlocated")
def list_unlocated(caller: Reader, runtime: RuntimeDep, page: PageDep) -> UnlocatedPage:
    """List the elders of your canteens whom no plan can serve, with a suggestion each."""
    rows, total, unkept = elders.unlocated(runtime, caller, limit=page.limit, offset=page.offset)
    shown = page_of(rows, total, (page.limit, page.offset), UnlocatedOut.model_validate)
    return UnlocatedPage(**dict(shown), unkept=unkept)
