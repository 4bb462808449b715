from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from geodata.modes import TravelMode
from geodata.osm_reading import copy_clean
from geodata.streets import Streets, build_streets
from geodata.walking import (
    OffGraph,
    nearest_site,
    open_walking_graph,
    place_on_graph,
    slices,
    walking_seconds,
)
from geodata.walking.ways import passable, walkable
from tests.geodata.drawn import Drawing


def seconds(drawing, folder, start, end, limit=3600, **options):
    """Walk between two points given in metres; None where there is no way."""
    graph = drawing.graph(folder)
    places = [drawing.places(graph, point) for point in (start, end)]
    times = walking_seconds(graph, *places, limit_seconds=limit, **options)
    return float(times[0, 0]) if times.nnz else None


def homes_of(city):
    return [house.point for compound in city.compounds for house in compound.buildings]


def street():
    return Drawing().way((0, 0), (1000, 0))


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "steps"},
        {"highway": "service", "access": "private"},
        {"highway": "primary", "bridge": "yes"},
        {"highway": "path", "tunnel": "yes"},
        {"highway": "cycleway", "foot": "yes"},
        {"highway": "service", "access": "no", "foot": "yes"},
        {"highway": "path", "sac_scale": "hiking"},
    ],
)
def test_ways_open_to_walkers_are_walked(tags):
    assert walkable(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "motorway"},
        {"highway": "motorway_link"},
        {"highway": "cycleway"},
        {"highway": "residential", "foot": "no"},
        {"highway": "residential", "access": "no"},
        {"highway": "construction"},
        {"highway": "path", "sac_scale": "alpine_hiking"},
        {"route": "ferry", "foot": "yes"},
    ],
)
def test_ways_closed_to_walkers_are_not(tags):
    assert not walkable(tags)


@pytest.mark.parametrize(
    ("tags", "open_"),
    [
        ({"barrier": "gate"}, True),
        ({"barrier": "gate", "access": "private"}, True),
        ({"barrier": "bollard", "access": "no", "foot": "yes"}, True),
        ({"barrier": "gate", "foot": "no"}, False),
        ({"barrier": "gate", "access": "no"}, False),
    ],
)
def test_gates_are_passed_unless_they_say_no(tags, open_):
    assert passable(tags) is open_


def test_a_metre_takes_a_second_at_an_elders_pace(tmp_path):
    assert seconds(street(), tmp_path, (100, 0), (700, 0)) == pytest.approx(600, abs=1)
    assert seconds(street(), tmp_path, (100, 0), (700, 0), pace=7.2) == pytest.approx(300, abs=1)


def test_metres_off_the_street_are_walked_too(tmp_path):
    assert seconds(street(), tmp_path, (100, 50), (700, -30)) == pytest.approx(680, abs=1)


def test_places_meet_the_nearest_way_not_the_nearest_crossing(tmp_path):
    drawing = street().way((500, 90), (500, 300))
    graph = drawing.graph(tmp_path)
    places = drawing.places(graph, (500, 40))
    assert places.off[0] == pytest.approx(40, abs=0.5)
    assert places.along[0] == pytest.approx(500, abs=1)
    assert places.feet[0] == pytest.approx(drawing.at((500, 0))[0], abs=1e-6)


def test_neighbours_between_two_crossings_walk_straight_to_each_other(tmp_path):
    drawing = street().way((0, 0), (0, -50), (1000, -50), (1000, 0))
    assert seconds(drawing, tmp_path, (480, 0), (520, 0)) == pytest.approx(40, abs=1)


@pytest.mark.parametrize("home", [(0, 40), (-40, 0)])
def test_a_home_on_a_turning_circle_walks_out_the_shorter_way(tmp_path, home):
    drawing = street().way((0, 0), (0, 100), (-100, 100), (-100, 0), (0, 0))
    assert seconds(drawing, tmp_path, home, (300, 0)) == pytest.approx(340, abs=1)


def test_a_way_round_in_a_circle_is_walked_the_shorter_way(tmp_path):
    drawing = street().way((500, 0), (500, 200), (700, 200), (700, 0.5), (500, 0))
    assert seconds(drawing, tmp_path, (300, 0), (700, 20)) == pytest.approx(420, abs=3)


def test_nobody_arrives_in_no_time(tmp_path):
    assert seconds(street(), tmp_path, (500, 0), (500, 0)) == 1.0


def test_pairs_beyond_the_limit_are_absent(tmp_path):
    assert seconds(street(), tmp_path, (0, 0), (600, 0), limit=601) == pytest.approx(600, abs=1)
    assert seconds(street(), tmp_path, (0, 0), (600, 0), limit=599) is None


def test_everybody_walks_at_a_pace_of_their_own(tmp_path):
    drawing = street()
    graph = drawing.graph(tmp_path)
    site = drawing.places(graph, (0, 0))
    homes = drawing.places(graph, (600, 0), (600, 0), (600, 0))
    paces = np.array([3.6, 1.8, 7.2])
    times = walking_seconds(graph, site, homes, limit_seconds=700, pace=paces).toarray()
    assert times[0] == pytest.approx([600, 0, 300], abs=1)
    nearest = nearest_site(graph, site, homes, limit_seconds=700, pace=paces)
    assert nearest.site.tolist() == [0, -1, 0]
    assert nearest.seconds == pytest.approx([600, np.inf, 300], abs=1)


def test_a_pace_of_nothing_is_refused(tmp_path):
    with pytest.raises(ValueError, match="pace of 0 km/h"):
        seconds(street(), tmp_path, (0, 0), (600, 0), pace=0)


def two_banks():
    """Draw a river 40 m wide between two streets; the bank of the second is 25 m from it."""
    return (
        Drawing()
        .way((0, -100), (1000, -100))
        .way((0, 65), (1000, 65))
        .water((-500, 0), (1500, 0), (1500, 40), (-500, 40))
    )


def test_a_river_without_a_bridge_is_not_crossed(tmp_path):
    drawing = two_banks()
    assert seconds(drawing, tmp_path, (500, -100), (500, 65)) is None
    # Seventy metres from the street across the water, eighty from that on its own bank.
    assert seconds(drawing, tmp_path, (500, -5), (500, 65)) is None
    assert seconds(drawing, tmp_path, (500, -5), (600, -100)) == pytest.approx(195, abs=1)


def test_a_river_is_crossed_on_its_bridge(tmp_path):
    drawing = (
        Drawing()
        .way((0, -100), (800, -100), (1000, -100))
        .way((0, 65), (800, 65), (1000, 65))
        .way((800, -100), (800, 65), highway="footway", bridge="yes")
        .water((-500, 0), (1500, 0), (1500, 40), (-500, 40))
    )
    assert seconds(drawing, tmp_path, (500, -100), (500, 65)) == pytest.approx(765, abs=2)


def test_a_railway_on_the_ground_is_not_crossed_off_the_street(tmp_path):
    def beside(**tags):
        return Drawing().way((0, 0), (1000, 0)).line((-100, 20), (1100, 20), railway="rail", **tags)

    drawing = beside()
    reasons = drawing.places(drawing.graph(tmp_path), (500, 60)).reasons
    assert reasons == {0: OffGraph.ACROSS_BARRIER}
    drawing = beside(tunnel="yes")
    assert drawing.places(drawing.graph(tmp_path), (500, 60)).usable.all()


def test_places_that_meet_no_way_say_why(tmp_path):
    drawing = two_banks()
    drawing.way((2000, 3000), (2050, 3000))
    for k in range(60):  # a town large enough not to be an island
        drawing.way((10 * k, -100), (10 * k, -160))
    graph = drawing.graph(tmp_path)
    points = [
        *drawing.at((500, 20), (500, -400), (2025, 3010), (5000, 5000), (500, -110)),
        (float("nan"), 30.2),
        (120.1, 95.0),
    ]
    assert place_on_graph(graph, points).reasons == {
        0: OffGraph.IN_WATER,
        1: OffGraph.OUTSIDE_EXTRACT,
        2: OffGraph.ISLAND,
        3: OffGraph.OUTSIDE_EXTRACT,
        5: OffGraph.NOT_A_NUMBER,
        6: OffGraph.OUTSIDE_EXTRACT,
    }
    assert drawing.places(graph, (1250, -100)).reasons == {0: OffGraph.TOO_FAR_FROM_STREET}
    assert drawing.places(graph, (1250, -100), limit_metres=300).usable.all()


def test_a_pond_is_walked_around(tmp_path):
    pond = street().water((470, 20), (530, 20), (530, 70), (470, 70))
    assert pond.places(pond.graph(tmp_path), (500, 100), (500, 50)).usable.all()
    lake = street().water((400, 20), (600, 20), (600, 70), (400, 70))
    reasons = lake.places(lake.graph(tmp_path), (500, 100), (500, 50)).reasons
    assert reasons == {0: OffGraph.ACROSS_BARRIER, 1: OffGraph.IN_WATER}


def test_who_stands_on_a_bridge_is_not_in_the_water(tmp_path):
    drawing = two_banks().way((300, -100), (300, 65), highway="footway", bridge="yes")
    assert drawing.places(drawing.graph(tmp_path), (303, 20)).usable.all()


def test_every_reason_has_its_sentences():
    for reason in OffGraph:
        assert reason.explain("en") != reason.explain("zh")


def test_a_closed_gate_ends_the_way(tmp_path):
    def through(**tags):
        drawing = Drawing().way((0, 0), (500, 0), (1000, 0))
        drawing.node((500, 0), {"barrier": "gate", **tags})
        return seconds(drawing, tmp_path, (400, 0), (600, 0))

    assert through() == pytest.approx(200, abs=1)
    assert through(access="private") == pytest.approx(200, abs=1)
    assert through(foot="no") is None


def test_unusable_sources_and_targets_have_no_times(tmp_path):
    drawing = street()
    graph = drawing.graph(tmp_path)
    places = drawing.places(graph, (0, 0), (500, 2000), (100, 0))
    times = walking_seconds(graph, places, places, limit_seconds=3600).toarray()
    assert (times > 0).tolist() == [[True, False, True], [False] * 3, [True, False, True]]
    assert nearest_site(graph, places.take(np.array([1])), places).site.tolist() == [-1, -1, -1]
    assert places.take(np.array([1, 0])).reasons == {0: OffGraph.OUTSIDE_EXTRACT}


def test_an_extract_without_walkable_ways_meets_nobody(tmp_path):
    drawing = Drawing().way((0, 0), (1000, 0), highway="motorway")
    graph = drawing.graph(tmp_path)
    assert graph.kilometres == 0
    assert not drawing.places(graph, (500, 0)).usable.any()


def test_slices_side_by_side_give_the_same_times(sample_city, sample_streets, monkeypatch):
    graph = sample_streets.walking
    homes = homes_of(sample_city)[::9]
    places = place_on_graph(graph, homes)
    sites = places.take(np.arange(0, len(places), 4))
    whole = walking_seconds(graph, sites, places, limit_seconds=1800)
    monkeypatch.setattr(slices, "SOURCES_PER_SLICE", 7)
    shares = []
    with ThreadPoolExecutor(2) as pool:
        cut = walking_seconds(
            graph, sites, places, limit_seconds=1800, executor=pool, progress=shares.append
        )
    assert abs(whole - cut).max() < 1e-3
    assert whole.nnz == cut.nnz > 1000
    assert shares == sorted(shares)
    assert len(shares) > 3
    assert shares[-1] == 1.0


def test_the_nearest_site_is_the_least_of_all_walks(sample_city, sample_streets):
    graph = sample_streets.walking
    homes = homes_of(sample_city)[::5]
    places = place_on_graph(graph, homes)
    sites = place_on_graph(graph, [site.point for site in sample_city.canteens])
    every = walking_seconds(graph, sites, places, limit_seconds=1e6).toarray()
    nearest = nearest_site(graph, sites, places)
    assert nearest.seconds == pytest.approx(every.min(axis=0), rel=1e-5)
    assert (every[nearest.site, np.arange(len(homes))] == every.min(axis=0)).mean() > 0.99


def test_times_agree_with_the_engines_own_walks(sample_city, sample_streets):
    graph = sample_streets.walking
    rng = np.random.default_rng(1)
    homes = homes_of(sample_city)
    pace = sample_streets.speeds.walking
    ratios = []
    for a, b in rng.choice(len(homes), size=(60, 2)):
        places = place_on_graph(graph, [homes[a], homes[b]])
        one, other = (places.take(np.array([k])) for k in (0, 1))
        walk = walking_seconds(graph, one, other, limit_seconds=1e6, pace=pace)
        route = sample_streets.route([homes[a], homes[b]], TravelMode.FOOT)
        ratios.append(walk[0, 0] / route.seconds)
    assert 0.97 <= np.median(ratios) <= 1.03
    assert (np.abs(np.array(ratios) - 1) <= 0.1).mean() >= 0.95


def test_the_graph_is_kept_with_the_build_and_made_anew_for_a_new_extract(tmp_path):
    build_streets(street().path(tmp_path), tmp_path / "streets")
    first = Streets.open(tmp_path / "streets").walking
    longer = street().way((1000, 0), (3000, 0))
    build_streets(longer.path(tmp_path), tmp_path / "streets")
    second = Streets.open(tmp_path / "streets").walking
    assert first.kilometres == pytest.approx(1, abs=0.01)
    assert second.kilometres == pytest.approx(3, abs=0.01)


@pytest.mark.parametrize("damage", ["missing", "damaged", "truncated"])
def test_a_graph_that_is_missing_or_damaged_is_made_anew(tmp_path, damage):
    copy_clean(street().path(tmp_path), tmp_path / "extract.osm.pbf")
    open_walking_graph(tmp_path)
    (kept,) = tmp_path.glob("walking-*.npz")
    content = kept.read_bytes()
    if damage == "missing":
        kept.unlink()
    else:
        kept.write_bytes(content[:300] if damage == "truncated" else b"nothing")
    assert open_walking_graph(tmp_path).kilometres == pytest.approx(1, abs=0.01)
    assert len(kept.read_bytes()) == len(content)
