"""Coverage, candidates and scenarios over the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from api.schemas.shapes import In, Out
from mealsvc.siting.changes import Content
from mealsvc.siting.wishes import SiteWish
from mealsvc.vocabulary import Grouping, JobKind, MapSetKind, Meal, SiteKind

#: A number of people; "<5" where the group is too small to be told.
type CountOut = Annotated[
    int | str, Field(description='people; "<5" for a small group', examples=[120, "<5"])
]
type ShareOut = Annotated[
    float | None, Field(description="0 to 1; null for a small group", examples=[0.63])
]
type ScenarioName = Annotated[str, Field(min_length=1, max_length=80, examples=["城东新食堂"])]


class BandOut(Out):
    """How many people walk at most so long to an open site."""

    seconds: int = Field(examples=[600])
    people: CountOut
    share: ShareOut


class GroupOut(Out):
    """A group of people by walking time."""

    grouping: Grouping
    key: str = Field(examples=["80_89"])
    label: str = Field(examples=["80–89岁"])
    people: CountOut
    bands: list[BandOut]


class CoveredSiteOut(Out):
    """A site: who has it nearest, and whom it has room for."""

    code: str = Field(examples=["ST01"])
    name: str
    kind: SiteKind
    lon: float
    lat: float
    capacity: int | None
    nearest: CountOut
    taken: CountOut
    load: float | None = Field(description="nearest people per portion of capacity")
    mean_minutes: float | None = Field(description="their average walk")
    unreached: str | None = Field(description="why nobody can walk there")


class CoverageOut(Out):
    """Who is within walking reach of an open site."""

    people: CountOut
    unlocated: CountOut
    off_street: CountOut
    meal: str
    circle_seconds: int
    pace_kmh: dict[str, float] = Field(examples=[{"other": 3.6, "disabled": 1.8}])
    bands: list[BandOut]
    covered: BandOut
    room: BandOut
    outside: BandOut
    sites: list[CoveredSiteOut]
    groups: list[GroupOut]
    warnings: list[str]
    exact: bool = Field(description="false: counts are rounded, so that small groups are safe")


class ChangeOut(Out):
    """What becomes of a group."""

    people: CountOut
    newly: CountOut
    already: CountOut
    no_longer: CountOut
    still_outside: CountOut
    share_before: ShareOut
    share_after: ShareOut


class GroupChangeOut(Out):
    """What becomes of one group."""

    grouping: Grouping
    key: str
    label: str
    change: ChangeOut


class ComparisonOut(Out):
    """Two coverages side by side."""

    before: CoverageOut
    after: CoverageOut
    total: ChangeOut
    groups: list[GroupChangeOut]


class CandidateOut(Out):
    """What one more site would change."""

    catchment: list[BandOut] = Field(description="people by walking time to it")
    newly: CountOut
    bands_before: list[BandOut]
    bands_after: list[BandOut]


class WalkerOut(Out):
    """An elder, as far as the caller may know."""

    code: str
    name: str
    phone: str | None


class WalkOut(Out):
    """An elder's walk to the nearest site."""

    elder: WalkerOut
    compound: str | None
    site: str | None = Field(examples=["ST01"])
    minutes: float | None
    inside: bool


class CatchmentOut(Out):
    """Who walks to one site, and from where."""

    bands: list[BandOut] = Field(description="people by walking time to it")
    only_here: CountOut = Field(description="in its circle and in no other site's")
    drawn: dict[str, Any] = Field(description="GeoJSON (RFC 7946): how far one walks to it")


class TrialOut(Out):
    """What changes would come to."""

    comparison: ComparisonOut
    catchment: CatchmentOut | None = Field(
        description="of the site asked for; null if it does not count or nobody can walk there"
    )


class TrialRequest(In):
    """Changes that are tried out, and of whom."""

    content: Content = Content()
    population: str | None = Field(
        None, max_length=80, description="an imported population; default: the roster's elders"
    )
    boundaries: str | None = Field(
        None, max_length=80, description="imported areas; default: the newest"
    )


class SiteTrialRequest(TrialRequest):
    """Changes that are tried out, with which they are compared, and whose catchment is wanted."""

    before: int | None = Field(
        None, ge=1, le=2**31 - 1, description="scenario to compare with; default: the present"
    )
    site: str | None = Field(
        None, max_length=40, description="site whose catchment is drawn", examples=["N1"]
    )


class NewScenario(In):
    """A scenario to be saved."""

    name: ScenarioName
    note: str | None = Field(None, max_length=500)
    content: Content = Content()


class ScenarioCopy(In):
    """The name of a copy."""

    name: ScenarioName


class ScenarioEntry(In):
    """An edit; what is left out stays."""

    version: int = Field(
        ge=1, le=2**31 - 2, description="the version that the edit was made from", examples=[1]
    )
    name: ScenarioName | None = None
    note: str | None = Field(None, max_length=500)
    content: Content | None = None


class ScenarioOut(Out):
    """A scenario at its newest version."""

    id: int
    name: str
    note: str | None
    version: int
    content: dict[str, Any]
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


class ScenarioVersionOut(Out):
    """One version of a scenario."""

    version: int
    at: datetime
    by: str
    name: str
    content: dict[str, Any]


class ScenarioResultOut(Out):
    """What a background job worked out."""

    id: int
    version: int = Field(description="of the scenario")
    kind: JobKind
    made_at: datetime
    made_by: str
    result: dict[str, Any]


class EffectRequest(In):
    """Which service is planned without and with a scenario."""

    day: date = Field(examples=["2026-11-23"])
    meal: Meal = Meal.LUNCH
    seconds: float | None = Field(
        None, ge=0.1, le=600, description="for each of the two plans; default from the settings"
    )


class BestSitesRequest(In):
    """Which sites are wanted, and what the scenario with them is called."""

    name: ScenarioName
    wish: SiteWish = SiteWish()
    scenario: int | None = Field(
        None, ge=1, le=2**31 - 1, description="scenario to continue; default: the present"
    )
    population: str | None = Field(
        None, max_length=80, description="an imported population; default: the roster's elders"
    )


class MapFindingOut(Out):
    """A row of a map file that was refused or mended."""

    row: int | None
    kept: bool
    text: str


class SpotOut(Out):
    """A candidate of a file; everything but the reason is what a wish takes as a candidate."""

    name: str | None
    lon: float
    lat: float
    cost: float | None
    capacity: int | None
    reason: str | None = Field(description="why nobody can walk there; null where one can")


class CandidateFileOut(Out):
    """The candidates of a file."""

    candidates: list[SpotOut]
    findings: list[MapFindingOut]


class MapSetOut(Out):
    """An imported map file."""

    name: str
    kind: MapSetKind
    source: str
    imported_at: datetime
    imported_by: str
    rows: int
    people: float | None
    findings: list[MapFindingOut]
