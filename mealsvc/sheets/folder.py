"""Files of one revision, written whole or not at all.

Everything is written into a hidden sibling folder that takes the place of the old one at the end.
A full disk, a kill or Ctrl-C in the middle leaves what was there before.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mealsvc.errors import Conflict, StorageFailure

MANIFEST = "manifest.json"
_MOST_BYTES = 120  # of one part of a file name; file systems allow 255 for the whole
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\s]+')


def safe_name(text: str) -> str:
    """Return a text as a part of a file name on any system; never empty, never hidden."""
    name = _UNSAFE.sub("-", text).strip(".- ")
    return name.encode()[:_MOST_BYTES].decode(errors="ignore") or "-"


@contextmanager
def storage_sentence(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            reason = "the disk is full; free some space and try again"
        elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            reason = "it may not be written; choose another folder or change its rights"
        elif isinstance(error, (NotADirectoryError, FileExistsError)):
            reason = "a file is in the way; choose another folder"
        else:
            reason = error.strerror or str(error)
        raise StorageFailure(
            f"the sheets cannot be written to {folder}: {reason}. What was there is unchanged"
        ) from error


class NewFolder:
    """A folder being filled; see :func:`new_folder`.

    Attributes
    ----------
    files
        Names written so far.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.files: list[str] = []

    def write(self, stem: str, suffix: str, content: bytes) -> str:
        """Write a file and return its name, which is made unique if need be."""
        name = f"{stem}{suffix}"
        turn = 1
        while name in self.files:
            turn += 1
            name = f"{stem}-{turn}{suffix}"
        (self._path / name).write_bytes(content)
        self.files.append(name)
        return name

    def close(self, manifest: dict[str, Any]) -> None:
        """Write the manifest, which makes the folder one of ours."""
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        self.write(MANIFEST.removesuffix(".json"), ".json", text.encode())


@contextmanager
def new_folder(target: Path) -> Iterator[NewFolder]:
    """Fill a folder and put it in place when the body ends well.

    Files that somebody else put into the old folder move into the new one.

    Raises
    ------
    StorageFailure
        If the disk is full or the place may not be written.
    Conflict
        If the folder exists and holds no sheets.
    """
    with storage_sentence(target.parent):
        if target.exists() and not (target / MANIFEST).is_file() and any(target.iterdir()):
            raise Conflict(f"{target} exists and holds no sheets; choose another folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        work = _beside(target)
        work.mkdir()
        try:
            made = NewFolder(work)
            yield made
            _put_in_place(work, target, made)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _put_in_place(work: Path, target: Path, made: NewFolder) -> None:
    if not target.exists():
        work.rename(target)
        return
    ours = set(_listed(target))
    for entry in target.iterdir():
        if entry.name not in ours and entry.name not in made.files:
            _copy(entry, work / entry.name)
    old = _beside(target)
    target.rename(old)
    try:
        work.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path) -> Path:
    """Return a new hidden name beside a folder."""
    return target.parent / f".{target.name}-{uuid.uuid4().hex}"


def _copy(entry: Path, to: Path) -> None:
    if entry.is_dir():
        shutil.copytree(entry, to)
    else:
        shutil.copy2(entry, to)


def _listed(target: Path) -> list[str]:
    """Return the names of the files that an earlier run wrote into a folder."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return [MANIFEST, *(entry["name"] for entry in manifest["files"])]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return [MANIFEST]
