"""The pages' words for steps, fates and diets are those of the service: one thing, one name."""

import re
from pathlib import Path

import pytest

from api.texts import DIETS as PAGE_DIETS
from mealsvc.day_words import CaseStep, Fate, StepResult, day_label
from mealsvc.roster.words import DIETS

WORDS = Path(__file__).parents[2] / "api/web/src/service/words.ts"


@pytest.fixture
def words():
    """Key to Chinese and English."""
    found = re.findall(r"^  (\w+): \['(.+)', '(.+)'\],$", WORDS.read_text("utf-8"), re.MULTILINE)
    return {key: (zh, en) for key, zh, en in found}


@pytest.mark.parametrize(
    ("prefix", "members"), [("step", CaseStep), ("result", StepResult), ("fate", Fate)]
)
def test_pages_say_what_printed_lists_say(words, prefix, members):
    for one in members:
        assert words[f"{prefix}_{one.value}"][0] == day_label(one)


def test_every_diet_of_the_roster_has_an_english_name(words):
    assert {f"diet_{word}": word for word in DIETS} == {
        key: zh for key, (zh, _) in words.items() if key.startswith("diet_")
    }
    assert all(en.isascii() or en == "puréed" for key, (_, en) in words.items() if "diet" in key)


def test_the_page_without_scripts_calls_diets_by_the_same_names(words):
    names = {key.removeprefix("diet_"): en for key, (_, en) in words.items() if "diet_" in key}
    assert names == PAGE_DIETS
