"""Small maps: what is on them, and where."""

import io
import math
import re

import pypdf
import pytest

from mealsvc.sheets import route_sheet, route_sheet_pdf
from mealsvc.sheets.map_labels import Mark, group_marks, place_labels
from mealsvc.sheets.maps import WIDTH, Frame, TripMaps
from mealsvc.sheets.wording import Wording
from mealsvc.streets import open_streets


def drawn(town, courier, streets=None):
    sheet = route_sheet(town.runtime, town.day, town.meal, courier)
    maps = TripMaps(streets, Wording("zh"), lambda _name: True)
    return [maps.draw(sheet, trip) for trip in sheet.trips]


def test_without_streets_stops_are_joined_by_straight_lines_and_the_map_says_so(lunch, town):
    first, second = drawn(town, lunch.duan)
    assert first["note"] == "无路网数据，直线示意"
    assert [mark["text"] for mark in first["marks"]] == ["食", "1", "2"]
    assert first["names"] == []
    assert second["svg"].count("stroke-dasharray") == 1  # the way back


def test_marks_stand_inside_the_paper_and_north_is_up(lunch, town):
    (canteen, kang, xu) = drawn(town, lunch.duan)[0]["marks"]
    height = drawn(town, lunch.duan)[0]["height"]
    for mark in (canteen, kang, xu):
        assert 0 < mark["x"] < WIDTH
        assert 0 < mark["y"] < height
    assert xu["y"] < kang["y"] < canteen["y"]  # ever farther north
    assert xu["x"] > canteen["x"]  # and east


def test_the_scale_is_true():
    frame = Frame.around([(120.0, 30.0), (120.02, 30.01)], 46.0)
    (x1, y1), (x2, y2) = frame.put([(120.0, 30.0), (120.0, 30.01)])
    assert math.hypot(x2 - x1, y2 - y1) == pytest.approx(1112 * frame.mm_per_metre, rel=0.001)
    (x1, _), (x2, _) = frame.put([(120.0, 30.0), (120.01, 30.0)])
    assert x2 - x1 == pytest.approx(963 * frame.mm_per_metre, rel=0.001)


def test_stops_of_one_place_share_a_mark():
    marks = group_marks([(1, 10, 10), (2, 40, 40), (3, 11, 10), (4, 10, 11), (6, 10, 10)])
    assert [mark.text for mark in marks] == ["1,3–4,6", "2"]


def test_names_keep_clear_of_marks_and_of_each_other():
    street = [(10.0, 20.0), (80.0, 20.0)]
    crowd = [Mark(x, 20.0, "1") for x in range(10, 81, 5)]
    assert place_labels([("primary", "文三路", street)], crowd, [], 92, 56) == []
    named = [("primary", "文三路", street), ("primary", "文三路", street)]
    (label,) = place_labels(named, [], [], 92, 56)
    assert (label.text, label.angle) == ("文三路", 0.0)
    on_the_way = place_labels(named, [], [street], 92, 56)[0]
    assert abs(on_the_way.y - 20.0) > 2


def test_names_are_never_upside_down():
    street = [(60.0, 30.0), (20.0, 32.0)]
    (label,) = place_labels([("primary", "文三路", street)], [], [], 92, 56)
    assert -90 <= label.angle <= 90


@pytest.fixture
def in_the_city(town, sample_city, sample_streets_folder):
    """A courier with a trip to three compounds of the sample city."""
    place = town.runtime.settings.streets_folder
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(sample_streets_folder)
    site = sample_city.canteens[0]
    courier = town.courier(town.canteen(lon=site.point[0], lat=site.point[1]))
    orders = []
    for at, compound in enumerate(sample_city.compounds[:3]):
        lon, lat = compound.buildings[0].point
        elder = town.elder(f"L{at}", f"老人{at}", {"lon": lon, "lat": lat})
        orders.append(town.order(elder))
    town.duty(town.revision(), courier, ("10:40", [(order, 5) for order in orders]))
    return courier


def test_with_streets_the_way_follows_them_and_names_stand_beside(in_the_city, town):
    (plain,) = drawn(town, in_the_city)
    (routed,) = drawn(town, in_the_city, open_streets(town.runtime))
    assert routed["note"] == "© OpenStreetMap contributors"
    assert routed["names"]
    assert len(routed["svg"]) > len(plain["svg"])
    for name in routed["names"]:
        assert 0 < name["x"] < WIDTH
        assert 0 < name["y"] < routed["height"]


def test_a_place_off_the_streets_gets_a_straight_line(in_the_city, town):
    far = town.order(town.elder("L9", "远", {"lon": 121.5, "lat": 29.0}))
    courier = town.courier(town.canteen("ST02"), "Z009")
    revision = town.revision(2)
    town.duty(revision, courier, ("10:40", [(far, 5)]))
    (map_,) = drawn(town, courier, open_streets(town.runtime))
    assert "直线示意" in map_["note"]


def test_a_stop_that_lost_its_place_is_named_under_the_map(lunch, town):
    courier = town.courier(lunch.canteen, "Z009")
    town.duty(town.revision(2), courier, ("10:40", [(lunch.o_kang, 5), (lunch.o_lost, 7)]))
    (map_,) = drawn(town, courier)
    assert "未标出：第 2 站" in map_["note"]


def test_the_sheet_shows_the_map_with_its_source(in_the_city, town):
    pdf = route_sheet_pdf(town.runtime, town.day, town.meal, in_the_city)
    text = re.sub(r"\s+", "", pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
    assert "©OpenStreetMapcontributors" in text
    assert "北" in text
    assert re.search(r"\d+(m|km)", text)
