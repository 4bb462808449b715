"""Read GeoJSON, GeoPackage and Shapefiles, also zipped, with the encodings found in China."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import shapely

from geodata.map_cells import RawFile
from geodata.map_findings import MapFileError
from geodata.map_frames import Frame

MOST_BYTES = 500_000_000  # of a file, also when unpacked


def read_layer(path: Path, layer: str | None) -> RawFile:
    """Read a map file that is no table.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile, or a ``.zip`` of one.
    layer
        Which layer; the only one by default.

    Raises
    ------
    MapFileError
        It cannot be read, has several layers, or no shapes.
    """
    if path.suffix.lower() == ".shp":
        _require_parts(path.name, path.name, [other.name for other in path.parent.iterdir()])
    source, encoding = _open_zip(path) if path.suffix.lower() == ".zip" else _encoding(path)
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
        if layer is None and len(layers) != 1:
            raise MapFileError(
                f"{path.name} has the layers {', '.join(layers) or 'none'}: say which one",
                f"{path.name} 含有图层：{'、'.join(layers) or '无'}，请指定其中一个",
            )
        frame = geopandas.read_file(source, layer=layer or layers[0], encoding=encoding)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeError) as error:
        raise MapFileError(
            f"{path.name} cannot be read ({str(error).replace(f'{path.parent}/', '')}): "
            "export it again",
            f"{path.name} 无法读取，请重新导出",
        ) from error
    if "geometry" not in frame:
        raise MapFileError(f"{path.name} holds no shapes", f"{path.name} 没有几何图形")
    cells = frame.drop(columns="geometry").astype(object)
    cells = cells.where(cells.notna(), None)
    columns = {str(name): cells[name].tolist() for name in cells.columns}
    shapes = shapely.force_2d(np.array(frame.geometry.to_numpy(), dtype=object))
    own = Frame.of(frame.crs) if frame.crs is not None else None
    return RawFile(list(range(1, len(shapes) + 1)), columns, shapes, own, [])


def _require_parts(given: str, main: str, names: Iterable[str]) -> None:
    """Refuse a Shapefile without its index or its table; both stand beside it under its name."""
    if not main.lower().endswith(".shp"):
        return
    there = {name.lower() for name in names}
    missing = [kind for kind in (".shx", ".dbf") if main[:-4].lower() + kind not in there]
    if missing:
        raise MapFileError(
            f"{given} lacks {' and '.join(missing)}: a Shapefile is several files; give a .zip of "
            "its .shp, .shx, .dbf and .prj",
            f"{given} 缺少 {'、'.join(missing)}：Shapefile 由多个文件组成，"
            "请将 .shp、.shx、.dbf、.prj 一并打包为 .zip",
        )


def _encoding(path: Path) -> tuple[str, str | None]:
    """Name the encoding of a Shapefile's words: many in China are GB18030 and do not say so."""
    if path.suffix.lower() != ".shp" or path.with_suffix(".cpg").exists():
        return str(path), None
    table = path.with_suffix(".dbf")
    return str(path), _encoding_of(table.read_bytes()) if table.is_file() else None


def _encoding_of(table: bytes) -> str:
    try:
        table.decode("ascii", errors="strict") if table.isascii() else _texts(table).decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _texts(table: bytes) -> bytes:
    """Give the records of a dBase table, without the binary heading."""
    return table[int.from_bytes(table[8:10], "little") :].replace(b"\x1a", b"")


def _open_zip(path: Path) -> tuple[str, str | None]:
    """Find the one map file in an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            files = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in files) > MOST_BYTES:
                raise MapFileError(f"{path.name} is too large unpacked", f"{path.name} 解压后过大")
            names = [entry.filename for entry in files]
            maps = [n for n in names if Path(n).suffix.lower() in (".shp", ".geojson", ".gpkg")]
            if len(maps) != 1:
                raise MapFileError(
                    f"{path.name} holds {len(maps)} map files (.shp, .geojson, .gpkg): one is "
                    "needed, a Shapefile with all its parts",
                    f"{path.name} 中有 {len(maps)} 个地图文件（.shp、.geojson、.gpkg），应恰有一个",
                )
            _require_parts(path.name, maps[0], names)
            stem = maps[0][: -len(Path(maps[0]).suffix)]
            encoding = None
            table = next((n for n in names if n.lower() == f"{stem}.dbf".lower()), None)
            if table and not any(n.lower() == f"{stem}.cpg".lower() for n in names):
                encoding = _encoding_of(archive.read(table))
    except zipfile.BadZipFile as error:
        raise MapFileError(
            f"{path.name} is a damaged archive ({error})", f"{path.name} 压缩包已损坏"
        ) from error
    return f"zip://{path}!{maps[0]}", encoding
