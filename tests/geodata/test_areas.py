import numpy as np
import pytest
import shapely

from geodata.areas import travel_time_bands
from geodata.walking import place_on_graph, walking_seconds
from tests.geodata.drawn import Drawing

TIMES = (300, 600, 900)


def test_bands_hold_who_is_inside_by_time_and_few_others(sample_city, sample_streets):
    graph = sample_streets.walking
    rng = np.random.default_rng(1)
    for canteen in sample_city.canteens[:2]:
        site = place_on_graph(graph, [canteen.point])
        bands = travel_time_bands(graph, site, TIMES)
        west, south, east, north = bands[-1].bounds
        points = rng.uniform([west, south], [east, north], size=(3000, 2))
        homes = place_on_graph(graph, points)
        times = walking_seconds(graph, site, homes, limit_seconds=900).toarray()[0]
        for limit, band in zip(TIMES, bands, strict=True):
            inside = (times > 0) & (times <= limit)
            drawn = shapely.contains_xy(band, *points.T)
            assert (drawn & inside).sum() >= 0.97 * inside.sum()
            assert (drawn & ~inside).sum() < 0.05 * (~inside).sum()


def test_bands_are_valid_and_one_inside_the_next(sample_city, sample_streets):
    graph = sample_streets.walking
    sites = place_on_graph(graph, [site.point for site in sample_city.canteens])
    longest, shortest, middle = travel_time_bands(graph, sites, (900, 300, 600))
    assert all(band.is_valid for band in (longest, shortest, middle))
    assert 0 < shortest.area < middle.area < longest.area
    assert shapely.buffer(middle, 1e-8).covers(shortest)
    assert shapely.buffer(longest, 1e-8).covers(middle)


def test_a_band_ends_at_a_river_without_a_bridge(tmp_path):
    drawing = (
        Drawing()
        .way((0, -60), (1000, -60))
        .way((0, 190), (1000, 190))
        .water((-500, 0), (1500, 0), (1500, 40), (-500, 40))
    )
    graph = drawing.graph(tmp_path)
    (band,) = travel_time_bands(graph, drawing.places(graph, (500, -60)), [600])
    south, water, north = drawing.at((500, -20), (500, 20), (500, 60))
    # The other bank is nearer to the site's own street than to the one over there.
    assert shapely.contains_xy(band, *south)
    assert not shapely.contains_xy(band, *water)
    assert not shapely.contains_xy(band, *north)


def test_a_faster_walker_gets_further(tmp_path):
    drawing = Drawing().way((0, 0), (3000, 0))
    graph = drawing.graph(tmp_path)
    site = drawing.places(graph, (1500, 0))
    slow = travel_time_bands(graph, site, [600])[0]
    fast = travel_time_bands(graph, site, [600], pace=7.2)[0]
    assert slow.bounds[2] - slow.bounds[0] == pytest.approx(0.0125, rel=0.03)
    assert fast.area > 1.8 * slow.area


def test_sites_that_meet_no_way_have_no_band(tmp_path):
    drawing = Drawing().way((0, 0), (1000, 0))
    graph = drawing.graph(tmp_path)
    site = drawing.places(graph, (500, 900))
    assert [band.is_empty for band in travel_time_bands(graph, site, TIMES)] == [True] * 3
    assert travel_time_bands(graph, drawing.places(graph, (500, 0)), []) == []
