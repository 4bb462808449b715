"""Fixtures that every part of the suite may use, by subject in ``tests/fixtures``."""

from hypothesis import HealthCheck, settings

# How long an example takes says nothing on a busy machine.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.commands",
    "tests.fixtures.compiled",
    "tests.fixtures.database",
    "tests.fixtures.installation",
    "tests.fixtures.streets",
    "tests.fixtures.web",
    "tests.fixtures.map_page",  # these after what they use
    "tests.fixtures.screens",
]
