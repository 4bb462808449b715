"""Instances and plans as files: what is written is read back, what is broken is named."""

import json

import numpy as np
import pytest

from routing import (
    Instance,
    InvalidInstance,
    InvalidPlan,
    Plan,
    read_instance,
    read_plan,
    write_instance,
    write_plan,
)


@pytest.mark.parametrize("inline", [True, False, None])
def test_an_instance_is_read_back_as_written(base, tmp_path, inline):
    instance = Instance.from_dict(base)
    write_instance(instance, tmp_path / "i.json", inline=inline)
    assert read_instance(tmp_path / "i.json").to_dict() == instance.to_dict()
    assert (tmp_path / "i.npz").exists() == (inline is False)


def test_large_matrices_stand_in_a_side_file_of_small_cells(base, tmp_path):
    base["travel"] = {"foot": {"seconds": np.full((61, 61), 65535).tolist()}}
    write_instance(Instance.from_dict(base), tmp_path / "i.json")
    with np.load(tmp_path / "i.npz") as arrays:
        assert arrays["foot"].dtype == np.uint16
    assert read_instance(tmp_path / "i.json").travel["foot"].max() == 65535


def test_a_plan_is_read_back_as_written(plan, tmp_path):
    write_plan(Plan.from_dict(plan), tmp_path / "p.json")
    assert read_plan(tmp_path / "p.json") == Plan.from_dict(plan)
    assert list(tmp_path.iterdir()) == [tmp_path / "p.json"]


def test_a_plan_that_cannot_be_written_leaves_the_old_one_whole(plan, tmp_path):
    write_plan(Plan.from_dict(plan), tmp_path / "p.json")
    with pytest.raises(TypeError):
        write_plan(Plan((), (), cost=object()), tmp_path / "p.json")
    assert read_plan(tmp_path / "p.json") == Plan.from_dict(plan)
    assert list(tmp_path.iterdir()) == [tmp_path / "p.json"]


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '"x"', "\x00"])
def test_what_is_not_an_instance_is_refused(tmp_path, text):
    (tmp_path / "i.json").write_text(text)
    with pytest.raises(InvalidInstance):
        read_instance(tmp_path / "i.json")


@pytest.mark.parametrize(
    ("travel", "message"),
    [
        ({"file": "gone.npz"}, "travel.foot.file: gone.npz is not beside the instance"),
        ({"file": "bad.npz"}, "travel.foot.file: bad.npz cannot be read"),
        ({"file": "ok.npz", "array": "car"}, "travel.foot.array: ok.npz holds no array 'car'"),
        ({"file": "ok.npz", "array": "real"}, "travel.foot: whole seconds are needed"),
    ],
)
def test_a_broken_side_file_is_named(base, tmp_path, travel, message):
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 nothing")
    np.savez(tmp_path / "ok.npz", real=np.zeros((4, 4)))
    base["travel"]["foot"] = travel
    (tmp_path / "i.json").write_text(json.dumps(base))
    with pytest.raises(InvalidInstance) as caught:
        read_instance(tmp_path / "i.json")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"trips": ...}, "trips: is missing"),
        ({"trips.0.depart": "soon"}, r"trips\[0\].depart: a whole number is needed"),
        ({"trips.0.stops.1.arrive": ...}, r"trips\[0\].stops\[1\].arrive: is missing"),
        ({"unserved": [{"reason": "?"}]}, r"unserved\[0\].order: is missing"),
        ({"cost": "much"}, "cost: a number is needed"),
    ],
)
def test_a_broken_plan_is_refused_by_field(plan, edited, tmp_path, change, message):
    (tmp_path / "p.json").write_text(json.dumps(edited(plan, change)))
    with pytest.raises(InvalidPlan, match=message):
        read_plan(tmp_path / "p.json")


def test_a_plan_that_is_not_json_is_refused(tmp_path):
    (tmp_path / "p.json").write_text("trips")
    with pytest.raises(InvalidPlan, match="is not a JSON file"):
        read_plan(tmp_path / "p.json")
