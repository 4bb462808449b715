"""What an import changes, record by record and field by field: for preview and trail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, insert

from mealsvc.roster.columns import Kind
from mealsvc.roster.findings import Outcome
from mealsvc.roster.saving_elders import current_order
from mealsvc.roster.tables import RowKey, Table, row_key
from mealsvc.store import AuditEntry, Canteen, Courier, Elder, MealPoint
from mealsvc.store.columns import weekdays_of
from mealsvc.vocabulary import Meal

type Kept = Elder | Courier | Canteen | MealPoint
type Facts = dict[str, Any]

#: Of an id, the code of that canteen, meal point or courier.
type CodeOf = Callable[[type[Kept], int | None], str | None]

_ELDER = (
    "name", "sex", "birth_date", "phone", "care_level", "lives_alone", "hardship", "diets",
    "door_note", "handover_seconds", "priority",
)  # fmt: skip
_HOME = ("compound", "building", "unit", "floor", "lift", "room")
_COURIER = ("name", "phone", "kind", "mode", "boxes", "skills", "max_trips", "note", "active")
_CANTEEN = ("name", "address", "phone", "note", "active")
_POINT = ("name", "address", "note", "capacity", "opens", "closes", "active")
_SINGULAR = {
    Kind.ELDERS: "elder",
    Kind.COURIERS: "courier",
    Kind.CANTEENS: "canteen",
    Kind.MEAL_POINTS: "meal_point",
}


@dataclass(frozen=True)
class FieldChange:
    """A field of a record before and after, as JSON has it; references are codes."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RecordChange:
    """A record that an import opens, or changes.

    Attributes
    ----------
    kind, code, name
        Which one.
    row
        File, sheet and row that say so.
    new
        Whether it was not there before.
    fields
        What changes; empty for a new one.
    """

    kind: Kind
    code: str
    name: str
    row: RowKey
    new: bool
    fields: tuple[FieldChange, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return everything for JSON."""
        file, sheet, row = self.row
        return {
            "kind": self.kind.value,
            "code": self.code,
            "name": self.name,
            "file": file,
            "sheet": sheet,
            "row": row,
            "new": self.new,
            "fields": [dict(vars(one)) for one in self.fields],
        }


class ChangeKeeper:
    """Notes what becomes of records while an import saves them.

    Parameters
    ----------
    code_of
        How a reference is called.
    today
        For the standing orders that hold.
    """

    def __init__(self, code_of: CodeOf, today: date) -> None:
        self._code_of = code_of
        self._today = today
        self.changes: list[RecordChange] = []

    def settle[D, R: (Elder, Courier, Canteen, MealPoint)](
        self,
        table: Table[D],
        save: Callable[[Any], Outcome],
        stored: Callable[[str], R | None],
    ) -> None:
        """Save the records of a table, with what becomes of each row.

        Parameters
        ----------
        table
            What was read; outcomes are added to it.
        save
            Saves one record.
        stored
            The record of a code, once there is one.
        """
        for record in table.records:
            draft: Any = record.draft
            known = stored(draft.code)
            before = self._facts(known) if known is not None else None
            outcome = save(record)
            row = row_key(record.reader)
            table.outcomes[row] = outcome
            kept = stored(draft.code)
            if kept is None or outcome not in {Outcome.IMPORTED, Outcome.UPDATED}:
                continue
            fields = () if before is None else tuple(_differing(before, self._facts(kept)))
            new = before is None
            self.changes.append(RecordChange(table.kind, kept.code, kept.name, row, new, fields))

    def _facts(self, record: Kept) -> Facts:
        match record:
            case Elder():
                return self._of_elder(record)
            case Courier():
                shifts = [
                    [list(weekdays_of(one.weekdays)), _hour(one.starts), _hour(one.ends)]
                    for one in record.shifts
                ]
                canteen = self._code_of(Canteen, record.canteen_id)
                return _plain(record, _COURIER) | {"canteen": canteen, "shifts": shifts}
            case Canteen():
                meals = {
                    one.meal.value: [one.capacity, _hour(one.opens), _hour(one.closes)]
                    for one in record.meals
                }
                return _plain(record, _CANTEEN) | {"place": _place(record)} | meals
            case MealPoint():
                canteen = self._code_of(Canteen, record.canteen_id)
                return _plain(record, _POINT) | {"place": _place(record), "canteen": canteen}

    def _of_elder(self, elder: Elder) -> Facts:
        contact = next((one for one in elder.contacts if one.rank == 1), None)
        return {
            **_plain(elder, _ELDER),
            **_plain(elder.address, _HOME),
            "place": _place(elder.address),
            "contact": [contact.name, contact.phone, contact.relation] if contact else None,
            **{meal.value: self._standing(elder, meal) for meal in Meal},
            "courier": self._code_of(Courier, elder.usual_courier_id),
            "meal_point": self._code_of(MealPoint, elder.meal_point_id),
            "canteen": self._code_of(Canteen, elder.canteen_id),
        }

    def _standing(self, elder: Elder, meal: Meal) -> Facts | None:
        order = current_order(elder, meal, self._today)
        if order is None:
            return None
        return {
            "way": order.way.value,
            "portions": order.portions,
            "weekdays": list(weekdays_of(order.weekdays)),
            "window": [_hour(order.window_from), _hour(order.window_to)],
        }


def leave_import_trail(
    session: Session, changes: Iterable[RecordChange], at: datetime, actor: str
) -> None:
    """Note in every changed record's own trail that an import did it.

    One statement for all: a first import opens tens of thousands of files.
    """
    entries = [
        {
            "at": at,
            "actor": actor,
            "action": f"{_SINGULAR[one.kind]}.import",
            "subject": f"{_SINGULAR[one.kind]}:{one.code}",
            "detail": {"new": one.new, "fields": [field.field for field in one.fields]},
        }
        for one in changes
    ]
    if entries:
        session.exec(insert(AuditEntry), params=entries)


def _differing(before: Facts, after: Facts) -> Iterable[FieldChange]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield FieldChange(name, was, now)


def _plain(record: object, names: Iterable[str]) -> Facts:
    return {name: _json(getattr(record, name)) for name in names}


def _json(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, time):
        return _hour(value)
    return value.isoformat() if isinstance(value, date) else value


def _hour(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None


def _place(record: Any) -> Any:  # noqa: ANN401 - an address or a site
    reason = record.unlocated_reason
    return reason.value if reason else [record.lon, record.lat]
