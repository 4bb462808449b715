"""Measure walking coverage on an extract: how right, how fast, how true its drawings are.

    .venv/bin/python scripts/bench_coverage.py EXTRACT [--pairs 500] [--candidates 5000]

Places are drawn at random among those that meet a way. It prints how walks agree with the street
engine's own routes at the same pace, with the worst pairs and why they differ; the processor
seconds and the memory of many candidates against many homes, of a single site, and of the nearest
of forty sites; and which share of homes is on the right side of the edge of a drawn band.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.areas import travel_time_bands
from geodata.modes import Speeds, TravelMode
from geodata.streets import NoRouteError, Streets, build_streets
from geodata.walking import (
    ELDERS_PACE,
    WalkingPlaces,
    nearest_site,
    place_on_graph,
    walking_seconds,
)

LIMIT = 900.0  # seconds
BANDS = (300, 600, 900)
FAR = 2500.0  # metres as the crow flies, the longest pair
METRES_PER_DEGREE = 111_195.0
type Points = NDArray[np.float64]


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("extract", type=Path)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--candidates", type=int, default=5_000)
    parser.add_argument("--homes", type=int, default=50_000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        build_streets(options.extract, Path(folder))
        streets = Streets.open(Path(folder), speeds=Speeds(walking=ELDERS_PACE))
        graph = took("open the graph", lambda: streets.walking)
        print(f"  {len(graph.lines):,} stretches, {graph.kilometres:,.0f} km, "
              f"{np.mean(~graph.usable):.1%} of them on islands")  # fmt: skip
        rng = np.random.default_rng(options.seed)
        agreement(streets, options.pairs, rng)
        homes = took("place the homes", lambda: draw(streets, options.homes, rng))
        speed(streets, homes, options.candidates, options.processes)
        drawings(streets, homes, rng)


def took[T](what: str, work: Callable[[], T]) -> T:
    """Do something and print its processor seconds."""
    start, wall = time.process_time(), time.perf_counter()
    result = work()
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    print(f"{what}: {seconds:.3f} s of processor, {wall:.2f} s")
    return result


def draw(streets: Streets, count: int, rng: np.random.Generator) -> WalkingPlaces:
    """Draw places that meet a way."""
    west, south, east, north = streets.bounds
    points = np.empty((0, 2))
    while len(points) < count:
        some = rng.uniform([west, south], [east, north], size=(count, 2))
        points = np.concatenate([points, some[place_on_graph(streets.walking, some).usable]])
    return place_on_graph(streets.walking, points[:count])


def agreement(streets: Streets, count: int, rng: np.random.Generator) -> None:
    """Compare walks with the street engine's routes for pairs up to 2.5 km apart."""
    west, south, east, north = streets.bounds
    narrowing = np.cos(np.radians((south + north) / 2))
    ratios, pairs, contradictions = [], [], 0
    while len(ratios) < count:
        start = rng.uniform([west, south], [east, north])
        away, angle = rng.uniform(100, FAR) / METRES_PER_DEGREE, rng.uniform(0, 2 * np.pi)
        end = start + away * np.array([np.cos(angle) / narrowing, np.sin(angle)])
        places = place_on_graph(streets.walking, np.stack([start, end]))
        if not places.usable.all():
            continue
        one, other = (places.take(np.array([k])) for k in (0, 1))
        walk = walking_seconds(streets.walking, one, other, limit_seconds=1e6)
        try:
            route = streets.route([tuple(start), tuple(end)], TravelMode.FOOT).seconds
        except NoRouteError:
            contradictions += walk.nnz
            continue
        if not walk.nnz:
            contradictions += 1
            continue
        ratios.append(walk[0, 0] / route)
        pairs.append((*start.round(6).tolist(), *end.round(6).tolist(), walk[0, 0], route))
    ratio = np.array(ratios)
    print(f"walk / route of {count} pairs: median {np.median(ratio):.4f}, "
          f"{np.mean(np.abs(ratio - 1) <= 0.1):.1%} within 10 %, "
          f"{contradictions} contradictions")  # fmt: skip
    for k in np.argsort(-np.abs(np.log(ratio)))[:10]:
        print(f"  {ratio[k]:.3f}: {pairs[k][4]:.0f} against {pairs[k][5]:.0f} s, {pairs[k][:4]}")
        print(f"         {why(streets, np.reshape(pairs[k][:4], (2, 2)), *pairs[k][4:])}")


def why(streets: Streets, ends: Points, walk: float, route: float) -> str:
    """Say what makes a pair's walk and route differ.

    The engine is asked again, for the shortest way (it prefers pleasant ones) and from the walk's
    own feet (it may start on another way than the nearest on the home's side).
    """
    ours = place_on_graph(streets.walking, ends)
    theirs = np.array([(one.lon, one.lat) for one in streets.snap(ends.tolist(), TravelMode.FOOT)])
    apart = float(np.max(_metres(ours.feet, theirs)))
    off = float(ours.off.sum()) * 3.6 / ELDERS_PACE
    usual, shortest = (_asked(streets, ours.feet, short) + off for short in (False, True))
    shares = (
        f"{walk / shortest:.2f} of the engine's shortest way, {walk / usual:.2f} of its usual one"
    )
    feet = f"between the same feet; its own feet are up to {apart:.0f} m away,"
    return f"{shares} {feet} and add {route - usual:+.0f} s"


def _asked(streets: Streets, feet: Points, shortest: bool) -> float:
    """Return the seconds of the engine's way between two points of ways."""
    request = {
        "locations": [{"lon": lon, "lat": lat} for lon, lat in feet.tolist()],
        "costing": "pedestrian",
        "costing_options": {"pedestrian": {"walking_speed": ELDERS_PACE, "shortest": shortest}},
    }
    return float(streets.engine.route(request)["trip"]["summary"]["time"])


def _metres(ends: Points, others: Points) -> NDArray[np.float64]:
    """Return how far points are from others."""
    narrowing = np.array([np.cos(np.radians(ends[:, 1].mean())), 1.0])
    away: NDArray[np.float64] = np.linalg.norm((ends - others) * narrowing, axis=1)
    return away * METRES_PER_DEGREE


def speed(streets: Streets, homes: WalkingPlaces, candidates: int, processes: int) -> None:
    """Time many candidates, one site, and the nearest of forty."""
    graph = streets.walking
    sites = homes.take(np.arange(candidates) % len(homes))

    def all_pairs() -> int:
        if processes == 1:
            return int(walking_seconds(graph, sites, homes, limit_seconds=LIMIT).nnz)
        with ProcessPoolExecutor(processes) as pool:
            times = walking_seconds(graph, sites, homes, limit_seconds=LIMIT, executor=pool)
        return int(times.nnz)

    pairs = took(f"{candidates:,} candidates x {len(homes):,} homes within 15 min", all_pairs)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {pairs:,} pairs; at most {most:,.0f} MiB in this process")
    one, forty = (sites.take(np.arange(count)) for count in (1, 40))
    took("one new site", lambda: walking_seconds(graph, one, homes, limit_seconds=LIMIT))
    took("nearest of 40 sites, no limit", lambda: nearest_site(graph, forty, homes))
    took("bands of 40 sites", lambda: travel_time_bands(graph, forty, BANDS))


def drawings(streets: Streets, homes: WalkingPlaces, rng: np.random.Generator) -> None:
    """Compare bands of single sites with the times of homes in and around them."""
    graph = streets.walking
    right = np.zeros((len(BANDS), 4))  # inside, inside and drawn, outside, outside and drawn
    start = time.process_time()
    drawn = []
    for k in range(20):
        site = homes.take(np.array([k]))
        drawn.append((site, travel_time_bands(graph, site, BANDS)))
    seconds = (time.process_time() - start) / 20
    for site, bands in drawn:
        west, south, east, north = shapely.union_all(bands).bounds
        points = rng.uniform([west, south], [east, north], size=(3000, 2))
        there = place_on_graph(graph, points)
        times = walking_seconds(graph, site, there, limit_seconds=LIMIT).toarray()[0]
        for row, limit, band in zip(right, BANDS, bands, strict=True):
            inside = (times > 0) & (times <= limit)
            shown = shapely.contains_xy(band, *points.T)
            row += [inside.sum(), (inside & shown).sum(), (~inside).sum(), (~inside & shown).sum()]
    print(f"bands of one site: {seconds:.3f} s of processor")
    for (inside, shown, outside, wrongly), limit in zip(right, BANDS, strict=True):
        print(f"  {limit // 60} min: {shown / inside:.1%} of those inside are drawn inside, "
              f"{wrongly / outside:.2%} of those outside")  # fmt: skip


if __name__ == "__main__":
    main()
