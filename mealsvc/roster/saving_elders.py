"""Save elders: one person one file, standing orders with their history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import selectinload
from sqlmodel import Session, select

from mealsvc.roster.drafts import (
    ContactDraft,
    ElderDraft,
    Keep,
    Maybe,
    StandingDraft,
    said,
)
from mealsvc.roster.findings import Outcome, Severity
from mealsvc.roster.keeping import assign, take_place
from mealsvc.roster.placing import Neighbourhood, SiteChoice
from mealsvc.roster.reporting import report_place
from mealsvc.roster.rows import RowReader
from mealsvc.roster.saving_sites import SiteKeeper
from mealsvc.roster.tables import Record
from mealsvc.store import Address, Contact, Elder, StandingOrder
from mealsvc.vocabulary import Meal, MealWay, UnlocatedReason, label

_ALL_DAYS = 127


class ElderKeeper:
    """Keeps elders in one session.

    Parameters
    ----------
    session
        Of the import's transaction.
    sites
        Canteens, meal points and couriers, those just imported too.
    neighbourhood
        Where the homes of each compound are.
    choice
        Which meal point and canteen an elder gets who names none.
    now, today
        Moment and local day of the import.
    """

    def __init__(
        self,
        session: Session,
        sites: SiteKeeper,
        neighbourhood: Neighbourhood,
        choice: SiteChoice,
        now: datetime,
        today: date,
    ) -> None:
        self._session = session
        self._sites = sites
        self._neighbourhood = neighbourhood
        self._choice = choice
        self._now = now
        self._today = today
        self.elders = {elder.code: elder for elder in load_elders(session)}
        self._people = {
            (elder.name, elder.birth_date, elder.phone): elder
            for elder in self.elders.values()
            if elder.birth_date and elder.phone and elder.ended_on is None
        }

    def elder(self, record: Record[ElderDraft]) -> Outcome:
        """Save one elder."""
        draft, reader = record.draft, record.reader
        stored = self.elders.get(draft.code)
        if self._known_by_another_code(draft, reader):
            return Outcome.DUPLICATE
        if stored is not None and stored.ended_on is not None:
            self._report_ended(stored, reader)
            return Outcome.DUPLICATE
        elder = stored or self._new(draft)
        changed = assign(
            elder,
            name=draft.name,
            sex=draft.sex,
            birth_date=draft.birth_date,
            phone=draft.phone,
            care_level=draft.care_level,
            lives_alone=draft.lives_alone,
            hardship=draft.hardship,
            diets=draft.diets,
            door_note=draft.door_note,
            handover_seconds=draft.handover_seconds,
            priority=draft.priority,
        )
        changed |= self._home(elder, draft, reader)
        changed |= put_contact(elder, draft.contact)
        for meal, standing in draft.standing.items():
            changed |= put_standing(elder, meal, standing, self._today)
        changed |= self._references(elder, draft, reader)
        if stored is None:
            self.elders[elder.code] = elder
            self._session.add(elder)
            return Outcome.IMPORTED
        if changed:
            elder.updated_at = self._now
        return Outcome.UPDATED if changed else Outcome.DUPLICATE

    def _new(self, draft: ElderDraft) -> Elder:
        # Lists are given because their default costs a millisecond each, a minute in a large file.
        elder = Elder(
            code=draft.code,
            name=draft.name,
            diets=[],
            created_at=self._now,
            updated_at=self._now,
        )
        elder.address = Address(unlocated_reason=UnlocatedReason.MISSING)
        return elder

    def _known_by_another_code(self, draft: ElderDraft, reader: RowReader) -> bool:
        other = self._people.get(draft.person) if draft.person else None
        if other is None or other.code == draft.code or draft.code in self.elders:
            return False
        reader.report(Severity.WARNING, "stored_person", "code", code=other.code)
        return True

    def _report_ended(self, elder: Elder, reader: RowReader) -> None:
        reason = elder.end_reason
        reader.report(
            Severity.WARNING,
            "service_ended",
            "code",
            day=elder.ended_on,
            why=label(reason, "en") if reason else "",
            why_zh=label(reason) if reason else "",
        )

    def _home(self, elder: Elder, draft: ElderDraft, reader: RowReader) -> bool:
        parts = draft.address
        changed = assign(
            elder.address,
            compound=parts.compound,
            building=parts.building,
            unit=parts.unit,
            floor=parts.floor,
            lift=parts.lift,
            room=parts.room,
        )
        moved, kept = take_place(elder.address, draft.place)
        neighbours = partial(self._neighbourhood.of, elder.address.compound)
        report_place(reader, draft.place, kept=kept, neighbours=neighbours)
        return changed or moved

    def _references(self, elder: Elder, draft: ElderDraft, reader: RowReader) -> bool:
        """Set courier, meal point and canteen, and choose where the roster leaves it open."""
        changed = False
        if not isinstance(draft.courier, Keep):
            courier = self._sites.couriers.find(draft.courier)
            if courier is None and draft.courier:
                reader.report(Severity.WARNING, "courier_unknown", "courier")
            changed |= assign(elder, usual_courier_id=courier.id if courier else None)
        changed |= self._meal_point(elder, draft, reader)
        given = self._sites.canteens.find(said(draft.canteen, None))
        if given is None and said(draft.canteen, None):
            reader.report(
                Severity.WARNING,
                "canteen_unknown",
                "canteen",
                effect="chosen by meal point, courier or distance",
                effect_zh="按助餐点、送餐员或距离确定",
            )
        if given is not None:
            return assign(elder, canteen_id=given.id, canteen_given=True) or changed
        if isinstance(draft.canteen, Keep) and elder.canteen_given:
            return changed
        return (
            assign(elder, canteen_id=self._choice.canteen_of(elder), canteen_given=False) or changed
        )

    def _meal_point(self, elder: Elder, draft: ElderDraft, reader: RowReader) -> bool:
        wanted = said(draft.meal_point, None)
        named = self._sites.meal_points.find(wanted)
        if wanted and named is None:
            reader.report(Severity.WARNING, "meal_point_unknown", "meal_point")
        if named is not None:
            return assign(elder, meal_point_id=named.id)
        if not _collects(draft):
            return (
                False if isinstance(draft.meal_point, Keep) else assign(elder, meal_point_id=None)
            )
        present = self._choice.meal_point(elder.meal_point_id)
        if present is not None:
            reader.report(
                Severity.WARNING,
                "meal_point_kept",
                "meal_point",
                code=present.code,
                name=present.name,
            )
            return False
        nearest = self._choice.nearest_meal_point(elder.address)
        if nearest is None:
            reader.report(Severity.WARNING, "meal_point_none", "meal_point")
            return assign(elder, meal_point_id=None)
        point, metres = nearest
        reader.report(
            Severity.WARNING,
            "meal_point_assigned",
            "meal_point",
            code=point.code,
            name=point.name,
            metres=round(metres / 10) * 10,
        )
        return assign(elder, meal_point_id=point.id)


def load_elders(session: Session) -> Iterable[Elder]:
    """Return all elders with what belongs to their file."""
    return session.exec(
        select(Elder).options(
            selectinload(Elder.address),  # type: ignore[arg-type]
            selectinload(Elder.contacts),  # type: ignore[arg-type]
            selectinload(Elder.standing_orders),  # type: ignore[arg-type]
        )
    ).all()


def _collects(draft: ElderDraft) -> bool:
    return any(
        isinstance(standing, StandingDraft) and standing.way is MealWay.PICK_UP
        for standing in draft.standing.values()
    )


def put_contact(elder: Elder, draft: Maybe[ContactDraft | None]) -> bool:
    """Make a roster's contact the first one; say whether anything changed."""
    if isinstance(draft, Keep):
        return False
    first = next((contact for contact in elder.contacts if contact.rank == 1), None)
    if draft is None:
        if first is not None:
            elder.contacts.remove(first)
        return first is not None
    if first is None:
        elder.contacts.append(
            Contact(rank=1, name=draft.name, phone=draft.phone, relation=draft.relation)
        )
        return True
    return assign(
        first, name=draft.name, phone=draft.phone, relation=draft.relation or first.relation
    )


def current_order(elder: Elder, meal: Meal, today: date) -> StandingOrder | None:
    """Return the standing order of a meal that holds today or will hold, the latest."""
    holding = [
        order
        for order in elder.standing_orders
        if order.meal is meal and (order.valid_to is None or order.valid_to >= today)
    ]
    return max(holding, key=lambda order: order.valid_from, default=None)


def put_standing(elder: Elder, meal: Meal, draft: Maybe[StandingDraft | None], today: date) -> bool:
    """Make a standing order what a roster says from today on; say whether anything changed.

    The order that held until yesterday is kept as history.
    """
    if isinstance(draft, Keep):
        return False
    present = current_order(elder, meal, today)
    if draft is None:
        if present is None:
            return False
        end_standing(elder, present, today)
        return True
    window = said(draft.window, (present.window_from, present.window_to) if present else None)
    first, last = window or (None, None)
    wanted: dict[str, Any] = {
        "way": draft.way,
        "portions": draft.portions,
        "weekdays": said(draft.weekdays, present.weekdays if present else _ALL_DAYS),
        "window_from": first,
        "window_to": last,
    }
    if present is not None:
        if all(getattr(present, name) == value for name, value in wanted.items()):
            return False
        if present.valid_from >= today:
            return assign(present, **wanted)
        present.valid_to = today - timedelta(days=1)
    elder.standing_orders.append(StandingOrder(meal=meal, valid_from=today, **wanted))
    return True


def end_standing(elder: Elder, order: StandingOrder, today: date) -> None:
    """End a standing order with yesterday; one that had not begun is removed."""
    if order.valid_from >= today:
        elder.standing_orders.remove(order)
    else:
        order.valid_to = today - timedelta(days=1)
