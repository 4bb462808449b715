from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.time_store import UNKNOWN, TimeStore

PLACE = st.tuples(st.integers(-180_000_000, 180_000_000), st.integers(-3, 3))
BLOCK = st.tuples(
    st.lists(PLACE, min_size=1, max_size=5, unique=True),
    st.lists(PLACE, min_size=1, max_size=5, unique=True),
    st.integers(0, 1000),
)


def array(places):
    return np.array(places, dtype=np.int32)


@settings(max_examples=50, deadline=None)
@given(st.lists(BLOCK, max_size=6))
def test_the_store_knows_the_last_time_added_for_every_pair(blocks):
    model = {}
    with TemporaryDirectory() as folder:
        store = TimeStore(Path(folder) / "times.npz", most_places=10_000)
        for sources, targets, first in blocks:
            times = np.arange(first, first + len(sources) * len(targets), dtype=np.uint16)
            times = times.reshape(len(sources), len(targets))
            times[times % 7 == 0] = UNKNOWN
            store.add(array(sources), array(targets), times)
            for i, source in enumerate(sources):
                for j, target in enumerate(targets):
                    if times[i, j] != UNKNOWN:
                        model[source, target] = int(times[i, j])
        everywhere = sorted({place for s, t, _ in blocks for place in (*s, *t)})
        if everywhere:
            known = store.read(array(everywhere), array(everywhere))
            for i, source in enumerate(everywhere):
                for j, target in enumerate(everywhere):
                    assert known[i, j] == model.get((source, target), UNKNOWN)
