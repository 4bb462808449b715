"""A manager's console: signs in, listens to the stream, and asks how it goes when there is news."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

import httpx2

from scripts.day_load.tally import Asked
from scripts.day_load.town import PASSWORD
from scripts.day_load.wire import UnreachableError, Wire

RETRY = 3.0
"""Seconds after which a browser asks for an ended stream again."""

_CASES = frozenset({"nobody_home"})


@dataclass
class Heard:
    """What one console heard: numbers of events, and after which it began."""

    numbers: set[int] = field(default_factory=set)
    since: int = 0
    everything: bool = False
    resets: int = 0


class Console:
    """One console.

    Parameters
    ----------
    address, user
        Of the service; who signs in.
    path
        Of the service's day, under ``/api/v1``.
    asked
        Where answered requests are noted.
    pause
        Seconds between two questions how it goes, at least.
    """

    def __init__(
        self, address: str, user: str, path: str, asked: list[Asked], pause: float
    ) -> None:
        self.address, self.user, self.path, self.pause = address, user, path, pause
        self.asked = asked
        self.heard = Heard()
        self.news, self.cases = asyncio.Event(), asyncio.Event()
        self._last = ""
        self._wire = Wire(address, None, asked)

    async def open(self) -> None:
        """Sign in and read how it goes so far."""
        given = {"username": self.user, "password": PASSWORD}
        answer = (await self._wire.post("sign in", "/session", given)).json()
        self.heard.everything = answer["who"]["role"] == "admin"
        self._wire = Wire(self.address, answer["token"], self.asked)
        progress = (await self._patiently("progress", self.path)).json()
        self.heard.since = progress["newest_event"]
        self._last = str(self.heard.since)
        await self._patiently("stops", f"{self.path}/stops")

    async def work(self) -> None:
        """Listen and ask until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._ask(self.news, "progress", self.path))
            tasks.create_task(self._ask(self.cases, "cases", f"{self.path}/cases"))

    async def _ask(self, wanted: asyncio.Event, what: str, path: str) -> None:
        while True:
            await wanted.wait()
            wanted.clear()
            await self._patiently(what, path)
            await asyncio.sleep(self.pause)

    async def _patiently(self, what: str, path: str) -> httpx2.Response:
        while True:
            try:
                return await self._wire.get(what, path)
            except UnreachableError:
                await asyncio.sleep(RETRY)

    async def _listen(self) -> None:
        while True:
            headers = {"last-event-id": self._last}
            try:
                async with self._wire.client.stream(
                    "GET", f"{self.path}/stream", headers=headers, timeout=60
                ) as stream:
                    if stream.status_code == 200:
                        await self._hear(stream)
            except httpx2.TransportError:
                pass  # killed, or not there yet: the browser asks again
            await asyncio.sleep(RETRY)

    async def _hear(self, stream: httpx2.Response) -> None:
        number, kind = "", ""
        async for line in stream.aiter_lines():
            if line.startswith("id:"):
                number = line[3:].strip()
            elif line.startswith("event:"):
                kind = line[6:].strip()
            elif line.startswith("data:"):
                self._take(number, kind, line[5:])
                number = ""

    def _take(self, number: str, kind: str, data: str) -> None:
        if kind == "report":
            self.heard.numbers.add(int(number))
            self._last = number
            if json.loads(data)["outcome"] in _CASES:
                self.cases.set()
        elif kind == "reset":
            self.heard.resets += 1
        self.news.set()
