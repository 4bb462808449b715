"""Find people and sites: paged search, one person one file, the unlocated queue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import selectinload
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mealsvc.errors import InvalidInput, NotFound
from mealsvc.pinyin import typed
from mealsvc.roster.places import LonLat
from mealsvc.roster.placing import Neighbourhood
from mealsvc.roster.upkeep.ranking import Called, best_first, literally, words_of
from mealsvc.store import Address, Canteen, Courier, Elder, MealPoint
from mealsvc.vocabulary import UnlocatedReason

MOST_PER_PAGE = 500

_CALLED: dict[type[SQLModel], tuple[str, str]] = {
    Elder: ("elder", "老人"),
    Courier: ("courier", "送餐员"),
    Canteen: ("canteen", "食堂"),
    MealPoint: ("meal point", "助餐点"),
}


@dataclass(frozen=True)
class Page:
    """Which part of a list is wanted.

    Attributes
    ----------
    limit
        How many at most, 1 … 500.
    offset
        How many to skip.
    """

    limit: int = 50
    offset: int = 0

    def __post_init__(self) -> None:
        """Check the range."""
        if not 1 <= self.limit <= MOST_PER_PAGE or self.offset < 0:
            raise InvalidInput(f"limit must be 1 … {MOST_PER_PAGE}, offset at least 0")


@dataclass(frozen=True)
class Found[R]:
    """One page of a list, in a stable order, and how many there are in all."""

    items: Sequence[R]
    total: int


def page_through[R](session: Session, query: SelectOfScalar[R], page: Page) -> Found[R]:
    """Return one page of what a query finds, and how many it finds in all."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = session.exec(counted).one()
    rows = session.exec(query.limit(page.limit).offset(page.offset)).all()
    return Found(rows, total)


def _contains(column: Any, words: str) -> Any:  # noqa: ANN401 - columns and conditions
    return col(column).ilike(f"%{literally(words)}%", escape="\\")


def _fitting(words: str, columns: Sequence[Any], keys: Sequence[Any], phone: Any) -> list[Any]:  # noqa: ANN401
    """Return a condition for each word of a search; a row must meet all of them.

    Parameters
    ----------
    words
        Whatever was typed.
    columns
        Where a word may stand, in part.
    keys
        Columns of `mealsvc.pinyin.spellings`.
    phone
        The column whose last digits may be given.
    """
    conditions = []
    for word in words_of(words):
        fits = [_contains(column, word) for column in columns]
        letters = typed(word)
        if letters:
            fits += [col(column).like(f"% {literally(letters)}%", escape="\\") for column in keys]
        if word.isdigit():
            fits.append(col(phone).like(f"%{literally(word)}", escape="\\"))
        conditions.append(or_(*fits))
    return conditions


def search_elders(
    session: Session,
    words: str = "",
    *,
    canteens: Collection[int] | None = None,
    ended: bool | None = False,
    kept: bool | None = None,
    page: Page = Page(),
) -> Found[Elder]:
    """Search elders, the best hit first (`best_first`), with their addresses.

    Parameters
    ----------
    session
        To read with.
    words
        Parts of code, name or compound, their pinyin (initials, or whole, from the beginning of a
        character), or the last digits of the phone number; all must fit; empty: all.
    canteens
        Only those kept by these canteens (ids); default: all.
    ended
        False: only those served, True: only those whose service ended, None: both.
    kept
        False: only those whom no canteen keeps, True: only the others, None: both.
    page
        Which part.
    """
    query = select(Elder).join(Address).options(selectinload(Elder.address))  # type: ignore[arg-type]
    columns, keys = (Elder.code, Elder.name, Address.compound), (Elder.typed_as, Address.typed_as)
    query = query.where(*_fitting(words, columns, keys, Elder.phone))
    if canteens is not None:
        query = query.where(col(Elder.canteen_id).in_(canteens))
    if ended is not None:
        is_ended = col(Elder.ended_on).is_not(None)
        query = query.where(is_ended if ended else ~is_ended)
    if kept is not None:
        is_kept = col(Elder.canteen_id).is_not(None)
        query = query.where(is_kept if kept else ~is_kept)
    called = Called(Elder.code, Elder.name, Elder.phone, Elder.typed_as)
    return page_through(session, query.order_by(*best_first(session, words, called)), page)


def get_elder(session: Session, code: str) -> Elder:
    """Return one elder's whole file.

    Raises
    ------
    NotFound
        If there is no such elder.
    """
    whole = [
        selectinload(getattr(Elder, part))
        for part in ("address", "contacts", "standing_orders", "pauses", "order_changes")
    ]
    elder = session.exec(select(Elder).where(Elder.code == code).options(*whole)).one_or_none()
    if elder is None:
        raise absent(Elder, code)
    return elder


def called(table: type[SQLModel]) -> tuple[str, str]:
    """Return what a kind of record is called, in English and Chinese."""
    return _CALLED[table]


def absent(table: type[SQLModel], code: str) -> NotFound:
    """Return the error for a record that is not there, or that the reader must not know of."""
    english, chinese = called(table)
    return NotFound(
        f"there is no {english} {code}; check the code", f"没有编号为 {code} 的{chinese}，请核对"
    )


def search_couriers(
    session: Session,
    words: str = "",
    *,
    canteens: Collection[int] | None = None,
    active: bool | None = True,
    page: Page = Page(),
) -> Found[Courier]:
    """Search couriers by code, name, its pinyin, or last phone digits; the best hit first."""
    query = select(Courier).options(selectinload(Courier.shifts))  # type: ignore[arg-type]
    columns, keys = (Courier.code, Courier.name), (Courier.typed_as,)
    query = query.where(*_fitting(words, columns, keys, Courier.phone))
    if canteens is not None:
        query = query.where(col(Courier.canteen_id).in_(canteens))
    if active is not None:
        query = query.where(col(Courier.active).is_(active))
    called = Called(Courier.code, Courier.name, Courier.phone, Courier.typed_as)
    return page_through(session, query.order_by(*best_first(session, words, called)), page)


def get_courier(session: Session, code: str) -> Courier:
    """Return one courier with shifts and absences.

    Raises
    ------
    NotFound
        If there is no such courier.
    """
    return _by_code(session, Courier, code, ("shifts", "absences", "canteen"))


def list_canteens(session: Session, *, page: Page = Page()) -> Found[Canteen]:
    """Return canteens with their meals, ordered by code."""
    query = select(Canteen).options(selectinload(Canteen.meals))  # type: ignore[arg-type]
    return page_through(session, query.order_by(Canteen.code), page)


def get_canteen(session: Session, code: str) -> Canteen:
    """Return one canteen with meals and meal points.

    Raises
    ------
    NotFound
        If there is no such canteen.
    """
    return _by_code(session, Canteen, code, ("meals", "meal_points"))


def list_meal_points(
    session: Session, *, canteens: Collection[int] | None = None, page: Page = Page()
) -> Found[MealPoint]:
    """Return meal points, ordered by code, of all canteens or of some (ids)."""
    query = select(MealPoint).options(selectinload(MealPoint.canteen))  # type: ignore[arg-type]
    if canteens is not None:
        query = query.where(col(MealPoint.canteen_id).in_(canteens))
    return page_through(session, query.order_by(MealPoint.code), page)


def get_meal_point(session: Session, code: str) -> MealPoint:
    """Return one meal point with its canteen.

    Raises
    ------
    NotFound
        If there is no such meal point.
    """
    return _by_code(session, MealPoint, code, ("canteen",))


def _by_code[R: SQLModel](session: Session, table: type[R], code: str, parts: Sequence[str]) -> R:
    loaded = [selectinload(getattr(table, part)) for part in parts]
    query = select(table).where(getattr(table, "code") == code).options(*loaded)  # noqa: B009
    record = session.exec(query).one_or_none()
    if record is None:
        raise absent(table, code)
    return record


@dataclass(frozen=True)
class UnlocatedElder:
    """An elder whose home has no usable place.

    ``suggestion`` is the middle of the ``neighbours`` located homes of the same compound (WGS-84).
    """

    elder: Elder
    reason: UnlocatedReason
    detail: str | None
    neighbours: int
    suggestion: LonLat | None

    def to_dict(self) -> dict[str, Any]:
        """Return everything for JSON, with as little of the person as a manager needs."""
        return {
            "code": self.elder.code,
            "name": self.elder.name,
            "address": self.elder.address.text,
            "reason": self.reason.value,
            "detail": self.detail,
            "neighbours": self.neighbours,
            "suggestion": self.suggestion,
        }


def unlocated_elders(
    session: Session, *, canteens: Collection[int] | None = None, page: Page = Page()
) -> Found[UnlocatedElder]:
    """Return the elders without a usable place, ordered by code, with a suggestion each."""
    query = (
        select(Elder)
        .join(Address)
        .where(col(Address.unlocated_reason).is_not(None), col(Elder.ended_on).is_(None))
        .options(selectinload(Elder.address))  # type: ignore[arg-type]
    )
    if canteens is not None:
        query = query.where(col(Elder.canteen_id).in_(canteens))
    found = page_through(session, query.order_by(Elder.code), page)
    around = neighbourhood(session, {elder.address.compound for elder in found.items})
    queue = []
    for elder in found.items:
        count, middle = around.of(elder.address.compound) or (0, None)
        reason = elder.address.unlocated_reason or UnlocatedReason.MISSING
        queue.append(UnlocatedElder(elder, reason, elder.address.unlocated_detail, count, middle))
    return Found(queue, found.total)


def count_unkept(session: Session) -> int:
    """Return how many elders are served whom no canteen keeps."""
    unkept = select(func.count()).where(
        col(Elder.canteen_id).is_(None), col(Elder.ended_on).is_(None)
    )
    return session.exec(unkept).one()


def unlocated_queue(session: Session) -> list[UnlocatedElder]:
    """Return every elder without a usable place, ordered by code."""
    queue: list[UnlocatedElder] = []
    while True:
        found = unlocated_elders(session, page=Page(MOST_PER_PAGE, len(queue)))
        queue.extend(found.items)
        if len(queue) >= found.total or not found.items:
            return queue


def neighbourhood(session: Session, compounds: Collection[str | None]) -> Neighbourhood:
    """Return where the located homes of some compounds are."""
    around = Neighbourhood()
    names = {compound for compound in compounds if compound}
    query = (
        select(Address.compound, Address.lon, Address.lat)
        .where(col(Address.compound).in_(names), col(Address.lon).is_not(None))
        .order_by(col(Address.id))
    )
    for compound, lon, lat in session.exec(query):
        if lon is not None and lat is not None:
            around.add(compound, (lon, lat))
    return around
