"""A busy lunch on one machine: phones that report, consoles that listen, and a service that dies.

    python -m scripts.bench_day --minutes 10 --kills 2 --home WORK
    python -m scripts.bench_day --minutes 10 --kills 2 --home WORK --database postgresql://…

makes an invented bureau in the new folder WORK (and in the empty database, if one is given), starts
``mealsvc serve`` on it, and lets three hundred couriers' phones poll and report and twenty consoles
listen over loopback. At random moments the service is killed (``kill -9``) and started again. In
the end what the database keeps is counted against what was sent. The service's clock is set to
lunch time; nobody's day is disturbed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from mealsvc.clock import local_date, local_moment, shifted_clock
from mealsvc.day_words import Source
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.settings import Settings
from mealsvc.store import DeliveryEvent, transaction
from scripts.day_load.consoles import Console
from scripts.day_load.phones import Ledger, Phone
from scripts.day_load.served import Served
from scripts.day_load.tally import Asked, Kept, Tally, Times, missed, tally, times, while_up
from scripts.day_load.town import Town, make_town
from scripts.day_load.wire import Wire

PER_MINUTE = 1.2
"""Reports of one phone; a duty of two trips and six stops in ten minutes is some ten."""
INTO_LUNCH = timedelta(minutes=20)
"""How far lunch has come when the load begins."""
GRACE_SECONDS = 180.0
"""After the last report was made phones have so long to get an answer."""


@dataclass
class Load:
    """What the load left behind."""

    ledger: Ledger
    asked: list[Asked]
    consoles: list[Console]
    down: list[tuple[float, float]]
    seconds: float
    service_seconds: float
    own_seconds: float


def main() -> int:
    """Make the bureau, load the service, count, print; 1 where a report was lost or doubled."""
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the service is ended, too
    if options.home.exists():
        sys.stderr.write(f"{options.home} exists; give a new folder\n")
        return 2
    environment = _environment(options)
    os.environ.update(environment)
    offset = timedelta(seconds=int(environment["MEALSVC_CLOCK_OFFSET_SECONDS"]))
    runtime = open_runtime(Settings(), shifted_clock(offset))
    day = local_date(runtime.clock(), runtime.settings.zone)
    town = make_town(runtime, day, couriers=options.phones, consoles=options.consoles)
    runtime.engine.dispose()
    served = Served(environment, options.port, options.home / "service.log")
    try:
        served.start()
        load = asyncio.run(_load(runtime, town, served, options))
    finally:
        served.end()
    kept = _kept(runtime, town.service_id)
    counted = tally(load.ledger.sent, list(kept.values()))
    _print(load, counted, kept, options)
    return 1 if counted.faults else 0


def _environment(options: argparse.Namespace) -> dict[str, str]:
    """Return the settings of the installation: its folder, its database, a clock at lunch."""
    settings = Settings(home=options.home)
    now = datetime.now(UTC)
    lunch = local_moment(local_date(now, settings.zone), settings.lunch_opens, settings.zone)
    offset = round((lunch + INTO_LUNCH - now).total_seconds())
    database = options.database or f"sqlite:///{options.home.absolute() / 'mealsvc.sqlite'}"
    return {
        "MEALSVC_HOME": str(options.home.absolute()),
        "MEALSVC_DATABASE_URL": database,
        "MEALSVC_CLOCK_OFFSET_SECONDS": str(offset),
        "MEALSVC_NIGHTLY_ENABLED": "no",
    }


async def _load(runtime: Runtime, town: Town, served: Served, options: argparse.Namespace) -> Load:
    """Let phones and consoles work for so many minutes, and kill the service in between."""
    dice = random.Random(options.seed)  # noqa: S311 - chance of a measurement
    asked: list[Asked] = []
    ledger = Ledger()
    path = f"/services/{town.day}/lunch/delivery"
    consoles = [
        Console(served.address, user, path, asked, options.console_pause) for user in town.users
    ]
    seconds = 60.0 * options.minutes
    reports = max(1, round(PER_MINUTE * options.minutes))
    for console in consoles:
        await console.open()
    listening = [asyncio.create_task(console.work()) for console in consoles]
    began, own, used = time.monotonic(), time.process_time(), served.processor_seconds
    phones = [
        Phone(
            Wire(served.address, link.secret, asked), link.courier_id, runtime.clock, ledger,
            random.Random(dice.getrandbits(64)),  # noqa: S311 - chance of a measurement
        ).work(seconds, reports)
        for link in town.links
    ]  # fmt: skip
    killing = asyncio.create_task(_kill(served, options.kills, seconds, dice))
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds + GRACE_SECONDS):
            await asyncio.gather(*phones)
    took = time.monotonic() - began
    own, used = time.process_time() - own, served.processor_seconds - used
    await killing
    await asyncio.sleep(5)  # consoles hear the last of it
    for task in listening:
        task.cancel()
    for task in listening:
        with suppress(asyncio.CancelledError):
            await task
    return Load(ledger, asked, consoles, served.down, took, used, own)


async def _kill(served: Served, kills: int, seconds: float, dice: random.Random) -> None:
    """Kill the service at random moments between a tenth and nine tenths of the time."""
    began = time.monotonic()
    for share in sorted(dice.uniform(0.1, 0.9) for _ in range(kills)):
        await asyncio.sleep(max(0.0, began + share * seconds - time.monotonic()))
        await asyncio.to_thread(served.kill)


def _kept(runtime: Runtime, service_id: int) -> dict[int, Kept]:
    """Return what the records keep of phones, by the number of the event."""
    query = select(DeliveryEvent).where(
        DeliveryEvent.service_id == service_id, col(DeliveryEvent.source) == Source.PHONE
    )
    with transaction(runtime.engine) as session:
        return {
            row.id or 0: Kept(
                uid=row.uid,
                courier_id=row.courier_id,
                kind=row.kind.value,
                order=row.order_id,
                outcome=row.outcome.value if row.outcome else None,
                counted=row.not_counted is None,
            )
            for row in session.exec(query)
        }


def _print(load: Load, counted: Tally, kept: Collection[int], options: argparse.Namespace) -> None:
    """Print the figures as a table, and what failed on the way beside it."""
    down = [until - since for since, until in load.down]
    unheard = sum(
        missed(one.heard.numbers, kept, one.heard.since)
        for one in load.consoles
        if one.heard.everything and not one.heard.resets
    )
    own, service = load.own_seconds / load.seconds, load.service_seconds / load.seconds
    rows = [
        ("phones, consoles, minutes", f"{options.phones}, {options.consoles}, {options.minutes:g}"),
        ("times killed, seconds down", f"{len(down)}, {', '.join(f'{s:.1f}' for s in down)}"),
        ("reports made, answered, kept", f"{counted.sent}, {counted.answered}, {len(kept)}"),
        ("answered and lost", counted.lost),
        ("doubled", counted.doubled),
        (
            "changed, not counted, foreign",
            f"{counted.changed}, {counted.not_counted}, {counted.foreign}",
        ),
        ("events that consoles of the whole bureau missed", unheard),
        ("cores used by the service, by this load", f"{service:.2f}, {own:.2f}"),
    ]
    sys.stdout.write("| figure | value |\n|---|---|\n")
    sys.stdout.writelines(f"| {name} | {value} |\n" for name, value in rows)
    sys.stdout.write("\n| milliseconds | answers | median | 95 of 100 | 99 of 100 | worst |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    for what in sorted({one.what for one in load.asked}):
        found = times(while_up(load.asked, load.down, what))
        if found is not None:
            sys.stdout.write(f"| {what} | {_milliseconds(found)} |\n")
    for failure, often in load.ledger.failures.most_common():
        sys.stderr.write(f"{often} x {failure}\n")
    for answer, often in Counter(load.ledger.refused).most_common():
        sys.stderr.write(f"{often} x answered {answer}\n")


def _milliseconds(found: Times) -> str:
    shown = (found.median, found.of_100_95, found.of_100_99, found.worst)
    return " | ".join([str(found.number), *(f"{1000 * one:.0f}" for one in shown)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    add = parser.add_argument
    add("--home", type=Path, required=True, help="new folder of the installation")
    add("--database", help="empty PostgreSQL database (default: SQLite in the folder)")
    add("--minutes", type=float, default=10.0, help="of load (default 10)")
    add("--kills", type=int, default=2, help="kill -9 so often (default 2)")
    add("--phones", type=int, default=300, help="couriers' phones (default 300)")
    add("--consoles", type=int, default=20, help="consoles that listen (default 20)")
    add("--console-pause", type=float, default=3.0, help="seconds between two questions of one")
    add("--port", type=int, default=8765, help="of the service on loopback (default 8765)")
    add("--seed", type=int, default=0, help="of everything drawn (default 0)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
