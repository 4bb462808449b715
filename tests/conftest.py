"""Fixtures that every part of the suite may use, by subject in ``tests/fixtures``."""

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.commands",
    "tests.fixtures.database",
    "tests.fixtures.installation",
    "tests.fixtures.streets",
    "tests.fixtures.web",
    "tests.fixtures.map_page",  # these after what they use
    "tests.fixtures.screens",
]
