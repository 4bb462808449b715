"""Revisions of the day over the wire: what changed or is moved, and what is proposed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from api.schemas.services import PersonOut
from api.schemas.shapes import In, LocalTime, Out
from mealsvc.planning.revising import (
    CanteenLate,
    CourierAway,
    CourierComes,
    DayChange,
    HandedBack,
    HandMove,
    OrderAmended,
    OrderCancelled,
    OrderUrgent,
    StopMoved,
    StopTakenOut,
    StreetClosed,
    TravelSlower,
    TripMoved,
)
from mealsvc.vocabulary import Mode

Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^/\\\x00-\x1f]+$")]
Portions = Annotated[int, Field(ge=1, le=200)]
OrderId = Annotated[int, Field(ge=1, le=2**31 - 1)]
TripNumber = Annotated[int, Field(ge=1, le=100, description="as on the route sheet")]


class WindowIn(In):
    """A time of day from and until, local."""

    first: LocalTime = Field(alias="from")
    last: LocalTime = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> WindowIn:
        if self.first >= self.last:
            raise ValueError("`from` must be before `to`")
        return self

    def pair(self) -> tuple[time, time]:
        """Return both ends, without any offset that was given."""
        return self.first.replace(tzinfo=None), self.last.replace(tzinfo=None)


class OrderCancelledIn(In):
    """An elder does not want the meal after all."""

    kind: Literal["order_cancelled"]
    elder: Code

    def meant(self) -> DayChange:
        """Return the change."""
        return OrderCancelled(self.elder)


class OrderUrgentIn(In):
    """An elder who had none wants a meal brought."""

    kind: Literal["order_urgent"]
    elder: Code
    portions: Portions = 1
    window: WindowIn | None = None
    note: Annotated[str, Field(max_length=200)] | None = None

    def meant(self) -> DayChange:
        """Return the change."""
        window = self.window.pair() if self.window else None
        return OrderUrgent(self.elder, self.portions, window, self.note)


class OrderAmendedIn(In):
    """An elder wants other portions, or the meal at another time."""

    kind: Literal["order_amended"]
    elder: Code
    portions: Portions | None = None
    window: WindowIn | None = None

    def meant(self) -> DayChange:
        """Return the change."""
        return OrderAmended(self.elder, self.portions, self.window.pair() if self.window else None)


class CourierAwayIn(In):
    """A courier cannot come, or cannot go on."""

    kind: Literal["courier_away"]
    courier: Code
    since: LocalTime | None = Field(None, description="default: now")

    def meant(self) -> DayChange:
        """Return the change."""
        return CourierAway(self.courier, _naive(self.since))


class HandedBackIn(In):
    """What couriers handed back is planned anew, by others."""

    kind: Literal["handed_back"]

    def meant(self) -> DayChange:
        """Return the change."""
        return HandedBack()


class CourierComesIn(In):
    """A courier comes who was not on shift, comes back, or works other hours."""

    kind: Literal["courier_comes"]
    courier: Code
    hours: WindowIn

    def meant(self) -> DayChange:
        """Return the change."""
        return CourierComes(self.courier, self.hours.pair())


class CanteenLateIn(In):
    """A canteen can fill no boxes for a while, from now or from its opening on."""

    kind: Literal["canteen_late"]
    canteen: Code
    minutes: Annotated[int, Field(ge=1, le=240)]

    def meant(self) -> DayChange:
        """Return the change."""
        return CanteenLate(self.canteen, self.minutes)


class TravelSlowerIn(In):
    """Everybody travels slower than in the plan, by so many per cent (less than 0: faster)."""

    kind: Literal["travel_slower"]
    percent: Annotated[int, Field(ge=-60, le=300)]
    mode: Mode | None = Field(None, description="default: all modes")

    def meant(self) -> DayChange:
        """Return the change."""
        return TravelSlower(self.percent, self.mode)


Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class StreetClosedIn(In):
    """Nobody gets past these places."""

    kind: Literal["street_closed"]
    places: Annotated[list[tuple[Lon, Lat]], Field(min_length=1, max_length=5)] = Field(
        description="longitude and latitude, WGS-84"
    )
    metres: Annotated[int, Field(ge=5, le=500)] = 30

    def meant(self) -> DayChange:
        """Return the change."""
        return StreetClosed(tuple((lon, lat) for lon, lat in self.places), self.metres)


ChangeIn = Annotated[
    OrderCancelledIn
    | OrderUrgentIn
    | OrderAmendedIn
    | CourierAwayIn
    | HandedBackIn
    | CourierComesIn
    | CanteenLateIn
    | TravelSlowerIn
    | StreetClosedIn,
    Field(discriminator="kind"),
]


class StopMovedIn(In):
    """Bring an order on another trip, at a place among its stops, or on a new trip."""

    kind: Literal["stop_moved"]
    order: OrderId
    courier: Code
    trip: TripNumber | None = Field(None, description="default: a new trip")
    place: Annotated[int, Field(ge=1, le=200)] | None = Field(None, description="default: the best")
    departs: LocalTime | None = Field(None, description="of a new trip; default: the best")

    def meant(self) -> HandMove:
        """Return the move."""
        return StopMoved(self.order, self.courier, self.trip, self.place, _naive(self.departs))


class TripMovedIn(In):
    """Give a trip to another courier."""

    kind: Literal["trip_moved"]
    courier: Code
    trip: TripNumber
    to: Code
    departs: LocalTime | None = Field(None, description="default: when it is best")

    def meant(self) -> HandMove:
        """Return the move."""
        return TripMoved(self.courier, self.trip, self.to, _naive(self.departs))


class StopTakenOutIn(In):
    """Leave an order to nobody."""

    kind: Literal["stop_taken_out"]
    order: OrderId

    def meant(self) -> HandMove:
        """Return the move."""
        return StopTakenOut(self.order)


MoveIn = Annotated[
    StopMovedIn | TripMovedIn | StopTakenOutIn,
    Field(discriminator="kind"),
]


class ProposalRequest(In):
    """What changed on the day, or what is moved by hand; one of the two."""

    changes: Annotated[list[ChangeIn], Field(max_length=20)] = Field(default_factory=list)
    moves: Annotated[list[MoveIn], Field(max_length=20)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_of_both(self) -> ProposalRequest:
        if bool(self.changes) == bool(self.moves):
            raise ValueError("give either `changes` or `moves`")
        return self


class MovesRequest(In):
    """Moves by hand, made one after the other."""

    moves: Annotated[list[MoveIn], Field(min_length=1, max_length=20)]


class AcceptRequest(In):
    """How a proposal is accepted."""

    despite: bool = Field(
        default=False, description="those concerned agree to the rules that moves break"
    )


class StopDifferenceOut(Out):
    """How the way of one meal changes."""

    change: Literal["moved", "retimed", "served", "left_out"]
    order: int | None = Field(description="null for an order that acceptance numbers")
    elder: PersonOut | None
    meal_point: str | None
    courier_before: str | None
    courier_after: str | None
    before: datetime | None
    after: datetime | None
    reason: str | None


class RuleBrokenOut(Out):
    """A rule that is not kept."""

    rule: str = Field(examples=["window"])
    text: str
    by_hand: bool = Field(description="the moves break it; else the day itself did")
    agreeable: bool = Field(description="those concerned may set it aside (`despite`)")


class CostPartOut(Out):
    """A part of what moves by hand cost more, or less where negative."""

    part: Literal["unserved", "outside", "couriers", "travel", "unfamiliar"]
    amount: int = Field(description="orders, couriers, or seconds of travel")
    cost: float = Field(description="by the prices set")


class OtherProposalOut(Out):
    """Another open proposal for the same plan."""

    id: int
    made_at: datetime
    made_by: str


class ProposalOut(Out):
    """A proposed revision, within the caller's canteens."""

    id: int = Field(description="0 for a price that is not kept")
    state: Literal["open", "outdated", "accepted", "rejected"]
    based_on: int = Field(description="the revision that it changes")
    revision: int | None = Field(description="the revision that it became")
    made_at: datetime
    made_by: str
    decided_at: datetime | None
    decided_by: str | None
    changes: list[dict[str, Any]]
    moves: list[dict[str, Any]]
    text: list[str] = Field(examples=[["张三（L0001）由李四改为王五，11:20 送达。"]])
    cost_before: float
    cost_unrepaired: float | None = Field(description="if nobody took anything over")
    cost: float
    parts: list[CostPartOut] = Field(description="of moves by hand; those that stay are left out")
    couriers: list[str] = Field(description="whose duty changes", examples=[["Z001"]])
    stops: list[StopDifferenceOut]
    rules: list[RuleBrokenOut]
    others: list[OtherProposalOut]


class LockOut(Out):
    """What stays as it is in every later revision: an order with its courier, or a duty."""

    order: int | None
    courier: str | None
    made_at: datetime
    made_by: str


def _naive(at: time | None) -> time | None:
    return None if at is None else at.replace(tzinfo=None)
