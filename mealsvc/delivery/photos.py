"""Couriers' photos: made small, without where they were taken, kept as files with a hash name."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Container
from datetime import datetime
from pathlib import Path

from mealsvc.errors import InvalidInput, NotFound, StorageFailure

LONGEST_SIDE = 1600
"""Pixels: enough to see a door and what hangs on it."""

MOST_PIXELS = {"JPEG": 120_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
"""By format. More is no phone's photo; a JPEG is decoded small, the others take their full size in
memory."""

_NAME = re.compile(r"[0-9a-f]{64}")


def shrunk(data: bytes) -> bytes:
    """Return a photo as a small JPEG that holds the picture and nothing else.

    It is turned upright as its camera says, scaled to :data:`LONGEST_SIDE`, and encoded anew:
    place, time and device that the camera wrote into the file are left behind.

    Raises
    ------
    InvalidInput
        If it is no photo, damaged, or has too many pixels.
    """
    from PIL import Image, ImageOps

    unusable = (
        OSError,  # not recognised, or cut off
        SyntaxError,  # a damaged PNG
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    )
    try:
        with Image.open(io.BytesIO(data), formats=list(MOST_PIXELS)) as opened:
            if opened.width * opened.height > MOST_PIXELS.get(opened.format or "", 0):
                raise _no_photo()
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG is decoded small at once
            upright = ImageOps.exif_transpose(opened).convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = Image.new("RGB", upright.size)
        plain.paste(upright)  # the picture alone, not what came with it
        encoded = io.BytesIO()
        plain.save(encoded, "JPEG", quality=80, optimize=True)
    except unusable as error:
        raise _no_photo() from error
    return encoded.getvalue()


def _no_photo() -> InvalidInput:
    return InvalidInput(
        "this file is no photo that can be read; send a JPEG, PNG or WebP",
        "此文件不是可识别的照片；请发送 JPEG、PNG 或 WebP 格式",
    )


def keep(folder: Path, photo: bytes) -> str:
    """Write a photo into a folder, whole or not at all, and return its name (a SHA-256).

    Raises
    ------
    StorageFailure
        If the folder cannot be written.
    """
    name = hashlib.sha256(photo).hexdigest()
    path = _path(folder, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, made = tempfile.mkstemp(dir=path.parent)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(photo)
        Path(made).replace(path)
    except OSError as error:
        raise StorageFailure(
            f"the photo cannot be kept: {error.strerror or error}; send it again later",
            "照片暂时无法保存，请稍后再发",
        ) from error
    return name


def read(folder: Path, name: str) -> bytes:
    """Return a photo that was kept.

    Raises
    ------
    NotFound
        If there is none of that name.
    """
    path = _path(folder, name) if _NAME.fullmatch(name) else None
    if path is None or not path.is_file():
        raise NotFound("this photo is not kept (any more)", "照片不存在或已删除")
    return path.read_bytes()


def remove_old(
    folder: Path, *, wanted: Container[str], dated: Container[str], before: datetime
) -> int:
    """Remove the photos that need not be kept any more; return how many these were.

    Parameters
    ----------
    folder
        Where photos lie; need not exist.
    wanted
        Names of photos that stay.
    dated
        Names of photos that somebody reported, whenever it was. A file that nobody reported (its
        sender was cut off in between) has no date but its own.
    before
        Such files are removed when they were written before this moment.
    """
    removed = 0
    for file in folder.glob("??/*"):
        if file.stem in wanted:
            continue
        try:
            if file.stem in dated or file.stat().st_mtime < before.timestamp():
                file.unlink()
                removed += 1
        except FileNotFoundError:
            continue  # another server was quicker
    return removed


def count(folder: Path) -> int:
    """Return how many photos are kept."""
    return sum(1 for file in folder.glob("??/*.jpg"))


def _path(folder: Path, name: str) -> Path:
    return folder / name[:2] / f"{name}.jpg"
