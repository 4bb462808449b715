"""Sentences that people read, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """One sentence in both languages.

    Attributes
    ----------
    zh
        Chinese, which comes first everywhere.
    en
        English.
    """

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the sentence; ``"zh"`` or anything else for English."""
        return self.zh if language == "zh" else self.en
