"""A service as it would be with a scenario's sites: the same orders and people, other canteens.

What follows from a scenario for deliveries, and what is assumed:

- a canteen added cooks its capacity, and the couriers that the scenario stations there (on
  e-bikes, for the whole service) load there; who delivers from which canteen the plan chooses;
- couriers and supplies of a canteen that is closed go over to the nearest that is left;
- a meal point that is closed takes its supply out of the plan; where its people eat then is not
  assumed. A new meal point has no supply yet, since nobody eats there yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from mealsvc.planning.facts import CanteenFacts, CourierFacts, OrderFacts, ServiceFacts
from mealsvc.planning.travel import Place
from mealsvc.sentences import Sentence
from mealsvc.siting.sites import Site
from mealsvc.vocabulary import Mode, OrderKind, SiteKind

_NO_LIMIT = 100_000


@dataclass(frozen=True)
class Restaged:
    """A service with other sites.

    Attributes
    ----------
    facts
        What is planned.
    notes
        What a reader of the plan should know.
    """

    facts: ServiceFacts
    notes: tuple[Sentence, ...]


def restage(facts: ServiceFacts, before: Sequence[Site], after: Sequence[Site]) -> Restaged:
    """Return a service with the sites of a scenario.

    Parameters
    ----------
    facts
        The service as it is.
    before, after
        The sites of the records, and those of the scenario.
    """
    canteens = _canteens(facts, before, after)
    notes: list[Sentence] = []
    couriers = [*_kept_couriers(facts, canteens, notes), *_new_couriers(facts, canteens, notes)]
    orders = tuple(_orders(facts, before, after, list(canteens.values()), notes))
    changed = replace(
        facts, canteens=tuple(canteens.values()), couriers=tuple(couriers), orders=orders
    )
    return Restaged(changed, tuple(notes))


type _Canteens = Mapping[Site, CanteenFacts]


def _canteens(
    facts: ServiceFacts, before: Sequence[Site], after: Sequence[Site]
) -> dict[Site, CanteenFacts]:
    """Return the canteens of the scenario that are open in the service."""
    known = {one.id: one for one in facts.canteens}
    was = {one.record: one for one in before if one.kind is SiteKind.CANTEEN}
    fresh = max([*known, *(record or 0 for record in was)], default=0)
    found: dict[Site, CanteenFacts] = {}
    for site in after:
        if site.kind is not SiteKind.CANTEEN:
            continue
        opens = max(facts.hours.offset(site.opens), 0)
        closes = min(facts.hours.offset(site.closes), facts.hours.length)
        if opens >= closes:
            continue
        number, portions = site.record, _NO_LIMIT if site.capacity is None else site.capacity
        if number is None:
            fresh += 1
            number = fresh
        elif number in known:
            grown = portions - (was[number].capacity or 0)
            portions = max(known[number].portions + grown, 0)
        found[site] = CanteenFacts(number, site.place, portions, opens, closes)
    return found


def _kept_couriers(
    facts: ServiceFacts, canteens: _Canteens, notes: list[Sentence]
) -> Iterator[CourierFacts]:
    """Yield the present couriers, those of closed canteens at the nearest one."""
    left = {one.id for one in canteens.values()}
    places = {one.id: one.place for one in facts.canteens}
    moved = 0
    for courier in facts.couriers:
        if courier.canteen_id in left:
            yield courier
        elif left:
            nearest = _nearest(places[courier.canteen_id], list(canteens.values()))
            moved += 1
            yield replace(courier, canteen_id=nearest.id)
    if moved:
        notes.append(
            Sentence(
                f"{moved}名送餐员所在的食堂关闭，改由最近的食堂出发",
                f"{moved} couriers of closed canteens load at the nearest one instead",
            )
        )


def _new_couriers(
    facts: ServiceFacts, canteens: _Canteens, notes: list[Sentence]
) -> Iterator[CourierFacts]:
    """Yield the couriers that the scenario stations at new canteens."""
    number = max((one.id for one in facts.couriers), default=0)
    for site, canteen in canteens.items():
        if site.record is not None:
            continue
        if not site.couriers:
            notes.append(
                Sentence(
                    f"新食堂“{site.name}”没有安排送餐员，不承担送餐；可在方案中设置送餐员人数",
                    f"no courier is stationed at the new canteen {site.name!r}, so nothing is "
                    "delivered from it; the scenario can station some",
                )
            )
        for _ in range(site.couriers):
            number += 1
            yield CourierFacts(
                id=number,
                canteen_id=canteen.id,
                mode=Mode.EBIKE,
                boxes=site.boxes,
                skills=(),
                max_trips=None,
                spans=((0, facts.hours.length),),
            )


def _orders(
    facts: ServiceFacts, before: Sequence[Site], after: Sequence[Site],
    canteens: Sequence[CanteenFacts], notes: list[Sentence],
) -> Iterator[OrderFacts]:  # fmt: skip
    """Yield the orders; supplies follow their meal point and its canteen."""
    was = {one.record: one for one in before if one.kind is SiteKind.MEAL_POINT}
    points = {one.record: one for one in after if one.kind is SiteKind.MEAL_POINT}
    places = {one.id: one.place for one in facts.canteens}
    cooking = {one.id for one in canteens}
    dropped = 0
    for order in facts.orders:
        if order.kind is not OrderKind.SUPPLY:
            yield order
            continue
        record = facts.snapshot[str(order.id)][3]
        if record in was and record not in points:
            dropped += order.portions
            continue
        place = order.place
        if record in points and _moved(was[record], points[record]):
            place = points[record].place
        canteen = order.canteen_id
        if canteen in places and canteen not in cooking and cooking:
            canteen = _nearest(place or places[canteen], canteens).id
        yield replace(order, place=place, canteen_id=canteen)
    if dropped:
        notes.append(
            Sentence(
                f"关闭的助餐点原供餐{dropped}份，已从计划中去掉；这些老人改在哪里用餐没有假设",
                f"{dropped} portions of closed meal points are no longer carried; "
                "where their people eat then is not assumed",
            )
        )


def _moved(before: Site, after: Site) -> bool:
    return before.place != after.place


def _nearest(place: Place, canteens: Sequence[CanteenFacts]) -> CanteenFacts:
    """Return the canteen nearest as the crow flies."""
    lon, lat = place
    squeeze = cos(radians(lat))
    return min(canteens, key=lambda one: hypot((one.place[0] - lon) * squeeze, one.place[1] - lat))
