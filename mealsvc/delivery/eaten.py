"""Meals eaten in the canteen or picked up there, and the person-meals of a service.

A person-meal (人次) is one elder, one service, one served meal, with evidence: a courier's report,
a dine-in check, a pick-up. What nobody recorded is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mealsvc.day_words import EventKind
from mealsvc.delivery.events import Event, standing
from mealsvc.delivery.state import ServiceState
from mealsvc.vocabulary import MealWay

WAYS = {EventKind.DINED_IN: MealWay.DINE_IN, EventKind.PICKED_UP: MealWay.PICK_UP}
"""How a meal is eaten elsewhere, by the event that records it."""


@dataclass(frozen=True)
class MealEaten:
    """A meal that an elder ate in a canteen or picked up there."""

    uid: str
    elder_id: int
    canteen_id: int
    way: MealWay
    portions: int
    at: datetime
    by: str


def eaten_of(events: Iterable[Event]) -> list[MealEaten]:
    """Return the meals eaten elsewhere in a service that were not taken back, oldest first."""
    return [
        MealEaten(
            event.uid,
            event.elder_id,
            event.canteen_id,
            WAYS[event.kind],
            event.portions,
            event.happened_at,
            event.reported_by,
        )
        for event in standing(events)
        if event.kind in WAYS and event.elder_id is not None and event.canteen_id is not None
    ]


@dataclass(frozen=True)
class Delivered:
    """A delivery order: whose, and how many portions."""

    elder_id: int
    portions: int


@dataclass(frozen=True)
class ServedMeal:
    """One elder's served meal: how, from which canteen (None: not known), how many portions."""

    elder_id: int
    way: MealWay
    canteen_id: int | None
    portions: int


def served_meals(
    state: ServiceState,
    eaten: Iterable[MealEaten],
    ordered: Mapping[int, Delivered],
    canteens: Mapping[int | None, int],
) -> list[ServedMeal]:
    """Return every served meal of a service for which there is evidence.

    Parameters
    ----------
    state
        Of the service: its served stops are the delivered meals.
    eaten
        Meals eaten elsewhere.
    ordered
        Deliveries to elders by order; supplies of meal points are none.
    canteens
        Canteen by courier.
    """
    delivered = [
        ServedMeal(
            ordered[stop.order_id].elder_id,
            MealWay.DELIVERY,
            canteens.get(stop.by_courier_id),
            ordered[stop.order_id].portions,
        )
        for stop in state.stops
        if stop.served and stop.order_id in ordered
    ]
    elsewhere = [ServedMeal(one.elder_id, one.way, one.canteen_id, one.portions) for one in eaten]
    return delivered + elsewhere


@dataclass(frozen=True)
class PersonMeals:
    """Served meals of one way.

    Attributes
    ----------
    persons
        Different elders.
    portions
        What they received together.
    """

    persons: int
    portions: int


def person_meals(meals: Iterable[ServedMeal]) -> dict[MealWay, PersonMeals]:
    """Return person-meals by way; a way that nobody used counts nothing."""
    kept = list(meals)
    return {
        way: PersonMeals(
            persons=len({one.elder_id for one in kept if one.way is way}),
            portions=sum(one.portions for one in kept if one.way is way),
        )
        for way in MealWay
    }
