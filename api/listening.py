"""Server-sent events: consoles listen, one task per service reads the records for all of them.

No listener holds a thread or a connection to the database. Every process of the server reads for
its own listeners, so that it does not matter which process took a report. Queues are bounded: a
listener that cannot keep up is let go and resumes where it was (``Last-Event-ID``).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from anyio import to_thread
from fastapi import FastAPI

from mealsvc.access import Caller
from mealsvc.desk.watching import News, read_news
from mealsvc.errors import NotReady, StorageFailure
from mealsvc.runtime import Runtime

log = logging.getLogger("mealsvc.api")

#: Consoles that one process of the server answers at a time.
MOST_LISTENERS = 200

#: News that wait for one console at most.
MOST_WAITING = 100

#: How often the records are read for news, in seconds.
READ_EVERY = 1.0

#: A console hears something at least so often, in seconds; proxies cut silent connections.
HEARTBEAT = 15.0


@dataclass(eq=False)
class Listener:
    """One console: who listens, after which event, and what waits to be sent to it."""

    caller: Caller
    after: int
    waiting: asyncio.Queue[News | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))

    def hear(self, news: News | None) -> None:
        """Put news in the queue; a full queue ends the listening."""
        try:
            self.waiting.put_nowait(news)
        except asyncio.QueueFull:
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(None)


class Watch:
    """The listeners of one service, and the task that reads for them while there are any."""

    def __init__(self, runtime: Runtime, service_id: int) -> None:
        self.runtime, self.service_id = runtime, service_id
        self.listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None

    def join(self, listener: Listener, newest: int) -> None:
        """Let a listener hear what comes after the newest event."""
        self.listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._read(newest))

    def leave(self, listener: Listener) -> None:
        """Let a listener go; with the last one the reading ends."""
        self.listeners.discard(listener)
        if not self.listeners and self._task is not None:
            self._task.cancel()
            self._task = None

    async def _read(self, after: int) -> None:
        revision: int | None = None
        try:
            while True:
                news = await self._news(after)
                if news is not None and (news.events or news.revision != revision):
                    after = news.events[-1].number if news.events else after
                    revision = news.revision
                    for listener in list(self.listeners):
                        listener.hear(news)
                await asyncio.sleep(READ_EVERY)
        finally:
            for listener in list(self.listeners):
                listener.hear(None)

    async def _news(self, after: int) -> News | None:
        try:
            return await to_thread.run_sync(read_news, self.runtime, self.service_id, after)
        except StorageFailure as error:  # the next reading may find the database again
            log.warning("listening: %s", error.message)
            return None


class Hub:
    """All listeners of one event loop."""

    def __init__(self) -> None:
        self._watches: dict[int, Watch] = {}

    def require_room(self) -> None:
        """Raise NotReady if as many consoles listen as one process answers."""
        if sum(len(watch.listeners) for watch in self._watches.values()) >= MOST_LISTENERS:
            raise NotReady(
                "too many consoles listen at this moment; the page asks again by itself",
                "同时在线的页面过多，页面会自动重试",
            )

    async def listen(
        self, runtime: Runtime, caller: Caller, service: tuple[int, int], after: int, seconds: float
    ) -> AsyncIterator[bytes]:
        """Yield the stream of one console.

        Parameters
        ----------
        runtime
            The installation.
        caller
            Who listens; hears only of the own canteens.
        service
            Its id, and the number of its newest event.
        after
            Number of the last event that the console has.
        seconds
            The stream ends after so long; the browser then asks again, and is checked again.
        """
        service_id, newest = service
        watch = self._watches.setdefault(service_id, Watch(runtime, service_id))
        listener = Listener(caller, after)
        watch.join(listener, newest)
        try:
            async for part in _told(runtime, service_id, listener, seconds):
                yield part
        finally:
            watch.leave(listener)
            if not watch.listeners:
                self._watches.pop(service_id, None)


def hub_of(app: FastAPI) -> Hub:
    """Return the listeners of the running event loop; each has its own."""
    hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = app.state.hubs
    return hubs.setdefault(asyncio.get_running_loop(), Hub())


async def _told(
    runtime: Runtime, service_id: int, listener: Listener, seconds: float
) -> AsyncIterator[bytes]:
    ends = asyncio.get_running_loop().time() + seconds
    yield b"retry: 3000\n\n"
    revision: int | None = None
    news: News | None = await to_thread.run_sync(read_news, runtime, service_id, listener.after)
    while news is not None:
        if news.revision is not None and news.revision != revision:
            revision = news.revision
            yield _message("plan", json.dumps({"revision": revision}))
        for part in _parts(listener, news):
            yield part
        if not news.complete:
            return
        news = None
        while news is None:
            left = ends - asyncio.get_running_loop().time()
            if left <= 0:
                return
            try:
                news = await asyncio.wait_for(listener.waiting.get(), min(left, HEARTBEAT))
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if news is None:
                return


def _parts(listener: Listener, news: News) -> list[bytes]:
    if not news.complete:
        return [_message("reset", "{}")]
    fresh = [event for event in news.events if event.number > listener.after]
    if fresh:
        listener.after = fresh[-1].number
    return [
        _message("report", event.said, event.number)
        for event in fresh
        if event.heard_by(listener.caller)
    ]


def _message(kind: str, data: str, number: int | None = None) -> bytes:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {kind}\ndata: {data}\n\n".encode()
