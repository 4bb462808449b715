import numpy as np
import pytest

from geodata.datum import Datum, from_wgs84, to_wgs84

# WGS-84 and GCJ-02 positions as published with several open converters.
PUBLISHED_GCJ = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
METRE = 1e-5  # degrees, on the safe side


@pytest.mark.parametrize(("wgs", "gcj"), PUBLISHED_GCJ)
def test_gcj02_agrees_with_published_points(wgs, gcj):
    assert from_wgs84(*wgs, Datum.GCJ02) == pytest.approx(gcj, abs=1e-9)
    assert to_wgs84(*gcj, Datum.GCJ02) == pytest.approx(wgs, abs=1e-9)


def test_bd09_agrees_with_published_point():
    # GCJ-02 116.404, 39.915 is BD-09 116.41036949371029, 39.92133699351021.
    wgs = to_wgs84(116.404, 39.915, Datum.GCJ02)
    assert from_wgs84(*wgs, Datum.BD09) == pytest.approx(
        (116.41036949371029, 39.92133699351021), abs=1e-9
    )


def test_arrays_give_arrays_of_the_same_shape():
    lon, lat = np.full((2, 3), 120.1), np.full((2, 3), 30.2)
    x, y = to_wgs84(lon, lat, Datum.BD09)
    assert x.shape == y.shape == (2, 3)
    assert (float(x[0, 0]), float(y[0, 0])) == to_wgs84(120.1, 30.2, Datum.BD09)


def test_wgs84_and_places_outside_china_stay_as_they_are():
    assert to_wgs84(120.1, 30.2, Datum.WGS84) == (120.1, 30.2)
    assert to_wgs84(-51.2, -30.0, Datum.GCJ02) == (-51.2, -30.0)


def test_not_a_number_stays_not_a_number():
    assert np.isnan(to_wgs84(float("nan"), 30.0, Datum.GCJ02)).any()


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("WGS84", Datum.WGS84),
        ("wgs-84", Datum.WGS84),
        (" GPS ", Datum.WGS84),
        ("CGCS2000", Datum.WGS84),
        ("天地图", Datum.WGS84),
        ("GCJ02", Datum.GCJ02),
        ("gcj-02", Datum.GCJ02),
        ("高德", Datum.GCJ02),
        ("高德地图", Datum.GCJ02),
        ("腾讯", Datum.GCJ02),
        ("火星坐标系", Datum.GCJ02),
        ("BD09", Datum.BD09),
        ("百度坐标", Datum.BD09),
        ("bd-09", Datum.BD09),
    ],
)
def test_datum_is_understood_as_people_write_it(text, datum):
    assert Datum.parse(text) is datum


def test_unknown_datum_is_refused_with_the_accepted_names():
    with pytest.raises(ValueError, match=r"'北京54'.*WGS-84.*高德.*百度"):
        Datum.parse("北京54")
