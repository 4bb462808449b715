import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geodata.engine import EngineError
from geodata.extract import ExtractError
from geodata.modes import Speeds, TravelMode
from geodata.snapping import SnapReason
from geodata.streets import NoRouteError, Streets, StreetsError, build_streets

DATA = Path(__file__).parents[1] / "data" / "streets"
ISLAND = DATA / "island.osm"
ON_GRID = (120.1005, 30.2002)
ON_ISLAND = (120.112, 30.2003)


@pytest.fixture(scope="module")
def island(tmp_path_factory):
    folder = tmp_path_factory.mktemp("island")
    build_streets(ISLAND, folder)
    return Streets.open(folder)


def leftovers(folder):
    return [entry for entry in (folder / "builds").iterdir() if entry.name.startswith(".")]


def test_network_says_what_it_was_built_from(island):
    assert island.info.source == "island.osm"
    assert island.info.extract.ways_by_class == {"residential": 17}
    assert island.info.clipped is False
    assert island.bounds == (120.1, 30.2, 120.1125, 30.207)


def test_clipped_network_covers_the_clip_only(tmp_path):
    info = build_streets(ISLAND, tmp_path, clip=(120.099, 30.199, 120.1075, 30.2075))
    assert info.clipped
    assert info.extract.connected_share == 1.0
    place = Streets.open(tmp_path).snap([ON_ISLAND], TravelMode.FOOT)[0]
    assert place.reason is SnapReason.OUTSIDE_EXTRACT


def test_progress_goes_from_nothing_to_done(tmp_path):
    shares = []
    build_streets(ISLAND, tmp_path, progress=lambda _words, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0


def test_failed_build_leaves_the_old_network_in_use(tmp_path):
    before = build_streets(ISLAND, tmp_path)
    with pytest.raises(ExtractError, match=r"^\S*/data/streets/no_streets\.osm holds no streets"):
        build_streets(DATA / "no_streets.osm", tmp_path)
    streets = Streets.open(tmp_path)
    assert streets.info == before
    assert streets.snap([ON_GRID], TravelMode.FOOT)[0].usable
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    "at", ["reading the extract", "building the streets", "drawing", "finding the ways to walk"]
)
def test_interrupted_build_leaves_the_old_network_in_use(tmp_path, at):
    before = build_streets(ISLAND, tmp_path)

    def interrupt(words, _share):
        if words == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_streets(ISLAND, tmp_path, progress=interrupt)
    assert Streets.open(tmp_path).info == before
    assert leftovers(tmp_path) == []


def test_leavings_of_a_killed_build_are_removed_by_the_next(tmp_path):
    build_streets(ISLAND, tmp_path)
    killed = tmp_path / "builds" / ".unfinished-killed"
    killed.mkdir()
    build_streets(ISLAND, tmp_path)
    assert not killed.exists()


def test_open_network_keeps_working_while_a_new_one_is_built(tmp_path):
    build_streets(ISLAND, tmp_path)
    old = Streets.open(tmp_path)
    old.snap([ON_GRID], TravelMode.FOOT)
    for _ in range(3):
        build_streets(ISLAND, tmp_path)
    assert old.route([ON_GRID, (120.106, 30.2065)], TravelMode.FOOT).metres > 1000
    assert len(list((tmp_path / "builds").iterdir())) == 2


def test_two_builds_at_once_both_leave_a_whole_network(tmp_path):
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(build_streets, ISLAND, tmp_path) for _ in range(2)]
    builds = {job.result().build for job in jobs}
    assert len(builds) == 2
    assert Streets.open(tmp_path).info.build in builds


def test_engine_that_fails_is_quoted(tmp_path, monkeypatch):
    builder = tmp_path / "valhalla_build_tiles"
    builder.write_text("#!/bin/sh\necho no space left on device\nexit 1\n")
    builder.chmod(0o755)
    monkeypatch.setattr("geodata.engine.PYVALHALLA_BIN_DIR", tmp_path)
    with pytest.raises(EngineError, match="no space left on device"):
        build_streets(ISLAND, tmp_path / "streets")


def test_build_does_not_start_on_a_disk_that_is_nearly_full(tmp_path, monkeypatch):
    before = build_streets(ISLAND, tmp_path)
    usage = shutil.disk_usage(tmp_path)._replace(free=50_000)
    monkeypatch.setattr("geodata.network.shutil.disk_usage", lambda _path: usage)
    with pytest.raises(StreetsError, match="make room or choose another folder"):
        build_streets(ISLAND, tmp_path)
    assert Streets.open(tmp_path).info == before


def test_folder_without_network_is_refused(tmp_path):
    with pytest.raises(StreetsError, match=r"no street network .*: build one"):
        Streets.open(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 1, "source": "x"}'])
def test_damaged_record_is_refused(tmp_path, content):
    (tmp_path / "streets.json").write_text(content)
    with pytest.raises(StreetsError, match="build the streets again"):
        Streets.open(tmp_path)


def test_network_of_another_format_is_refused(tmp_path):
    (tmp_path / "streets.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(StreetsError, match="format 99: build the streets again"):
        Streets.open(tmp_path)


def test_network_without_its_tiles_is_refused(tmp_path):
    info = build_streets(ISLAND, tmp_path)
    (tmp_path / "builds" / info.build / "tiles.tar").unlink()
    with pytest.raises(StreetsError, match="build the streets again"):
        Streets.open(tmp_path)


@pytest.mark.parametrize("mode", TravelMode)
@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (ON_GRID, None),
        (ON_ISLAND, SnapReason.ISLAND),
        ((120.1105, 30.206), SnapReason.TOO_FAR_FROM_STREET),
        ((120.3, 30.3), SnapReason.OUTSIDE_EXTRACT),
        ((-51.2, -30.0), SnapReason.OUTSIDE_EXTRACT),
        ((30.2002, 120.1005), SnapReason.SWAPPED_AXES),
        ((30.2002, 95.0), SnapReason.OUT_OF_RANGE),
        ((float("nan"), 30.2), SnapReason.NOT_A_NUMBER),
        ((120.1, float("inf")), SnapReason.NOT_A_NUMBER),
    ],
)
def test_every_place_that_cannot_be_used_has_a_reason(island, mode, place, reason):
    assert island.snap([place], mode)[0].reason is reason


def test_reasons_are_explained_in_both_languages():
    for reason in SnapReason:
        assert reason.explain("en") != reason.explain("zh")
    assert "swapped" in SnapReason.SWAPPED_AXES.explain("en")
    assert "填反" in SnapReason.SWAPPED_AXES.explain("zh")


def test_snap_tells_street_point_and_distance(island):
    snap = island.snap([ON_GRID], TravelMode.FOOT)[0]
    assert snap.street == "横1路"
    assert (snap.lon, snap.lat) == pytest.approx((120.1005, 30.2), abs=1e-6)
    assert snap.distance_metres == pytest.approx(22.2, abs=0.5)


def test_place_too_far_from_a_street_says_how_far(island):
    snap = island.snap([ON_GRID], TravelMode.FOOT, limit_metres=20)[0]
    assert snap.reason is SnapReason.TOO_FAR_FROM_STREET
    assert snap.distance_metres == pytest.approx(22.2, abs=0.5)


def test_street_behind_an_island_is_taken_when_near_enough(island):
    beside_island = (120.1098, 30.2002)  # 211 m from the island, 270 m from the grid
    assert not island.snap([beside_island], TravelMode.FOOT)[0].usable
    assert island.snap([beside_island], TravelMode.FOOT, limit_metres=300)[0].usable


def test_snapping_keeps_the_order_of_many_places(sample_streets, sample_city):
    points = [b.point for c in sample_city.compounds for b in c.buildings][:1100]
    points[600] = (0.0, 0.0)
    snaps = sample_streets.snap(points, TravelMode.FOOT)
    assert [k for k, snap in enumerate(snaps) if not snap.usable] == [600]
    for point, snap in zip(points[:600], snaps[:600], strict=True):
        assert (snap.lon, snap.lat) == pytest.approx(point, abs=1e-5)


def test_route_leads_from_door_to_door(sample_streets, sample_city):
    places = [sample_city.canteens[0].point]
    places += [c.buildings[0].point for c in sample_city.compounds[:2]]
    route = sample_streets.route(places, TravelMode.EBIKE)
    assert len(route.legs) == 2
    for leg, start, end in zip(route.legs, places, places[1:], strict=False):
        assert (leg.geometry[0], leg.geometry[-1]) == (start, end)
        assert sum(m.metres for m in leg.manoeuvres) + leg.off_street_metres == pytest.approx(
            leg.metres, abs=5
        )
    assert route.seconds == sum(leg.seconds for leg in route.legs)


def test_off_street_distance_is_walked(island):
    near, far = (120.1005, 30.2001), (120.1005, 30.2003)
    goal = (120.1035, 30.2)
    short = island.route([near, goal], TravelMode.CAR)
    long = island.route([far, goal], TravelMode.CAR)
    more_metres = 0.0002 * 111_195
    assert long.metres - short.metres == pytest.approx(more_metres, abs=1.5)
    assert long.seconds - short.seconds == pytest.approx(more_metres / (5 / 3.6), abs=1.5)


def test_faster_speeds_give_shorter_times(sample_streets_folder, sample_city):
    places = [sample_city.canteens[0].point, sample_city.compounds[9].gate]
    courier = Streets.open(sample_streets_folder)
    elder = Streets.open(sample_streets_folder, speeds=Speeds(walking=3.6))
    ratio = (
        elder.route(places, TravelMode.FOOT).seconds
        / courier.route(places, TravelMode.FOOT).seconds
    )
    assert ratio == pytest.approx(5.0 / 3.6, rel=0.03)


@pytest.mark.parametrize("speeds", [{"walking": 0}, {"ebike": 400}, {"bicycle": float("nan")}])
def test_impossible_speeds_are_refused(speeds):
    with pytest.raises(ValueError, match="km/h: give"):
        Speeds(**speeds)


def test_route_names_the_place_that_cannot_be_used(island):
    with pytest.raises(NoRouteError, match=r"place 2 at 120\.112, 30\.2003: .*not connected"):
        island.route([ON_GRID, ON_ISLAND], TravelMode.FOOT)


def test_route_of_one_place_is_refused(island):
    with pytest.raises(NoRouteError, match="two places"):
        island.route([ON_GRID], TravelMode.FOOT)


def test_instructions_are_given_in_chinese_and_english(sample_streets):
    # Over the footbridge: stairs up, the bridge, stairs down.
    places = [(120.5963, 30.3578), (120.5963, 30.3615)]
    chinese = sample_streets.route(places, TravelMode.FOOT, language="zh").legs[0].manoeuvres
    texts = [manoeuvre.text for manoeuvre in chinese]
    assert texts[0] == "从文澜路出发，向北行"
    assert texts.count("走台阶") == 2
    assert "沿彩虹桥继续直行" in texts
    assert texts[-1].startswith("到达目的地")
    english = sample_streets.route(places, TravelMode.FOOT, language="en").legs[0].manoeuvres
    assert english[0].text == "Walk north on 文澜路."
    assert len(english) == len(chinese)


def test_many_threads_may_ask_at_once(sample_streets, sample_city):
    gates = [compound.gate for compound in sample_city.compounds[:8]]
    alone = [sample_streets.route([gates[0], gate], TravelMode.FOOT).seconds for gate in gates[1:]]
    start = threading.Barrier(4)

    def ask(_number):
        start.wait()
        return [
            sample_streets.route([gates[0], gate], TravelMode.FOOT).seconds for gate in gates[1:]
        ]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [alone] * 4


def test_engine_is_quiet(sample_streets, sample_city, capfd):
    sample_streets.route([c.gate for c in sample_city.compounds[:2]], TravelMode.CAR)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_lines_to_draw_are_those_that_touch_the_box(sample_streets, sample_city):
    lon, lat = sample_city.compounds[0].buildings[0].point
    box = (lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001)
    lines = sample_streets.ways_within(box)
    kinds = {line.kind for line in lines}
    assert {"footway", "service", "building", "compound"} <= kinds
    names = {line.name for line in lines if line.kind == "compound"}
    assert sample_city.compounds[0].name in names
    for line in lines:
        assert line.outline == (line.points[0] == line.points[-1] and line.kind != "service")
    streets = sample_streets.ways_within(box, kinds=["footway"])
    assert streets == [line for line in lines if line.kind == "footway"]


def test_box_inside_a_lake_finds_the_lake(sample_streets):
    water = sample_streets.ways_within((120.6, 30.3599, 120.6001, 30.36))
    assert ("water", "临澜江") in [(line.kind, line.name) for line in water]


def test_nothing_to_draw_far_away(sample_streets):
    assert sample_streets.ways_within((10.0, 10.0, 10.1, 10.1)) == []
