"""A courier's link to the current duty: on the route sheet's QR code or sent by the office.

A link belongs to one courier and one service. It opens that courier's duty in the *published*
revision, whichever that is: after a change the old sheet's code leads to the new duty. It opens
nothing before publication, after the duty has ended, or when the courier has no duty any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from mealsvc.access import audit
from mealsvc.access.errors import LinkEnded
from mealsvc.access.identity import Identity
from mealsvc.access.server_secret import derived_token
from mealsvc.access.tokens import hash_token
from mealsvc.clock import local_moment
from mealsvc.errors import Conflict, NotFound
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.store import Courier, Duty, Plan, PlanRevision, Service, Token, transaction
from mealsvc.store.rows import one_row
from mealsvc.vocabulary import Meal, RevisionState, TokenKind, service_zh


def duty_ends(settings: Settings, service: Service) -> datetime:
    """Return when the duties of a service are over: its last hand-over and a margin."""
    closes = local_moment(service.day, settings.hours(service.meal)[1], settings.zone)
    return closes + timedelta(minutes=settings.duty_margin_minutes)


@dataclass(frozen=True)
class PublishedDuty:
    """A courier's duty with the number of the published revision and the service."""

    duty: Duty
    revision: int
    service: Service


def current_duty(session: Session, runtime: Runtime, identity: Identity) -> PublishedDuty:
    """Return the duty that a courier may read now.

    Parameters
    ----------
    session
        The transaction.
    runtime
        The installation.
    identity
        A courier's user (the first published duty that has not ended), or a courier's link (the
        duty of its service).

    Raises
    ------
    LinkEnded
        If a link's duty is over, was taken out of the plan, or the link was revoked.
    NotFound
        If a courier's user has no published duty ahead.
    """
    if identity.is_link:
        return _duty_of_link(session, runtime, identity)
    for found in _published_duties(session, identity.courier_id):
        if runtime.clock() < duty_ends(runtime.settings, found.service):
            return found
    raise NotFound(
        "you have no published duty ahead; ask your canteen",
        "您目前没有已发布的送餐任务，请与食堂联系",
    )


def _published_duties(session: Session, courier_id: int | None) -> list[PublishedDuty]:
    rows = session.execute(_PUBLISHED_DUTIES, {"courier_id": courier_id})
    return [PublishedDuty(*row) for row in rows]


_PUBLISHED_DUTIES = (
    select(Duty, PlanRevision.number, Service)
    .join(PlanRevision, col(PlanRevision.id) == Duty.revision_id)
    .join(Plan, col(Plan.id) == PlanRevision.plan_id)
    .join(Service, col(Service.id) == Plan.service_id)
    .where(
        col(Duty.courier_id) == bindparam("courier_id"),
        PlanRevision.state == RevisionState.PUBLISHED,
    )
    .order_by(col(Service.day), col(Service.meal).desc())  # lunch before dinner
)


def _duty_of_link(session: Session, runtime: Runtime, identity: Identity) -> PublishedDuty:
    ends = read_link_end(session, identity)
    if ends is None:
        raise LinkEnded(
            "this link was withdrawn; ask your canteen for a new one",
            "此链接已被收回，请向食堂索取新的链接",
        )
    service = session.get(Service, identity.service_id)
    if service is None or runtime.clock() >= min(ends, duty_ends(runtime.settings, service)):
        raise LinkEnded("this duty is over; the link has ended", "此次送餐任务已结束，链接已失效")
    for found in _published_duties(session, identity.courier_id):
        if found.service.id == service.id:
            return found
    raise LinkEnded(
        "you have no duty in the published plan of this service; ask your canteen",
        "已发布的配送计划中没有您的任务，请与食堂联系",
    )


def read_link_end(session: Session, identity: Identity) -> datetime | None:
    """Return when a courier's link ends by the records; None where it was withdrawn."""
    return session.execute(_LINK_END, {"token_id": identity.token_id}).scalar()


_LINK_END = select(Token.expires_at).where(
    col(Token.id) == bindparam("token_id"), col(Token.revoked_at).is_(None)
)


def published_duty(session: Session, day: date, meal: Meal, courier_id: int) -> Duty | None:
    """Return a courier's duty in the published revision of a service, if there is one."""
    return session.exec(
        select(Duty)
        .join(PlanRevision, col(PlanRevision.id) == Duty.revision_id)
        .join(Plan, col(Plan.id) == PlanRevision.plan_id)
        .join(Service, col(Service.id) == Plan.service_id)
        .where(
            Duty.courier_id == courier_id,
            Service.day == day,
            Service.meal == meal,
            PlanRevision.state == RevisionState.PUBLISHED,
        )
    ).first()


def make_link(runtime: Runtime, day: date, meal: Meal, courier_id: int, actor: str) -> str:
    """Return the address of the link to a courier's published duty, as phones reach it.

    Asking again gives the same link, so that every print of a sheet carries one and the same code;
    after it was withdrawn it is another.

    Raises
    ------
    NotFound
        If the courier has no duty in the published plan of that service.
    Conflict
        If the duty is over.
    """
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        duty = published_duty(session, day, meal, courier_id)
        if duty is None:
            raise NotFound(
                f"this courier has no published duty for {meal.value} of {day}",
                f"该送餐员在{service_zh(day, meal)}没有已发布的任务",
            )
        service = duty.revision.plan.service
        ends = duty_ends(runtime.settings, service)
        if ends <= now:
            raise Conflict(
                "this duty is over; no link can be made for it any more",
                "此次送餐任务已结束，不能再生成链接",
            )
        secret = derived_token(
            runtime.settings.home, day, meal.value, courier_id, _withdrawn(session, duty)
        )
        token, _ = one_row(
            session,
            Token,
            {"token_hash": hash_token(secret)},
            {
                "kind": TokenKind.DUTY,
                "courier_id": courier_id,
                "service_id": service.id,
                "name": f"{day} {meal.value}",
                "created_at": now,
                "expires_at": ends,
            },
        )
        token.expires_at = ends  # the hours of the service may have been moved since
        subject = f"{day} {meal.value} {duty.courier.code}"
        audit.record(session, now, actor, "link.make", subject)
    return f"{runtime.settings.public_url.rstrip('/')}/d/{secret}"


def _withdrawn(session: Session, duty: Duty) -> int:
    """Return how many links to a courier's duty were withdrawn; each makes the next one another."""
    query = select(func.count()).where(
        Token.courier_id == duty.courier_id,
        Token.service_id == duty.revision.plan.service_id,
        col(Token.revoked_at).is_not(None),
    )
    return session.exec(query).one()


def withdraw_links(runtime: Runtime, day: date, meal: Meal, courier_id: int, actor: str) -> int:
    """End every link of a courier to a service and return how many there were."""
    now = runtime.clock()
    with transaction(runtime.engine) as session:
        live = session.exec(
            select(Token)
            .join(Service, col(Service.id) == Token.service_id)
            .where(
                Token.courier_id == courier_id,
                Service.day == day,
                Service.meal == meal,
                col(Token.revoked_at).is_(None),
            )
        ).all()
        for token in live:
            token.revoked_at = now
        courier = session.get_one(Courier, courier_id)
        subject = f"{day} {meal.value} {courier.code}"
        audit.record(session, now, actor, "link.withdraw", subject, links=len(live))
    return len(live)
