"""Map layers of coverage as a role may see them, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from mealsvc.access import Caller
from mealsvc.desk.siting import disclosure, note_export
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime
from mealsvc.siting import exporting, map_sets
from mealsvc.siting.asking import Asked, measured
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.layers import Feature, area_layer, band_layer, cell_layer, site_layer
from mealsvc.siting.views import candidate_site
from mealsvc.siting.workbench import Workbench
from mealsvc.store import transaction
from mealsvc.vocabulary import MapSetKind

CELL_METRES = 250.0


class Layer(StrEnum):
    """What can be drawn."""

    SITES = "sites"
    CELLS = "cells"
    AREAS = "areas"
    BANDS = "bands"


class Form(StrEnum):
    """As which file a layer is given."""

    GEOJSON = "geojson"
    CSV = "csv"


def layer(
    runtime: Runtime, caller: Caller, asked: Asked, wanted: Layer, form: Form, *,
    metres: float = CELL_METRES, language: str,
) -> bytes:  # fmt: skip
    """Return one layer of a coverage as a file.

    Parameters
    ----------
    runtime, caller, asked
        The installation, who asks, and which coverage is meant.
    wanted, form
        Which layer, as what.
    metres
        Width of the hexagons of people.
    language
        Of names and reasons.

    Raises
    ------
    NotFound
        If there is no such scenario or set; or for ``areas``, if no boundaries were imported.
    NotReady
        If no street network was built.
    """
    bench, cover = measured(runtime, asked, language=language)
    drawn = _drawn(runtime, caller, asked, wanted, bench, cover, metres, language)
    note_export(runtime, caller, wanted.value, asked)
    return exporting.geojson(drawn) if form is Form.GEOJSON else exporting.table(drawn)


def package(runtime: Runtime, caller: Caller, asked: Asked, *, language: str) -> bytes:
    """Return all layers of a coverage as one GeoPackage; see :func:`layer`."""
    bench, cover = measured(runtime, asked, language=language)
    layers = {
        wanted.value: _drawn(runtime, caller, asked, wanted, bench, cover, CELL_METRES, language)
        for wanted in Layer
        if wanted is not Layer.AREAS or _boundaries(runtime, asked)
    }
    note_export(runtime, caller, "all", asked)
    return exporting.geopackage(layers)


def catchment(runtime: Runtime, asked: Asked, lon: float, lat: float, *, language: str) -> bytes:
    """Return how far one walks to a place within the bands, as GeoJSON, longest first.

    Raises
    ------
    NotFound, NotReady
        As in :func:`layer`.
    """
    bench, cover = measured(runtime, asked, language=language)
    site = candidate_site(lon, lat)
    alone = Coverage(cover.people, (site,), cover.terms, cover.seconds, cover.usable)
    return exporting.geojson(band_layer(bench, alone))


def _drawn(
    runtime: Runtime, caller: Caller, asked: Asked, wanted: Layer, bench: Workbench,
    cover: Coverage, metres: float, language: str,
) -> Sequence[Feature]:  # fmt: skip
    told = disclosure(runtime, caller, cover.people)
    match wanted:
        case Layer.SITES:
            return site_layer(cover, told, language)
        case Layer.CELLS:
            return cell_layer(cover, told, metres)
        case Layer.BANDS:
            return band_layer(bench, cover)
        case Layer.AREAS:
            shapes = _boundaries(runtime, asked)
            if not shapes:
                raise NotFound(
                    "no boundaries were imported; import a file of streets or communities first",
                    "还没有导入街道或社区边界，请先导入边界文件",
                )
            return area_layer(cover, shapes, told)


def _boundaries(runtime: Runtime, asked: Asked) -> list[tuple[str, object]]:
    with transaction(runtime.engine) as session:
        kept = map_sets.read_set(session, MapSetKind.BOUNDARIES, asked.boundaries)
    return [] if kept is None else map_sets.shapes_of(kept)
