"""A courier's phone: polls, reports in the page's own manner, and does what phones do to a service.

What is reported waits in a queue and is sent in order, in batches, until it is answered. On the way
answers get lost, batches are sent twice at the same time, phones are without a network for a while
and then late with all they have, and some clocks are wrong.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from scripts.day_load.tally import Sent
from scripts.day_load.wire import UnreachableError, Wire

BATCH = 50
POLL_SECONDS = 20.0
STALE_SECONDS = 300.0
"""The page reads the whole duty again after so long."""
LONGEST_PAUSE = 60.0

LOST_ANSWERS = 0.05
"""Share of batches whose answer does not reach the phone."""
TWICE = 0.05
"""Share of batches that two pages of one link send at the same time."""
OFFLINE = 0.2
"""Share of phones that are without a network for a while."""
WRONG_CLOCKS = 0.05
"""Share of phones whose clock is twenty minutes off."""


@dataclass
class Ledger:
    """What all phones sent, by id, and which answers surprised them."""

    sent: dict[str, Sent] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)


class Phone:
    """One phone.

    Parameters
    ----------
    wire
        Its way to the service.
    courier_id
        Whose it is.
    clock
        The true time.
    ledger
        Where it writes what it sent.
    dice
        Its own chance.
    """

    def __init__(
        self,
        wire: Wire,
        courier_id: int,
        clock: Callable[[], datetime],
        ledger: Ledger,
        dice: random.Random,
    ) -> None:
        self.wire, self.courier_id, self.ledger, self.dice = wire, courier_id, ledger, dice
        wrong = dice.random() < WRONG_CLOCKS
        off = timedelta(minutes=dice.choice((-20, 20))) if wrong else timedelta(0)
        self._clock, self._off = clock, off
        self.queue: list[dict[str, Any]] = []
        self.duty: dict[str, Any] = {}
        self.offline = False
        self._read_at = 0.0
        self._failures, self._not_before = 0, 0.0

    async def work(self, seconds: float, reports: int) -> None:
        """Report so many times over so many seconds, polling between, until all is answered."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.sleep(self.dice.uniform(0, min(POLL_SECONDS, seconds / 4)))
        await self._open()
        left = seconds - (loop.time() - began)
        moments = sorted(loop.time() + self.dice.uniform(0, left) for _ in range(reports))
        told = iter(self._day())
        away = self._away(loop.time(), left)
        poll = loop.time() + POLL_SECONDS
        while moments or self.queue:
            wake = min([poll, *moments[:1]])
            await asyncio.sleep(max(0.05, wake - loop.time()))
            self.offline = away[0] <= loop.time() < away[1] and bool(moments)
            while moments and moments[0] <= loop.time():
                moments.pop(0)
                self._tell(told)
            await self._flush()
            if loop.time() >= poll:
                poll = loop.time() + POLL_SECONDS
                await self._ask()

    def _away(self, now: float, seconds: float) -> tuple[float, float]:
        """Return from when to when the phone has no network."""
        if self.dice.random() >= OFFLINE:
            return 0.0, 0.0
        since = now + self.dice.uniform(0, 0.6) * seconds
        return since, since + self.dice.uniform(0.1, 0.4) * seconds

    def _now(self) -> str:
        """Return the time by the phone's clock."""
        return (self._clock() + self._off).isoformat()

    async def _open(self) -> None:
        """Open the page: read the duty, however long it takes."""
        while not self.duty:
            try:
                self.duty = (await self.wire.get("duty", "/duty")).json()
            except UnreachableError as error:
                self._failed("duty", error)
                await asyncio.sleep(2)
        self._read_at = asyncio.get_running_loop().time()

    async def _ask(self) -> None:
        if self.offline:
            return
        try:
            now = (await self.wire.get("now", "/duty/now")).json()
            old = asyncio.get_running_loop().time() - self._read_at > STALE_SECONDS
            if now["revision"] != self.duty["revision"] or old:
                self.duty = (await self.wire.get("duty", "/duty")).json()
                self._read_at = asyncio.get_running_loop().time()
        except UnreachableError as error:
            self._failed("now", error)

    def _tell(self, told: Iterator[dict[str, Any]]) -> None:
        """Put the next report of the day in the queue; after the last one, take notes."""
        said = next(told, None) or self._note()
        report = {"id": str(uuid.UUID(int=self.dice.getrandbits(128), version=4)), **said}
        report["at"] = self._now()
        self.queue.append(report)
        self.ledger.sent[report["id"]] = Sent(self.courier_id, report)

    def _day(self) -> list[dict[str, Any]]:
        """Return what is reported of a duty, in order."""
        revision = self.duty["revision"]
        said: list[dict[str, Any]] = [{"kind": "seen", "revision": revision}]
        for trip in self.duty["trips"]:
            said.append({"kind": "departed", "trip": trip["number"], "revision": revision})
            for stop in trip["stops"]:
                said += self._stop(stop["order"])
            said.append({"kind": "returned", "trip": trip["number"], "revision": revision})
        return said

    def _stop(self, order: int) -> list[dict[str, Any]]:
        if self.dice.random() >= 0.05:
            return [{"kind": "outcome", "order": order, "outcome": "handed_over"}]
        call = {"kind": "step", "step": "call_elder", "result": "not_reached"}
        return [
            {"kind": "outcome", "order": order, "outcome": "nobody_home"},
            {"order": order, **call},
        ]

    def _note(self) -> dict[str, Any]:
        order = self.dice.choice(self.duty["trips"][-1]["stops"])["order"]
        return {"kind": "condition", "order": order, "condition": "door_changed", "note": "新门牌"}

    async def _flush(self) -> None:
        """Send what is waiting, unless the pause after a failure lasts."""
        loop = asyncio.get_running_loop()
        while self.queue and not self.offline and loop.time() >= self._not_before:
            batch = self.queue[:BATCH]
            try:
                answers = await self._send(batch)
            except UnreachableError as error:
                self._failed("reports", error)
                pause = min(LONGEST_PAUSE, 2.0 * 2**self._failures)
                self._failures += 1
                self._not_before = loop.time() + pause * self.dice.uniform(0.75, 1.25)
                return
            self._failures = 0
            self._settle(answers)

    def _settle(self, answers: list[dict[str, Any]]) -> None:
        """Forget what was answered, whatever the answer."""
        found = {answer["id"] for answer in answers}
        self.queue = [report for report in self.queue if report["id"] not in found]

    async def _send(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        chance = self.dice.random()
        if chance < TWICE:
            both = await asyncio.gather(self._post(batch), self._post(batch))
            return both[0]
        answers = await self._post(batch)
        if chance < TWICE + LOST_ANSWERS:
            raise UnreachableError("the answer did not reach the phone")
        return answers

    async def _post(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        body = {
            "day": self.duty["day"],
            "meal": self.duty["meal"],
            "sent_at": self._now(),
            "reports": batch,
        }
        response = await self.wire.post("reports", "/duty/reports", body)
        answers: list[dict[str, Any]] = response.json()["answers"]
        for answer in answers:
            self.ledger.sent[answer["id"]].results.append(answer["result"])
            if answer["result"] not in ("accepted", "known"):
                self.ledger.refused.append(f"{answer['result']} {answer['reason']}")
        return answers

    def _failed(self, what: str, error: UnreachableError) -> None:
        self.ledger.failures[f"{what}: {error}"[:90]] += 1
