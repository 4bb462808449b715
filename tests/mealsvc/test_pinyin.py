"""Names are found by what people type without switching the keyboard."""

import pytest

from mealsvc.pinyin import spellings, typed


def found(name, words):
    return f" {typed(words)}" in spellings(name)


@pytest.mark.parametrize(
    "words", ["d", "djj", "DJJ", "duan", "duanjj", "duanjianjuan", "duan jian juan", "jj", "jianj"]
)
def test_a_name_is_found_by_initials_whole_pinyin_and_given_name(words):
    assert found("段建娟", words)


@pytest.mark.parametrize("words", ["jd", "uan", "anj", "duanjuan", "x"])
def test_letters_inside_a_syllable_do_not_find(words):
    assert not found("段建娟", words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("单雄信", "shan"), ("单雄信", "sxx"), ("曾国荣", "zengg"), ("仇英", "qiuy"),
        ("解缙", "xiej"), ("查良镛", "zha"), ("朴正", "piao"), ("区文", "ou"), ("盖叫天", "ge"),
        ("任溶溶", "renrr"), ("华罗庚", "hua"), ("覃辉", "qin"), ("尉迟恭", "yuchi"),
        ("万俟卨", "moqi"), ("乐嘉", "yue"), ("翟志刚", "zhai"), ("谌容", "shenr"),
        ("贠小苏", "yun"), ("缪荃孙", "miao"), ("长孙无忌", "zhangsun"), ("单曾解查", "szxz"),
    ],
)  # fmt: skip
def test_surnames_are_found_as_they_are_said(name, words):
    assert found(name, words)


def test_the_vowel_of_lv_is_typed_as_v_or_with_its_dots():
    assert found("吕丹", "lv")
    assert found("吕丹", "lü dan")


def test_what_is_not_chinese_is_found_by_its_words():
    assert found("Anna Li", "al")
    assert found("Anna Li", "li")
    assert spellings(None) == spellings("·") == ""


def test_words_in_characters_or_digits_alone_are_not_typed_letters():
    assert typed("段建娟") is typed("2222") is typed("d%") is typed("") is None


def test_long_names_with_many_readings_stay_short():
    assert len(spellings("长乐中行重都和单曾解查行长" * 5)) < 30_000
    assert found("长乐中行重都和单", "cl")
