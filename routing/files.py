"""Instances and plans as files: JSON, with large travel matrices in a compressed file beside it."""

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from routing import fields
from routing.errors import InvalidInstance, InvalidPlan
from routing.instance import Instance, tables_of
from routing.parts import NO_WAY, Seconds
from routing.plan import Plan

INLINE_PLACES = 60
"""Matrices of more places than this are written to a side file."""


def read_instance(path: str | Path) -> Instance:
    """Read an instance and the side files it names.

    Raises
    ------
    OSError
        When the file cannot be opened.
    InvalidInstance
        When it is not JSON, not an instance, or a side file is missing or broken.
    """
    path = Path(path)
    data = _json(path)
    if data is None:
        raise InvalidInstance(path.name, "is not a JSON file")
    whole = fields.as_object(data, "instance")
    tables = fields.as_object(fields.need(whole, "travel", ""), "travel")
    return Instance.from_dict(whole, _side_tables(tables, path.parent))


def read_travel(tables: Mapping[str, object], folder: Path) -> dict[str, Seconds]:
    """Return travel times by mode from their JSON form, as an instance has it.

    Parameters
    ----------
    tables : mapping
        Per mode ``{"seconds": [[…]]}`` or ``{"file": …, "array": …}``.
    folder : path
        Where side files are.

    Raises
    ------
    InvalidInstance
        When a matrix or side file is missing or broken.
    """
    return tables_of(tables, _side_tables(tables, folder))


def write_instance(instance: Instance, path: str | Path, *, inline: bool | None = None) -> None:
    """Write an instance, whole or not at all.

    Parameters
    ----------
    instance : Instance
        What to write.
    path : path
        The JSON file; a side file beside it takes its name with ``.npz``.
    inline : bool, optional
        Whether the matrices stand in the JSON; by default when there are at most 60 places.
    """
    path = Path(path)
    data = instance.to_dict()
    if inline is None:
        inline = all(len(table) <= INLINE_PLACES for table in instance.travel.values())
    if not inline:
        side = path.with_suffix(".npz")
        arrays = {mode: _smallest(table) for mode, table in instance.travel.items()}
        with side.open("wb") as stream:
            np.savez_compressed(stream, allow_pickle=False, **arrays)
        data["travel"] = {mode: {"file": side.name, "array": mode} for mode in arrays}
    _write(data, path)


def read_plan(path: str | Path) -> Plan:
    """Read a plan; raises `OSError` or `InvalidPlan`."""
    path = Path(path)
    data = _json(path)
    if data is None:
        raise InvalidPlan(f"{path.name}: is not a JSON file")
    return Plan.from_dict(data)


def write_plan(plan: Plan, path: str | Path) -> None:
    """Write a plan, whole or not at all."""
    _write(plan.to_dict(), Path(path))


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return None


def _side_tables(tables: Mapping[str, object], folder: Path) -> dict[str, Seconds]:
    """Return the matrices that stand in side files; each file is opened once."""
    found: dict[str, Seconds] = {}
    for mode, value in tables.items():
        table = fields.as_object(value, f"travel.{mode}")
        if "file" not in table:
            continue
        name = fields.as_text(table["file"], f"travel.{mode}.file")
        array = fields.as_text(table.get("array", mode), f"travel.{mode}.array")
        found[mode] = _side_table(folder / name, array, f"travel.{mode}")
    return found


def _side_table(file: Path, array: str, path: str) -> Seconds:
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            table = arrays.get(array)
    except FileNotFoundError as error:
        raise InvalidInstance(f"{path}.file", f"{file.name} is not beside the instance") from error
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise InvalidInstance(f"{path}.file", f"{file.name} cannot be read: {error}") from error
    if table is None:
        raise InvalidInstance(f"{path}.array", f"{file.name} holds no array {array!r}")
    if not np.issubdtype(table.dtype, np.integer):
        raise InvalidInstance(path, f"whole seconds are needed, {file.name} holds {table.dtype}")
    seconds: Seconds = table.astype(np.int64)
    return seconds


def _smallest(table: Seconds) -> np.ndarray[tuple[int, ...], np.dtype[np.integer]]:
    """Return the matrix in two bytes a cell where no cell needs more."""
    fits = not table.size or int(table.max()) <= NO_WAY
    return table.astype(np.uint16) if fits else table


def _write(data: dict[str, object], path: Path) -> None:
    """Write beside the target, then rename: a full disk never leaves half a file."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            json.dump(data, stream, ensure_ascii=False)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
