"""What a planner may ask of the choice of sites: goal, candidates, rules."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mealsvc.siting.changes import Capacity, Lat, Lon
from mealsvc.vocabulary import Grouping

MOST_CANDIDATES = 5_000


class Goal(StrEnum):
    """What a choice of sites is for; the values are those of `routing.sites`."""

    MOST_COVERED = "most_covered"
    FEWEST = "fewest"
    LEAST_MEAN_WALK = "least_mean_walk"


class Spot(BaseModel):
    """A place where a site could come."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    lon: Lon
    lat: Lat


class SiteWish(BaseModel):
    """Which sites are wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    goal: Goal = Goal.MOST_COVERED
    sites: int = Field(3, ge=1, le=50, description="new sites at most; not for `fewest`")
    share: float = Field(0.8, gt=0, le=1, description="share wanted; for `fewest` only")
    candidates: tuple[Spot, ...] = Field(
        (), max_length=MOST_CANDIDATES, description="default: the middles of inhabited hexagons"
    )
    grid_metres: float = Field(300, ge=100, le=5000, description="width of those hexagons")
    capacity: Capacity | None = Field(None, description="portions of each new site")
    apart_seconds: int | None = Field(
        None, ge=1, le=3600, description="least walk between two new sites"
    )
    weights: dict[Grouping, dict[str, Annotated[float, Field(ge=0, le=100)]]] = Field(
        default_factory=dict,
        description="what one person of a group counts; several are multiplied",
        examples=[{"hardship": {"dibao": 2}}],
    )
    seconds: float = Field(60, ge=1, le=600, description="time to search")

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.candidates and self.goal is not Goal.FEWEST and self.sites > len(self.candidates):
            raise ValueError(
                f"{self.sites} sites are wanted, but only {len(self.candidates)} candidates given"
            )
        return self
