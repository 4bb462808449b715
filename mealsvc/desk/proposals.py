"""A proposed revision as a role shows it: words, figures, stops, rules, and who else is at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.access import Caller, Detail
from mealsvc.demand import service_hours
from mealsvc.desk.people import Person, person
from mealsvc.planning import read, reason_text
from mealsvc.planning.ids import order_name, record_id
from mealsvc.planning.revising import AGREEABLE
from mealsvc.planning.revising.telling import Names, differences_of, rule_sentence, sentences
from mealsvc.runtime import Runtime
from mealsvc.store import Courier, Elder, Order, Proposal
from mealsvc.vocabulary import Meal, ProposalState, RevisionState
from routing import Rule
from routing.repair.differences import Differences

_PERSONAL = frozenset({"elder", "note"})
"""What a role that sees nobody is not shown of a change."""


@dataclass(frozen=True)
class Shown:
    """Which service, and for a reader of which language."""

    day: date
    meal: Meal
    language: str


@dataclass(frozen=True)
class StopDifference:
    """How the way of one meal changes.

    Attributes
    ----------
    change
        ``moved`` (another courier), ``retimed``, ``served`` (was on no trip) or ``left_out``.
    order, elder, meal_point
        Whose; ``order`` is None for an order that gets its number on acceptance.
    courier_before, courier_after
        Codes; None where there is none.
    before, after
        When the hand-over starts.
    reason
        In words, why it is left out.
    """

    change: str
    order: int | None
    elder: Person | None
    meal_point: str | None
    courier_before: str | None
    courier_after: str | None
    before: datetime | None
    after: datetime | None
    reason: str | None


@dataclass(frozen=True)
class RuleBroken:
    """A rule that is not kept.

    ``by_hand`` when the moves break it, else the day itself did; ``agreeable`` when those concerned
    may set it aside.
    """

    rule: str
    text: str
    by_hand: bool
    agreeable: bool


@dataclass(frozen=True)
class OtherProposal:
    """Another open proposal for the same plan."""

    id: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class ProposalView:
    """A proposal; ``id`` is 0 for a price that is not kept.

    Attributes
    ----------
    state
        ``open``, ``outdated`` (another revision was published), ``accepted``, ``rejected``.
    based_on, revision
        Numbers of the revision it changes, and of the one it became.
    changes, moves
        What was asked.
    text
        What it changes, in sentences.
    cost_before, cost_unrepaired, cost
        Of the plan as it is, if nothing were taken over, and as proposed.
    parts
        Of what moves by hand cost more or less, by ``part``, ``amount`` and ``cost``.
    couriers
        Codes of those whose duty changes.
    """

    id: int
    state: str
    based_on: int
    revision: int | None
    made_at: datetime
    made_by: str
    decided_at: datetime | None
    decided_by: str | None
    changes: list[dict[str, Any]]
    moves: list[dict[str, Any]]
    text: list[str]
    cost_before: float
    cost_unrepaired: float | None
    cost: float
    parts: list[dict[str, Any]]
    couriers: list[str]
    stops: list[StopDifference]
    rules: list[RuleBroken]
    others: list[OtherProposal]


def view(
    session: Session, runtime: Runtime, caller: Caller, shown: Shown, row: Proposal
) -> ProposalView:
    """Return a proposal as a role shows it: only what concerns the canteens within reach."""
    book = _Book(session, runtime, caller, shown, row)
    content, found = row.content, book.within(differences_of(row.content))
    kept = {
        **content,
        "skipped": [pair for pair in content["skipped"] if book.sees(pair[1], pair[0])],
        "lost": [pair for pair in content["lost"] if book.sees(pair[1], pair[0])],
        "broken": book.faults(content["broken"]),
    }
    rules = [
        RuleBroken(
            rule=one["rule"],
            text=rule_sentence(one, book.names, shown.language),
            by_hand=by_hand,
            agreeable=Rule(one["rule"]) in AGREEABLE,
        )
        for name, by_hand in (("broken", True), ("inherited", False))
        for one in book.faults(content[name])
    ]
    current = max(
        (
            one.number
            for one in read.revisions(session, shown.day, shown.meal)
            if one.state in (RevisionState.PUBLISHED, RevisionState.CLOSED)
        ),
        default=row.based_on,
    )
    outdated = row.state is ProposalState.OPEN and row.based_on != current
    return ProposalView(
        id=row.id or 0,
        state="outdated" if outdated else row.state.value,
        based_on=row.based_on,
        revision=row.revision,
        made_at=row.made_at,
        made_by=row.made_by,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        changes=[book.asked(one) for one in content["changes"]],
        moves=list(content["moves"]),
        text=sentences(kept, found, book.names, shown.language),
        cost_before=content["cost_before"],
        cost_unrepaired=content["cost_unrepaired"],
        cost=content["cost"],
        parts=list(content.get("parts", ())),  # older proposals do not tell them
        couriers=sorted({book.code(one) for one in found.couriers}),
        stops=list(book.stops(found)),
        rules=rules,
        others=_others(session, row, current),
    )


def _others(session: Session, row: Proposal, current: int) -> list[OtherProposal]:
    query = select(Proposal.id, Proposal.made_at, Proposal.made_by).where(
        col(Proposal.plan_id) == row.plan_id,
        col(Proposal.state) == ProposalState.OPEN,
        col(Proposal.based_on) == current,
    )
    found = session.exec(query.order_by(col(Proposal.id))).all()
    return [OtherProposal(key or 0, at, by) for key, at, by in found if key != row.id]


class _Book:
    """The people and orders that a proposal mentions, looked up once."""

    def __init__(
        self, session: Session, runtime: Runtime, caller: Caller, shown: Shown, row: Proposal
    ) -> None:
        self._caller, self._shown = caller, shown
        self._zone = runtime.settings.zone
        hours = service_hours(runtime.settings, shown.day, shown.meal)
        self._opens = hours.opens.astimezone(self._zone)
        self._couriers = {courier.id: courier for courier in session.exec(select(Courier))}
        self._orders = _orders(session, shown)
        elders = row.content["newcomers"]
        query = select(Elder).where(col(Elder.id).in_(list(elders.values())))
        by_id = {elder.id: elder for elder in session.exec(query)}
        self._newcomers = {name: by_id[elder_id] for name, elder_id in elders.items()}
        self.names = Names(self.order_text, self.courier_text, self._opens)

    def elder(self, name: str) -> Elder | None:
        """Return whose an order is; None for supplies."""
        if name in self._newcomers:
            return self._newcomers[name]
        return self._orders[name].elder

    def order_text(self, name: str) -> str:
        """Return what the reader calls an order."""
        elder = self.elder(name)
        shown = person(elder, self._caller.grant.detail)
        if shown is not None:
            return f"{shown.name}（{shown.code}）" if self._zh else f"{shown.name} ({shown.code})"
        point = None if name in self._newcomers else self._orders[name].meal_point
        if elder is None and point is not None:
            return point.name
        if name in self._newcomers:
            return "新订单" if self._zh else "a new order"
        number = record_id(name)
        return f"订单{number}" if self._zh else f"order {number}"

    def courier_text(self, name: str) -> str:
        """Return what the reader calls a courier."""
        courier = self._couriers[record_id(name)]
        shown = person(courier, self._caller.grant.detail)
        return courier.code if shown is None else shown.name

    @property
    def _zh(self) -> bool:
        return self._shown.language == "zh"

    def code(self, name: str) -> str:
        """Return a courier's code."""
        return self._couriers[record_id(name)].code

    def sees(self, order: str | None, *couriers: str | None) -> bool:
        """Return whether an order or one of its couriers is kept by a canteen within reach."""
        keepers: list[int | None] = [
            self._couriers[record_id(one)].canteen_id for one in couriers if one
        ]
        if order is not None:
            elder = self.elder(order)
            keepers.append(elder.canteen_id if elder else self._orders[order].canteen_id)
        return any(self._caller.sees(one) for one in keepers)

    def within(self, found: Differences) -> Differences:
        """Return the differences that concern the canteens within reach."""
        return replace(
            found,
            moved=tuple(i for i in found.moved if self.sees(i.order, i.before, i.after)),
            retimed=tuple(i for i in found.retimed if self.sees(i.order, i.courier)),
            served=tuple(i for i in found.served if self.sees(i.order, i.courier)),
            dropped=tuple(i for i in found.dropped if self.sees(i.order)),
            refused=tuple(i for i in found.refused if self.sees(i.order)),
            still_unserved=tuple(i for i in found.still_unserved if self.sees(i.order)),
            trips=tuple(i for i in found.trips if self.sees(None, i.courier)),
            couriers=tuple(i for i in found.couriers if self.sees(None, i)),
        )

    def faults(self, faults: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return the broken rules that concern the canteens within reach."""
        if self._caller.canteens is None:
            return list(faults)
        return [
            one
            for one in faults
            if self.sees(None, one["courier"]) or any(self.sees(name) for name in one["orders"])
        ]

    def asked(self, change: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was asked, without the person where the role sees nobody."""
        if self._caller.grant.detail is Detail.FULL:
            return dict(change)
        return {name: value for name, value in change.items() if name not in _PERSONAL}

    def stops(self, found: Differences) -> Iterable[StopDifference]:
        """Yield how the ways of meals change, the gravest first."""
        for left in (*found.dropped, *found.refused):
            reason = reason_text(left.reason, self._shown.language)
            yield self._stop("left_out", left.order, reason=reason)
        for new in found.served:
            yield self._stop("served", new.order, after=(new.courier, new.arrive))
        for moved in found.moved:
            yield self._stop(
                "moved", moved.order, before=(moved.before, None), after=(moved.after, moved.arrive)
            )
        for late in found.retimed:
            yield self._stop(
                "retimed",
                late.order,
                before=(late.courier, late.before),
                after=(late.courier, late.after),
            )

    def _stop(
        self,
        change: str,
        name: str,
        *,
        before: tuple[str, int | None] | None = None,
        after: tuple[str, int | None] | None = None,
        reason: str | None = None,
    ) -> StopDifference:
        order = self._orders.get(name)
        point = order.meal_point if order is not None and order.elder_id is None else None
        return StopDifference(
            change=change,
            order=None if order is None else order.id,
            elder=person(self.elder(name), self._caller.grant.detail),
            meal_point=point.code if point else None,
            courier_before=self.code(before[0]) if before else None,
            courier_after=self.code(after[0]) if after else None,
            before=self._moment(before),
            after=self._moment(after),
            reason=reason,
        )

    def _moment(self, visit: tuple[str, int | None] | None) -> datetime | None:
        if visit is None or visit[1] is None:
            return None
        return self._opens + timedelta(seconds=visit[1])


def _orders(session: Session, shown: Shown) -> dict[str, Order]:
    """Return all orders of the service by their name in the problem."""
    revision = read.chosen(session, shown.day, shown.meal)
    query = (
        select(Order)
        .where(col(Order.service_id) == revision.plan.service_id)
        .options(
            selectinload(Order.elder),  # type: ignore[arg-type]
            selectinload(Order.meal_point),  # type: ignore[arg-type]
        )
    )
    return {order_name(order.id or 0): order for order in session.exec(query)}
