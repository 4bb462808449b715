from pathlib import Path

import osmium
import pytest

from geodata.osm_reading import ExtractError, copy_clean, fingerprint, header_date

DATA = Path(__file__).parents[1] / "data" / "streets"


def nodes_of_ways(path):
    ways = osmium.FileProcessor(path, osmium.osm.WAY)
    return {way.id: [node.ref for node in way.nodes] for way in ways}


def test_copy_drops_repeated_nodes_of_streets_and_keeps_the_rest(tmp_path):
    copy = tmp_path / "copy.osm.pbf"
    copy_clean(DATA / "small.osm", copy)
    before, after = nodes_of_ways(DATA / "small.osm"), nodes_of_ways(copy)
    assert before[1] == [1, 2, 2, 3]
    assert after[1] == [1, 2, 3]
    assert before[6] == [4, 4]
    assert 6 not in after
    assert {k: v for k, v in after.items() if k != 1} == {
        k: v for k, v in before.items() if k not in (1, 6)
    }
    everything = [thing.type_str() for thing in osmium.FileProcessor(copy)]
    assert (everything.count("n"), everything.count("r")) == (9, 3)


def test_copy_keeps_the_date_of_the_data(tmp_path):
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2025-07-08T09:10:11Z")
    dated = tmp_path / "dated.osm.pbf"
    with osmium.SimpleWriter(dated, header=header) as writer:
        for thing in osmium.FileProcessor(DATA / "small.osm"):
            writer.add(thing)
    copy_clean(dated, tmp_path / "copy.osm.pbf")
    assert header_date(tmp_path / "copy.osm.pbf") == header_date(dated)
    assert header_date(dated).year == 2025


def test_copies_of_one_extract_have_one_fingerprint(tmp_path):
    for name in ("a", "b"):
        copy_clean(DATA / "island.osm", tmp_path / f"{name}.osm.pbf")
    assert fingerprint(tmp_path / "a.osm.pbf") == fingerprint(tmp_path / "b.osm.pbf")


@pytest.mark.parametrize("name", ["truncated.osm", "web_page.osm", "broken.osm.pbf"])
def test_broken_file_is_not_copied(tmp_path, name):
    with pytest.raises(ExtractError, match="cannot be read"):
        copy_clean(DATA / name, tmp_path / "copy.osm.pbf")
