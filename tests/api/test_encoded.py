"""Answers that many get alike are encoded once, and never mixed up."""

from dataclasses import dataclass

from api.encoded import Encoded
from api.schemas.shapes import Out


@dataclass(frozen=True)
class Seen:
    number: int


class SeenOut(Out):
    number: int


def test_the_same_object_is_encoded_once():
    source, encoded = Seen(1), Encoded(SeenOut)
    first, second = encoded.answer(source), encoded.answer(source)
    assert first.body is second.body
    assert (first.body, first.media_type) == (b'{"number":1}', "application/json")


def test_no_object_gets_the_answer_of_another_one_even_at_its_place_in_memory():
    encoded = Encoded(SeenOut, most=2)
    for number in range(20):  # each is gone when the next one is made
        assert encoded.answer(Seen(number)).body == b'{"number":%d}' % number
