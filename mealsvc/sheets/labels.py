"""Stickers for the boxes that leave the kitchen: one for each box, special meals first.

Boxes get mixed up one by one, so each portion for a door has a label of its own, and each special
portion for a meal point's guest. What else goes to a meal point travels in one crate and has one
label. Labels end in people's bins, so elders are named by their short form only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from mealsvc.errors import InvalidInput
from mealsvc.settings import LabelSheet
from mealsvc.sheets.facts import CanteenFacts, RouteSheet, SheetHead, StopFacts, TripFacts
from mealsvc.sheets.wording import Wording
from mealsvc.vocabulary import OrderKind, RevisionState, label


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """What stands on one sticker.

    Attributes
    ----------
    name
        Short form of the elder's name; of a crate, the meal point.
    at_point
        Where the guest of a meal point collects it; empty for a box that is brought to a door.
    diets
        None for the regular meal.
    portions
        Of the whole order; of a crate, those in it.
    box, boxes
        Which of the order's boxes this is, from 1, and how many there are.
    changed
        Whether it says something else than in the published revision before.
    """

    head: SheetHead
    canteen: CanteenFacts
    courier_code: str
    courier_name: str
    trip: int
    stop: int
    name: str
    at_point: str
    diets: tuple[str, ...]
    portions: int
    box: int
    boxes: int
    changed: bool


def box_labels(sheets: Iterable[RouteSheet]) -> list[BoxLabel]:
    """Return the labels of all boxes: special meals first, each by trip in the order of loading.

    Parameters
    ----------
    sheets
        Route sheets of one canteen; trips are ordered as on its kitchen count.
    """
    trips = [(sheet, trip) for sheet in sheets for trip in sheet.trips]
    trips.sort(key=lambda one: (one[1].loads_at, one[0].courier_code, one[1].number))
    labels = [
        one for sheet, trip in trips for stop in trip.stops for one in _of_stop(sheet, trip, stop)
    ]
    return sorted(labels, key=lambda one: not one.diets)


class _Load(NamedTuple):
    """Boxes of one stop that say the same but for their number."""

    name: str
    at_point: str
    diets: tuple[str, ...]
    portions: int
    boxes: int


def _of_stop(sheet: RouteSheet, trip: TripFacts, stop: StopFacts) -> Iterator[BoxLabel]:
    for load in _loads(stop):
        for box in range(1, load.boxes + 1):
            yield BoxLabel(
                head=sheet.head,
                canteen=sheet.canteen,
                courier_code=sheet.courier_code,
                courier_name=sheet.courier_name,
                trip=trip.number,
                stop=stop.number,
                name=load.name,
                at_point=load.at_point,
                diets=load.diets,
                portions=load.portions,
                box=box,
                boxes=load.boxes,
                changed=stop.relabelled,
            )


def _loads(stop: StopFacts) -> Iterator[_Load]:
    if stop.kind is not OrderKind.SUPPLY:
        yield _Load(stop.short_name, "", stop.diets, stop.portions, stop.portions)
        return
    for guest in stop.specials:
        yield _Load(guest.short_name, stop.short_name, guest.diets, guest.portions, guest.portions)
    crate = stop.portions - sum(guest.portions for guest in stop.specials)
    if crate:
        yield _Load(stop.short_name, "", (), crate, 1)


def label_sheet_data(
    labels: Iterable[BoxLabel], sheet: LabelSheet, first: int, say: Wording
) -> dict[str, Any]:
    """Return labels with the sheet that they are printed on as template data.

    Parameters
    ----------
    first
        Number of the first sticker that is still on the sheet, from 1, row by row.

    Raises
    ------
    InvalidInput
        If the sheet has no such sticker.
    """
    if not 1 <= first <= sheet.places:
        raise InvalidInput(
            f"from_label is {first}; the sheet has stickers 1 to {sheet.places} "
            "(MEALSVC_LABEL_SHEET)",
            f"起始标签为 {first}，每张标签纸只有第 1 到第 {sheet.places} 枚",
        )
    return {
        "stickers": {**sheet._asdict(), "used": first - 1},
        "labels": [_label_data(one, say) for one in labels],
    }


def _label_data(one: BoxLabel, say: Wording) -> dict[str, Any]:
    """Return a label as template data."""
    head = one.head
    portions = say.say("label_portions", n=one.portions)
    if one.boxes > 1:
        portions = f"{portions} · {one.box}/{one.boxes}"
    return {
        "name": one.name,
        "diets": list(one.diets),
        "regular": say.say("regular"),
        "portions": portions,
        "carried": " → ".join(part for part in (one.courier_name, one.at_point) if part),
        "courier": one.courier_code,
        "trip": say.say("trip", n=one.trip),
        "stop": say.say("stop_ref", n=one.stop),
        "number": str(one.stop),
        "service": f"{say.short_day(head.day)} {label(head.meal, say.language)}",
        "canteen": one.canteen.name,
        "revision": f"{say.say('revision', n=head.revision)} {_mark(one, say)}".rstrip(),
    }


def _mark(one: BoxLabel, say: Wording) -> str:
    """Return what warns of a sticker that others look like; empty where nothing does."""
    if one.head.state is RevisionState.DRAFT:
        return say.say("draft")
    if one.head.state is RevisionState.SUPERSEDED:
        return say.say("void")
    return f"▲ {say.say('changed')}" if one.changed else ""
