"""What planners keep: scenarios with their versions, and what was worked out for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from mealsvc.store.columns import moment_field, word_field
from mealsvc.vocabulary import JobKind, MapSetKind


class Scenario(SQLModel, table=True):
    """A named what-if: changes of sites and assumptions, at its newest version.

    ``version`` counts edits; an edit names the version that it was made from.
    """

    __tablename__ = "scenario"
    __table_args__ = (CheckConstraint("version >= 1", name="version"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=80)
    note: str | None = Field(default=None, max_length=500)
    version: int = 1
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = moment_field()
    created_by: str = Field(max_length=80)
    updated_at: datetime = moment_field()
    updated_by: str = Field(max_length=80)


class ScenarioEdit(SQLModel, table=True):
    """One version of a scenario: who made it when, and what it said."""

    __tablename__ = "scenario_edit"
    __table_args__ = (UniqueConstraint("scenario_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    scenario_id: int = Field(foreign_key="scenario.id", ondelete="CASCADE")
    version: int
    at: datetime = moment_field()
    by: str = Field(max_length=80)
    name: str = Field(max_length=80)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class ScenarioResult(SQLModel, table=True):
    """What a background job worked out for one version of a scenario."""

    __tablename__ = "scenario_result"

    id: int | None = Field(default=None, primary_key=True)
    scenario_id: int = Field(foreign_key="scenario.id", index=True, ondelete="CASCADE")
    version: int
    kind: JobKind = word_field(JobKind)
    made_at: datetime = moment_field()
    made_by: str = Field(max_length=80)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class MapSet(SQLModel, table=True):
    """An imported boundary or population file, as the points and areas it came to.

    ``content`` is what :mod:`mealsvc.siting.map_sets` packs; ``findings`` are sentences about rows
    that were refused or mended, in both languages.
    """

    __tablename__ = "map_set"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=80)
    kind: MapSetKind = word_field(MapSetKind)
    source: str = Field(max_length=200)
    imported_at: datetime = moment_field()
    imported_by: str = Field(max_length=80)
    rows: int
    people: float | None = None
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    content: bytes
