"""Changes of sites tried out before they are saved, as the map does with every click."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api.deps import Allowed, LanguageDep, RuntimeDep
from api.routes.siting import GEOJSON, MAP_ANSWER
from api.schemas.siting import (
    CatchmentOut,
    ComparisonOut,
    SiteTrialRequest,
    TrialOut,
    TrialRequest,
)
from mealsvc.access import Action, Caller
from mealsvc.desk import siting_layers, trials
from mealsvc.desk.siting_layers import Form, Layer
from mealsvc.siting.asking import Asked

router = APIRouter(prefix="/siting/trial", tags=["siting"])

Reader = Annotated[Caller, Depends(Allowed(Action.READ_COVERAGE))]


@router.post("")
def try_changes(
    given: SiteTrialRequest, caller: Reader, runtime: RuntimeDep, language: LanguageDep
) -> TrialOut:
    """Read what changes would come to, without saving them; also the catchment of one site."""
    tried = trials.try_changes(
        runtime, caller, _asked(given), given.site, before=given.before, language=language
    )
    drawn = None
    if tried.catchment is not None:
        told = {"bands": tried.catchment.bands, "only_here": tried.catchment.only_here}
        drawn = CatchmentOut.model_validate({**told, "drawn": tried.drawn}, from_attributes=True)
    return TrialOut(comparison=ComparisonOut.model_validate(tried.comparison), catchment=drawn)


@router.post("/layers/{layer}.geojson", response_class=Response, responses=MAP_ANSWER)
def draw_changes(
    layer: Layer,
    given: TrialRequest,
    caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
    metres: Annotated[
        float, Query(ge=100, le=5000, description="width of the hexagons")
    ] = siting_layers.CELL_METRES,
) -> Response:
    """Read a layer of the coverage that changes would come to."""
    content = siting_layers.layer(
        runtime, caller, _asked(given), layer, Form.GEOJSON, metres=metres, language=language
    )
    return Response(content, media_type=GEOJSON)


def _asked(given: TrialRequest) -> Asked:
    return Asked(population=given.population, boundaries=given.boundaries, content=given.content)
