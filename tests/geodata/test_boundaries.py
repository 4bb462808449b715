import geopandas
import pytest
import shapely

from geodata.boundaries import read_boundaries
from geodata.map_findings import MapFileError, Problem


def areas(folder, shapes, **columns):
    path = folder / "街道.geojson"
    geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").to_file(path)
    return path


def test_places_are_found_in_their_street(tmp_path):
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    islands = shapely.MultiPolygon([shapely.box(6, 0, 7, 1), shapely.box(6, 3, 7, 4)])
    path = areas(tmp_path, [ring, islands], 街道名称=["望河街道", "东湖街道"], 代码=["01", "02"])
    streets = read_boundaries(path)
    assert streets.names == ["望河街道", "东湖街道"]
    assert streets.codes == ["01", "02"]
    points = [(0.5, 0.5), (1.5, 1.5), (6.5, 3.5), (6.5, 2.0), (9, 9), (float("nan"), 0)]
    assert streets.containing(points).tolist() == [0, -1, 1, -1, -1, -1]


def test_of_areas_that_overlap_the_first_counts(tmp_path):
    shapes = [shapely.box(2, 0, 4, 2), shapely.box(0, 0, 3, 2)]
    streets = read_boundaries(areas(tmp_path, shapes, name=["乙", "甲"]))
    assert streets.containing([(2.5, 1), (1, 1), (2, 1)]).tolist() == [0, 1, 0]


def test_areas_without_a_name_are_called_by_their_row(tmp_path):
    path = areas(tmp_path, [shapely.box(0, 0, 1, 1)] * 2, name=[None, "甲"])
    assert read_boundaries(path).names == ["街道 1", "甲"]


def test_what_is_no_area_is_said(tmp_path):
    path = areas(tmp_path, [shapely.Point(1, 1), shapely.box(0, 0, 1, 1)], name=["点", "面"])
    streets = read_boundaries(path)
    assert streets.names == ["面"]
    assert [finding.problem for finding in streets.findings] == [Problem.WRONG_KIND]


def test_a_file_without_areas_is_refused(tmp_path):
    path = areas(tmp_path, [shapely.Point(1, 1)], name=["点"])
    with pytest.raises(MapFileError, match=r"no usable polygon: 街道.geojson, row 1"):
        read_boundaries(path)
