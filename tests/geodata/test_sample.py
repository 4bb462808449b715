import shutil
from collections import Counter
from itertools import pairwise
from types import SimpleNamespace

import pytest

from geodata.extract import describe
from geodata.modes import TravelMode
from geodata.sample import write_sample_city


@pytest.mark.parametrize("ending", [".osm.pbf", ".osm"])
def test_same_seed_gives_the_same_file_byte_for_byte(tmp_path, ending):
    first, second = tmp_path / f"first{ending}", tmp_path / f"second{ending}"
    one, two = write_sample_city(first, seed=7), write_sample_city(second, seed=7)
    assert first.read_bytes() == second.read_bytes()
    assert one.compounds == two.compounds


def test_another_seed_gives_another_city(tmp_path):
    one = write_sample_city(tmp_path / "one.osm", seed=1)
    two = write_sample_city(tmp_path / "two.osm", seed=2)
    assert one.path.read_bytes() != two.path.read_bytes()
    assert one.compounds != two.compounds


def test_other_endings_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"\.osm\.pbf or \.osm"):
        write_sample_city(tmp_path / "city.geojson")


def test_all_streets_of_the_city_are_connected(sample_city):
    info = describe(sample_city.path)
    assert info.connected_share == 1.0


def test_the_city_has_what_makes_chinese_cities_hard(sample_city):
    classes = describe(sample_city.path).ways_by_class
    for kind in ("primary", "residential", "living_street", "service", "footway", "steps"):
        assert classes[kind] > 0, kind
    assert len(sample_city.compounds) >= 40
    assert min(len(compound.buildings) for compound in sample_city.compounds) >= 10
    assert len(sample_city.canteens) == 4
    assert len(sample_city.meal_points) == 2


def test_names_and_addresses_tell_compounds_and_buildings_apart(sample_city):
    names = Counter(compound.name for compound in sample_city.compounds)
    assert max(names.values()) == 1
    for compound in sample_city.compounds:
        assert len({building.name for building in compound.buildings}) == len(compound.buildings)
        assert compound.address.endswith("号")
    tall = [b for c in sample_city.compounds for b in c.buildings if b.levels >= 8]
    assert tall
    assert all(building.lift for building in tall)


@pytest.mark.parametrize("mode", TravelMode)
def test_every_place_of_the_city_can_be_reached(sample_city, sample_streets, mode):
    sites = [*sample_city.canteens, *sample_city.meal_points]
    points = [site.point for site in sites]
    points += [compound.gate for compound in sample_city.compounds]
    points += [b.point for c in sample_city.compounds for b in c.buildings]
    assert [snap for snap in sample_streets.snap(points, mode) if not snap.usable] == []


def test_doors_are_on_the_footpaths(sample_city, sample_streets):
    doors = [b.point for b in sample_city.compounds[0].buildings]
    assert max(s.distance_metres for s in sample_streets.snap(doors, TravelMode.FOOT)) < 0.5


def test_walls_make_the_way_longer_than_the_crow_flies(sample_streets, sample_city):
    # Out of a compound through its gate, round the wall: far for a door just behind the wall.
    compound = sample_city.compounds[0]
    door = compound.buildings[0].point
    route = sample_streets.route([compound.gate, door], TravelMode.CAR)
    assert route.metres > 100


def test_one_way_streets_make_the_way_back_different(sample_streets, sample_city):
    gates = [compound.gate for compound in sample_city.compounds[::6]]
    there = [sample_streets.route([a, b], TravelMode.CAR).metres for a, b in pairwise(gates)]
    back = [sample_streets.route([b, a], TravelMode.CAR).metres for a, b in pairwise(gates)]
    assert any(abs(a - b) > 50 for a, b in zip(there, back, strict=True))


def test_the_river_is_crossed_on_bridges_only(sample_streets):
    # Either bank, half-way between two bridges: 250 m apart as the crow flies.
    south, north = (120.5888, 30.3585), (120.5888, 30.3612)
    by_car = sample_streets.route([south, north], TravelMode.CAR).metres
    on_foot = sample_streets.route([south, north], TravelMode.FOOT).metres
    assert by_car > 1000
    assert on_foot > 600


def test_a_full_disk_is_said_before_the_writer_aborts_the_process(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    with pytest.raises(OSError, match="No space left"):
        write_sample_city(tmp_path / "city.osm.pbf")
