"""Revisions of one day, one after another: time, what stays, what moves, what anew would cost.

    python -m scripts.bench_revisions --home WORK --streets EXTRACT --roster FOLDER --out FILES

plans and publishes a lunch of the roster (``canteens``, ``elders`` and ``couriers`` as XLSX), then
asks for forty random changes while the clock of the day moves on, and accepts each proposal. Stops
count as done when the plan says so; every second courier also reports them. An answer is timed from
the question until the proposal is kept and told in words. Every third is compared with the same
future solved from nothing: the same past, the same records. Each revision is written to FILES as
an instance and its plan, for a checker of its own: ``07-left`` is the problem that was left to
decide, which keeps every rule; ``07-whole`` has the past with it, which breaks rules where the day
did (``revisions.json`` tells). With a finished installation in WORK, ``--streets`` and ``--roster``
are not needed; with ``--plan-seconds 0`` the plan that is published there is revised, so that
copies of one installation serve several ``--seed``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from sqlmodel import col, select

import routing
from mealsvc.access import Action
from mealsvc.cli.operator import operator
from mealsvc.clock import local_moment
from mealsvc.demand import service_hours
from mealsvc.desk.revising import read_proposal as tell
from mealsvc.planning import plan_service
from mealsvc.planning.ids import record_id
from mealsvc.planning.revising import (
    CanteenLate,
    CourierAway,
    CourierComes,
    DayChange,
    Decision,
    InForce,
    OrderAmended,
    OrderCancelled,
    OrderUrgent,
    Question,
    StreetClosed,
    TravelSlower,
    TripSeen,
    WorkedOut,
    accept,
    propose,
    read_in_force,
)
from mealsvc.planning.revising.changes import as_json
from mealsvc.roster import RosterFiles, import_roster
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.settings import Settings
from mealsvc.store import Canteen, Courier, Elder, Order, transaction
from mealsvc.streets import build_network
from mealsvc.vocabulary import Meal, OrderKind
from routing.repair.differences import Differences
from scripts.bench_repairs import Anew, past_cost, solve_anew
from scripts.bench_revisions_table import Revised, print_tables

NOON = clock_time(12)
"""The plan is made on the day before, at this time."""
LATEST = 0.6
"""Changes are reported until this part of the service is over."""
KINDS = (
    "order_cancelled", "order_urgent", "courier_away", "order_amended", "canteen_late",
    "order_cancelled", "order_urgent", "travel_slower", "courier_comes", "street_closed",
)  # fmt: skip
"""What happens, in turn."""


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment."""
        return self.now


def main() -> None:
    """Plan, revise, compare, print."""
    options = _parser().parse_args()
    clock = Clock(local_moment(options.day - timedelta(days=1), NOON, _settings(options).zone))
    runtime = open_runtime(_settings(options), clock)
    _prepare(runtime, options)
    if options.plan_seconds > 0:
        seconds = options.plan_seconds
        plan_service(runtime, options.day, Meal.LUNCH, actor="bench", seconds=seconds, publish=True)
    options.out.mkdir(parents=True, exist_ok=True)
    found = list(_revisions(runtime, clock, options))
    text = json.dumps([asdict(one) for one in found], indent=1)
    (options.out / "revisions.json").write_text(f"{text}\n", encoding="utf-8")
    print_tables(found)


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(home=options.home)


def _prepare(runtime: Runtime, options: argparse.Namespace) -> None:
    """Build streets and read the roster, where they are given."""
    if options.streets is not None:
        build_network(runtime, options.streets)
    if options.roster is not None:
        files = RosterFiles(
            canteens=[options.roster / "canteens.xlsx"],
            elders=[options.roster / "elders.xlsx"],
            couriers=[options.roster / "couriers.xlsx"],
        )
        import_roster(runtime, files, actor="bench")


def _revisions(runtime: Runtime, clock: Clock, options: argparse.Namespace) -> Iterator[Revised]:
    """Yield the revisions of the day, accepted one after another."""
    dice = random.Random(options.seed)  # noqa: S311 - no secrets here
    teller = operator(runtime, Action.MAKE_PLANS)
    hours = service_hours(runtime.settings, options.day, Meal.LUNCH)
    last = LATEST * hours.length
    moments = sorted(dice.uniform(-600, last) for _ in range(options.revisions))
    for number, seconds in enumerate(moments, start=1):
        clock.now = hours.opens + timedelta(seconds=round(seconds))
        with transaction(runtime.engine) as session:
            force = read_in_force(session, runtime, options.day, Meal.LUNCH)
        kind = KINDS[(number - 1) % len(KINDS)]
        changes = _draw(dice, runtime, force, kind)
        kind = as_json(changes[0])["kind"]  # another one, where nothing of the kind fits the day
        question = Question(changes, seen=tuple(_seen(force, clock.now)))
        began, used = time.monotonic(), time.process_time()
        proposal, worked = propose(
            runtime, options.day, Meal.LUNCH, question, actor="bench", iterations=options.iterations
        )
        tell(runtime, teller, options.day, Meal.LUNCH, proposal.id or 0)
        took, processor = time.monotonic() - began, time.process_time() - used
        decision = Decision("bench", seen=question.seen)
        accept(runtime, options.day, Meal.LUNCH, proposal.id or 0, decision)
        accepting = time.monotonic() - began - took
        anew = None
        if options.anew and number % options.anew == 0:
            anew = solve_anew(worked.standing, options.anew_seconds, options.seed)
        _write(options.out / f"{number:02d}", worked)
        row = _row(number, kind, force, worked, anew, clock.now)
        row = replace(row, seconds=took, processor=processor, accepting=accepting)
        sys.stdout.write(f"{json.dumps(asdict(row))}\n")
        sys.stdout.flush()
        yield row


def _seen(force: InForce, now: datetime) -> Iterator[TripSeen]:
    """Yield what every second courier reports: what the plan says, as far as it is past."""
    for trip in force.plan.trips:
        courier = record_id(trip.courier)
        at = [(stop, force.stored.opens + timedelta(seconds=stop.arrive)) for stop in trip.stops]
        departed = force.stored.opens + timedelta(seconds=trip.depart)
        if courier % 2 == 0 and departed <= now:
            yield TripSeen(
                courier,
                frozenset(record_id(stop.order) for stop in trip.stops),
                departed=departed,
                visited={record_id(stop.order): moment for stop, moment in at if moment <= now},
            )


def _draw(
    dice: random.Random, runtime: Runtime, force: InForce, kind: str
) -> tuple[DayChange, ...]:
    """Return a change of a kind that fits the day; a cancelled meal where none does."""
    now = force.seconds(runtime.clock()) + 600
    with transaction(runtime.engine) as session:
        couriers = {one.id: one for one in session.exec(select(Courier))}
        canteens = {one.id: one.code for one in session.exec(select(Canteen))}
        orders = session.exec(select(Order).where(col(Order.service_id) == force.service.id)).all()
        elders = {one.id: one for one in session.exec(select(Elder))}
        placed = {
            one.code: (one.address.lon or 0.0, one.address.lat or 0.0)
            for one in elders.values()
            if one.address and one.address.lon is not None and one.ended_on is None
        }
    ahead = [trip for trip in force.plan.trips if trip.depart > now]
    open_orders = {record_id(stop.order) for trip in ahead for stop in trip.stops}
    wanted = sorted(
        elders[one.elder_id].code
        for one in orders
        if one.kind is OrderKind.DELIVERY and one.id in open_orders and one.elder_id
    )
    busy = {one.elder_id for one in orders if not one.cancelled}
    free = sorted(one.code for key, one in elders.items() if key not in busy and one.code in placed)
    used = {record_id(trip.courier) for trip in force.plan.trips}
    idle = sorted(key for key in couriers if key is not None and key not in used)
    found: DayChange = TravelSlower(5)
    match kind:
        case "order_urgent" if free:
            found = OrderUrgent(dice.choice(free))
        case "order_amended" if wanted:
            found = OrderAmended(dice.choice(wanted), portions=dice.randint(1, 2))
        case "courier_away" if ahead:
            found = CourierAway(couriers[record_id(dice.choice(ahead).courier)].code)
        case "courier_comes" if idle:
            hours = (force.hours.first, force.hours.last)
            found = CourierComes(couriers[dice.choice(idle)].code, hours)
        case "canteen_late" if ahead:
            late = record_id(dice.choice(ahead).canteen)
            found = CanteenLate(canteens[late], dice.choice([5, 10, 15]))
        case "travel_slower":
            found = TravelSlower(dice.choice([5, 10]))
        case "street_closed" if len(wanted) > 1:
            one, other = (placed[code] for code in dice.sample(wanted, 2))
            found = StreetClosed((((one[0] + other[0]) / 2, (one[1] + other[1]) / 2),), 50)
        case _ if wanted:
            found = OrderCancelled(dice.choice(wanted))
    return (found,)


def _write(name: Path, worked: WorkedOut) -> None:
    """Write the problem that was left and its plan, and the same with the past."""
    outcome, standing = worked.outcome, worked.standing
    routing.write_instance(outcome.instance, Path(f"{name}-whole-instance.json"))
    routing.write_plan(outcome.plan, Path(f"{name}-whole-plan.json"))
    routing.write_instance(standing.future, Path(f"{name}-left-instance.json"))
    routing.write_plan(_left(worked), Path(f"{name}-left-plan.json"))


def _left(worked: WorkedOut) -> routing.Plan:
    """Return the part of the plan that was left to decide."""
    outcome, standing = worked.outcome, worked.standing
    trips = outcome.plan.trips[len(standing.kept) :]
    served = {stop.order for trip in trips for stop in trip.stops}
    unserved = tuple(
        routing.Unserved(one.id, "") for one in standing.future.orders if one.id not in served
    )
    plan = routing.Plan(trips, unserved)
    return replace(plan, cost=routing.check(standing.future, plan).cost)


def _row(
    number: int,
    kind: str,
    force: InForce,
    worked: WorkedOut,
    anew: Anew | None,
    now: datetime,
) -> Revised:
    outcome, known = worked.outcome, force.seconds(now)
    found: Differences = outcome.differences
    verdict = routing.check(outcome.instance, replace(outcome.plan, cost=None), outcome.begun)
    return Revised(
        number=number,
        kind=kind,
        at=f"{now:%H:%M:%S}",
        seconds=0.0,
        processor=0.0,
        accepting=0.0,
        cost=outcome.verdict.cost,
        past=past_cost(worked.standing),
        open_orders=len(worked.standing.future.orders),
        moved=len(found.moved),
        orphaned=_orphaned(worked),
        couriers=len(found.couriers),
        rules_kept=routing.check(worked.standing.future, _left(worked)).feasible
        and verdict.faults == outcome.inherited,
        whole_rules_kept=routing.check(outcome.instance, outcome.plan).feasible,
        done_stays=_done(force.plan, known) <= _done(outcome.plan, known),
        untouched_changed=_changed_without_need(force, worked, kind),
        anew_cost=None if anew is None else anew.cost,
        anew_moved=None if anew is None else anew.moved,
    )


def _orphaned(worked: WorkedOut) -> int:
    """Count the orders left to plan whose courier can do nothing any more."""
    working = {courier.id for courier in worked.standing.future.couriers}
    return sum(courier not in working for courier in worked.standing.present.values())


def _done(plan: routing.Plan, now: int) -> set[tuple[str, str, int]]:
    """Return courier, order and moment of every hand-over that has begun."""
    return {
        (trip.courier, stop.order, stop.arrive)
        for trip in plan.trips
        for stop in trip.stops
        if stop.arrive <= now
    }


def _changed_without_need(force: InForce, worked: WorkedOut, kind: str) -> int:
    """Count the duties with the same stops in the same order whose times differ nevertheless.

    Slower or closed streets and late kitchens move times of whole duties, so they do not count.
    """
    if kind in ("travel_slower", "street_closed", "canteen_late"):
        return 0
    was, will = _duties(force.plan), _duties(worked.outcome.plan)
    amended = worked.translated.amended
    return sum(
        duty != will[courier]
        for courier, duty in was.items()
        if courier in will
        and _stops(duty) == _stops(will[courier])
        and amended.isdisjoint(order for trip in _stops(duty) for order in trip)
    )


def _duties(plan: routing.Plan) -> dict[str, list[routing.Trip]]:
    duties: dict[str, list[routing.Trip]] = {}
    for trip in sorted(plan.trips, key=lambda one: one.depart):
        duties.setdefault(trip.courier, []).append(trip)
    return duties


def _stops(duty: list[routing.Trip]) -> list[tuple[str, ...]]:
    return [tuple(stop.order for stop in trip.stops) for trip in duty]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    add = parser.add_argument
    add("--home", type=Path, required=True, help="folder of the installation; made if missing")
    add("--streets", type=Path, help="OpenStreetMap extract to build")
    add("--roster", type=Path, help="folder with canteens.xlsx, elders.xlsx, couriers.xlsx")
    add("--out", type=Path, required=True, help="folder for instances and plans")
    add("--day", type=date.fromisoformat, default=date(2026, 11, 24), help="default 2026-11-24")
    add(
        "--plan-seconds",
        type=float,
        default=60.0,
        help="to plan (default 60), 0: as it is",
    )
    add("--revisions", type=int, default=40, help="how many (default 40)")
    add("--iterations", type=int, help="steps of a search instead of time")
    add("--anew", type=int, default=3, help="every so many is solved anew, 0: none (default 3)")
    add("--anew-seconds", type=float, default=60.0, help="processor time (default 60)")
    add("--seed", type=int, default=0, help="of the changes (default 0)")
    return parser


if __name__ == "__main__":
    main()
