"""What a scenario does to deliveries: a service planned twice by the real solver, and compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mealsvc.demand import collect_orders
from mealsvc.errors import InvalidInput
from mealsvc.planning.facts import ServiceFacts, read_facts
from mealsvc.planning.instance import build_problem
from mealsvc.planning.keeping import Solved, revision_of
from mealsvc.planning.solving import solve_checked
from mealsvc.planning.travel import StreetTravel, Travel
from mealsvc.runtime import Runtime
from mealsvc.siting.changes import apply_changes
from mealsvc.siting.restaging import restage
from mealsvc.siting.scenarios import content_of, read_scenario
from mealsvc.siting.sites import Site, read_sites
from mealsvc.store import transaction
from mealsvc.vocabulary import Meal, label, service_zh

type Report = Callable[[str, float], None]

COLLECTING, MEASURING, SEARCHING = "collecting orders", "travel times", "searching"


@dataclass(frozen=True)
class DeliveryFigures:
    """What a plan of the service comes to.

    Attributes
    ----------
    orders, portions
        Deliveries and supplies.
    served_portions, unserved_orders
        What is carried, and what is not.
    circle_share
        Share of the carried portions inside the delivery circle, 0 … 1.
    couriers, couriers_on_shift
        Couriers who are needed, and who are there.
    trips, travel_seconds
        Their trips, and seconds on the way.
    cost, bound, gap
        Cost of the plan; what no plan can go below; relative distance.
    seconds
        Time that the solver used.
    """

    orders: int
    portions: int
    served_portions: int
    unserved_orders: int
    circle_share: float
    couriers: int
    couriers_on_shift: int
    trips: int
    travel_seconds: int
    cost: int
    bound: float | None
    gap: float | None
    seconds: float


@dataclass(frozen=True)
class Effect:
    """A service planned without and with a scenario.

    Attributes
    ----------
    day, meal
        The service.
    version
        Version of the scenario that was planned.
    before, after
        Both plans, made from scratch in the same time with the same seed.
    notes
        What was assumed, in Chinese and English.
    """

    day: date
    meal: Meal
    version: int
    before: DeliveryFigures
    after: DeliveryFigures
    notes: tuple[dict[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values, with ``difference`` (after − before) of every number."""
        before, after = asdict(self.before), asdict(self.after)
        difference = {
            name: round(after[name] - before[name], 6)
            for name in before
            if before[name] is not None and after[name] is not None
        }
        return {
            "day": self.day.isoformat(),
            "meal": self.meal.value,
            "version": self.version,
            "before": before,
            "after": after,
            "difference": difference,
            "notes": list(self.notes),
        }


@dataclass(frozen=True)
class _Stage:
    facts: ServiceFacts
    version: int
    before: tuple[Site, ...]
    after: tuple[Site, ...]


def delivery_effect(
    runtime: Runtime,
    scenario_id: int,
    day: date,
    meal: Meal,
    *,
    seconds: float | None = None,
    progress: Report | None = None,
    stop: Callable[[], bool] | None = None,
    travel: Travel | None = None,
) -> Effect:
    """Plan a service without and with a scenario; nothing is saved, no plan is touched.

    Parameters
    ----------
    runtime
        The installation.
    scenario_id
        Number of the scenario.
    day, meal
        The service: a coming one, or one whose orders were collected before.
    seconds
        Solving time of each of the two plans; default from the settings.
    progress
        Told what is being done.
    stop
        Asked during the search; once it says True the answer is of no use.
    travel
        Travel times; default the installation's streets.

    Raises
    ------
    NotFound
        If there is no such scenario.
    InvalidInput
        If the scenario is about another meal, or nothing is delivered in the service.
    Conflict
        If the service is over and nobody had ordered.
    NotReady
        If there is no canteen or no street network.
    """
    tell = progress or (lambda _phase, _share: None)
    tell(COLLECTING, 0.0)
    stage = _read(runtime, scenario_id, day, meal)
    restaged = restage(stage.facts, stage.before, stage.after)
    source = travel or StreetTravel(runtime)
    time = seconds or runtime.settings.effect_seconds
    halves = [
        _planned(runtime, facts, source, time, _half(tell, number), stop)
        for number, facts in enumerate((stage.facts, restaged.facts))
    ]
    return Effect(
        day=day,
        meal=meal,
        version=stage.version,
        before=halves[0],
        after=halves[1],
        notes=tuple({"zh": note.zh, "en": note.en} for note in restaged.notes),
    )


def _read(runtime: Runtime, scenario_id: int, day: date, meal: Meal) -> _Stage:
    """Read the service as a plan would, and undo what collecting its orders wrote."""
    with transaction(runtime.engine) as session:
        scenario = read_scenario(session, scenario_id)
        content = content_of(scenario)
        if content.assumptions.meal is not meal:
            planned = content.assumptions.meal
            raise InvalidInput(
                f"scenario {scenario.name!r} is about {planned}, not {meal}; "
                "choose a service of that meal",
                f"方案“{scenario.name}”针对{label(planned)}，不是{label(meal)}；请选择相应餐次",
            )
        sites = read_sites(session, meal)
        service = collect_orders(session, runtime, day, meal)
        facts = read_facts(session, runtime.settings, service)
        version = scenario.version
        session.rollback()
    if not facts.orders:
        raise InvalidInput(
            f"nothing is delivered at {meal} of {day}; choose another service",
            f"{service_zh(day, meal)}没有需要配送的订单，请选择其他餐次",
        )
    return _Stage(facts, version, sites, apply_changes(sites, content.changes)[0])


def _half(tell: Report, number: int) -> Report:
    return lambda phase, share: tell(phase, 0.02 + 0.49 * (number + share))


def _planned(
    runtime: Runtime, facts: ServiceFacts, travel: Travel, seconds: float, tell: Report,
    stop: Callable[[], bool] | None,
) -> DeliveryFigures:  # fmt: skip
    problem = build_problem(
        facts, runtime.settings, lambda: travel, lambda share: tell(MEASURING, 0.2 * share)
    )
    tell(SEARCHING, 0.2)
    plan, verdict = solve_checked(
        problem,
        start=None,
        seconds=seconds,
        workers=runtime.settings.workers,
        seed=runtime.settings.seed,
        progress=lambda done: tell(SEARCHING, 0.2 + 0.8 * done),
        stop=stop,
        executor=None,
    )
    solved = Solved(facts, problem, plan, verdict, runtime.settings.seed)
    counted = revision_of(solved, number=0, plan_id=0, at=runtime.clock(), by="")
    return DeliveryFigures(
        orders=counted.orders,
        portions=counted.portions,
        served_portions=counted.served_portions,
        unserved_orders=counted.unserved_orders,
        circle_share=counted.circle_share,
        couriers=counted.couriers,
        couriers_on_shift=counted.couriers_on_shift,
        trips=counted.trips,
        travel_seconds=counted.travel_seconds,
        cost=counted.cost,
        bound=counted.bound,
        gap=counted.gap,
        seconds=counted.solve_seconds,
    )
