"""Layers as files: GeoJSON for maps, GeoPackage for QGIS, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely

from mealsvc.siting.layers import Feature

_DIGITS = 6


def geojson(features: Sequence[Feature]) -> bytes:
    """Return a layer as GeoJSON (RFC 7946), coordinates to about 10 cm."""
    return json.dumps(collection(features), ensure_ascii=False, separators=(",", ":")).encode()


def collection(features: Sequence[Feature]) -> dict[str, Any]:
    """Return a layer as the object that its GeoJSON writes."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": json.loads(shapely.to_geojson(_rounded(one.shape))),
                "properties": one.properties,
            }
            for one in features
        ],
    }


def geopackage(layers: Mapping[str, Sequence[Feature]]) -> bytes:
    """Return layers as one GeoPackage, WGS-84; empty ones are left out.

    Counts are text there: "<5" is no number.
    """
    import geopandas

    with tempfile.TemporaryDirectory(prefix="mealsvc-export-") as folder:
        path = Path(folder) / "coverage.gpkg"
        for name, features in layers.items():
            if features:
                rows = [_written(one.properties) for one in features]
                shapes = [one.shape for one in features]
                frame = geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
                frame.to_file(path, layer=name, driver="GPKG")
        return path.read_bytes()


def table(features: Sequence[Feature]) -> bytes:
    """Return a layer as CSV in UTF-8 with its mark, so that spreadsheets read Chinese.

    Shapes are given by longitude and latitude of a point inside.
    """
    text = io.StringIO()
    names = list(dict.fromkeys(name for one in features for name in one.properties))
    writer = csv.DictWriter(text, [*names, "lon", "lat"], lineterminator="\r\n")
    writer.writeheader()
    for one in features:
        middle = one.shape.representative_point()
        place = {"lon": round(middle.x, _DIGITS), "lat": round(middle.y, _DIGITS)}
        writer.writerow({**{key: _safe(value) for key, value in one.properties.items()}, **place})
    return text.getvalue().encode("utf-8-sig")


def _written(properties: Mapping[str, Any]) -> dict[str, Any]:
    counts = {"people", "inside", "nearest", "taken"}
    return {name: str(value) if name in counts else value for name, value in properties.items()}


def _safe(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value


def _rounded(shape: Any) -> Any:  # noqa: ANN401 - any shape
    return shapely.transform(shape, lambda points: points.round(_DIGITS))
