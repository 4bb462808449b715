"""Sheets as the data that the Typst templates lay out: every text is ready to be read."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import segno

from mealsvc.sheets.facts import RouteSheet, SheetHead, Special, StopFacts, TripFacts
from mealsvc.sheets.kitchen import KINDS, KitchenCount, LeftOut, PackedTrip, SpecialPerson
from mealsvc.sheets.wording import Wording, clock, minutes
from mealsvc.vocabulary import OrderKind, RevisionState, label


def route_sheet_data(sheet: RouteSheet, say: Wording, *, circle_seconds: int) -> dict[str, Any]:
    """Return one courier's sheet as template data; drawings are put in afterwards.

    Parameters
    ----------
    circle_seconds
        Ride time of the circle, for the legend.
    """
    return {
        "head": head_data(sheet.head, say),
        "courier": sheet.courier_name,
        "code": sheet.courier_code,
        "mode": label(sheet.mode, say.language),
        "boxes": say.say("boxes", n=sheet.boxes),
        "canteen": sheet.canteen.name,
        "canteen_phone": say.phone(sheet.canteen.phone),
        "total": say.say("portions", n=sheet.portions),
        "stops": say.say("stops", n=sum(len(trip.stops) for trip in sheet.trips)),
        "trips_total": say.say("trips", n=len(sheet.trips)),
        "legend": say.say("legend", n=minutes(circle_seconds)),
        "qr": None,
        "gone": [
            {
                "name": stop.name,
                "was": f"{say.say('trip', n=stop.trip)} {say.say('stop_ref', n=stop.number)}",
                "now": say.say("gone_to", who=stop.taken_by)
                if stop.taken_by
                else say.say("gone_out"),
            }
            for stop in sheet.gone
        ],
        "trips": [_trip(trip, say) for trip in sheet.trips],
    }


def head_data(head: SheetHead, say: Wording) -> dict[str, Any]:
    """Return what stands at the top and foot of every sheet of a revision."""
    return {
        "day": say.day(head.day),
        "short_day": say.short_day(head.day),
        "meal": label(head.meal, say.language),
        "revision": say.say("revision", n=head.revision),
        "revision_line": say.revision_line(head),
        "draft": head.state is RevisionState.DRAFT,
        "void": head.state is RevisionState.SUPERSEDED,
        "printed": say.say("printed", at=f"{head.printed_at:%Y-%m-%d %H:%M}"),
    }


def qr_code(link: str) -> str:
    """Return a QR code as SVG text (error correction M: it survives a fold or a drop)."""
    out = io.BytesIO()
    segno.make_qr(link, error="m").save(out, kind="svg", border=2, xmldecl=False, nl=False)
    return out.getvalue().decode()


def specials_data(specials: Iterable[Special], say: Wording) -> list[dict[str, str]]:
    """Return special portions as rows: person, diets, portions."""
    return [
        {
            "name": special.name,
            "diets": say.diets(special.diets),
            "portions": say.say("portions", n=special.portions),
        }
        for special in specials
    ]


def _trip(trip: TripFacts, say: Wording) -> dict[str, Any]:
    return {
        "title": say.say("trip", n=trip.number),
        "loads": clock(trip.loads_at),
        "departs": clock(trip.departs_at),
        "returns": clock(trip.returns_at),
        "portions": say.say("portions", n=trip.portions),
        "stops_total": say.say("stops", n=len(trip.stops)),
        "regular": say.say("portions", n=trip.regular_portions),
        "specials": [
            row | {"stop": say.say("stop_ref", n=stop.number)}
            for stop in trip.stops
            for row in specials_data(stop.specials, say)
        ],
        "stops": [_stop(stop, say) for stop in trip.stops],
        "map": None,
    }


def _stop(stop: StopFacts, say: Wording) -> dict[str, Any]:
    supply = stop.kind is OrderKind.SUPPLY
    return {
        "number": stop.number,
        "time": clock(stop.arrives_at),
        "ride": say.say("minutes", n=minutes(stop.ride_seconds)),
        "inside": stop.inside_circle,
        "name": stop.name,
        "code": stop.code,
        "portions": say.say("portions", n=stop.portions),
        "diets": list(stop.diets),
        "supply": say.kind(stop.kind) if supply else None,
        "specials": specials_data(stop.specials, say) if supply else [],
        "door": say.door(stop.address),
        "climb": say.climb(stop.address),
        "phone": say.phone(stop.phone),
        "contacts": [say.contact(contact) for contact in stop.contacts],
        "notes": list(stop.notes),
        "asks": requests(stop, say),
        "change": None if stop.change is None else say.change(stop.change),
    }


def requests(stop: StopFacts, say: Wording) -> list[str]:
    """Return what the hand-over asks for beside the meal: a time, help inside."""
    asks: list[str] = []
    if stop.opens is not None:
        asks.append(say.say("opens", at=clock(stop.opens)))
    elif stop.window is not None:
        first, last = stop.window
        asks.append(say.say("window", **{"from": clock(first), "to": clock(last)}))
    if stop.needs:
        asks.append(say.say("care"))
    return asks


def kitchen_count_data(count: KitchenCount, say: Wording) -> dict[str, Any]:
    """Return a canteen's kitchen count as template data."""
    return {
        "head": head_data(count.head, say),
        "canteen": count.canteen.name,
        "code": count.canteen.code,
        "total": str(count.total),
        "released": "、".join(f"{name} {code}" for code, name in count.released) or None,
        "kinds": [
            {"name": say.way(kind), "portions": str(portions)}
            for kind, portions in zip(KINDS, count.portions, strict=True)
        ],
        "diet_head": [say.say("diet"), *(say.way(kind) for kind in KINDS), say.say("kind_total")],
        "diets": [
            {
                "name": say.diets(row.diets) or say.say("regular"),
                "portions": [str(number or "") for number in row.portions] + [str(row.total)],
            }
            for row in count.diets
        ],
        "specials": [_special_person(person, say) for person in count.specials],
        "trips": [_packed(trip, say) for trip in count.trips],
        "left_out": [_left_out(order, say) for order in count.left_out],
    }


def _special_person(person: SpecialPerson, say: Wording) -> dict[str, str]:
    where = say.way(person.kind)
    if person.trip is not None:
        where = say.say("by_trip", courier=person.courier, trip=person.trip)
    return {**specials_data([person.special], say)[0], "where": where}


def _packed(trip: PackedTrip, say: Wording) -> dict[str, Any]:
    return {
        "loads": clock(trip.loads_at),
        "departs": clock(trip.departs_at),
        "courier": trip.courier_name,
        "trip": say.say("trip", n=trip.trip),
        "portions": say.say("portions", n=trip.portions),
        "regular": str(trip.regular_portions),
        "specials": specials_data(trip.specials, say),
    }


def _left_out(order: LeftOut, say: Wording) -> dict[str, Any]:
    return {
        "name": order.name,
        "portions": say.say("portions", n=order.portions),
        "diets": say.diets(order.diets),
        "reason": say.reason(order.reason),
        # Details are kept in English; the reason says enough in Chinese.
        "detail": order.detail if say.language == "en" else "",
        "door": say.door(order.address),
        "phone": say.phone(order.phone),
        "contacts": [say.contact(contact) for contact in order.contacts],
    }
