import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodata.datum import Datum, from_wgs84, to_wgs84

LON = st.floats(73.5, 134.8)
LAT = st.floats(3.9, 53.6)
CENTIMETRE = 1e-7  # degrees, on the safe side


@given(LON, LAT, st.sampled_from(Datum))
def test_there_and_back_is_the_same_place(lon, lat, datum):
    x, y = to_wgs84(*from_wgs84(lon, lat, datum), datum)
    assert abs(x - lon) < CENTIMETRE
    assert abs(y - lat) < CENTIMETRE


@given(LON, LAT, st.sampled_from(Datum))
def test_back_and_there_is_the_same_place(lon, lat, datum):
    x, y = from_wgs84(*to_wgs84(lon, lat, datum), datum)
    assert abs(x - lon) < CENTIMETRE
    assert abs(y - lat) < CENTIMETRE


@given(LON, LAT, st.sampled_from([Datum.GCJ02, Datum.BD09]))
def test_the_offset_is_of_the_size_maps_show(lon, lat, datum):
    x, y = from_wgs84(lon, lat, datum)
    metres = np.hypot((x - lon) * np.cos(np.radians(lat)), y - lat) * 111_195
    assert 5 < metres < 2500


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=20), st.sampled_from(Datum))
def test_arrays_are_converted_point_by_point(points, datum):
    lons, lats = np.array(points).T
    xs, ys = to_wgs84(lons, lats, datum)
    for k, (lon, lat) in enumerate(points):
        assert (float(xs[k]), float(ys[k])) == to_wgs84(lon, lat, datum)


@given(st.floats(-180, 60), st.floats(-90, 90))
def test_outside_china_gcj02_is_wgs84(lon, lat):
    assert from_wgs84(lon, lat, Datum.GCJ02) == (lon, lat)
    assert to_wgs84(lon, lat, Datum.GCJ02) == (lon, lat)
