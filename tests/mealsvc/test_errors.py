"""What is wrong is said in the reader's language."""

import pickle

import pytest

from mealsvc.errors import Conflict, InvalidInput, MealsvcError, NotFound, NotReady, StorageFailure

KINDS = [MealsvcError, InvalidInput, NotFound, Conflict, NotReady, StorageFailure]


def test_a_sentence_said_in_both_languages_follows_the_reader():
    error = NotFound("no plan", "没有计划")
    assert (error.sentence("en"), error.sentence("zh")) == ("no plan", "没有计划")


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_of_chinese_gets_a_chinese_sentence_and_the_exact_one(kind):
    said = kind("row 3: no such day").sentence("zh")
    assert kind.kind_zh in said
    assert "row 3: no such day" in said


@pytest.mark.parametrize("kind", KINDS)
def test_both_sentences_come_back_whole_from_another_process(kind):
    error = pickle.loads(pickle.dumps(kind("english", "中文")))
    assert (error.sentence("en"), error.sentence("zh"), str(error)) == (
        "english",
        "中文",
        "english",
    )
