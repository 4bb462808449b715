"""Fixtures of the roster's tests."""

import pytest

from tests.mealsvc.roster.rosters import Desk


@pytest.fixture
def desk(runtime, tmp_path):
    """A desk with a canteen, a meal point and a courier already imported."""
    opened = Desk(runtime, tmp_path)
    opened.sites()
    return opened


@pytest.fixture
def bare_desk(runtime, tmp_path):
    """A desk with empty records."""
    return Desk(runtime, tmp_path)
