"""What a planner may ask of the choice of sites: goal, candidates, rules."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from mealsvc.errors import InvalidInput
from mealsvc.siting.changes import Capacity, Lat, Lon
from mealsvc.vocabulary import Grouping, SiteKind

MOST_CANDIDATES = 5_000


class Goal(StrEnum):
    """What a choice of sites is for; the values are those of `routing.sites`."""

    MOST_COVERED = "most_covered"
    FEWEST = "fewest"
    LEAST_MEAN_WALK = "least_mean_walk"


class Source(StrEnum):
    """Where candidates come from when none are given."""

    HEXAGONS = "hexagons"
    STREETS = "streets"
    MEAL_POINTS = "meal_points"


type Cost = Annotated[
    float, Field(ge=0, le=1e12, allow_inf_nan=False, description="in any one unit of money")
]


class Spot(BaseModel):
    """A place where a site could come."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    lon: Lon
    lat: Lat
    cost: Cost | None = Field(None, description="of a site here; default: that of every new site")
    capacity: Capacity | None = Field(None, description="default: that of every new site")


class SiteWish(BaseModel):
    """Which sites are wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    goal: Goal = Goal.MOST_COVERED
    sites: int = Field(3, ge=1, le=50, description="new sites at most; not for `fewest`")
    share: float = Field(0.8, gt=0, le=1, description="share wanted; for `fewest` only")
    candidates: tuple[Spot, ...] = Field((), max_length=MOST_CANDIDATES)
    source: Source = Field(
        Source.HEXAGONS,
        description="without `candidates`: the middles of inhabited hexagons, the street crossing "
        "nearest to the middle of every hexagon, or the meal points, which would become canteens",
    )
    grid_metres: float = Field(300, ge=100, le=5000, description="width of those hexagons")
    kind: SiteKind = Field(SiteKind.CANTEEN, description="what is built; meal points: canteens")
    capacity: Capacity | None = Field(None, description="portions of each new site")
    cost: Cost | None = Field(None, description="of each new site that has no cost of its own")
    budget: Cost | None = Field(None, description="most that the new sites may cost together")
    apart_seconds: int | None = Field(
        None, ge=1, le=3600, description="least walk between two new sites"
    )
    weights: dict[Grouping, dict[str, Annotated[float, Field(ge=0, le=100)]]] = Field(
        default_factory=dict,
        description="what one person of a group counts; several are multiplied",
        examples=[{"hardship": {"dibao": 2}}],
    )
    seconds: float = Field(60, ge=1, le=600, description="time to search")


def require_possible(wish: SiteWish) -> None:
    """Refuse a wish that cannot be met whatever the people and the streets are.

    Raises
    ------
    InvalidInput
        If more sites are wanted than candidates are given, or there is a budget but no cost.
    """
    given = len(wish.candidates)
    if given and wish.goal is not Goal.FEWEST and wish.sites > given:
        raise InvalidInput(
            f"{wish.sites} new sites are wanted, but only {given} candidates given; "
            "ask for fewer, or give more candidates",
            f"需要{wish.sites}个新站点，但只给出{given}个候选点；请减少数量或增加候选点",
        )
    if wish.budget is None or wish.cost is not None:
        return
    free = [number for number, spot in enumerate(wish.candidates, 1) if spot.cost is None]
    if free or not given:
        where = f"candidate {free[0]} has none of its own" if free else "candidates have none"
        place = f"第{free[0]}个候选点没有造价" if free else "候选点没有造价"
        raise InvalidInput(
            f"a budget means nothing without costs: {where}; "
            "say what each new site costs, or leave out the budget",
            f"有预算就须有造价：{place}；请填写每个新站点的造价，或不设预算",
        )
