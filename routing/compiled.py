"""The decorator of compiled loops, and the care that their cache on disk needs.

Compiled code is kept beside the sources, so that only the first run after a change pays for it. A
cached function is looked up by the date of its own file alone, but holds code and constants that it
uses from other files. So when any file that matters to compiled code has changed, all of it goes.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import numba

FOLDER = Path(__file__).parent
STAMP = "compiled.stamp"
MARK = b"\n@kernel\n"
CONSTANTS = ("instance.py", "tables.py", "wishes.py")
"""Files without kernels whose constants kernels use."""


def kernel[F: Callable[..., object]](function: F) -> F:
    """Compile a function when it is first called, and keep the result on disk."""
    return cast("F", numba.njit(cache=True)(function))


def drop_stale_code(folder: Path = FOLDER) -> bool:
    """Delete compiled code that is older than the sources; True if there was any.

    Does nothing where the folder cannot be written to.
    """
    sources = [
        file
        for file in sorted(folder.glob("*.py"))
        if file.name in CONSTANTS or MARK in file.read_bytes()
    ]
    stamp = "\n".join(f"{file.name} {file.stat().st_mtime_ns}" for file in sources)
    store = folder / "__pycache__"
    with contextlib.suppress(OSError):
        if (store / STAMP).exists() and (store / STAMP).read_text(encoding="utf-8") == stamp:
            return False
        store.mkdir(exist_ok=True)
        stale = [*store.glob("*.nbi"), *store.glob("*.nbc")]
        for file in stale:
            file.unlink(missing_ok=True)
        (store / STAMP).write_text(stamp, encoding="utf-8")
        return bool(stale)
    return False


drop_stale_code()
