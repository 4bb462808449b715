"""Places of an extract are found by name and address, however somebody writes them."""

import numpy as np
import pytest

from geodata.kept_places import kept_places
from geodata.named_places import NamedPlace, PlaceKind, read_named_places
from geodata.places import PlaceIndex, open_places
from geodata.search_keys import Wanted, key_of
from geodata.streets import StreetsError


@pytest.fixture(scope="module")
def index(sample_streets_folder):
    return open_places(sample_streets_folder)


def place(name, kind=PlaceKind.STREET, english="", aliases=(), point=(120.0, 30.0)):
    return NamedPlace(kind, name, english, aliases, point)


def names(index, query, limit=10):
    return [found.name for _, found in index.search(Wanted.of(query), limit)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中山路１７８号", "中山路 178 号"),
        ("翠竹新村3号楼", "翠竹新村3幢"),
        ("翠竹新村3#", "翠竹新村 ３栋"),
        ("Rua São João, 12", "rua sao joao 12"),
        ("滨江·万家花城", "滨江万家花城"),
    ],
)
def test_ways_of_writing_one_name_are_alike(one, other):
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("3号", "3弄"), ("3幢", "13幢"), ("中山路", "中山北路"), ("臺灣", "台湾")]
)
def test_different_places_stay_different(one, other):
    assert key_of(one) != key_of(other)


class TestSearch:
    def test_the_name_itself_comes_before_beginnings_and_parts(self):
        index = PlaceIndex([place("新中山路"), place("中山路口站"), place("中山路")])
        assert names(index, "中山路") == ["中山路", "中山路口站", "新中山路"]

    def test_all_words_must_occur_in_any_order(self):
        index = PlaceIndex([place("Rua dos Andradas"), place("Rua Barão de Cotegipe")])
        assert names(index, "cotegipe rua") == ["Rua Barão de Cotegipe"]

    def test_other_names_find_a_place_once(self):
        index = PlaceIndex([place("江苏美术馆", english="Art Museum", aliases=("美术馆旧址",))])
        for query in ("Art Museum", "art mus", "美术馆"):
            assert names(index, query) == ["江苏美术馆"]

    def test_settlements_come_before_streets_and_short_names_before_long_ones(self):
        city = place("临澜", kind=PlaceKind.SETTLEMENT)
        index = PlaceIndex([place("临澜江路"), place("临澜路"), city])
        assert names(index, "临澜") == ["临澜", "临澜路", "临澜江路"]

    def test_no_more_are_told_than_wanted(self):
        index = PlaceIndex([place(f"新{number}路") for number in range(100)])
        assert len(index.search(Wanted.of("路"), 7)) == 7

    @pytest.mark.parametrize("query", ["", "  ", "·，", "没有这条路"])
    def test_what_is_no_name_finds_nothing(self, query):
        assert names(PlaceIndex([place("中山路")]), query) == []

    def test_an_empty_extract_has_no_places(self):
        index = PlaceIndex([])
        assert names(index, "路") == []
        assert index.settlement_near((120.0, 30.0)) is None


class TestWiderQueries:
    @pytest.mark.parametrize(
        "written",
        [
            "临澜市翠竹新村3幢",
            "浙江省临澜市翠竹新村3号楼2单元301室",
            "翠竹新村3幢2单元301室",
        ],
    )
    def test_city_and_flat_are_left_out(self, written):
        assert "翠竹新村3幢" in [wider.phrase for wider in Wanted.of(written).wider()]

    def test_then_the_number_is(self):
        assert [one.phrase for one in Wanted.of("中山路178号").wider()][-1] == "中山路"

        assert [one.phrase for one in Wanted.of("Rua Alfa, 191").wider()] == ["ruaalfa"]

    def test_a_code_is_not_shortened(self):
        assert list(Wanted.of("ST01").wider()) == []

    def test_each_is_given_once_and_none_is_empty(self):
        for written in ("市", "12号", "市市市市", "号号12号12号", "省中山路1号"):
            phrases = [one.phrase for one in Wanted.of(written).wider()]
            assert len(phrases) == len(set(phrases))
            assert "" not in phrases


class TestExtract:
    def test_a_street_of_many_ways_is_one_place_on_the_street(self, index, sample_streets):
        [(level, street)] = index.search(Wanted.of("人民路"), 10)
        assert (level, street.kind) == (0, PlaceKind.STREET)
        west, south, east, north = *np.subtract(street.point, 1e-4), *np.add(street.point, 1e-4)
        around = sample_streets.ways_within((west, south, east, north))
        assert "人民路" in {way.name for way in around}

    def test_streets_of_one_name_in_two_towns_are_two(self, tmp_path):
        extract = tmp_path / "towns.osm"
        ways = "".join(
            f"<node id='{n}' lat='30.{n}' lon='120.1' version='1'/>"
            f"<node id='{n + 4}' lat='30.{n}01' lon='120.1' version='1'/>"
            for n in (1, 2)
        ) + "".join(
            f"<way id='{n}' version='1'><nd ref='{n}'/><nd ref='{n + 4}'/>"
            "<tag k='highway' v='residential'/><tag k='name' v='中山路'/></way>"
            for n in (1, 2)
        )
        extract.write_text(f"<osm version='0.6'>{ways}</osm>", encoding="utf-8")
        found = read_named_places(extract)
        assert [one.name for one in found] == ["中山路", "中山路"]
        assert sorted(round(one.point[1], 2) for one in found) == [30.1, 30.2]

    def test_compounds_and_their_buildings_have_addresses(self, index, sample_city):
        compound = sample_city.compounds[3]
        assert names(index, compound.name)[0] == compound.name
        house = compound.buildings[2]
        [(_, found), *_] = index.search(Wanted.of(compound.name + house.name), 5)
        assert found.kind is PlaceKind.ADDRESS
        assert found.point == pytest.approx(house.point, abs=1e-3)

    def test_a_number_alone_is_no_place(self, index):
        assert all(len(name) > len("3幢") for name in names(index, "3幢", 50))

    def test_addresses_are_written_as_people_write_them(self, tmp_path):
        def node(number, street, house):
            return (
                f"<node id='{number}' lat='30.1' lon='120.1' version='1'>"
                f"<tag k='addr:street' v='{street}'/><tag k='addr:housenumber' v='{house}'/></node>"
            )

        extract = tmp_path / "addresses.osm"
        doors = [("中山路", "178"), ("管家桥", "85号"), ("Rua Alfa", "191"), ("文三路", "7;9")]
        content = "".join(node(number, *door) for number, door in enumerate(doors, start=1))
        extract.write_text(f"<osm version='0.6'>{content}</osm>", encoding="utf-8")
        found = {one.name for one in read_named_places(extract)}
        assert found == {"中山路178号", "管家桥85号", "Rua Alfa 191", "文三路7号"}

    def test_the_settlement_around_a_place_is_known(self, index, sample_city):
        assert index.settlement_near(sample_city.canteens[0].point).name == "临澜市"
        assert index.settlement_near((100.0, 20.0)) is None


class TestKeeping:
    def test_the_index_belongs_to_the_build(self, sample_streets_folder):
        [kept] = sample_streets_folder.glob("builds/*/places-*.npz")
        assert kept_places(kept.parent) == list(open_places(sample_streets_folder).places)

    def test_a_network_without_or_with_a_damaged_index_gets_one(
        self, sample_streets_folder, tmp_path
    ):
        [kept] = sample_streets_folder.glob("builds/*/places-*.npz")
        (tmp_path / "extract.osm.pbf").symlink_to(kept.parent / "extract.osm.pbf")
        made = kept_places(tmp_path)
        assert made == kept_places(kept.parent)
        (tmp_path / kept.name).write_bytes(b"no index")
        assert kept_places(tmp_path) == made

    def test_without_a_network_it_says_so(self, tmp_path):
        with pytest.raises(StreetsError, match="no street network"):
            open_places(tmp_path)
