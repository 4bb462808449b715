"""Travel times for planning come from the installation's streets, or with a sentence."""

import pytest

from geodata.engine import EngineError
from geodata.times import TravelTimes
from mealsvc.errors import NotReady, StorageFailure
from mealsvc.planning import StreetTravel
from mealsvc.runtime import Runtime
from mealsvc.vocabulary import Mode


@pytest.fixture
def travel(settings, engine, clock, sample_streets_folder):
    settings.home.mkdir()
    settings.streets_folder.symlink_to(sample_streets_folder)
    return StreetTravel(Runtime(settings, engine, clock))


def test_times_are_those_of_the_streets(travel, sample_city):
    gates = [compound.gate for compound in sample_city.compounds[:4]]
    shares = []
    seconds = travel.seconds(gates, Mode.EBIKE, shares.append)
    assert seconds.shape == (4, 4)
    assert (seconds.diagonal() == 0).all()
    assert 0 < seconds[0, 1:].min() <= seconds.max() < 3600
    assert shares[-1] == 1.0
    assert travel.fingerprint


def test_a_place_far_from_any_street_is_unusable(travel, sample_city):
    gate = sample_city.compounds[0].gate
    assert travel.unusable([gate, (gate[0] + 1, gate[1])], Mode.FOOT) == {1}


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        (OSError(28, "No space left on device"), StorageFailure, "No space left on device"),
        (EngineError("gone"), NotReady, "mealsvc streets build"),
    ],
)
def test_what_goes_wrong_is_a_sentence(travel, monkeypatch, fault, error, sentence):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(TravelTimes, "matrix", fail)
    with pytest.raises(error, match=sentence):
        travel.seconds([(120.1, 30.3)], Mode.FOOT, lambda _share: None)
