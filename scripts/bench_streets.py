"""Measure the street engine on an extract: how fast, and how well three ways of asking agree.

    .venv/bin/python scripts/bench_streets.py EXTRACT [--places 1000] [--seed 1]

Places are drawn at random within walking distance of a street. For every mode it prints the seconds
of a fresh matrix, of the same with three places more, and from the cache; how far the matrix is
from single routes; and, on foot, from shortest paths found by scipy on the same streets.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.modes import TravelMode
from geodata.osm_reading import read_streets
from geodata.streets import NoRouteError, Streets, build_streets
from geodata.times import TravelTimes

NO_WAY = 65535
METRES_PER_DEGREE = 111_195.0


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("extract", type=Path)
    parser.add_argument("--places", type=int, default=1000)
    parser.add_argument("--routes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        info = build_streets(options.extract, Path(folder) / "streets")
        print(f"build {time.perf_counter() - start:.1f} s, {info.extract.street_ways} streets")
        streets = Streets.open(Path(folder) / "streets")
        places = draw_places(streets, options.places + 3, options.seed)
        times = TravelTimes(streets, Path(folder) / "times")
        for mode in TravelMode:
            seconds = measure_speed(times, places, mode)
            compare_routes(streets, places, seconds, mode, options)
            if mode is TravelMode.FOOT:
                compare_shortest_paths(streets, options.extract, places, seconds)


def draw_places(streets: Streets, count: int, seed: int) -> list[tuple[float, float]]:
    """Draw places that can be reached on foot."""
    west, south, east, north = streets.bounds
    rng = random.Random(seed)  # noqa: S311 - a measurement, not a secret
    places: list[tuple[float, float]] = []
    while len(places) < count:
        some = [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(count)]
        snaps = streets.snap(some, TravelMode.FOOT)
        places += [place for place, snap in zip(some, snaps, strict=True) if snap.usable]
    return places[:count]


def measure_speed(
    times: TravelTimes, places: list[tuple[float, float]], mode: TravelMode
) -> np.ndarray:
    """Time a fresh matrix, three places more, and the cache."""
    took = []
    for some in (places[:-3], places, places):
        start = time.perf_counter()
        seconds = times.matrix(some, mode)
        took.append(time.perf_counter() - start)
    print(
        f"{mode:8} {len(places) - 3} places {took[0]:.1f} s, 3 more {took[1]:.1f} s, "
        f"from the cache {took[2]:.3f} s; {len(times.unusable(places, mode))} unusable, "
        f"{(seconds == NO_WAY).mean():.1%} of pairs without a way"
    )
    return seconds


def compare_routes(
    streets: Streets,
    places: list[tuple[float, float]],
    seconds: np.ndarray,
    mode: TravelMode,
    options: argparse.Namespace,
) -> None:
    """Compare random entries of the matrix with routes."""
    rng = random.Random(options.seed)  # noqa: S311
    errors, contradictions = [], 0
    for _ in range(options.routes):
        i, j = rng.sample(range(len(places)), 2)
        try:
            route = streets.route([places[i], places[j]], mode).seconds
        except NoRouteError:
            contradictions += seconds[i, j] != NO_WAY
            continue
        if seconds[i, j] == NO_WAY:
            contradictions += 1
        else:
            errors.append(abs(seconds[i, j] - route))
    print(
        f"         matrix and {len(errors)} routes differ by {np.median(errors):.1f} s (median), "
        f"{np.max(errors):.1f} s (most); {contradictions} contradictions"
    )


def compare_shortest_paths(
    streets: Streets, extract: Path, places: list[tuple[float, float]], seconds: np.ndarray
) -> None:
    """Compare with Dijkstra's algorithm where places meet a street within 10 m of a node."""
    graph, points, narrowing = walking_graph(extract)
    snaps = streets.snap(places, TravelMode.FOOT)
    at = np.array([(snap.lon * narrowing, snap.lat) for snap in snaps]) * METRES_PER_DEGREE
    distance, node = cKDTree(points).query(at)
    chosen = np.flatnonzero(distance < 10.0)[:150]
    metres = dijkstra(graph, directed=False, indices=node[chosen])[:, node[chosen]]
    off = np.array([snaps[k].distance_metres for k in chosen])
    walked = (metres + off[:, None] + off[None, :]) / streets.walking_metres_per_second
    known = seconds[np.ix_(chosen, chosen)]
    both = (
        (known < NO_WAY) & np.isfinite(walked) & (walked > 120) & ~np.eye(len(chosen), dtype=bool)
    )
    ratio = known[both] / walked[both]
    print(
        f"         matrix / shortest paths, {both.sum()} pairs: median {np.median(ratio):.3f}, "
        f"{(np.abs(ratio - 1) < 0.02).mean():.0%} within 2 %, "
        f"{(np.abs(ratio - 1) < 0.05).mean():.0%} within 5 %"
    )


def walking_graph(extract: Path) -> tuple[coo_array, np.ndarray, float]:
    """Read all streets one may walk on, both ways, with lengths in metres."""
    ids: dict[int, int] = {}
    degrees, starts, ends = [], [], []
    for way in read_streets(extract):
        closed = way.tags.get("foot") == "no" or way.tags.get("access") in ("no", "private")
        if way.tags["highway"].startswith("motorway") or closed:
            continue
        line = []
        for node in way.nodes:
            if node.ref not in ids:
                ids[node.ref] = len(ids)
                degrees.append((node.lon, node.lat))
            line.append(ids[node.ref])
        starts += line[:-1]
        ends += line[1:]
    narrowing = float(np.cos(np.radians(np.mean([lat for _, lat in degrees]))))
    points = np.array(degrees) * [narrowing, 1.0] * METRES_PER_DEGREE
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    # Each pair once: a sparse matrix would add up two streets between the same nodes.
    low, high = np.unique(np.column_stack([low, high])[low != high], axis=0).T
    length = np.hypot(*(points[low] - points[high]).T) + 1e-6
    return coo_array((length, (low, high)), shape=(len(ids),) * 2).tocsr(), points, narrowing


if __name__ == "__main__":
    main()
