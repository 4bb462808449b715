"""Keeps a server's answers short while it computes: how threads and the memory take turns.

Answering a report is a few milliseconds of work in many small pieces, with a look into the
database between each two. Whoever comes back from the database must wait until the thread that
computes a console's answer lets go of the interpreter, five milliseconds by default, each time.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

TURN_SECONDS = 0.0005
"""So long a thread keeps the interpreter while another one waits for it."""


@contextmanager
def fair_share() -> Iterator[None]:
    """Let threads take short turns, and the collector leave alone what was loaded at the start.

    A full collection looks at every object of the process, a million after the start, and stops
    all threads meanwhile. What was loaded stays until the end, so there is nothing to find.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        sys.setswitchinterval(before)
