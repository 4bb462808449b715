import zipfile

import geopandas
import numpy as np
import pytest
import shapely

from geodata.datum import Datum, from_wgs84
from geodata.map_files import read_map_file
from geodata.map_findings import MapFileError, Problem

HERE = (120.15, 30.28)
SQUARE = shapely.box(120.15, 30.28, 120.16, 30.29)
BOW_TIE = "POLYGON ((120.15 30.28, 120.16 30.29, 120.16 30.28, 120.15 30.29, 120.15 30.28))"


def write(folder, text, name="file.csv", encoding="utf-8"):
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def frame(shapes=(SQUARE,), crs="EPSG:4326", **columns):
    return geopandas.GeoDataFrame(
        columns or {"name": [f"社区{k}" for k in range(len(shapes))]}, geometry=[*shapes], crs=crs
    )


def problems(file):
    return [(finding.row, finding.problem) for finding in file.findings]


def assert_here(shape, place=HERE, metres=1.0):
    at = shape.centroid
    assert np.hypot(at.x - place[0], at.y - place[1]) < metres / 90_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_tables_are_read_in_the_encodings_and_separators_of_china(tmp_path, encoding, mark):
    text = mark.join(["名称", "经度", "纬度"]) + "\n" + mark.join(["望河社区", "120.15", "30.28"])
    file = read_map_file(write(tmp_path, text, encoding=encoding), crs="WGS-84")
    assert file.texts("name") == ["望河社区"]
    assert_here(file.shapes[0])
    assert file.rows == [2]


@pytest.mark.parametrize("datum", list(Datum))
def test_chinese_datums_are_undone(tmp_path, datum):
    lon, lat = from_wgs84(*HERE, datum)
    path = write(tmp_path, f"lon,lat\n{lon},{lat}\n")
    assert_here(read_map_file(path, crs=datum.value).shapes[0])


def test_longitude_and_latitude_of_no_named_datum_are_taken_as_wgs84_and_said(tmp_path):
    file = read_map_file(write(tmp_path, "lon,lat\n120.15,30.28\n"))
    assert problems(file) == [(None, Problem.ASSUMED_WGS84)]
    assert "GCJ-02" in file.findings[0].explain("en")
    elsewhere = read_map_file(write(tmp_path, "lon,lat\n-51.2,-30.1\n"))
    assert elsewhere.findings == []


@pytest.mark.parametrize("epsg", [4549, 4528, 32651, 3857, 4490, 4479 + 42])
def test_any_declared_system_is_read(tmp_path, epsg):
    away = frame().to_crs(epsg=epsg)
    away.to_file(tmp_path / "areas.gpkg")
    away.to_file(tmp_path / "areas.shp", encoding="utf-8")
    for name in ("areas.gpkg", "areas.shp"):
        assert_here(read_map_file(tmp_path / name).shapes[0], (120.155, 30.285))
    x, y = (away.geometry[0].centroid.x, away.geometry[0].centroid.y)
    table = write(tmp_path, f"x,y\n{x},{y}\n")
    assert_here(read_map_file(table, crs=f"EPSG:{epsg}").shapes[0], (120.155, 30.285))


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (120.15, 30.28, "GCJ-02 if made with AMap"),
        (30.28, 120.15, "latitude first"),
        (514_000, 3_350_000, "EPSG:4549"),
        (40_514_000, 3_350_000, r"zone 40 \(EPSG:4528\)"),
        (3_350_000, 40_514_000, r"northings; they look like .* zone 40"),
        (21_000_000 - 500_000, 3_350_000, r"zone 20 \(EPSG:4498\)"),
        (13_375_000, 3_540_000, "EPSG:3857"),
        (9e8, 9e8, "no usual system"),
    ],
)
def test_a_file_that_names_no_system_is_asked_back_with_a_guess(tmp_path, x, y, words):
    with pytest.raises(MapFileError, match=words) as caught:
        read_map_file(write(tmp_path, f"x,y\n{x},{y}\n"))
    assert "does not say its coordinate system" in str(caught.value)
    assert "请注明" in caught.value.explain("zh")


def test_a_shapefile_that_lost_its_system_is_asked_back(tmp_path):
    frame().to_crs(epsg=4549).to_file(tmp_path / "areas.shp", encoding="utf-8")
    (tmp_path / "areas.prj").unlink()
    with pytest.raises(MapFileError, match="EPSG:4549"):
        read_map_file(tmp_path / "areas.shp")
    shapes = read_map_file(tmp_path / "areas.shp", crs="4549").shapes
    assert_here(shapes[0], (120.155, 30.285))


def test_what_the_user_says_goes_before_what_the_file_says(tmp_path):
    moved = shapely.transform(
        SQUARE, lambda xy: np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], Datum.GCJ02))
    )
    frame([moved]).to_file(tmp_path / "areas.geojson")
    file = read_map_file(tmp_path / "areas.geojson", crs="高德")
    assert_here(file.shapes[0], (120.155, 30.285))


def test_coordinates_that_do_not_fit_the_system_are_refused_with_a_guess(tmp_path):
    path = write(tmp_path, "lon,lat\n514000,3350000\n514100,3350100\n")
    with pytest.raises(MapFileError, match=r"do not fit WGS-84.*EPSG:4549"):
        read_map_file(path)
    path = write(tmp_path, "lon,lat\n30.28,120.15\n30.29,120.16\n")
    with pytest.raises(MapFileError, match="latitude first"):
        read_map_file(path)


def test_surveyors_axes_are_exchanged_and_said(tmp_path):
    at = frame().to_crs(epsg=4549).geometry[0].centroid
    file = read_map_file(write(tmp_path, f"x,y\n{at.y},{at.x}\n"), crs="EPSG:4549")
    assert_here(file.shapes[0], (120.155, 30.285))
    assert problems(file) == [(None, Problem.SURVEY_AXES)]


def test_polygons_that_cross_themselves_are_mended_and_said(tmp_path):
    file = read_map_file(write(tmp_path, f'name,wkt\n甲,"{BOW_TIE}"\n'), crs="WGS-84")
    assert file.shapes[0].is_valid
    assert file.shapes[0].area == pytest.approx(5e-5, rel=1e-6)
    assert problems(file) == [(2, Problem.REPAIRED)]
    assert file.findings[0].kept


def test_a_bad_row_is_said_and_harms_no_other(tmp_path):
    rows = ["120.15,30.28", ",30.28", "东经120,30.28", "120.16,30.29", "", "120.17,95", "120.15"]
    file = read_map_file(write(tmp_path, "\n".join(["lon,lat", *rows])), crs="WGS-84")
    assert file.rows == [2, 5]
    assert problems(file) == [
        (3, Problem.NO_SHAPE),
        (4, Problem.NOT_A_PLACE),
        (7, Problem.NOT_A_PLACE),
        (8, Problem.NO_SHAPE),
    ]
    assert (
        file.findings[1].explain("en").startswith("file.csv, row 4, lon '东经120': no such place")
    )
    assert "第4行" in file.findings[1].explain("zh")


def test_a_row_with_the_latitude_first_is_said_to_be_exchanged(tmp_path):
    rows = "lon,lat\n120.15,30.28\n30.28,120.15\n120.16,30.28\n"
    file = read_map_file(write(tmp_path, rows), crs="WGS-84")
    assert file.rows == [2, 4]
    assert problems(file) == [(3, Problem.AXES_SWAPPED)]


def test_shapes_that_cannot_be_read_or_used_are_said(tmp_path):
    rows = ["POLYGON ((1 2", "POINT EMPTY", "LINESTRING (120 30, 121 31)", "POINT (120.15 30.28)"]
    text = "\n".join(["wkt", *(f'"{row}"' for row in rows)])
    file = read_map_file(write(tmp_path, text), crs="WGS-84")
    assert file.rows == [5]
    assert problems(file) == [
        (2, Problem.UNREADABLE_SHAPE),
        (3, Problem.NO_SHAPE),
        (4, Problem.WRONG_KIND),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("said", [True, False])
def test_words_of_shapefiles_are_read_whether_they_say_their_encoding_or_not(
    tmp_path, encoding, said
):
    frame().to_file(tmp_path / "areas.shp", encoding=encoding)
    if not said:
        (tmp_path / "areas.cpg").unlink()
    assert read_map_file(tmp_path / "areas.shp").texts("name") == ["社区0"]


@pytest.mark.parametrize("inside", ["", "杭州/"])
def test_zipped_shapefiles_are_read(tmp_path, inside):
    frame().to_file(tmp_path / "areas.shp", encoding="gb18030")
    with zipfile.ZipFile(tmp_path / "areas.zip", "w") as archive:
        for part in tmp_path.glob("areas.*"):
            if part.suffix not in (".zip", ".cpg"):
                archive.write(part, f"{inside}{part.name}")
    assert read_map_file(tmp_path / "areas.zip").texts("name") == ["社区0"]


def test_a_layer_of_several_has_to_be_named(tmp_path):
    path = tmp_path / "areas.gpkg"
    frame().to_file(path, layer="streets")
    frame([SQUARE, SQUARE]).to_file(path, layer="communities")
    with pytest.raises(MapFileError, match=r"has the layers streets, communities: say which"):
        read_map_file(path)
    assert len(read_map_file(path, layer="communities").rows) == 2


def test_columns_may_be_told(tmp_path):
    path = write(tmp_path, "a,b,c\n120.15,30.28,7\n")
    file = read_map_file(path, columns={"lon": "a", "lat": "b", "people": "c"}, crs="WGS-84")
    assert file.cells("people") == ["7"]
    with pytest.raises(MapFileError, match="no column 'z' for 'lon'"):
        read_map_file(path, columns={"lon": "z"})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.csv", None, "there is no file"),
        ("empty.csv", b"", "has 0 bytes"),
        ("heading.csv", b"lon,lat\n", "holds no rows"),
        ("columns.csv", b"a,b\n1,2\n", r"no columns with coordinates .* columns are a, b"),
        ("broken.csv", b'lon,lat\n"1,2\n\x00', "is no text"),
        ("areas.xlsx", b"PK", "is no table"),
        ("areas.geojson", b"<OGRVRTDataSource/>", "is no table"),
        ("areas.geojson", b'{"type": "Feat', "cannot be read"),
        ("areas.gpkg", b"SQLite format 3\0 and nothing", "cannot be read"),
        ("areas.zip", b"PK\3\4 and nothing", "damaged archive"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(MapFileError, match=words):
        read_map_file(tmp_path / name)


def test_a_shapefile_without_its_other_parts_is_asked_for_as_an_archive(tmp_path):
    frame().to_file(tmp_path / "areas.shp", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "areas.zip", "w") as archive:
        archive.write(tmp_path / "areas.shp", "areas.shp")
        archive.write(tmp_path / "areas.dbf", "areas.dbf")
    with pytest.raises(MapFileError, match=r"areas.zip lacks .shx: .* give a .zip"):
        read_map_file(tmp_path / "areas.zip")
    (tmp_path / "areas.shx").unlink()
    (tmp_path / "areas.dbf").unlink()
    with pytest.raises(
        MapFileError, match=r"areas.shp lacks .shx and .dbf: .* give a .zip"
    ) as said:
        read_map_file(tmp_path / "areas.shp")
    assert "打包" in said.value.explain("zh")


def test_what_a_damaged_file_complains_of_names_no_folder(tmp_path):
    (tmp_path / "areas.gpkg").write_bytes(b"SQLite format 3\0 and nothing")
    with pytest.raises(MapFileError) as said:
        read_map_file(tmp_path / "areas.gpkg")
    assert str(tmp_path) not in str(said.value)


def test_an_archive_without_one_map_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.shp", b"")
        archive.writestr("b.shp", b"")
    with pytest.raises(MapFileError, match="holds 2 map files"):
        read_map_file(tmp_path / "two.zip")


def test_an_unknown_system_is_refused(tmp_path):
    path = write(tmp_path, "lon,lat\n120.15,30.28\n")
    for name in ("EPSG:99", "木星", "999999"):
        with pytest.raises(MapFileError, match="is no coordinate system"):
            read_map_file(path, crs=name)
