from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from geodata.engine import EngineError, NoWayError
from geodata.modes import Speeds, TravelMode
from geodata.snapping import SnapReason
from geodata.streets import Streets, build_streets
from geodata.times import TravelTimes

DATA = Path(__file__).parents[1] / "data" / "streets"
NO_WAY = 65535


@pytest.fixture
def places(sample_city):
    """Thirty doors, spread over the city."""
    doors = [b.point for c in sample_city.compounds for b in c.buildings]
    return doors[:: len(doors) // 30][:30]


@pytest.fixture
def times(sample_streets, tmp_path):
    return TravelTimes(sample_streets, tmp_path)


@pytest.fixture
def asked(sample_streets, monkeypatch):
    """Sources, targets and different targets of the requests to the engine, in order."""
    sizes = []
    original = sample_streets.engine.matrix

    def counting(request, *, thorough=False):
        targets = [(target["lon"], target["lat"]) for target in request["targets"]]
        sizes.append((len(request["sources"]), len(targets), len(set(targets))))
        return original(request, thorough=thorough)

    monkeypatch.setattr(sample_streets.engine, "matrix", counting)
    return sizes


@pytest.mark.parametrize("mode", TravelMode)
def test_times_agree_with_routes(times, sample_streets, places, mode):
    seconds = times.matrix(places, mode)
    for i, j in zip(range(0, 30, 3), range(29, 0, -3), strict=False):
        if i != j:
            route = sample_streets.route([places[i], places[j]], mode).seconds
            assert seconds[i, j] == pytest.approx(route, rel=0.02, abs=3)


def test_matrix_is_whole_seconds_with_zero_diagonal(times, places):
    seconds = times.matrix(places, TravelMode.EBIKE)
    assert seconds.shape == (30, 30)
    assert seconds.dtype == np.int32
    assert (np.diag(seconds) == 0).all()
    off_diagonal = seconds[~np.eye(30, dtype=bool)]
    assert off_diagonal.min() > 0
    assert off_diagonal.max() < NO_WAY


def test_faster_modes_are_faster(times, places):
    medians = [
        np.median(times.matrix(places, mode))
        for mode in (TravelMode.FOOT, TravelMode.BICYCLE, TravelMode.EBIKE, TravelMode.CAR)
    ]
    assert medians == sorted(medians, reverse=True)


def test_second_time_nothing_is_asked(times, asked, places):
    first = times.matrix(places, TravelMode.FOOT)
    asked.clear()
    assert (times.matrix(places, TravelMode.FOOT) == first).all()
    assert (times.between(places[3:5], places[::-1], TravelMode.FOOT) == first[3:5, ::-1]).all()
    assert asked == []


def test_new_places_cost_only_their_rows_and_columns(times, asked, places):
    before = times.matrix(places[:27], TravelMode.FOOT)
    asked.clear()
    after = times.matrix(places, TravelMode.FOOT)
    assert sum(a * different for a, _, different in asked) == 3 * 30 + 27 * 3
    assert len(asked) == 2
    assert (after[:27, :27] == before).all()


def test_times_do_not_depend_on_what_was_cached(sample_streets, places, tmp_path):
    at_once = TravelTimes(sample_streets, tmp_path / "a").matrix(places, TravelMode.EBIKE)
    step_by_step = TravelTimes(sample_streets, tmp_path / "b")
    for count in (5, 17, 30):
        last = step_by_step.matrix(places[:count], TravelMode.EBIKE)
    assert (last == at_once).all()


def test_engine_never_searches_backwards(times, asked, places):
    # With more sources than targets the engine's times are wrong by minutes.
    times.between(places, places[:1], TravelMode.CAR)
    times.between(places[:20], places[3:6], TravelMode.EBIKE)
    times.matrix(places, TravelMode.EBIKE)
    assert asked
    assert all(sources <= targets for sources, targets, _ in asked)


def test_equal_places_are_asked_once(times, asked, places):
    seconds = times.matrix([*places[:2], places[0], places[1]], TravelMode.FOOT)
    assert sum(a * b for a, b, _ in asked) == 4
    assert seconds[0, 2] == seconds[2, 0] == 0
    assert seconds[0, 1] == seconds[2, 3]


def test_unusable_places_spoil_only_themselves(times, places):
    bad = [(float("nan"), 30.36), (30.36, 120.6), (121.5, 31.2), (1e9, 1e9)]
    mixed = [places[0], *bad, places[1]]
    seconds = times.matrix(mixed, TravelMode.FOOT)
    assert seconds[0, 5] == times.matrix(places[:2], TravelMode.FOOT)[0, 1]
    spoiled = seconds[1:5].copy()
    spoiled[np.arange(4), np.arange(1, 5)] = NO_WAY
    assert (spoiled == NO_WAY).all()
    assert (np.diag(seconds) == 0).all()
    reasons = {k: snap.reason for k, snap in times.unusable(mixed, TravelMode.FOOT).items()}
    assert reasons == {
        1: SnapReason.NOT_A_NUMBER,
        2: SnapReason.SWAPPED_AXES,
        3: SnapReason.OUTSIDE_EXTRACT,
        4: SnapReason.OUT_OF_RANGE,
    }


def test_no_places_give_an_empty_matrix(times):
    assert times.matrix([], TravelMode.FOOT).shape == (0, 0)


def test_limit_leaves_out_only_what_is_beyond_it(sample_streets, sample_city, tmp_path, asked):
    places = [b.point for c in sample_city.compounds for b in c.buildings][::15]
    known = TravelTimes(sample_streets, tmp_path / "all").matrix(places, TravelMode.FOOT)
    in_full = sum(a * b for a, b, _ in asked)
    asked.clear()
    times = TravelTimes(sample_streets, tmp_path / "near")
    near = times.matrix(places, TravelMode.FOOT, limit_seconds=300)
    assert (near == known)[known <= 300].all()
    assert sum(a * b for a, b, _ in asked) < in_full
    # What was left out is asked when it is wanted after all.
    assert (times.matrix(places, TravelMode.FOOT) == known).all()


def test_progress_ends_at_one(times, places):
    shares = []
    times.matrix(places, TravelMode.FOOT, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_cache_tells_modes_speeds_and_limits_apart(sample_streets_folder, places, tmp_path):
    slow = Streets.open(sample_streets_folder, speeds=Speeds(walking=3.6))
    courier = Streets.open(sample_streets_folder)
    a, b = places[:2]
    elder_seconds = TravelTimes(slow, tmp_path).matrix([a, b], TravelMode.FOOT)[0, 1]
    assert elder_seconds > TravelTimes(courier, tmp_path).matrix([a, b], TravelMode.FOOT)[0, 1]
    strict = Streets.open(sample_streets_folder, limit_metres=1.0)
    off_street = [(a[0], a[1] + 0.0001), b]
    assert TravelTimes(courier, tmp_path).matrix(off_street, TravelMode.FOOT)[0, 1] < NO_WAY
    assert TravelTimes(strict, tmp_path).matrix(off_street, TravelMode.FOOT)[0, 1] == NO_WAY


def test_cache_is_not_used_for_another_extract(sample_city, sample_streets, places, tmp_path):
    TravelTimes(sample_streets, tmp_path).matrix(places[:2], TravelMode.FOOT)
    west_half = (120.57, 30.34, 120.6, 30.38)
    build_streets(sample_city.path, tmp_path / "other", clip=west_half)
    other = Streets.open(tmp_path / "other")
    TravelTimes(other, tmp_path).matrix(places[:2], TravelMode.FOOT)
    assert len(list(tmp_path.glob("foot-*.npz"))) == 2


def test_damaged_cache_is_rebuilt(times, places, tmp_path, caplog):
    first = times.matrix(places, TravelMode.FOOT)
    (file,) = tmp_path.glob("foot-*.npz")
    whole = file.read_bytes()
    for damaged in (b"", b"nonsense", whole[: len(whole) // 2], whole[:200] + b"?" * 200):
        file.write_bytes(damaged)
        caplog.clear()
        assert (times.matrix(places, TravelMode.FOOT) == first).all()
        assert "computed anew" in caplog.text
    assert file.stat().st_size == len(whole)


def test_interrupted_computation_keeps_the_cache(times, places, tmp_path):
    first = times.matrix(places[:10], TravelMode.FOOT)

    def interrupt(_share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        times.matrix(places, TravelMode.FOOT, progress=interrupt)
    assert (times.matrix(places[:10], TravelMode.FOOT) == first).all()
    assert list(tmp_path.glob("*.tmp")) == []


def ask_in_another_process(folder, cache, places):
    return TravelTimes(Streets.open(folder), cache).matrix(places, TravelMode.FOOT)


def test_two_processes_share_a_cache(sample_streets_folder, places, tmp_path, asked, times):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [
            pool.submit(ask_in_another_process, sample_streets_folder, tmp_path, part)
            for part in (places[:6], places[6:12])
        ]
        parts = [job.result() for job in jobs]
    assert (times.matrix(places[:6], TravelMode.FOOT) == parts[0]).all()
    assert (times.matrix(places[6:12], TravelMode.FOOT) == parts[1]).all()
    assert asked == []


def test_threads_share_a_cache(times, places):
    parts = [places[k : k + 6] for k in range(0, 24, 6)]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda part: times.matrix(part, TravelMode.FOOT), parts))
    for part, seconds in zip(parts, at_once, strict=True):
        assert (times.matrix(part, TravelMode.FOOT) == seconds).all()


def test_places_without_a_way_between_them(tmp_path):
    # Two towns of 64 crossings each, with no street from one to the other.
    build_streets(DATA / "two_towns.osm", tmp_path / "streets")
    times = TravelTimes(Streets.open(tmp_path / "streets"), tmp_path / "cache")
    west = [(120.1005, 30.2002), (120.106, 30.2065)]
    east = [(120.2005, 30.2002), (120.206, 30.2065)]
    for mode in TravelMode:
        assert times.unusable([*west, *east], mode) == {}
        seconds = times.matrix([*west, *east], mode)
        assert (seconds[:2, 2:] == NO_WAY).all()
        assert (seconds[2:, :2] == NO_WAY).all()
        assert seconds[0, 1] < NO_WAY
        assert seconds[2, 3] < NO_WAY


def test_rows_the_fast_method_loses_are_asked_again(times, sample_streets, places, monkeypatch):
    expected = times.between(places[:3], places[3:9], TravelMode.CAR)
    original = sample_streets.engine.matrix

    def losing(request, *, thorough=False):
        answer = original(request, thorough=thorough)
        if not thorough:
            durations = answer["sources_to_targets"]["durations"]
            durations[1] = [None] * len(durations[1])
            for row in durations:
                row[2] = None
        return answer

    monkeypatch.setattr(sample_streets.engine, "matrix", losing)
    again = TravelTimes(sample_streets, times._folder / "again")
    seconds = again.between(places[:3], places[3:9], TravelMode.CAR)
    assert seconds == pytest.approx(expected, rel=0.05, abs=5)


def test_one_pair_the_engine_refuses_costs_only_itself(
    times, sample_streets, places, monkeypatch, tmp_path
):
    expected = times.matrix(places[:6], TravelMode.FOOT)
    original = sample_streets.engine.matrix
    snaps = sample_streets.snap(places[:6], TravelMode.FOOT)
    refused = snaps[4]

    def refusing(request, *, thorough=False):
        if any(place["lon"] == refused.lon for place in request["sources"]):
            raise NoWayError("Locations are in unconnected regions")
        return original(request, thorough=thorough)

    monkeypatch.setattr(sample_streets.engine, "matrix", refusing)
    seconds = TravelTimes(sample_streets, tmp_path / "again").matrix(places[:6], TravelMode.FOOT)
    others = [0, 1, 2, 3, 5]
    assert (seconds[others] == expected[others]).all()
    assert (seconds[4, others] == NO_WAY).all()


def test_other_failures_of_the_engine_are_raised(times, sample_streets, places, monkeypatch):
    def failing(_request, *, thorough=False):
        raise EngineError("tiles are gone")

    monkeypatch.setattr(sample_streets.engine, "matrix", failing)
    with pytest.raises(EngineError, match="tiles are gone"):
        times.matrix(places, TravelMode.FOOT)
