"""A photo is kept small and tells nothing but the picture; what is no photo is refused."""

import io

import pytest
from PIL import Image

from mealsvc.delivery.photos import LONGEST_SIDE, keep, read, shrunk
from mealsvc.errors import InvalidInput, NotFound

TURNED = 0x0112
GPS = 0x8825
DEVICE = 0x0110


def photo(size=(2400, 1200), form="JPEG", **exif):
    """A photo whose upper left corner is red."""
    made = Image.new("RGB", size, "white")
    made.paste("red", (0, 0, size[0] // 4, size[1] // 4))
    tags = Image.Exif()
    for tag, value in exif.get("tags", {}).items():
        tags[tag] = value
    out = io.BytesIO()
    made.save(out, form, exif=tags)
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_made_small_and_a_jpeg(form):
    small = opened(shrunk(photo(form=form)))
    assert (small.format, small.size) == ("JPEG", (LONGEST_SIDE, LONGEST_SIDE // 2))


def test_where_and_with_what_it_was_taken_is_left_behind():
    taken = photo(tags={DEVICE: "Phone 9", GPS: {1: "N", 2: (30.0, 15.0, 1.0)}})
    assert dict(opened(taken).getexif())
    small = shrunk(taken)
    assert not dict(opened(small).getexif())
    assert b"Phone 9" not in small
    assert b"Exif" not in small


def test_it_is_turned_upright_as_the_camera_says():
    small = opened(shrunk(photo(tags={TURNED: 6})))  # 6: turn a quarter to the right
    assert small.size == (LONGEST_SIDE // 2, LONGEST_SIDE)
    red, _, blue = small.getpixel((small.width - 20, 20))
    assert red - blue > 200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"this is no photo",
        b"%PDF-1.7 ...",
        b"GIF89a" + bytes(100),
        photo()[:3000],
        photo(form="PNG")[:500],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_what_is_no_photo_is_refused(data):
    with pytest.raises(InvalidInput, match="no photo"):
        shrunk(data)


def test_more_pixels_than_any_phone_takes_are_refused(monkeypatch):
    monkeypatch.setattr("mealsvc.delivery.photos.MOST_PIXELS", {"JPEG": 1000})
    with pytest.raises(InvalidInput):
        shrunk(photo())


def test_a_photo_is_kept_under_the_hash_of_its_content_for_its_owner_only(tmp_path):
    name = keep(tmp_path / "photos", b"picture")
    assert keep(tmp_path / "photos", b"picture") == name
    assert read(tmp_path / "photos", name) == b"picture"
    files = [path for path in (tmp_path / "photos").rglob("*") if path.is_file()]
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600]


@pytest.mark.parametrize("name", ["../../mealsvc.sqlite", "0" * 64, "", "ABC"])
def test_a_name_that_is_none_opens_nothing(tmp_path, name):
    with pytest.raises(NotFound):
        read(tmp_path, name)
