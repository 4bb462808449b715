"""A service on one page over the wire."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.plans import PlanSummary
from api.schemas.services import PersonOut
from api.schemas.shapes import Out
from mealsvc.desk.concerns import ConcernKind
from mealsvc.desk.outlook import Outlook


class ShiftOut(Out):
    """A courier at work in a service, and what the plan gives the courier to do."""

    courier: str = Field(examples=["Z001"])
    courier_name: str | None
    canteen: str = Field(examples=["ST01"])
    hours: list[tuple[datetime, datetime]] = Field(description="times offered, from and to")
    has_phone: bool
    trips: int
    portions: int


class KitchenOut(Out):
    """A canteen that has a kitchen count."""

    code: str = Field(examples=["ST01"])
    name: str


class ConcernOut(Out):
    """A matter that waits for an answer."""

    kind: ConcernKind
    count: int = Field(description="how many people, orders or proposals it is about")
    text: str = Field(examples=["elders without a usable place: 2; set it on the map"])
    people: list[PersonOut] = Field(description="whom it is about, as far as the role may know")


class OutlookOut(Out):
    """A service and what there is to do about it, within your canteens."""

    opens: datetime = Field(description="loading begins")
    closes: datetime = Field(description="last hand-over")
    plan: PlanSummary | None = Field(description="the revision that counts")
    proof: str | None = Field(description="how near to the best the plan is, in words")
    newer_draft: int | None = Field(description="a draft newer than what is published")
    may_plan: bool = Field(description="whether you may plan it now")
    publish: int | None = Field(description="the draft that you may publish now")
    job: int | None = Field(description="the job that plans it at this moment")
    kitchens: list[KitchenOut] = Field(description="canteens with a kitchen count")
    collects_at: datetime | None = Field(
        description="when the night collects the orders; null once they are, or if no night will"
    )
    couriers: list[ShiftOut] = Field(description="who is on shift")
    concerns: list[ConcernOut] = Field(description="what waits for an answer, pressing first")

    @classmethod
    def of(cls, seen: Outlook, language: str) -> OutlookOut:
        """Return what is sent of an outlook."""
        concerns = [
            ConcernOut(
                kind=one.kind,
                count=one.count,
                text=one.text.in_language(language),
                people=[PersonOut.model_validate(who) for who in one.people],
            )
            for one in seen.concerns
        ]
        return cls.model_validate({**vars(seen), "concerns": concerns})
