import numpy as np
import pytest

from geodata.time_store import NO_WAY, UNKNOWN, TimeStore


def places(*numbers):
    return np.array([(number, -number) for number in numbers], dtype=np.int32)


@pytest.fixture
def store(tmp_path):
    return TimeStore(tmp_path / "cache" / "foot.npz", most_places=4)


def test_nothing_is_known_at_first(store):
    assert store.read(places(1, 2), places(3)).tolist() == [[UNKNOWN], [UNKNOWN]]


def test_what_was_added_is_known(store):
    store.add(places(1, 2), places(2, 3), np.array([[12, 13], [0, NO_WAY]], dtype=np.uint16))
    known = store.read(places(2, 1), places(3, 2, 1))
    assert known.tolist() == [[NO_WAY, 0, UNKNOWN], [13, 12, UNKNOWN]]


def test_adding_unknown_changes_nothing(store):
    store.add(places(1), places(2), np.array([[12]], dtype=np.uint16))
    store.add(places(1), places(2, 3), np.array([[UNKNOWN, 13]], dtype=np.uint16))
    assert store.read(places(1), places(2, 3)).tolist() == [[12, 13]]


def test_places_longest_unused_make_room(store):
    store.add(places(1), places(2), np.array([[12]], dtype=np.uint16))
    store.add(places(3), places(4), np.array([[34]], dtype=np.uint16))
    store.add(places(1), places(2), np.array([[12]], dtype=np.uint16))
    store.add(places(5), places(6), np.array([[56]], dtype=np.uint16))
    assert store.read(places(1), places(2)).tolist() == [[12]]
    assert store.read(places(5), places(6)).tolist() == [[56]]
    assert store.read(places(3), places(4)).tolist() == [[UNKNOWN]]


def test_request_too_large_for_the_store_is_not_kept(store):
    store.add(places(1), places(2), np.array([[12]], dtype=np.uint16))
    store.add(places(1, 2, 3), places(4, 5), np.ones((3, 2), dtype=np.uint16))
    assert store.read(places(1), places(2, 4)).tolist() == [[12, UNKNOWN]]


def test_no_half_written_file_is_left_when_the_disk_is_full(store, tmp_path, monkeypatch):
    store.add(places(1), places(2), np.array([[12]], dtype=np.uint16))

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geodata.time_store.np.savez", full)
    with pytest.raises(OSError, match="No space left"):
        store.add(places(1), places(3), np.array([[13]], dtype=np.uint16))
    assert store.read(places(1), places(2, 3)).tolist() == [[12, UNKNOWN]]
    assert list((tmp_path / "cache").glob("*.tmp")) == []
