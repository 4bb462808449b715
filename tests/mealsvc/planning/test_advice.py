"""What would help is said with real times, in both languages, and every cause is documented."""

from datetime import datetime
from pathlib import Path

import pytest

import mealsvc
from mealsvc.planning import reason_text
from mealsvc.planning.advice import Advice
from routing import Delay, Kind
from tests.fixtures.installation import SHANGHAI

DOCUMENT = Path(mealsvc.__file__).parent.parent / "docs" / "explanations.md"
OPENS = datetime(2026, 11, 21, 10, 30, tzinfo=SHANGHAI)


def advice(language="zh"):
    return Advice(OPENS, SHANGHAI, language, "食堂{}".format, "Z{}".format)


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            {"kind": "courier", "amount": 1, "canteen": "k3", "shift": [2430, 4170],
             "mode": "ebike", "boxes": 12},
            "食堂3在11:10–11:40增加1名电动车送餐员（12份）",
            "one courier more at 食堂3 between 11:10 and 11:40 (ebike, 12 portions)",
        ),
        (
            {"kind": "window_later", "amount": 541, "order": "o1", "limit": 7200},
            "送餐时间放宽到12:30（推迟10分钟）",
            "its window closes at 12:30 (10 min later)",
        ),
        (
            {"kind": "shift_earlier", "amount": 100, "courier": "v7-2", "limit": 1790},
            "Z7提早到10:59到岗（早2分钟）",
            "Z7 comes at 10:59 (2 min earlier)",
        ),
        (
            {"kind": "portions", "amount": 12, "canteen": "k3", "limit": 112},
            "食堂3多做12份",
            "12 portions more at 食堂3",
        ),
        ({"kind": "ride", "amount": 180, "limit": 1980}, "在途时限放宽到33分钟",
         "a ride of 33 min is allowed"),
        ({"kind": "boxes", "amount": 1, "canteen": "k3"}, "食堂3每位送餐员的保温箱多装1份",
         "room for 1 portions more with every courier of 食堂3"),
    ],
)  # fmt: skip
def test_a_change_is_a_sentence_with_the_time_of_day(change, zh, en):
    assert advice().remedy([change]) == zh
    assert advice("en").remedy([change]) == en


def test_two_changes_are_one_sentence():
    changes = [
        {"kind": "portions", "amount": 2, "canteen": "k1", "limit": 9},
        {"kind": "canteen", "amount": 1, "canteen": "k1", "order": "o4"},
    ]
    assert advice().remedy(changes) == "食堂1多做2份，并且改由食堂1供餐"


def test_no_change_is_said_in_words():
    assert advice().remedy([]) == "现有安排中即可加入"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_change_has_words(kind, language):
    full = {"kind": kind.value, "amount": 60, "limit": 600, "canteen": "k1", "courier": "v1",
            "shift": [0, 60], "mode": "foot", "boxes": 3}  # fmt: skip
    assert "{" not in advice(language).remedy([full])


def test_what_means_are_worth_is_a_sentence():
    worth = {"kind": "circle", "amount": 300, "limit": 900, "saves": 1234.4, "served": 0,
             "inside": 7}  # fmt: skip
    assert advice().worth(worth) == "送餐圈放宽到15分钟：圈外减少7单，代价减少1234"
    more = {
        "kind": "portions",
        "amount": 10,
        "canteen": "k1",
        "saves": 9,
        "served": 8,
        "inside": -2,
    }
    assert advice("en").worth(more) == (
        "10 portions more at 食堂1: 8 orders more are served, 2 more are outside the circle, "
        "the cost falls by 9"
    )


def test_one_courier_more_must_have_the_skill_that_is_needed():
    change = {"kind": "courier", "amount": 1, "canteen": "k3", "shift": [0, 300], "mode": "foot",
              "boxes": 9, "skills": ["care"]}  # fmt: skip
    assert advice().remedy([change]).endswith("须具备所需技能")


@pytest.mark.parametrize("cause", [*Delay, *Kind])
def test_every_cause_and_change_is_documented(cause):
    assert f"| `{cause.value}` |" in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize("cause", list(Delay))
def test_a_delay_has_words_in_both_languages(cause):
    assert reason_text(cause) != reason_text(cause, "en") != cause != reason_text(cause)
