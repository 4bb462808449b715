"""Data of the map: background tiles, sites, routes. The map page uses it, and so can QGIS."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.responses import JSONResponse

from api.deps import Allowed, RuntimeDep
from api.files import file_answer
from api.routes.plans import Revision
from api.schemas.maps import BasemapOut, RouteCollection, SiteCollection, StopCollection
from geodata.basemap import plain
from mealsvc.access import Action, Caller
from mealsvc.desk import map_layers, plan_stops
from mealsvc.streets import map_tile, open_basemap
from mealsvc.vocabulary import Meal

router = APIRouter(tags=["map"])

# Streets and their names: nothing of anybody, and couriers' phones draw it, too.
BasemapReader = Annotated[Caller, Depends(Allowed(Action.READ_BASEMAP))]
SiteReader = Annotated[Caller, Depends(Allowed(Action.READ_SITES))]
PlanReader = Annotated[Caller, Depends(Allowed(Action.READ_PLANS))]

MVT = "application/vnd.mapbox-vector-tile"

Zoom = Annotated[int, Path(ge=0, le=22)]
Step = Annotated[int, Path(ge=0, lt=2**22)]


class GeoJson(JSONResponse):
    """An answer in GeoJSON."""

    media_type = "application/geo+json"


@router.get("/basemap")
def read_basemap(_caller: BasemapReader, runtime: RuntimeDep) -> BasemapOut:
    """Read what the background map covers and where its tiles are."""
    return BasemapOut.of(open_basemap(runtime))


@router.get(
    "/basemap/tiles/{zoom}/{column}/{row}.mvt",
    response_class=Response,
    responses={**file_answer(MVT), 204: {"description": "Nothing is drawn here"}},
)
def read_tile(
    request: Request,
    zoom: Zoom,
    column: Step,
    row: Step,
    _caller: BasemapReader,
    runtime: RuntimeDep,
) -> Response:
    """Read one vector tile of the background map."""
    # A new map has a new address (`?v=`), so a tile never changes.
    headers = {"cache-control": "private, max-age=86400", "vary": "accept-encoding"}
    tile = map_tile(runtime, zoom, column, row)
    if tile is None:
        return Response(status_code=204, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(tile, media_type=MVT, headers={**headers, "content-encoding": "gzip"})
    return Response(plain(tile), media_type=MVT, headers=headers)


@router.get("/sites.geojson", response_class=GeoJson)
def read_sites(caller: SiteReader, runtime: RuntimeDep) -> SiteCollection:
    """Read your canteens and meal points as GeoJSON."""
    return SiteCollection.of(map_layers.sites_on_map(runtime, caller))


@router.get("/services/{day}/{meal}/plan/routes.geojson", response_class=GeoJson)
def read_routes(
    day: date, meal: Meal, caller: PlanReader, runtime: RuntimeDep, revision: Revision = None
) -> RouteCollection:
    """Read the ways of a plan's trips as GeoJSON, within your canteens.

    Each trip is one line on the streets; stops and doors are not in it.
    """
    number, trips = map_layers.trips_on_map(runtime, caller, day, meal, revision)
    return RouteCollection.of(number, trips)


@router.get("/services/{day}/{meal}/plan/stops.geojson", response_class=GeoJson)
def read_stops(
    day: date, meal: Meal, caller: PlanReader, runtime: RuntimeDep, revision: Revision = None
) -> StopCollection:
    """Read where a plan's stops are as GeoJSON, within your canteens.

    Doors are addresses: only roles that see people in full get any.
    """
    number, stops = plan_stops.stops_on_map(runtime, caller, day, meal, revision)
    return StopCollection.of(number, stops)
