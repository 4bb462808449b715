"""Measure the map page in a real browser: from a click to its answer, and how smoothly it pans.

    .venv/bin/python scripts/bench_map.py HOME [--clicks 100] [--elders 3000] [--sites 40]

HOME is the data folder of an installation with streets and a roster; it is copied, never changed.
A planner places a canteen by clicks at random places of the map as it opens, and the page's own
performance entries tell the time from each click until catchment and shares are drawn. Then elders
and sites are copied a little aside until there are as many as asked for, and the map is dragged
about with hexagons and sites on it; the times between its frames are printed. Chromium draws
without a graphics card. Processor seconds of service and browser stand beside the clock's, since a
busy machine lengthens only the latter.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright
from sqlmodel import Session, select

from mealsvc.access import create_user
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.settings import Settings
from mealsvc.store import Address, Canteen, Elder, MealPoint, transaction
from mealsvc.vocabulary import Role

PLANNER, PASSWORD = "bench.planner", "four-red-lanterns"  # of a copy that is thrown away
SIZE = {"width": 1366, "height": 768}
EDGE = 70  # picture elements at the edges of the map where nothing is clicked
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
FRAMES = """
() => { window.frames_seen = []; let last = null;
  const step = (now) => { if (last !== null) window.frames_seen.push(now - last); last = now;
    window.frames_wanted = requestAnimationFrame(step); };
  window.frames_wanted = requestAnimationFrame(step); }
"""


def main() -> None:
    """Copy, serve, click, pan, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--clicks", type=int, default=100)
    parser.add_argument("--strokes", type=int, default=12, help="drags of the map")
    parser.add_argument("--elders", type=int, default=3_000)
    parser.add_argument("--sites", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pictures", type=Path, help="folder for pictures of the page")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    with TemporaryDirectory() as folder, chromium() as browser:
        runtime = copied(options.home, Path(folder))
        with served(runtime) as (address, service):
            page = opened(browser, address)
            clicks(page, service, options.clicks, rng)
            picture(page, options.pictures, "placed")
            page.context.close()
        fill(runtime, options.elders, options.sites, rng)
        with served(runtime) as (address, _):
            page = opened(browser, address)
            pan(page, options.strokes, rng)
            picture(page, options.pictures, "panned")


def copied(home: Path, folder: Path) -> Runtime:
    """Copy the records of an installation, use its streets, and add a planner."""
    with (
        closing(sqlite3.connect(f"file:{home / 'mealsvc.sqlite'}?mode=ro", uri=True)) as records,
        closing(sqlite3.connect(folder / "mealsvc.sqlite")) as copy,
    ):
        records.backup(copy)
    (folder / "streets").symlink_to((home / "streets").resolve(), target_is_directory=True)
    runtime = open_runtime(Settings(home=folder))
    with transaction(runtime.engine) as session:
        create_user(
            session, runtime.clock(), "bench",
            username=PLANNER, password=PASSWORD, role=Role.PLANNER,
        )  # fmt: skip
    return runtime


def fill(runtime: Runtime, elders: int, sites: int, rng: np.random.Generator) -> None:
    """Copy elders and meal points some hundred metres aside until there are so many."""
    with Session(runtime.engine) as session:
        homes = session.exec(select(Elder).join(Address).where(Address.lon.is_not(None))).all()
        points = session.exec(select(MealPoint).where(MealPoint.lon.is_not(None))).all()
        present = len(session.exec(select(Elder.id)).all())
        for number in range(max(0, elders - present)):
            one = homes[number % len(homes)]
            elder = Elder(**_facts(one), code=f"BENCH{number}")
            elder.address = Address(**_facts(one.address) | _aside(one.address, rng))
            session.add(elder)
        canteens = session.exec(select(Canteen.id)).all()
        for number in range(max(0, sites - len(canteens) - len(points))):
            one = points[number % len(points)]
            session.add(MealPoint(**_facts(one) | _aside(one, rng), code=f"BENCH{number}"))
        session.commit()


def _facts(row: Elder | Address | MealPoint) -> dict[str, object]:
    left_out = {"id", "code", "elder_id"}
    return {key: value for key, value in row.model_dump().items() if key not in left_out}


def _aside(row: Address | MealPoint, rng: np.random.Generator) -> dict[str, float]:
    east, north = rng.normal(scale=0.003, size=2)
    return {"lon": (row.lon or 0.0) + east, "lat": (row.lat or 0.0) + north}


@contextmanager
def served(runtime: Runtime) -> Iterator[tuple[str, int]]:
    """Run the service on a free port; its address and process."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"MEALSVC_HOME": str(runtime.settings.home), "MEALSVC_NIGHTLY_ENABLED": "no"}
    command = [sys.executable, "-c", "from mealsvc.cli import main; main()", "serve"]
    log = runtime.settings.home / "service.log"
    with log.open("w") as said:
        service = subprocess.Popen(
            [*command, "--port", str(port)], env=os.environ | settings, stdout=said, stderr=said
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(port, service, log)
        yield address, service.pid
    finally:
        service.terminate()
        service.wait()


def _wait_for(port: int, service: subprocess.Popen[bytes], log: Path) -> None:
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except OSError:
            if service.poll() is not None:
                raise RuntimeError(f"the service ended: {log.read_text()}") from None
            time.sleep(0.2)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the system's browser."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


def opened(browser: Browser, address: str) -> Page:
    """Sign in and open the map; returns once it is drawn."""
    context = browser.new_context(base_url=address, viewport=SIZE, locale="zh-CN")
    context.set_default_timeout(600_000)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("用户名").fill(PLANNER)
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="地图").click()
    page.wait_for_selector(".map[data-answered]")
    page.wait_for_selector(".map[data-ready]")
    return page


def clicks(page: Page, service: int, count: int, rng: np.random.Generator) -> None:
    """Place a canteen by clicks and print how long the answers took to be drawn."""
    page.get_by_role("button", name="放置老年食堂").click()
    answered = page.locator(".map").get_attribute
    begun, clock = _processor(service), time.perf_counter()
    browser = _processor(os.getpid()) - begun
    for _ in range(count):
        before = int(answered("data-answered") or 0)
        page.mouse.click(*_spot(page, rng))
        page.wait_for_function(
            "before => +document.querySelector('.map').dataset.answered > before", arg=before
        )
    took = time.perf_counter() - clock
    worked = _processor(service) - begun
    browser = _processor(os.getpid()) - _processor(service) - browser
    entries = page.evaluate("JSON.stringify(performance.getEntriesByName('placed'))")
    seconds = np.array([entry["duration"] for entry in json.loads(entries)]) / 1000
    print(
        f"{len(seconds)} clicks: median {np.median(seconds):.2f} s, "
        f"95 % within {np.percentile(seconds, 95):.2f} s, at most {seconds.max():.2f} s; "
        f"{int((seconds < 1).sum())} under 1 s"
    )
    print(
        f"  each {took / count:.2f} s by the clock, of the processor {worked / count:.3f} s in the "
        f"service and {browser / count:.3f} s in the browser"
    )


def pan(page: Page, strokes: int, rng: np.random.Generator) -> None:
    """Drag the map about and print the times between its frames."""
    before = _processor(os.getpid())
    page.evaluate(FRAMES)
    for _ in range(strokes):
        page.mouse.move(*_spot(page, rng))
        page.mouse.down()
        page.mouse.move(*_spot(page, rng), steps=30)
        page.mouse.up()
    frames = np.array(page.evaluate("cancelAnimationFrame(window.frames_wanted); frames_seen"))
    worked = _processor(os.getpid()) - before
    print(
        f"{len(frames)} frames of panning: median {np.median(frames):.0f} ms, "
        f"95 % within {np.percentile(frames, 95):.0f} ms, at most {frames.max():.0f} ms; "
        f"{1000 * worked / len(frames):.0f} ms of the processor each"
    )


def _spot(page: Page, rng: np.random.Generator) -> tuple[float, float]:
    """Return a random place of the map in the window."""
    box = page.locator(".map canvas").first.bounding_box()
    if box is None:
        raise RuntimeError("the map is not on the page")
    x, y = rng.uniform(EDGE, [box["width"] - EDGE, box["height"] - EDGE])
    return float(box["x"] + x), float(box["y"] + y)


def _processor(process: int) -> float:
    """Return the seconds of the processor that a process and all it started have used."""
    tick = os.sysconf("SC_CLK_TCK")
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        number = int(stat.parent.name)
        parents[number], used[number] = int(facts[1]), sum(map(int, facts[11:15])) / tick
    family = {process}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used.get(one, 0.0) for one in family)


def picture(page: Page, folder: Path | None, name: str) -> None:
    """Keep a picture of the page."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    main()
