"""The layout stays readable: known places only, no catch-alls, modules of one idea."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("api", "geodata", "mealsvc", "routing")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
CATCH_ALLS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff"}
LONGEST_MODULE = 400


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
class TestEveryModule:
    def test_has_a_name_that_says_what_it_is_for(self, module):
        assert CATCH_ALLS.isdisjoint(part.lower() for part in module.with_suffix("").parts)

    def test_says_in_its_first_line_why_it_exists(self, module):
        assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))

    def test_holds_one_idea(self, module):
        if "versions" not in module.parts:  # migrations are generated
            assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_tests_mirror_the_packages():
    allowed = {*PACKAGES, "scripts", "fixtures", "properties", "browser", "data"}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} <= allowed
