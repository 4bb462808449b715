import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.walking import nearest_site, walking_seconds
from tests.geodata.drawn import Drawing

CORNER = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda at: (at[0] * 90, at[1] * 70))
WAYS = st.lists(st.lists(CORNER, min_size=2, max_size=5), min_size=1, max_size=6)
POINTS = st.lists(
    st.tuples(st.integers(-40, 310), st.integers(-40, 250)), min_size=2, max_size=6, unique=True
)


def drawn(ways):
    """Draw ways that do not stand still."""
    drawing = Drawing()
    for way in ways:
        steps = [corner for corner, _ in itertools.groupby(way)]
        if len(steps) > 1:
            drawing.way(*steps)
    return drawing


def brute_force(graph, places):
    """Find all walks by relaxing every pair over and over, places being nodes of their own."""
    count, nodes = len(places), len(graph.crossings)
    far = np.full((nodes + count, nodes + count), np.inf)
    np.fill_diagonal(far, 0)

    def join(a, b, metres):
        far[a, b] = far[b, a] = min(far[a, b], metres)

    for start, end, metres in zip(*graph.stretches, strict=True):
        join(start, end, metres)
    for k in range(count):
        stretch, along, off = places.stretch[k], places.along[k], places.off[k]
        join(nodes + k, graph.stretches.start[stretch], off + along)
        join(nodes + k, graph.stretches.end[stretch], off + graph.stretches.metres[stretch] - along)
        for other in range(k):
            if places.stretch[other] == stretch:
                between = abs(places.along[other] - along)
                join(nodes + k, nodes + other, between + off + places.off[other])
    # A home is no passage: walks through one would save no metre, for both ways to it count.
    for middle in range(nodes + count):
        far = np.minimum(far, far[:, middle, None] + far[None, middle, :])
    return far[nodes:, nodes:]


@settings(max_examples=60, deadline=None)
@given(WAYS, POINTS, st.integers(60, 900))
def test_walks_are_the_shortest_alike_both_ways_and_no_detour_is_shorter(ways, points, limit):
    drawing = drawn(ways)
    if not drawing._nodes:
        return
    with TemporaryDirectory() as folder:
        graph = drawing.graph(Path(folder))
    places = drawing.places(graph, *points, limit_metres=400)
    places = places.take(np.flatnonzero(places.usable))
    if not len(places):
        return
    expected = brute_force(graph, places)
    np.fill_diagonal(expected, 2 * places.off)
    expected = np.maximum(expected, 1.0)
    times = walking_seconds(graph, places, places, limit_seconds=1e6).toarray()
    times[times == 0] = np.inf
    np.testing.assert_allclose(times, expected, rtol=1e-4, atol=1e-3)
    np.testing.assert_allclose(times, times.T, rtol=1e-5, atol=1e-3)
    for middle in range(len(places)):
        assert (times <= times[:, middle, None] + times[None, middle, :] + 0.01).all()
    near = walking_seconds(graph, places, places, limit_seconds=limit).toarray()
    clear = np.abs(expected - limit) > 0.01
    assert ((near > 0) == (expected <= limit))[clear].all()
    sites = np.arange(0, len(places), 2)
    nearest = nearest_site(graph, places.take(sites), places)
    np.testing.assert_allclose(nearest.seconds, expected[sites].min(axis=0), rtol=1e-4, atol=1e-3)
