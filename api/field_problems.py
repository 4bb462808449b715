"""What is wrong with a field, in sentences of our own for people in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

_NEEDED = ("this must be filled in", "必填")
_WHOLE = ("this must be a whole number, such as 12", "应为整数，如 12")
_NUMBER = ("this must be a number", "应为数字")
_DAY = ("this must be a date, such as 2026-11-21", "应为日期，如 2026-11-21")
_TIME = ("this must be a time, such as 11:30", "应为时间，如 11:30")
_YES = ("this must be yes or no", "应为是或否")
_CHOICE = ("this is none of the choices", "不在可选值之内")
_UNUSABLE = ("this cannot be used", "无法使用")

#: Pydantic's kind of fault → English, Chinese; anything else is "cannot be used".
_SAID: dict[str, tuple[str, str]] = {
    "missing": _NEEDED,
    "extra_forbidden": ("there is no such field", "不认识的字段"),
    "string_type": ("this must be text", "应为文字"),
    "string_too_short": (
        "too short; at least {min_length} characters",
        "太短（至少 {min_length} 个字）",
    ),
    "string_too_long": (
        "too long; at most {max_length} characters",
        "太长（最多 {max_length} 个字）",
    ),
    "too_short": ("too few; at least {min_length}", "太短（至少 {min_length}）"),
    "too_long": ("too many; at most {max_length}", "太长（最多 {max_length}）"),
    "string_pattern_mismatch": ("this does not have the right form", "格式不对"),
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "greater_than_equal": ("too small; at least {ge}", "太小（至少 {ge}）"),
    "greater_than": ("too small; more than {gt}", "太小（应大于 {gt}）"),
    "less_than_equal": ("too large; at most {le}", "太大（最多 {le}）"),
    "less_than": ("too large; less than {lt}", "太大（应小于 {lt}）"),
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_parsing": _YES,
    "bool_type": _YES,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "time_parsing": _TIME,
    "time_type": _TIME,
    "json_invalid": ("this is no valid JSON", "不是有效的 JSON"),
}

#: Faults that are not cured by filling the field in.
_NOT_EMPTY = frozenset({"extra_forbidden", "json_invalid"})


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(examples=["body.username"], description="where the value was given")
    message: str = Field(examples=["too short; at least 2 characters"])


def field_problem(found: Mapping[str, Any], language: str) -> FieldProblem:
    """Return what Pydantic found wrong, for people.

    The value itself is not said again: it may be a password or a person's.

    Parameters
    ----------
    found
        One of the errors of a `pydantic.ValidationError`.
    language
        ``zh`` or ``en``.
    """
    field = ".".join(str(part) for part in found["loc"])
    return FieldProblem(field=field, message=_sentence(found, language))


def _sentence(found: Mapping[str, Any], language: str) -> str:
    facts = found.get("ctx", {})
    if "zh" in facts:  # a rule of ours brings its own sentences
        return str(facts["zh"] if language == "zh" else found["msg"])
    said = _SAID.get(found["type"], _UNUSABLE)
    # A form sends an empty field as nothing, or as an empty text where a number is needed.
    if found.get("input") in (None, "") and found["type"] not in _NOT_EMPTY:
        said = _NEEDED
    return said[language == "zh"].format_map(facts)
