"""Consoles hear what comes in while they listen; nobody waits for one that does not keep up."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from api import listening
from api.listening import Hub
from mealsvc.access import Action, Caller, Identity
from mealsvc.access.permissions import PERMISSIONS
from mealsvc.errors import NotReady, StorageFailure
from mealsvc.store import DeliveryEvent, transaction
from mealsvc.vocabulary import Role, TokenKind
from tests.mealsvc.delivery.records import OPENS, publish_day

PATIENCE = 300
"""Seconds after which a test gives up; nothing waits for them."""


@pytest.fixture(autouse=True)
def quick_reading(monkeypatch):
    monkeypatch.setattr(listening, "READ_EVERY", 0.005)


@pytest.fixture
def day(runtime):
    with transaction(runtime.engine) as session:
        return publish_day(session)


def caller(role=Role.ADMIN, canteens=()):
    identity = Identity("somebody", role, TokenKind.SESSION, 1, OPENS, canteens=frozenset(canteens))
    return Caller(identity, Action.READ_DELIVERY, PERMISSIONS[Action.READ_DELIVERY][role])


@pytest.fixture
def report(runtime, day):
    """Return a function that lets a report come in."""

    def report(number):
        with transaction(runtime.engine) as session:
            session.add(
                DeliveryEvent(
                    service_id=day.service.id, uid=f"report-{number}", kind="outcome",
                    outcome="refused", source="phone", courier_id=day.couriers[0],
                    order_id=day.orders[0], happened_at=OPENS, received_at=OPENS,
                    reported_by="test",
                )
            )  # fmt: skip

    return report


class Console:
    """A stream as a browser reads it: until the next part of a kind."""

    def __init__(self, stream):
        self.stream = stream
        self.reports = []

    async def until(self, kind):
        async with asyncio.timeout(PATIENCE):
            async for part in self.stream:
                lines = part.decode().split("\n")
                if "event: report" in lines:
                    self.reports.append(int(lines[0].removeprefix("id: ")))
                if kind in part.decode():
                    return part
        raise EOFError(kind)

    async def rest(self):
        async with asyncio.timeout(PATIENCE):
            return [part async for part in self.stream]


@pytest.fixture
def listen(runtime, day):
    """Return a function that opens a console which already hears; it is closed at the end."""

    @asynccontextmanager
    async def listen(hub, who=None, after=0, newest=0, seconds=PATIENCE):
        stream = hub.listen(runtime, who or caller(), (day.service.id, newest), after, seconds)
        console = Console(stream)
        await console.until("event: plan")
        try:
            yield console
        finally:
            await stream.aclose()

    return listen


def test_every_listener_hears_each_report_once_and_in_order(listen, report):
    async def run():
        hub = Hub()
        async with listen(hub) as one, listen(hub) as two, listen(hub) as three:
            consoles = (one, two, three)
            for number in (1, 2, 3):
                report(number)
                for console in consoles:
                    await console.until(f"id: {number}\n")
            return [console.reports for console in consoles]

    assert asyncio.run(run()) == [[1, 2, 3]] * 3


def test_reading_ends_with_the_last_listener(listen):
    async def run():
        hub, before = Hub(), asyncio.all_tasks()
        async with listen(hub), listen(hub):
            pass
        left = asyncio.all_tasks() - before
        if left:
            _, left = await asyncio.wait(left, timeout=PATIENCE)
        return left

    assert asyncio.run(run()) == set()


def test_who_comes_back_hears_what_came_in_between(listen, report):
    for number in (1, 2, 3):
        report(number)

    async def run():
        async with listen(Hub(), after=1, newest=3) as console:
            await console.until("id: 3\n")
            return console.reports

    assert asyncio.run(run()) == [2, 3]


def test_what_comes_in_while_a_console_opens_is_heard_once(listen, report, runtime, day):
    async def run():
        hub = Hub()
        async with listen(hub) as present:
            opening = Console(hub.listen(runtime, caller(), (day.service.id, 0), 0, PATIENCE))
            await opening.until("retry: ")  # it hears, and has not read what was there before
            report(1)
            await present.until("id: 1\n")
            await opening.until("id: 1\n")
            report(2)
            await opening.until("id: 2\n")
            await opening.stream.aclose()
            return opening.reports

    assert asyncio.run(run()) == [1, 2]


def test_a_stream_ends_by_itself(runtime, day):
    async def run():
        stream = Hub().listen(runtime, caller(), (day.service.id, 0), 0, 0)
        return await Console(stream).rest()

    told = [part.partition(b"\n")[0] for part in asyncio.run(run())]
    assert told == [b"retry: 3000", b"event: plan"]


def test_a_silent_stream_says_that_it_is_still_there(listen, monkeypatch):
    monkeypatch.setattr(listening, "HEARTBEAT", 0.001)

    async def run():
        async with listen(Hub()) as console:
            return await console.until(": still here")

    assert asyncio.run(run()) == b": still here\n\n"


def test_another_canteens_manager_hears_nothing(listen, report):
    stranger = caller(Role.MANAGER, {99})

    async def run():
        hub = Hub()
        async with listen(hub) as own, listen(hub, stranger, seconds=0.2) as other:
            report(1)
            await own.until("id: 1\n")
            return await other.rest()

    assert not any(b"event: report" in part for part in asyncio.run(run()))


def test_who_does_not_keep_up_is_let_go_and_misses_nothing(listen, report, monkeypatch):
    monkeypatch.setattr(listening, "MOST_WAITING", 2)

    async def run():
        hub = Hub()
        async with listen(hub) as quick, listen(hub) as slow:
            for number in (1, 2, 3):
                report(number)
                await quick.until(f"id: {number}\n")
            let_go = await slow.rest()
            async with listen(hub, newest=3) as again:
                await again.until("id: 3\n")
                return let_go, again.reports

    assert asyncio.run(run()) == ([], [1, 2, 3])


def test_a_database_that_is_away_for_a_moment_ends_no_stream(listen, report, monkeypatch):
    read, failures = listening.read_news, []

    def now_and_then(*asked):
        news = read(*asked)
        if failures:  # looked at last: a reading that is under way meets them, too
            raise failures.pop()
        return news

    monkeypatch.setattr(listening, "read_news", now_and_then)

    async def run():
        async with listen(Hub()) as console:
            failures.extend(StorageFailure("the database is away") for _ in range(2))
            report(1)
            await console.until("id: 1\n")
            return console.reports

    assert asyncio.run(run()) == [1]
    assert failures == []  # it was away


def test_more_consoles_than_a_process_answers_are_asked_to_come_back(listen, monkeypatch):
    monkeypatch.setattr(listening, "MOST_LISTENERS", 1)

    async def run():
        hub = Hub()
        hub.require_room()
        async with listen(hub):
            with pytest.raises(NotReady, match="too many consoles"):
                hub.require_room()
        hub.require_room()

    asyncio.run(run())
