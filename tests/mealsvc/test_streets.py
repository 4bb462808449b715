"""The installation's streets: what geodata refuses becomes a sentence of this service."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from mealsvc.errors import StorageFailure
from mealsvc.streets import build_network

EXTRACT = Path(__file__).parents[1] / "data" / "streets" / "island.osm"


def test_a_disk_too_full_for_the_streets_is_a_storage_failure(runtime, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    with pytest.raises(StorageFailure, match=r"0 MB are free.*still in use"):
        build_network(runtime, EXTRACT)
