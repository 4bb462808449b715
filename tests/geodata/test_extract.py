import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import osmium
import pytest
import shapely

from geodata.extract import ExtractError, ExtractInfo, clip, describe, parse_clip

DATA = Path(__file__).parents[1] / "data" / "streets"
SMALL = DATA / "small.osm"


def read(path):
    """Ids by type, and the nodes of each way."""
    found = {"n": set(), "w": {}, "r": set()}
    for thing in osmium.FileProcessor(path):
        if thing.is_way():
            found["w"][thing.id] = [node.ref for node in thing.nodes]
        else:
            found[thing.type_str()].add(thing.id)
    return found


def test_streets_are_described():
    info = describe(SMALL)
    assert info.ways_by_class == {"residential": 1, "tertiary": 1, "service": 1, "footway": 1}
    assert info.street_ways == 4
    assert info.street_nodes == 7
    assert info.bounds == (120.1, 30.2, 120.191, 30.292)
    assert info.connected_share == pytest.approx(4 / 7)
    assert info.date == datetime(2025, 3, 1, 8, tzinfo=UTC)  # the newest street
    assert len(info.fingerprint) == 64


def test_date_of_the_header_comes_first(tmp_path):
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2025-07-08T09:10:11Z")
    with osmium.SimpleWriter(tmp_path / "dated.osm.pbf", header=header) as writer:
        for thing in osmium.FileProcessor(SMALL):
            writer.add(thing)
    assert describe(tmp_path / "dated.osm.pbf").date == datetime(2025, 7, 8, 9, 10, 11, tzinfo=UTC)


def test_description_survives_json():
    info = describe(SMALL)
    assert ExtractInfo.from_dict(json.loads(json.dumps(info.as_dict()))) == info


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.osm.pbf", "there is no file .*missing.osm.pbf: check the path"),
        ("", "is a folder: name the .osm.pbf"),
        ("empty.osm.pbf", "is empty: download"),
        ("broken.osm.pbf", "cannot be read as OpenStreetMap data .*download the extract again"),
        ("web_page.osm", "cannot be read as OpenStreetMap data"),
        ("truncated.osm", "cannot be read as OpenStreetMap data .*damaged"),
        ("no_streets.osm", "holds no streets .*export the area again"),
        ("without_nodes.osm", "holds no streets .*positions of their nodes"),
    ],
)
def test_unusable_extract_is_refused_with_what_to_do(name, message):
    with pytest.raises(ExtractError, match=message):
        describe(DATA / name)


def test_file_of_another_kind_is_refused(tmp_path):
    other = tmp_path / "elders.xlsx"
    other.write_bytes(b"PK")
    with pytest.raises(ExtractError, match=r"not named as an OpenStreetMap extract"):
        describe(other)


def test_clip_keeps_streets_across_the_edge_whole(tmp_path):
    clip(SMALL, (120.0995, 30.1995, 120.1005, 30.2005), tmp_path / "out.osm.pbf")
    found = read(tmp_path / "out.osm.pbf")
    assert found["w"][1] == [1, 2, 3]  # whole, and without the repeated node
    assert 2 not in found["w"]
    assert 3 not in found["w"]
    assert {1, 2, 3, 6} <= found["n"]


def test_clip_keeps_tags_of_nodes_restrictions_and_lakes(tmp_path):
    clip(SMALL, (120.0995, 30.1995, 120.1030, 30.2015), tmp_path / "out.osm")
    found = read(tmp_path / "out.osm")
    assert found["r"] == {1, 2}  # the third restriction leads to a street outside
    nodes = osmium.FileProcessor(tmp_path / "out.osm", osmium.osm.NODE)
    assert [node.id for node in nodes if node.tags.get("barrier")] == [2]


def test_way_of_one_repeated_node_is_dropped(tmp_path):
    clip(SMALL, (120.0, 30.0, 121.0, 31.0), tmp_path / "out.osm")
    assert 6 not in read(tmp_path / "out.osm")["w"]


def test_clip_by_boundary_file(tmp_path):
    ring = [[120.18, 30.28], [120.2, 30.28], [120.2, 30.3], [120.18, 30.3], [120.18, 30.28]]
    boundary = tmp_path / "街道.geojson"
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    boundary.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    clip(SMALL, parse_clip(str(boundary)), tmp_path / "out.osm")
    assert describe(tmp_path / "out.osm").ways_by_class == {"service": 1}


def test_boundary_without_polygon_is_refused(tmp_path):
    boundary = tmp_path / "line.geojson"
    line = {"type": "LineString", "coordinates": [[120.1, 30.2], [120.2, 30.3]]}
    boundary.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": {}, "geometry": line}],
            }
        )
    )
    with pytest.raises(ExtractError, match="holds no polygon"):
        parse_clip(str(boundary))


def test_boundary_that_is_no_map_file_is_refused(tmp_path):
    boundary = tmp_path / "boundary.geojson"
    boundary.write_text("west is left")
    with pytest.raises(ExtractError, match=r"boundary file .* cannot be read"):
        parse_clip(str(boundary))


def test_box_is_read():
    assert parse_clip("120.1, 30.2,120.2,30.3") == (120.1, 30.2, 120.2, 30.3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("30.2,120.1,30.3,120.2", "looks like latitude first; give west,south,east,north"),
        ("120.2,30.2,120.1,30.3", "encloses nothing"),
        ("120.1,30.2,120.2,nan", "encloses nothing"),
        ("120.1,30.2,120.2", "has 3 numbers"),
        ("no_such_file.geojson", "neither an existing boundary file nor a box"),
    ],
)
def test_senseless_clip_is_refused_with_the_right_form(text, message):
    with pytest.raises(ExtractError, match=message):
        parse_clip(text)


def test_clip_outside_the_extract_tells_what_it_covers(tmp_path):
    with pytest.raises(ExtractError, match=r"no streets .* in the clip area.*120\.1000, 30\.2000"):
        clip(SMALL, (110.0, 20.0, 110.1, 20.1), tmp_path / "out.osm")
    assert not (tmp_path / "out.osm").exists()


def test_boundary_with_latitude_first_is_recognised(tmp_path):
    swapped = shapely.box(30.1, 120.0, 30.4, 120.3)
    swapped = shapely.intersection(swapped, shapely.box(-90, -180, 90, 180))
    with pytest.raises(ExtractError, match="latitude first: swap it"):
        clip(SMALL, swapped, tmp_path / "out.osm")


def test_compressed_extract_is_read(tmp_path):
    packed = tmp_path / "small.osm.gz"
    packed.write_bytes(gzip.compress(SMALL.read_bytes()))
    assert describe(packed).ways_by_class == describe(SMALL).ways_by_class
