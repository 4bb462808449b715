"""The decorator of compiled loops, and the care that their cache on disk needs.

Compiled code is kept beside the sources, so that only the first run after a change pays for it. A
cached function is looked up by the date of its own file alone, but holds code and constants that it
uses from other files. So when any file that matters to compiled code has changed, all of it goes.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numba

FOLDER = Path(__file__).parent
STAMP = "compiled.stamp"
MARKS = (b"\n@kernel\n", b"\n@lean_kernel\n", b"\n@inner_kernel\n")
CONSTANTS = ("compiled.py", "parts.py", "tables.py", "wishes.py")
"""Files without kernels whose constants kernels use, and this one for its options."""
PLAIN: dict[str, Any] = {"cache": True, "nogil": True}
"""Options of all compiled functions: other threads, such as a web server's, go on meanwhile."""
LEAN: dict[str, Any] = {**PLAIN, "_nrt": False}
"""Options of compiled functions that need no memory from numba's runtime (NRT)."""


def kernel[F: Callable[..., object]](function: F) -> F:
    """Compile a function when it is first called, and keep the result on disk."""
    return cast("F", numba.njit(**PLAIN)(function))


def lean_kernel[F: Callable[..., object]](function: F) -> F:
    """Compile a function that makes no arrays, copies or lists of its own.

    It is spared the counting of references to arrays, which costs more than the work itself where
    short functions take tuples of many arrays.
    """
    return cast("F", numba.njit(**LEAN)(function))


def inner_kernel[F: Callable[..., object]](function: F) -> F:
    """Compile a lean function into each of its callers, where the call would cost the most.

    A call hands over every array of a tuple in seven or more words.
    """
    return cast("F", numba.njit(**LEAN, forceinline=True)(function))


def drop_stale_code(folder: Path = FOLDER) -> bool:
    """Delete compiled code that is older than the sources; True if there was any.

    Does nothing where the folder cannot be written to.
    """
    sources = [
        file
        for file in sorted(folder.rglob("*.py"))
        if file.name in CONSTANTS or any(mark in file.read_bytes() for mark in MARKS)
    ]
    stamp = "\n".join(f"{file.relative_to(folder)} {file.stat().st_mtime_ns}" for file in sources)
    store = folder / "__pycache__"
    with contextlib.suppress(OSError):
        if (store / STAMP).exists() and (store / STAMP).read_text(encoding="utf-8") == stamp:
            return False
        store.mkdir(exist_ok=True)
        stale = [*folder.rglob("*.nbi"), *folder.rglob("*.nbc")]
        for file in stale:
            file.unlink(missing_ok=True)
        (store / STAMP).write_text(stamp, encoding="utf-8")
        return bool(stale)
    return False


drop_stale_code()
