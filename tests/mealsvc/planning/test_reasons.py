"""Every reason that a plan can give is explained, in words and in the documentation."""

from pathlib import Path

import pytest

import mealsvc
from mealsvc.planning import UNLOCATED, reason_text
from routing import Reason

REASONS = [UNLOCATED, *(reason.value for reason in Reason)]


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_has_words_in_both_languages(reason):
    zh, en = reason_text(reason), reason_text(reason, "en")
    assert zh != en != reason != zh


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_documented_with_what_helps(reason):
    document = Path(mealsvc.__file__).parent.parent / "docs" / "planning.md"
    assert f"| `{reason}` |" in document.read_text(encoding="utf-8")


def test_an_unknown_reason_is_shown_as_it_is():
    assert reason_text("meteorite") == "meteorite"
