"""What the properties share."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def warm(compiled):
    """Solve with compiled code that is there: loading it takes up the time of a solve."""
