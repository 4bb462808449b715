"""Why a plan leaves orders out or brings them late, and what would help, as a role shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from mealsvc.access import Caller, Detail, audit
from mealsvc.desk.people import Person, person
from mealsvc.planning import read, reason_text
from mealsvc.planning.advice import Advice
from mealsvc.planning.ids import record_id
from mealsvc.planning.stored import unpack
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, Courier, Order, PlanRevision, UnservedOrder, transaction
from mealsvc.vocabulary import Meal, OrderKind


@dataclass(frozen=True)
class Reader:
    """Who reads: a name for the audit trail, the canteens seen, how much of people, a language."""

    name: str
    sees: Callable[[int | None], bool]
    detail: Detail
    language: str


@dataclass(frozen=True)
class RemedyView:
    """Changes that together would help, the rest of the plan staying as it is."""

    text: str
    changes: list[dict[str, Any]]
    effort: float
    saves: float


@dataclass(frozen=True)
class FindingView:
    """An order that a revision leaves out (``served``) or brings late (``inside``) and why."""

    order: int
    kind: OrderKind
    portions: int
    priority: int
    wish: str
    cause: str
    cause_text: str
    figure: float | None
    looked: bool
    remedies: list[RemedyView]
    elder: Person | None
    meal_point: str | None


@dataclass(frozen=True)
class WorthView:
    """What a change of means would be worth to the whole plan."""

    text: str
    change: dict[str, Any]
    saves: float
    served: int
    inside: int
    couriers: int


@dataclass(frozen=True)
class ExplanationView:
    """What explains one revision, within the caller's canteens."""

    revision: int
    explained: bool
    orders: list[FindingView]
    means: list[WorthView]


def explanation(
    runtime: Runtime,
    caller: Caller,
    day: date,
    meal: Meal,
    number: int | None = None,
    *,
    language: str = "zh",
) -> ExplanationView:
    """Return what explains a revision (default: the published one, else the newest).

    Raises
    ------
    NotFound
        If there is no plan or no such revision.
    """
    reader = Reader(caller.name, caller.sees, caller.grant.detail, language)
    return explanation_for(runtime, reader, day, meal, number)


def explanation_for(
    runtime: Runtime, reader: Reader, day: date, meal: Meal, number: int | None = None
) -> ExplanationView:
    """Return what explains a revision as a reader may see it; see :func:`explanation`."""
    with transaction(runtime.engine) as session:
        revision = read.revision(session, day, meal, number)
        kept = revision.explanation or {"findings": [], "worths": []}
        advice = _advice(session, runtime, revision, reader)
        orders = _orders(revision)
        found = [(one, orders[record_id(one["order"])]) for one in kept["findings"]]
        said = {order.id for _, order in found}
        found += [
            (_left(item), item.order) for item in revision.unserved if item.order_id not in said
        ]
        shown = [
            _finding(one, order, advice, reader)
            for one, order in found
            if reader.sees(_keeper(order))
        ]
        means = [
            _worth(worth, advice)
            for worth in kept["worths"]
            if "canteen" not in worth or reader.sees(record_id(worth["canteen"]))
        ]
        if reader.detail is not Detail.ANONYMOUS:
            subject = f"{day} {meal.value} r{revision.number}"
            audit.record(
                session,
                runtime.clock(),
                reader.name,
                "read.explanation",
                subject,
                people=len(shown),
            )
        return ExplanationView(revision.number, revision.explanation is not None, shown, means)


def _advice(session: Session, runtime: Runtime, revision: PlanRevision, reader: Reader) -> Advice:
    """Return what puts changes into words; couriers of other canteens are not named."""
    canteens = {one.id: one.name for one in session.exec(select(Canteen))}
    couriers = {one.id: one for one in session.exec(select(Courier))}

    def courier(number: int) -> str:
        known = couriers.get(number)
        if known is None:
            return f"v{number}"
        return known.code if reader.sees(known.canteen_id) else advice.somebody(known.canteen_id)

    advice = Advice(
        opens=unpack(revision.instance).opens,
        zone=runtime.settings.zone,
        language=reader.language,
        canteen=lambda number: canteens.get(number, f"k{number}"),
        courier=courier,
    )
    return advice


def _left(item: UnservedOrder) -> dict[str, Any]:
    """Return what is known of an order of which only the reason was kept."""
    nothing: dict[str, Any] = {"figure": None, "remedies": [], "looked": False}
    return {"order": item.order_id, "wish": "served", "cause": item.reason, **nothing}


def _orders(revision: PlanRevision) -> dict[int, Order]:
    """Return the orders of a revision by number, brought or left out."""
    brought = [stop.order for duty in revision.duties for trip in duty.trips for stop in trip.stops]
    left = [item.order for item in revision.unserved]
    return {order.id: order for order in [*brought, *left] if order.id is not None}


def _keeper(order: Order) -> int | None:
    return order.elder.canteen_id if order.elder else order.canteen_id


def _finding(found: dict[str, Any], order: Order, advice: Advice, reader: Reader) -> FindingView:
    return FindingView(
        order=order.id or 0,
        kind=order.kind,
        portions=order.portions,
        priority=order.priority,
        wish=found["wish"],
        cause=found["cause"],
        cause_text=reason_text(found["cause"], advice.language),
        figure=found["figure"],
        looked=found["looked"],
        remedies=[
            RemedyView(advice.remedy(one["changes"]), one["changes"], one["effort"], one["saves"])
            for one in found["remedies"]
        ],
        elder=person(order.elder, reader.detail),
        meal_point=order.meal_point.code if order.meal_point else None,
    )


def _worth(worth: dict[str, Any], advice: Advice) -> WorthView:
    figures = ("saves", "served", "inside", "couriers", "steps")
    change = {name: value for name, value in worth.items() if name not in figures}
    return WorthView(
        advice.worth(worth),
        change,
        worth["saves"],
        worth["served"],
        worth["inside"],
        worth["couriers"],
    )
