"""Coverage for planners: figures, candidates, layers for maps, and the elders behind them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api.deps import Allowed, LanguageDep, PageDep, RuntimeDep
from api.files import file_answer, file_response
from api.schemas.shapes import Page, page_of
from api.schemas.siting import CandidateOut, ComparisonOut, CoverageOut, WalkOut
from mealsvc.access import Action, Caller
from mealsvc.desk import siting, siting_layers
from mealsvc.desk.siting_layers import Form, Layer
from mealsvc.siting.asking import Asked

router = APIRouter(prefix="/siting", tags=["siting"])

GEOJSON = "application/geo+json"
GEOPACKAGE = "application/geopackage+sqlite3"
CSV = "text/csv"

_FEATURES = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}
#: What OpenAPI says of a route that answers with GeoJSON.
MAP_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "GeoJSON (RFC 7946)", "content": {GEOJSON: {"schema": _FEATURES}}}
}
_TABLE_TOO: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "GeoJSON (RFC 7946) or CSV",
        "content": {**MAP_ANSWER[200]["content"], **file_answer(CSV)[200]["content"]},
    }
}

Reader = Annotated[Caller, Depends(Allowed(Action.READ_COVERAGE))]
WalkReader = Annotated[Caller, Depends(Allowed(Action.READ_WALKS))]

ScenarioQuery = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="default: the present")]
Lon = Annotated[float, Query(ge=-180, le=180, description="degrees, WGS-84")]
Lat = Annotated[float, Query(ge=-85, le=85, description="degrees, WGS-84")]


def asked(
    scenario: ScenarioQuery = None,
    population: Annotated[
        str | None,
        Query(max_length=80, description="an imported population; default: the roster's elders"),
    ] = None,
    boundaries: Annotated[
        str | None, Query(max_length=80, description="imported areas; default: the newest")
    ] = None,
) -> Asked:
    """Return which coverage a request means."""
    return Asked(scenario, population, boundaries)


AskedDep = Annotated[Asked, Depends(asked)]


@router.get("/coverage")
def read_coverage(
    caller: Reader, runtime: RuntimeDep, language: LanguageDep, wanted: AskedDep
) -> CoverageOut:
    """Read who is within walking reach of an open site, in counts."""
    shown = siting.coverage(runtime, caller, wanted, language=language)
    return CoverageOut.model_validate(shown)


@router.get("/comparison")
def compare_coverage(
    caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
    wanted: AskedDep,
    before: ScenarioQuery = None,
) -> ComparisonOut:
    """Read two coverages side by side: `before` (default: the present) and `scenario`."""
    shown = siting.comparison(runtime, caller, Asked(before), wanted, language=language)
    return ComparisonOut.model_validate(shown)


@router.get("/candidate")
def read_candidate(
    caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
    wanted: AskedDep,
    lon: Lon,
    lat: Lat,
) -> CandidateOut:
    """Read at once what one more site at a place would change."""
    shown = siting.candidate(runtime, caller, wanted, lon, lat, language=language)
    return CandidateOut.model_validate(shown)


@router.get("/catchment.geojson", response_class=Response, responses=MAP_ANSWER)
def draw_catchment(
    _caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
    wanted: AskedDep,
    lon: Lon,
    lat: Lat,
) -> Response:
    """Draw how far one walks to a place, longest time first."""
    drawn = siting_layers.catchment(runtime, wanted, lon, lat, language=language)
    return Response(drawn, media_type=GEOJSON)


@router.get("/layers/{layer}.{form}", response_class=Response, responses=_TABLE_TOO)
def read_layer(
    layer: Layer,
    form: Form,
    caller: Reader,
    runtime: RuntimeDep,
    language: LanguageDep,
    wanted: AskedDep,
    metres: Annotated[
        float, Query(ge=100, le=5000, description="width of the hexagons")
    ] = siting_layers.CELL_METRES,
) -> Response:
    """Read a layer of a coverage: sites, hexagons of people, areas, walking bands."""
    content = siting_layers.layer(
        runtime, caller, wanted, layer, form, metres=metres, language=language
    )
    if form is Form.GEOJSON:
        return Response(content, media_type=GEOJSON)
    return file_response(content, CSV, f"{layer.value}.csv")


@router.get("/coverage.gpkg", response_class=Response, responses=file_answer(GEOPACKAGE))
def download_coverage(
    caller: Reader, runtime: RuntimeDep, language: LanguageDep, wanted: AskedDep
) -> Response:
    """Download all layers of a coverage as a GeoPackage, for QGIS and the like."""
    content = siting_layers.package(runtime, caller, wanted, language=language)
    return file_response(content, GEOPACKAGE, "coverage.gpkg")


@router.get("/walks")
def list_walks(
    caller: WalkReader,
    runtime: RuntimeDep,
    language: LanguageDep,
    page: PageDep,
    scenario: ScenarioQuery = None,
    outside: Annotated[bool, Query(description="only those outside the circle")] = False,
) -> Page[WalkOut]:
    """List the elders within your canteens with their nearest site, farthest first."""
    rows, total = siting.walks(
        runtime,
        caller,
        scenario,
        outside_only=outside,
        limit=page.limit,
        offset=page.offset,
        language=language,
    )
    return page_of(rows, total, (page.limit, page.offset), WalkOut.model_validate)
