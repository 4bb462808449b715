"""Candidates from a file: what it says of each place, and which rows cannot be used."""

import json

import pytest

from mealsvc.errors import InvalidInput
from mealsvc.siting import candidate_files
from mealsvc.siting.candidate_files import read_candidates
from tests.mealsvc.siting.straight_walks import StraightWalks

WALKS = StraightWalks(shore=5_000)


def written(folder, text, name="places.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_gives_name_cost_and_capacity(tmp_path):
    table = "名称,经度,纬度,造价,供餐能力\n东门,120.11,30.30,12.5,80\n西门,120.09,30.30,,\n"
    read = read_candidates(written(tmp_path, table), WALKS, crs="WGS-84")
    first, second = read.spots
    assert (first.name, first.cost, first.capacity) == ("东门", 12.5, 80)
    assert (second.cost, second.capacity, read.reasons) == (None, None, (None, None))


def test_places_of_a_chinese_map_are_put_where_they_are(tmp_path):
    path = written(tmp_path, "lon,lat\n120.11,30.30\n")
    said, moved = (read_candidates(path, WALKS, crs=crs) for crs in ("WGS-84", "GCJ-02"))
    assert abs(said.spots[0].lon - moved.spots[0].lon) > 0.003


def test_a_row_with_an_unusable_figure_is_said_and_left_out(tmp_path):
    table = "name,lon,lat,cost\na,120.10,30.30,-1\nb,120.10,30.30,many\nc,120.10,30.30,3\n"
    read = read_candidates(written(tmp_path, table), WALKS, crs="WGS-84")
    assert [spot.name for spot in read.spots] == ["c"]
    assert [(one["row"], one["kept"]) for one in read.findings] == [(2, False), (3, False)]
    assert "cost '-1': must be a number of 0 or more" in read.findings[0]["en"]


def test_of_an_area_a_point_inside_counts(tmp_path):
    horseshoe = [[120, 30], [120.03, 30], [120.03, 30.01], [120.01, 30.01], [120.01, 30.02],
                 [120.03, 30.02], [120.03, 30.03], [120, 30.03], [120, 30]]  # fmt: skip
    area = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "弯"},
                "geometry": {"type": "Polygon", "coordinates": [horseshoe]},
            }
        ],
    }
    read = read_candidates(written(tmp_path, json.dumps(area), "area.geojson"), WALKS)
    assert not (read.spots[0].lon > 120.01 and 30.01 < read.spots[0].lat < 30.02)


def test_places_in_the_water_are_kept_with_the_reason(tmp_path):
    read = read_candidates(written(tmp_path, "lon,lat\n120.3,30.30\n"), WALKS, crs="WGS-84")
    assert read.reasons == (("在水面上", "in the water"),)


def test_files_without_usable_rows_or_with_too_many_are_refused(tmp_path, monkeypatch):
    with pytest.raises(InvalidInput, match=r"no row of places\.csv"):
        read_candidates(written(tmp_path, "lon,lat\nx,y\n"), WALKS, crs="WGS-84")
    monkeypatch.setattr(candidate_files, "MOST_CANDIDATES", 1)
    two = written(tmp_path, "lon,lat\n120.1,30.3\n120.2,30.3\n")
    with pytest.raises(InvalidInput, match="leave some out"):
        read_candidates(two, WALKS, crs="WGS-84")
