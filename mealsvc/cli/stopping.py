"""Ctrl-C, a closed terminal and a request to end: clean up, say one sentence, exit with 130.

Left alone, a request to end kills the process at once and leaves half-written files behind, and
Ctrl-C while the libraries are loading prints pages of a traceback.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

SENTENCE = "mealsvc: stopped; what was saved before is whole\n"
STATUS = 130

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the command to stop.

    No :class:`KeyboardInterrupt`, because libraries take that for their own: the server would
    end as if all was done, and the solver would answer with what it has.
    """


def leave_at_once() -> None:
    """Let the signals end the process where it stands; for when there is nothing to clean up."""
    _answer(_leave)


def clean_up_first() -> None:
    """Let the signals raise :class:`Stopped`, so that everything under way is cleaned up."""
    _answer(_raise)


def _answer(handler: Callable[[int, FrameType | None], None]) -> None:
    for number in _SIGNALS:
        # A shell that runs the command in the background, or nohup, had them ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, SENTENCE.encode())
    os._exit(STATUS)


def _raise(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped
