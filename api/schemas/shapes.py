"""Shapes that schemas share: what is sent, what is read, and pages of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

#: A time of day where the service is; JSON Schema's own "time" would ask for an offset.
LocalTime = Annotated[
    time,
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}(\.\d+)?$", "examples": ["11:30:00"]}
    ),
]


class Out(BaseModel):
    """Base of everything that is sent."""

    model_config = ConfigDict(from_attributes=True)


class In(BaseModel):
    """Base of everything that is read: unknown fields are refused, so typing errors are seen."""

    model_config = ConfigDict(extra="forbid")


class Page[Item](BaseModel):
    """A part of a list in a stable order, and how long the list is."""

    items: list[Item]
    total: int = Field(description="length of the whole list", examples=[120])
    limit: int = Field(examples=[50])
    offset: int = Field(examples=[0])


def page_of[Source, Item](
    rows: Iterable[Source], total: int, wanted: tuple[int, int], shape: Callable[[Source], Item]
) -> Page[Item]:
    """Return a page.

    Parameters
    ----------
    rows
        The rows of this page.
    total
        How many there are in all.
    wanted
        ``(limit, offset)`` of the request.
    shape
        Turns a row into what is sent.
    """
    return Page[Item](
        items=[shape(row) for row in rows], total=total, limit=wanted[0], offset=wanted[1]
    )
