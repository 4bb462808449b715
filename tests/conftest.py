"""Fixtures that many tests share: the sample city and its street network."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from geodata.sample import SampleCity, write_sample_city
from geodata.streets import Streets, build_streets


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder for what is costly to make, one for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def sample_city(tmp_path_factory: pytest.TempPathFactory) -> SampleCity:
    """The invented city with its extract, as written with the default seed."""
    return write_sample_city(tmp_path_factory.mktemp("city") / "city.osm.pbf")


@pytest.fixture(scope="session")
def sample_streets_folder(sample_city: SampleCity, shared_folder: Path) -> Path:
    """The folder of the city's street network, built once for all workers."""
    folder = shared_folder / "sample-streets"
    with FileLock(shared_folder / "sample-streets.lock"):
        if not (folder / "streets.json").exists():
            build_streets(sample_city.path, folder)
    return folder


@pytest.fixture(scope="session")
def sample_streets(sample_streets_folder: Path) -> Streets:
    """The city's street network, ready to ask."""
    return Streets.open(sample_streets_folder)
