"""What waits for an answer before a service: whom it is about, as a role may know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from mealsvc.access import Action, Caller, may
from mealsvc.demand import OnShift, WarningKind, demand_warnings
from mealsvc.desk.people import Person, person
from mealsvc.desk.stopped_meals import stopped_meals
from mealsvc.planning.reasons import UNLOCATED
from mealsvc.roster import upkeep
from mealsvc.runtime import Runtime
from mealsvc.sentences import Sentence
from mealsvc.store import (
    Address,
    Canteen,
    Courier,
    Elder,
    MealPoint,
    Order,
    PlanRevision,
    Proposal,
    Service,
    UnservedOrder,
)
from mealsvc.vocabulary import EndReason, ProposalState, RevisionState, label


class ConcernKind(StrEnum):
    """What waits; pages lead from it to where it is answered."""

    NIGHT = "night"
    UNSERVED = "unserved"
    STOPPED = "stopped"
    PROPOSALS = "proposals"
    UNLOCATED = "unlocated"
    UNKEPT = "unkept"
    NO_PHONE = "no_phone"
    NO_POINT = "no_point"
    NO_CANTEEN = "no_canteen"
    POINT_FULL = "point_full"
    POINT_CLOSED = "point_closed"
    CANTEEN_FULL = "canteen_full"


@dataclass(frozen=True)
class Concern:
    """One matter that waits for an answer.

    Attributes
    ----------
    kind
        What it is.
    count
        How many people, orders or proposals it is about.
    text
        One sentence: what, and what to do.
    people
        Whom it is about, as the role shows them; empty where it shows nobody.
    """

    kind: ConcernKind
    count: int
    text: Sentence
    people: tuple[Person, ...] = ()


class Concerns:
    """The matters of one service, through the eyes of one caller."""

    def __init__(self, session: Session, runtime: Runtime, caller: Caller) -> None:
        self.session, self.runtime, self.caller = session, runtime, caller

    def nights(self, problems: Sequence[Sentence]) -> Iterator[Concern]:
        """Yield what went wrong with the nightly planning; in full for those who may see jobs."""
        if may(self.caller.identity, Action.READ_JOBS):
            for problem in problems:
                yield Concern(ConcernKind.NIGHT, 1, problem)
        elif problems:
            text = Sentence("夜间自动计划出现问题，请联系管理员", "nightly planning has a problem")
            yield Concern(ConcernKind.NIGHT, len(problems), text)

    def unserved(self, revision: PlanRevision | None) -> Iterator[Concern]:
        """Yield how many orders a plan leaves out that have a place."""
        if revision is None:
            return
        query = (
            select(Order)
            .join(UnservedOrder)
            .where(
                UnservedOrder.revision_id == revision.id,
                col(UnservedOrder.reason) != UNLOCATED,
                col(Order.cancelled).is_(False),
            )
            .options(selectinload(Order.elder))  # type: ignore[arg-type]
            .order_by(col(Order.id))
        )
        orders = [order for order in self.session.exec(query) if self._keeps(order)]
        if orders:
            count = len(orders)
            yield Concern(
                ConcernKind.UNSERVED,
                count,
                Sentence(f"{count}单未能安排配送，请处理", f"orders that nobody brings: {count}"),
                self._people(order.elder for order in orders),
            )

    def stopped(self, service: Service | None, until: datetime) -> Iterator[Concern]:
        """Yield who stopped eating and is still to be brought a meal, until the service is over."""
        if service is None or self.runtime.clock() >= until:
            return
        for reason, elders in stopped_meals(self.session, service).items():
            own = [one for one in elders if self.caller.sees(one.canteen_id)]
            if own:
                text = _stopped_text(reason, len(own))
                yield Concern(ConcernKind.STOPPED, len(own), text, self._people(own))

    def proposals(self, revision: PlanRevision | None) -> Iterator[Concern]:
        """Yield how many proposals for the published plan nobody decided about."""
        published = revision is not None and revision.state is RevisionState.PUBLISHED
        if revision is None or not published or not may(self.caller.identity, Action.MAKE_PLANS):
            return
        query = select(Proposal.id).where(
            Proposal.plan_id == revision.plan_id,
            Proposal.state == ProposalState.OPEN,
            Proposal.based_on == revision.number,
        )
        count = len(self.session.exec(query).all())
        if count:
            text = Sentence(
                f"{count}个调整方案等待决定",
                f"proposed changes of the plan to decide about: {count}",
            )
            yield Concern(ConcernKind.PROPOSALS, count, text)

    def unlocated(self) -> Iterator[Concern]:
        """Yield how many elders no plan can bring a meal to, for want of a place."""
        query = (
            select(Elder)
            .join(Address)
            .where(col(Elder.ended_on).is_(None), col(Address.unlocated_reason).is_not(None))
            .order_by(col(Elder.code))
        )
        elders = [one for one in self.session.exec(query) if self.caller.sees(one.canteen_id)]
        if elders:
            count = len(elders)
            text = Sentence(
                f"{count}位老人的位置未确定，无法配送；请在地图上确定位置",
                f"elders without a usable place, whom nobody can be sent to: {count}; "
                "set it on the map",
            )
            yield Concern(ConcernKind.UNLOCATED, count, text, self._people(elders))

    def unkept(self) -> Iterator[Concern]:
        """Yield how many elders no canteen keeps: a count for everybody, nobody's name."""
        count = upkeep.count_unkept(self.session)
        if count and may(self.caller.identity, Action.READ_ELDERS):
            text = Sentence(
                f"{count}位老人还没有归属食堂，不会出现在任何食堂的名册里；由管理员确定食堂或位置",
                f"elders whom no canteen keeps, so that no canteen's roster shows them: {count}; "
                "an administrator names a canteen or sets the place",
            )
            yield Concern(ConcernKind.UNKEPT, count, text)

    def no_phone(self, on_shift: Iterable[OnShift]) -> Iterator[Concern]:
        """Yield how many couriers at work cannot be called."""
        silent = [one.courier for one in on_shift if not one.courier.phone]
        if silent:
            count = len(silent)
            text = Sentence(
                f"{count}名当班送餐员没有电话，有事无法联系；请补录",
                f"couriers on shift without a phone number: {count}; enter it",
            )
            yield Concern(ConcernKind.NO_PHONE, count, text, self._people(silent))

    def demand(self, service: Service | None) -> Iterator[Concern]:
        """Yield what is odd about the orders; elders together, canteens and points one by one."""
        if service is None:
            return
        elders: dict[WarningKind, list[str]] = defaultdict(list)
        for warning in demand_warnings(self.session, self.runtime.settings, service):
            if warning.kind in _ABOUT_ELDERS:
                elders[warning.kind].append(warning.subject)
            elif warning.kind is not WarningKind.UNLOCATED and self._keeps_site(warning.subject):
                yield Concern(ConcernKind(warning.kind.value), 1, warning.text)
        for kind, codes in elders.items():
            query = select(Elder).where(col(Elder.code).in_(codes)).order_by(col(Elder.code))
            own = [one for one in self.session.exec(query) if self.caller.sees(one.canteen_id)]
            if own:
                zh, en = _ABOUT_ELDERS[kind]
                text = Sentence(zh.format(count=len(own)), en.format(count=len(own)))
                yield Concern(ConcernKind(kind.value), len(own), text, self._people(own))

    def _keeps(self, order: Order) -> bool:
        keeper = order.elder.canteen_id if order.elder else order.canteen_id
        return self.caller.sees(keeper)

    def _keeps_site(self, code: str) -> bool:
        canteen = self.session.exec(select(Canteen.id).where(Canteen.code == code)).first()
        point = select(MealPoint.canteen_id).where(MealPoint.code == code)
        return self.caller.sees(canteen or self.session.exec(point).first())

    def _people(self, someone: Iterable[Elder | Courier | None]) -> tuple[Person, ...]:
        shown = (person(one, self.caller.grant.detail) for one in someone)
        return tuple(one for one in shown if one is not None)


def _stopped_text(reason: EndReason | None, count: int) -> Sentence:
    """Return the sentence about elders who stopped for a reason; None is a pause."""
    if reason is None:
        zh, en = f"{count}位老人已暂停用餐", f"elders who are paused: {count}"
    else:
        zh = f"{count}位老人已停止服务（{label(reason)}）"
        en = f"elders whose service ended ({label(reason, 'en')}): {count}"
    return Sentence(
        f"{zh}，但本餐次的配送里还有餐；请在计划里取消",
        f"{en}; this service still brings them a meal: cancel it in the plan",
    )


#: Warnings that are told of all elders together.
_ABOUT_ELDERS = {
    WarningKind.NO_POINT: (
        "{count}位老人自取用餐却没有助餐点；请在档案中指定",
        "elders who collect their meal but have no meal point: {count}; name one in the file",
    ),
    WarningKind.NO_CANTEEN: (
        "{count}位老人堂食却没有食堂；请在档案中指定",
        "elders who eat in but have no canteen: {count}; name one in the file",
    ),
}
