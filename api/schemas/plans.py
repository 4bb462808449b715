"""Plans over the wire: summaries, duties, unserved orders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.schemas.services import PersonOut
from api.schemas.shapes import Out
from mealsvc.sheets.changes import ChangeKind
from mealsvc.vocabulary import Mode, OrderKind, RevisionState


class PlanSummary(Out):
    """Every number of a revision."""

    number: int
    state: RevisionState
    created_at: datetime
    created_by: str
    published_at: datetime | None
    published_by: str | None
    orders: int = Field(description="deliveries and supplies", examples=[112])
    portions: int
    served_orders: int
    served_portions: int
    unserved_orders: int
    unlocated_orders: int = Field(description="of the unserved, those without a usable place")
    unserved_reasons: dict[str, int] = Field(examples=[{"window": 2, "unlocated": 3}])
    dine_in_portions: int
    pick_up_portions: int
    circle_portions: int
    circle_share: float = Field(
        description="share of the delivered portions inside the circle, 0 to 1", examples=[0.93]
    )
    couriers: int
    couriers_on_shift: int
    trips: int
    travel_seconds: int
    unfamiliar_orders: int
    cost: int
    bound: float | None = Field(description="no plan can cost less")
    gap: float | None = Field(
        description="relative distance from the bound; 0 is proven optimal", examples=[0.012]
    )
    solve_seconds: float
    seed: int
    streets_fingerprint: str


class StopChangeOut(Out):
    """How a stop differs from the revision published before, and what it was there."""

    kind: ChangeKind
    courier: str | None = Field(
        description="who had it, where that is what changed, if you may know"
    )
    trip: int | None
    arrives_at: datetime | None
    portions: int | None


class StopOut(Out):
    """A stop of a trip."""

    number: int
    order: int
    kind: OrderKind
    portions: int
    arrives_at: datetime = Field(description="when the hand-over starts")
    ride_seconds: int = Field(description="since the trip's departure")
    travel_seconds: int = Field(description="from the stop before")
    inside_circle: bool
    elder: PersonOut | None
    meal_point: str | None
    change: StopChangeOut | None = Field(description="null: nothing for the courier to mind")


class TripOut(Out):
    """A trip."""

    number: int
    loads_at: datetime
    departs_at: datetime
    returns_at: datetime
    travel_seconds: int
    portions: int
    stops: list[StopOut]


class DutyOut(Out):
    """The trips of one courier."""

    duty: int = Field(description="what links name it by")
    courier: str = Field(examples=["Z001"])
    courier_name: str | None
    canteen: str = Field(examples=["ST01"])
    mode: Mode
    boxes: int
    changed: bool = Field(description="the courier must act differently than published before")
    trips: list[TripOut]


class DutiesOut(Out):
    """A revision's duties, within the caller's canteens."""

    revision: int
    duties: list[DutyOut]


class UnservedOut(Out):
    """An order that a revision leaves out, and why."""

    order: int
    kind: OrderKind
    portions: int
    priority: int
    reason: str = Field(examples=["window"])
    reason_text: str = Field(examples=["its time window cannot be met"])
    elder: PersonOut | None
    meal_point: str | None


class UnservedList(Out):
    """A revision's unserved orders, within the caller's canteens."""

    revision: int
    unserved: list[UnservedOut]


class RemedyOut(Out):
    """Changes that together would help, the rest of the plan staying as it is."""

    text: str = Field(examples=["one courier more at Canteen 1 between 11:10 and 11:40"])
    changes: list[dict[str, Any]] = Field(
        description="each with its kind, amount and whose limit it is; `[]` when none is needed"
    )
    effort: float = Field(description="how hard it is, about minutes of work or waiting")
    saves: float = Field(description="by how much the plan gets cheaper, at least")


class FindingOut(Out):
    """An order that is left out or late, why, and what would help, easiest first."""

    order: int
    kind: OrderKind
    portions: int
    priority: int
    wish: str = Field(description="`served`: it is left out; `inside`: it is outside the circle")
    cause: str = Field(examples=["couriers_busy"])
    cause_text: str = Field(examples=["its couriers have no time left"])
    figure: float | None = Field(description="a number that goes with the cause")
    looked: bool = Field(description="whether there was time to look for remedies")
    remedies: list[RemedyOut]
    elder: PersonOut | None
    meal_point: str | None


class WorthOut(Out):
    """What more means would be worth to the whole plan, by planning again with them."""

    text: str
    change: dict[str, Any]
    saves: float = Field(description="by how much the plan gets cheaper, at least")
    served: int = Field(description="orders more that are served")
    inside: int = Field(description="orders fewer that are outside the circle")
    couriers: int = Field(description="couriers more that are used")


class ExplanationOut(Out):
    """What explains a revision, within the caller's canteens."""

    revision: int
    explained: bool = Field(description="false where no time was given to it")
    orders: list[FindingOut]
    means: list[WorthOut]


class LinkOut(Out):
    """A courier's link; it is shown this once."""

    url: str = Field(examples=["http://127.0.0.1:8000/d/q5Vb0o…"])


class LinksWithdrawn(Out):
    """How many links were ended."""

    withdrawn: int
