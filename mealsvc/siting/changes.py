"""What a scenario changes: sites added, moved, closed, resized, open at other hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

from mealsvc.errors import InvalidInput
from mealsvc.siting.sites import Site
from mealsvc.siting.terms import Assumptions
from mealsvc.vocabulary import SiteKind

MOST_CHANGES = 200

type SiteCode = Annotated[str, Field(min_length=1, max_length=40, examples=["ST01"])]
type Capacity = Annotated[int, Field(ge=0, le=100_000, description="portions of the meal")]
type Lon = Annotated[float, Field(ge=-180, le=180, description="degrees, WGS-84")]
type Lat = Annotated[float, Field(ge=-85, le=85, description="degrees, WGS-84")]
type LocalTime = Annotated[
    time,
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}$", "examples": ["11:30:00"]}),
]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class _Hours(_Entry):
    opens: LocalTime = Field(time(10, 30), validate_default=True)
    closes: LocalTime = Field(time(12, 30), validate_default=True)

    @model_validator(mode="after")
    def _in_order(self) -> _Hours:
        if self.opens >= self.closes:
            raise ValueError(f"opens {self.opens:%H:%M} is not before closes {self.closes:%H:%M}")
        return self


class AddSite(_Hours):
    """A new canteen or meal point."""

    do: Literal["add"] = "add"
    site: SiteCode = Field(description="a key that no other site has", examples=["N1"])
    kind: SiteKind = SiteKind.CANTEEN
    name: Annotated[str, Field(min_length=1, max_length=80)] = Field(examples=["新建老年食堂"])
    lon: Lon
    lat: Lat
    capacity: Capacity | None = Field(None, description="portions of the meal; default: no limit")
    couriers: int = Field(
        0, ge=0, le=200, description="couriers stationed at a new canteen, for the delivery effect"
    )
    boxes: int = Field(12, ge=1, le=200, description="portions that each of them carries")


class MoveSite(_Entry):
    """A site at another place."""

    do: Literal["move"] = "move"
    site: SiteCode
    lon: Lon
    lat: Lat


class CloseSite(_Entry):
    """A site that is given up."""

    do: Literal["close"] = "close"
    site: SiteCode


class ResizeSite(_Entry):
    """A site with another capacity."""

    do: Literal["resize"] = "resize"
    site: SiteCode
    capacity: Capacity


class ChangeHours(_Hours):
    """A site with other hours."""

    do: Literal["hours"] = "hours"
    site: SiteCode


type SiteChange = Annotated[
    AddSite | MoveSite | CloseSite | ResizeSite | ChangeHours, Field(discriminator="do")
]


class Content(_Entry):
    """What a scenario says: its assumptions, and its changes in order."""

    assumptions: Assumptions = Assumptions()
    changes: tuple[SiteChange, ...] = Field((), max_length=MOST_CHANGES)


def apply_changes(
    sites: Sequence[Site], changes: Iterable[SiteChange]
) -> tuple[tuple[Site, ...], list[SiteChange]]:
    """Return the sites after the changes, and the changes that do not apply.

    A change does not apply when it names a site that is not there (any more), or adds one whose
    key is taken. They are left out, the others count: records change after a scenario was saved.

    Parameters
    ----------
    sites
        The sites before.
    changes
        The changes in order; a later one sees what an earlier one did.
    """
    present = {site.code: site for site in sites}
    idle: list[SiteChange] = []
    for change in changes:
        # Adding needs a free key, everything else one that is there.
        if isinstance(change, AddSite) is (change.site in present):
            idle.append(change)
        elif isinstance(change, CloseSite):
            del present[change.site]
        else:
            present[change.site] = _changed(present.get(change.site), change)
    return tuple(present.values()), idle


def _changed(site: Site | None, change: AddSite | MoveSite | ResizeSite | ChangeHours) -> Site:
    if isinstance(change, AddSite):
        return _new(change)
    if site is None:
        raise ValueError(f"there is no site {change.site!r}")
    match change:
        case MoveSite():
            return replace(site, lon=change.lon, lat=change.lat)
        case ResizeSite():
            return replace(site, capacity=change.capacity)
        case ChangeHours():
            return replace(site, opens=change.opens, closes=change.closes)
        case _:
            assert_never(change)


def _new(added: AddSite) -> Site:
    return Site(
        code=added.site,
        name=added.name,
        kind=added.kind,
        lon=added.lon,
        lat=added.lat,
        capacity=added.capacity,
        opens=added.opens,
        closes=added.closes,
        couriers=added.couriers if added.kind is SiteKind.CANTEEN else 0,
        boxes=added.boxes,
    )


def require_applicable(sites: Sequence[Site], content: Content) -> None:
    """Refuse a scenario with a change that does not apply.

    Raises
    ------
    InvalidInput
        Naming the first of them.
    """
    for change in apply_changes(sites, content.changes)[1]:
        number = content.changes.index(change) + 1
        if isinstance(change, AddSite):
            raise InvalidInput(
                f"change {number} adds a site with the key {change.site!r}, which is taken; "
                "choose another key",
                f"第{number}项变更新增的站点编号“{change.site}”已被使用，请换一个编号",
            )
        raise InvalidInput(
            f"change {number} ({change.do}) names the site {change.site!r}, which is not in use, "
            "not on the map, or was closed by an earlier change; see the list of sites",
            f"第{number}项变更所指的站点“{change.site}”不存在、已停用、没有坐标或已被前面的变更关闭，"
            "请核对站点列表",
        )
