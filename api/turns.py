"""Questions that compute much take turns, so that couriers' reports never wait behind twenty.

A report is a few milliseconds of work. Twenty consoles that ask at the same moment how a day goes,
or three hundred phones that open their duty at half past ten, would share the processor with it as
equals and keep all threads; a few at a time leave it its share.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter, to_thread

AT_A_TIME = 2
"""Questions that one process of the server works on at the same moment."""

_LIMITERS: WeakKeyDictionary[asyncio.AbstractEventLoop, CapacityLimiter] = WeakKeyDictionary()


async def in_turn[Answer](work: Callable[[], Answer]) -> Answer:
    """Return what some work gives, done in a thread as soon as its turn has come."""
    loop = asyncio.get_running_loop()
    limiter = _LIMITERS.setdefault(loop, CapacityLimiter(AT_A_TIME))
    return await to_thread.run_sync(work, limiter=limiter)
