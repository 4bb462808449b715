"""Saturday's lunch of a small town, published, at nine o'clock of that day."""

import pytest

from tests.mealsvc.planning.revising.days import Day


@pytest.fixture
def day(town, clock):
    return Day(town, clock).at(9)
