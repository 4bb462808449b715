import geopandas
import numpy as np
import pytest
import shapely

from geodata.map_findings import Problem
from geodata.population import Spread, demand_points, read_population
from geodata.walking import OffGraph, place_on_graph
from tests.geodata.drawn import Drawing


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A long and a short street, and their walking graph."""
    drawing = Drawing().way((0, 0), (300, 0)).way((0, 0), (0, 100))
    return drawing, drawing.graph(tmp_path_factory.mktemp("town"))


def table(folder, *rows, heading="lon,lat,人数"):
    path = folder / "people.csv"
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return path


def block(drawing, *corners):
    return shapely.Polygon(drawing.at(*corners))


def areas(folder, shapes, **columns):
    path = folder / "areas.geojson"
    geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").to_file(path)
    return read_population(path)


def test_bad_counts_are_refused_with_their_place_and_all_others_kept(tmp_path):
    rows = ["120.1,30.2,5", "120.1,30.2,-3", "120.1,30.2,许多", "120.1,30.2,", '120.1,30.2,"1,200"']
    people = read_population(table(tmp_path, *rows, "120.1,30.2,0"), crs="WGS-84")
    assert people.rows == [2, 6, 7]
    assert people.people.tolist() == [5, 1200, 0]
    assert [(each.row, each.field, each.value, each.problem) for each in people.findings] == [
        (3, "人数", "-3", Problem.COUNT_NEGATIVE),
        (4, "人数", "许多", Problem.COUNT_NOT_A_NUMBER),
        (5, "人数", None, Problem.COUNT_MISSING),
    ]


def test_rows_without_a_count_are_one_each_and_it_is_said(tmp_path):
    path = table(tmp_path, "hall,30.2,120.1", "mill,30.3,120.2", heading="id,lat,lon")
    people = read_population(path, crs="WGS-84")
    assert people.people.tolist() == [1, 1]
    assert people.names == ["hall", "mill"]
    assert [each.problem for each in people.findings] == [Problem.ASSUMED_ONE_EACH]


def test_groups_are_carried_along(tmp_path):
    heading = "经度,纬度,老年人数,年龄段,自理能力,困难类别,小区名称"
    path = table(tmp_path, "120.1,30.2,7,80-89,失能,低保,翠苑", "120.1,30.2,3,,,,", heading=heading)
    people = read_population(path, crs="GCJ-02")
    assert people.groups == {
        "age_band": ["80-89", None],
        "care_level": ["失能", None],
        "hardship": ["低保", None],
    }
    assert people.names == ["翠苑", None]


def test_points_stay_where_they_are(tmp_path, town):
    drawing, graph = town
    (lon, lat), far = *drawing.at((100, 20)), (121.0, 31.0)
    path = table(tmp_path, f"{lon},{lat},5", f"{far[0]},{far[1]},2")
    demand = demand_points(read_population(path, crs="WGS-84"), graph)
    assert demand.points == pytest.approx(np.array([(lon, lat), far]))
    assert demand.people.tolist() == [5, 2]
    assert demand.spread == [Spread.AS_GIVEN] * 2
    assert place_on_graph(graph, demand.points).reasons == {1: OffGraph.OUTSIDE_EXTRACT}


def test_people_of_an_area_are_spread_along_its_ways(tmp_path, town):
    drawing, graph = town
    area = block(drawing, (-50, -50), (350, -50), (350, 150), (-50, 150))
    demand = demand_points(areas(tmp_path, [area], people=[80]), graph)
    assert demand.spread == [Spread.STREETS]
    assert demand.people.sum() == pytest.approx(80)
    places = place_on_graph(graph, demand.points)
    assert places.off.max() < 0.1
    on_long = graph.stretches.metres[places.stretch] > 200
    assert demand.people[on_long].sum() == pytest.approx(60, abs=0.5)
    assert len(demand.people) == 8
    assert set(demand.row.tolist()) == {0}


def test_only_the_part_of_a_way_inside_an_area_counts(tmp_path, town):
    drawing, graph = town
    area = block(drawing, (100, -50), (200, -50), (200, 50), (100, 50))
    demand = demand_points(areas(tmp_path, [area], people=[9]), graph)
    assert shapely.contains_xy(area, *demand.points.T).all()
    assert demand.people.tolist() == pytest.approx([4.5, 4.5])


def test_people_are_spread_over_buildings_where_they_are_mapped(tmp_path, town):
    drawing, graph = town
    shapes = [
        block(drawing, (0, 0), (150, 0), (150, 100), (0, 100)),
        block(drawing, (150, -50), (300, -50), (300, 50), (150, 50)),
    ]
    houses = np.array(
        [
            block(drawing, (10, 10), (30, 10), (30, 20), (10, 20)),
            block(drawing, (50, 10), (110, 10), (110, 20), (50, 20)),
        ]
    )
    population = areas(tmp_path, shapes, people=[40, 10])
    demand = demand_points(population, graph, buildings=houses)
    assert demand.spread == [Spread.BUILDINGS, Spread.STREETS]
    assert demand.people[demand.row == 0] == pytest.approx([10, 30], rel=1e-3)
    assert demand.people[demand.row == 1].sum() == pytest.approx(10)
    assert demand.points[0] == pytest.approx(drawing.at((20, 15))[0], abs=1e-4)


def test_an_area_without_ways_keeps_its_people_at_a_point_inside(tmp_path, town):
    drawing, graph = town
    area = block(drawing, (2000, 2000), (2100, 2000), (2100, 2100), (2000, 2100))
    demand = demand_points(areas(tmp_path, [area], people=[12]), graph)
    assert demand.spread == [Spread.INNER_POINT]
    assert demand.people.tolist() == [12]
    assert shapely.contains_xy(area, *demand.points[0])


def test_a_population_of_nobody_makes_no_points(tmp_path, town):
    path = table(tmp_path, "120.1,30.2,-1")
    demand = demand_points(read_population(path, crs="WGS-84"), town[1])
    assert demand.points.shape == (0, 2)
    assert demand.people.tolist() == []
