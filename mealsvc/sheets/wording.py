"""How sheets say things in either language: sentences, times and amounts."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from mealsvc.sheets.changes import ChangeKind, StopChange
from mealsvc.sheets.facts import AddressFacts, ContactFacts, SheetHead
from mealsvc.sheets.reasons import reason_text
from mealsvc.sheets.words import WORDS
from mealsvc.vocabulary import OrderKind, RevisionState, label, weekday_label

Language = Literal["zh", "en"]


class Wording:
    """The words of one language.

    Parameters
    ----------
    language
        ``"zh"`` or ``"en"``.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._words = WORDS[language]

    def say(self, key: str, **values: object) -> str:
        """Return a phrase with its values filled in.

        Values are put in as they are: braces in a name mean nothing.
        """
        if values.get("n") == 1 and f"{key}_one" in self._words:
            key = f"{key}_one"
        return self._words[key].format(**values) if values else self._words[key]

    @property
    def words(self) -> dict[str, str]:
        """All phrases, for a template."""
        return dict(self._words)

    def day(self, day: date) -> str:
        """Return a date with its weekday."""
        weekday = weekday_label(day, self.language)
        if self.language == "zh":
            return f"{day.year} 年 {day.month} 月 {day.day} 日 {weekday}"
        return f"{weekday} {day.isoformat()}"

    def short_day(self, day: date) -> str:
        """Return a date for the foot of a page."""
        return f"{day.isoformat()} {weekday_label(day, self.language)}"

    def revision_line(self, head: SheetHead) -> str:
        """Say what this revision is to the one before, or nothing when it is the first."""
        if head.state is RevisionState.SUPERSEDED:
            if head.replaced_by is None:
                return self.say("replaced_unknown")
            return self.say("replaced", n=head.replaced_by)
        if head.replaces is None:
            return ""
        key = "would_replace" if head.state is RevisionState.DRAFT else "replaces"
        return self.say(key, n=head.revision, before=head.replaces)

    def change(self, change: StopChange) -> str:
        """Say what is different about a stop."""
        was = change.before
        if change.kind is ChangeKind.TRIP and was is not None:
            return self.say("was_trip", trip=was.trip)
        if change.kind is ChangeKind.TIME and was is not None:
            return self.say("was_time", at=clock(was.arrives_at))
        if change.kind is ChangeKind.PORTIONS and was is not None:
            return self.say("was_portions", n=was.portions)
        if change.kind is ChangeKind.COURIER:
            return self.say("was_courier", who=change.courier)
        return self.say(f"was_{change.kind}")

    def door(self, address: AddressFacts) -> str:
        """Return the address from the compound to the room, in parts that the eye finds."""
        room = address.room
        if room.isdecimal():
            room = f"{room} 室" if self.language == "zh" else f"room {room}"
        parts = (address.compound, address.building, address.unit, room)
        return " ".join(part for part in parts if part) or self.say("no_address")

    def climb(self, address: AddressFacts) -> str:
        """Return floor and lift; empty when neither is known."""
        if address.floor is None and address.lift is None:
            return ""
        lift = {True: "lift", False: "no_lift", None: "lift_unknown"}[address.lift]
        if address.floor is None:
            return self.say(lift)
        key = "floor" if address.floor >= 0 else "basement"
        return f"{self.say(key, n=abs(address.floor))} · {self.say(lift)}"

    def contact(self, contact: ContactFacts) -> str:
        """Return a contact as name (relation) phone."""
        relation = f"（{contact.relation}）" if contact.relation else ""
        return f"{contact.name}{relation} {self.phone(contact.phone) or self.say('no_phone')}"

    def phone(self, phone: str) -> str:
        """Return a phone number as it is dialled: a Chinese mobile number in three groups."""
        if len(phone) == 11 and phone.isdecimal() and phone.startswith("1"):
            return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
        return phone

    def diets(self, diets: tuple[str, ...]) -> str:
        """Return a combination of diets."""
        return " + ".join(diets)

    def kind(self, kind: OrderKind) -> str:
        """Return the name of an order kind."""
        return label(kind, self.language)

    def way(self, kind: OrderKind) -> str:
        """Return the name of a way out of the kitchen; there, collecting is at the canteen."""
        return self.say("pick_up_here") if kind is OrderKind.PICK_UP else self.kind(kind)

    def reason(self, reason: str) -> str:
        """Return why an order is not served; a reason without words as it is."""
        return reason_text(reason, self.language)


def clock(moment: datetime | time) -> str:
    """Return a time of day as 10:05."""
    return f"{moment:%H:%M}"


def minutes(seconds: int) -> int:
    """Return whole minutes, rounded up: 601 seconds are not within ten minutes."""
    return -(-seconds // 60)
