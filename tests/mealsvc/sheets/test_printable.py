"""Every character is printed, or its absence is said."""

import pytest

from mealsvc.errors import InvalidInput
from mealsvc.sheets.printable import Proof, code_point, font_files, printable_characters


@pytest.fixture(scope="module")
def characters():
    from pathlib import Path

    return printable_characters(font_files(Path("no such folder")))


def test_rare_characters_of_names_are_in_the_font(characters):
    proof = Proof(characters)
    assert proof.text("䶮㛃堃·阿卜杜") == "䶮㛃堃·阿卜杜"
    assert proof.missing == {}


def test_a_missing_character_is_marked_and_reported_once_per_text(characters):
    proof = Proof(characters)
    data = proof.data({"name": "𠮷田", "again": ["𠮷田", "𠮷田🔑"], "number": 3})
    assert data == {"name": "〓田", "again": ["〓田", "〓田〓"], "number": 3}
    assert proof.missing == {"𠮷": ["𠮷田", "𠮷田🔑"], "🔑": ["𠮷田🔑"]}
    assert code_point("𠮷") == "U+20BB7"


def test_invisible_and_control_signs_vanish_without_a_report(characters):
    proof = Proof(characters)
    assert proof.text("\ufeff段\u200b永\ufe00康\n\t第二行\u3000三 ") == "段永康 第二行 三"
    assert proof.missing == {}


def test_words_of_both_languages_can_be_printed(characters):
    from mealsvc.sheets.wording import Wording

    words = "".join("".join(Wording(language).words.values()) for language in ("zh", "en"))
    assert {character for character in words if ord(character) not in characters} == set()


def test_a_broken_extra_font_is_named(tmp_path):
    (tmp_path / "rare.ttf").write_bytes(b"no font")
    with pytest.raises(InvalidInput, match=r"rare\.ttf cannot be read as a font"):
        printable_characters(font_files(tmp_path))
