"""Chapters of the reference page, read from the OpenAPI description."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    body: str | None
    example: str | None
    answers: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Chapter:
    """The operations of one tag."""

    name: str
    description: str
    operations: list[Operation]


@dataclass(frozen=True)
class Shape:
    """A named shape of data: its fields, or the words it may be."""

    name: str
    description: str
    words: list[str]
    fields: list[tuple[str, str, str]]


def shapes(description: dict[str, Any]) -> list[Shape]:
    """Return the named shapes of an OpenAPI description by name."""
    return [
        Shape(
            name=name,
            description=schema.get("description", ""),
            words=[str(word) for word in schema.get("enum", [])],
            fields=[
                (field, type_name(about), about.get("description", ""))
                for field, about in schema.get("properties", {}).items()
            ],
        )
        for name, schema in sorted(description["components"]["schemas"].items())
    ]


def chapters(description: dict[str, Any]) -> list[Chapter]:
    """Return the operations of an OpenAPI description by tag, in the tags' order."""
    by_tag: dict[str, list[Operation]] = {tag["name"]: [] for tag in description["tags"]}
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            by_tag[operation["tags"][0]].append(_operation(path, method, operation, description))
    return [
        Chapter(tag["name"], tag["description"], by_tag[tag["name"]])
        for tag in description["tags"]
        if by_tag[tag["name"]]
    ]


def type_name(schema: dict[str, Any]) -> str:
    """Return a schema in a few words: ``string (date)``, ``Page[Elder]``, ``integer or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(type_name(one) for one in schema[several])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    kind = str(schema.get("type", "anything"))
    if kind == "array":
        return f"list of {type_name(schema.get('items', {}))}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _operation(
    path: str, method: str, operation: dict[str, Any], description: dict[str, Any]
) -> Operation:
    body, example = _body(operation, description)
    answers = [
        (status, answer["description"], ", ".join(_shapes(answer)))
        for status, answer in operation["responses"].items()
        if status.startswith(("2", "3"))
    ]
    return Operation(
        id=operation["operationId"],
        method=method,
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=[
            {
                "name": parameter["name"],
                "in": parameter["in"],
                "required": parameter.get("required", False),
                "type": type_name(parameter["schema"]),
                "description": parameter.get("description", ""),
            }
            for parameter in operation.get("parameters", [])
            if parameter["in"] != "cookie"
        ],
        body=body,
        example=example,
        answers=answers,
    )


def _shapes(answer: dict[str, Any]) -> list[str]:
    return [
        f"{media}: {type_name(content['schema'])}" if content.get("schema") else media
        for media, content in answer.get("content", {}).items()
    ]


def _body(operation: dict[str, Any], description: dict[str, Any]) -> tuple[str | None, str | None]:
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        name = type_name(content["schema"])
        schema = description["components"]["schemas"].get(name, {})
        examples = schema.get("examples", [])
        shown = json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else None
        return f"{media}: {name}", shown
    return None, None
