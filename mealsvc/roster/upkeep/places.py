"""Places by hand: set one, accept a compound's, check all against a new street network."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import selectinload
from sqlmodel import Session, select

from mealsvc.errors import Conflict, InvalidInput
from mealsvc.roster.keeping import Placed, assign, put_place
from mealsvc.roster.places import (
    Place,
    built_streets,
    check_against_streets,
    read_place,
)
from mealsvc.roster.upkeep.choosing import site_choice
from mealsvc.roster.upkeep.finding import get_canteen, get_elder, get_meal_point, neighbourhood
from mealsvc.roster.upkeep.inputs import PlaceEntry
from mealsvc.roster.upkeep.trail import leave_trail
from mealsvc.runtime import Runtime
from mealsvc.store import AuditEntry, Canteen, Elder, MealPoint, transaction
from mealsvc.vocabulary import UnlocatedReason, label


def place_by_hand(runtime: Runtime, record: Placed, entry: PlaceEntry) -> None:
    """Put a record where a person says it is; rosters that repeat themselves leave it there.

    Raises
    ------
    InvalidInput
        If the place cannot be used, with the reason and, where there is one, what is probably
        meant.
    """
    read = read_place(entry.lon, entry.lat, entry.datum, runtime.settings.area)
    limit = runtime.settings.snap_limit_metres
    place = check_against_streets([read], built_streets(runtime), limit)[0]
    if place.reason is not None:
        raise InvalidInput(_refusal(entry, place), _refusal_zh(entry, place))
    put_place(record, place)
    record.placed_by_hand = True


def _refusal(entry: PlaceEntry, place: Place) -> str:
    reason = place.reason.value.replace("_", " ") if place.reason else ""
    probably = ""
    if place.reason is UnlocatedReason.SWAPPED_AXES:
        probably = f"; probably longitude {entry.lat}, latitude {entry.lon}"
    elif place.reason is UnlocatedReason.UNKNOWN_DATUM:
        probably = "; use WGS84, GCJ02 (AMap, Tencent) or BD09 (Baidu)"
    detail = f" ({place.detail})" if place.detail else ""
    return f"{entry.lon}, {entry.lat} cannot be used: {reason}{detail}{probably}"


def _refusal_zh(entry: PlaceEntry, place: Place) -> str:
    reason = label(place.reason) if place.reason else ""
    probably = ""
    if place.reason is UnlocatedReason.SWAPPED_AXES:
        probably = f"；可能应为经度 {entry.lat}，纬度 {entry.lon}"
    elif place.reason is UnlocatedReason.UNKNOWN_DATUM:
        probably = "；请填写 WGS84、GCJ02（高德、腾讯）或 BD09（百度）"
    return f"坐标 {entry.lon}, {entry.lat} 无法使用：{reason}{probably}"


def set_place(
    session: Session, runtime: Runtime, code: str, entry: PlaceEntry, *, actor: str
) -> Elder:
    """Set the place of an elder's home.

    Raises
    ------
    NotFound
        If there is no such elder.
    InvalidInput
        If the place cannot be used.
    """
    elder = get_elder(session, code)
    place_by_hand(runtime, elder.address, entry)
    _choose_canteen(session, runtime, elder)
    elder.updated_at = runtime.clock()
    session.flush()
    leave_trail(session, runtime, actor, "elder.place", f"elder:{code}", by="hand")
    return elder


def place_by_compound(session: Session, runtime: Runtime, code: str, *, actor: str) -> Elder:
    """Put an unlocated elder where the located homes of the same compound are.

    Raises
    ------
    NotFound
        If there is no such elder.
    Conflict
        If the elder is located already, or no home of the compound is.
    """
    elder = get_elder(session, code)
    address = elder.address
    if address.unlocated_reason is None:
        raise Conflict(f"elder {code} is located already", f"老人 {code} 已有可用的位置")
    found = neighbourhood(session, {address.compound}).of(address.compound)
    if found is None:
        raise Conflict(
            f"no other home of {address.compound or 'this compound'} is located; give a place",
            f"{address.compound or '该小区'}没有其他已定位的住户，请直接填写坐标",
        )
    _, (lon, lat) = found
    place_by_hand(runtime, address, PlaceEntry(lon=lon, lat=lat, datum="WGS-84"))
    _choose_canteen(session, runtime, elder)
    elder.updated_at = runtime.clock()
    session.flush()
    leave_trail(session, runtime, actor, "elder.place", f"elder:{code}", by="compound")
    return elder


def set_site_place(
    session: Session, runtime: Runtime, code: str, entry: PlaceEntry, *, actor: str, point: bool
) -> Canteen | MealPoint:
    """Set the place of a canteen, or of a meal point (``point``).

    Raises
    ------
    NotFound
        If there is none with this code.
    InvalidInput
        If the place cannot be used.
    """
    site = get_meal_point(session, code) if point else get_canteen(session, code)
    place_by_hand(runtime, site, entry)
    site.updated_at = runtime.clock()
    session.flush()
    kind = "meal_point" if point else "canteen"
    leave_trail(session, runtime, actor, f"{kind}.place", f"{kind}:{code}", by="hand")
    return site


def _choose_canteen(session: Session, runtime: Runtime, elder: Elder) -> None:
    if not elder.canteen_given:
        elder.canteen_id = site_choice(session, runtime).canteen_of(elder)


@dataclass(frozen=True)
class PlacesCheck:
    """What a check of all stored places found.

    Attributes
    ----------
    checked, located
        How many there are, and how many can be used now.
    lost, found
        Codes whose place could be used before and cannot now, and the other way round.
    """

    checked: int
    located: int
    lost: tuple[str, ...]
    found: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return everything for JSON."""
        return {
            "checked": self.checked,
            "located": self.located,
            "lost": list(self.lost),
            "found": list(self.found),
        }


def recheck_places(runtime: Runtime, *, actor: str = "cli") -> PlacesCheck:
    """Check every stored place again, after streets were built or the area was changed.

    Without a street network only coordinates and area are checked.
    """
    settings = runtime.settings
    with transaction(runtime.engine) as session:
        loaded = selectinload(Elder.address)  # type: ignore[arg-type]
        elders = session.exec(select(Elder).options(loaded).order_by(Elder.code)).all()
        sites: list[Canteen | MealPoint] = [
            *session.exec(select(Canteen).order_by(Canteen.code)).all(),
            *session.exec(select(MealPoint).order_by(MealPoint.code)).all(),
        ]
        records: list[tuple[str, Placed]] = [(site.code, site) for site in sites]
        records += [(elder.code, elder.address) for elder in elders]
        read = [_read_again(record, settings.area) for _, record in records]
        places = check_against_streets(read, built_streets(runtime), settings.snap_limit_metres)
        lost, found = [], []
        for (code, record), place in zip(records, places, strict=True):
            before = record.lon is not None
            put_place(record, place)
            if before and place.reason is not None:
                lost.append(code)
            elif not before and place.reason is None:
                found.append(code)
        choice = site_choice(session, runtime)
        for elder in elders:
            if not elder.canteen_given:
                assign(elder, canteen_id=choice.canteen_of(elder))
        located = sum(place.reason is None for place in places)
        check = PlacesCheck(len(places), located, tuple(lost), tuple(found))
        session.add(
            AuditEntry(
                at=runtime.clock(),
                actor=actor,
                action="roster.check_places",
                subject="places",
                detail=check.to_dict(),
            )
        )
    return check


def _read_again(record: Placed, area: tuple[float, float, float, float]) -> Place:
    """Understand again what the source gave."""
    place = read_place(record.raw_lon, record.raw_lat, record.datum, area)
    known = record.unlocated_reason is UnlocatedReason.UNKNOWN_DATUM and record.datum is None
    return replace(place, detail=record.unlocated_detail) if known else place
