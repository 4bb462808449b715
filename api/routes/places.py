"""Search for a place by name or address, offline: sites, areas, compounds, the map data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.deps import Allowed, RuntimeDep
from api.schemas.places import PlacesOut
from mealsvc.access import Action, Caller
from mealsvc.desk.places import find_places

router = APIRouter(tags=["map"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_SITES))]


@router.get("/places")
def search_places(
    caller: Reader,
    runtime: RuntimeDep,
    q: Annotated[
        str,
        Query(min_length=1, max_length=80, description="name, code or address, or a part of it"),
    ],
    limit: Annotated[int, Query(ge=1, le=50, description="how many at most")] = 12,
) -> PlacesOut:
    """Search for a place by name or address; the best come first.

    Found are your canteens and meal points, imported streets and communities, compounds in which
    elders live (where enough of them do that nobody is given away), and what the map data names. Of
    an address with city or flat in it, the part that the map knows is found.
    """
    return PlacesOut.of(find_places(runtime, caller, q, limit=limit))
