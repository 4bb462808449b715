"""What the tests of the service share."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def warm(compiled):
    """Make plans with compiled code that is there: they are given parts of a second only."""
