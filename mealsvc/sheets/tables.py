"""The same facts as plain tables, for spreadsheets and for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mealsvc.sheets.facts import RouteSheet, Special, StopFacts, TripFacts
from mealsvc.sheets.kitchen import KINDS, KitchenCount, LeftOut
from mealsvc.sheets.paper import requests
from mealsvc.sheets.wording import Wording, clock, minutes

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table.

    Attributes
    ----------
    columns
        Heading and width in characters of each column.
    rows
        Texts and whole numbers; as many cells as columns.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def all_tables(
    sheets: Iterable[RouteSheet],
    counts: Iterable[KitchenCount],
    left_out: Iterable[LeftOut],
    say: Wording,
) -> list[Table]:
    """Return the tables of one revision: routes, kitchen counts, specials, packing, left out."""
    counts = list(counts)
    return [
        _routes(sheets, say),
        _diets(counts, say),
        _specials(counts, say),
        _packing(counts, say),
        _left_out(left_out, say),
    ]


def _routes(sheets: Iterable[RouteSheet], say: Wording) -> Table:
    columns = (
        ("canteen_code", 10), ("canteen", 20), ("courier_code", 11), ("courier", 12),
        ("trip_number", 6), ("stop_number", 6), ("leaving", 8), ("planned", 10),
        ("ride_minutes", 9), ("circle", 10), ("kind", 12), ("code", 11), ("person", 14),
        ("amount", 6), ("diet_words", 18), ("compound", 24), ("building", 9), ("unit", 9),
        ("floor_number", 6), ("lift_word", 6), ("room", 8), ("phone", 15),
        ("contact_person", 14), ("contact_phone", 18), ("requests", 24), ("note", 36),
        ("changed", 16),
    )  # fmt: skip
    rows = [
        _route_row(sheet, trip, stop, say)
        for sheet in sheets
        for trip in sheet.trips
        for stop in trip.stops
    ]
    return Table(say.say("routes"), _headed(columns, say), tuple(rows))


def _route_row(
    sheet: RouteSheet, trip: TripFacts, stop: StopFacts, say: Wording
) -> tuple[Cell, ...]:
    address = stop.address
    return (
        sheet.canteen.code,
        sheet.canteen.name,
        sheet.courier_code,
        sheet.courier_name,
        trip.number,
        stop.number,
        clock(trip.departs_at),
        clock(stop.arrives_at),
        minutes(stop.ride_seconds),
        say.say("inside" if stop.inside_circle else "outside"),
        say.kind(stop.kind),
        stop.code,
        stop.name,
        stop.portions,
        say.diets(stop.diets) or _people(stop.specials, say),
        address.compound,
        address.building,
        address.unit,
        address.floor,
        {True: say.say("yes"), False: say.say("no"), None: None}[address.lift],
        address.room,
        stop.phone,
        "; ".join(contact.name for contact in stop.contacts),
        "; ".join(contact.phone for contact in stop.contacts),
        "; ".join(requests(stop, say)),
        "; ".join(stop.notes),
        None if stop.change is None else say.change(stop.change),
    )


def _diets(counts: Iterable[KitchenCount], say: Wording) -> Table:
    kinds = tuple((say.way(kind), 11) for kind in KINDS)
    columns = (
        *_headed((("canteen_code", 10), ("canteen", 20), ("diet", 22)), say),
        *kinds,
        (say.say("kind_total"), 8),
    )
    rows: list[tuple[Cell, ...]] = []
    for count in counts:
        code, name = count.canteen.code, count.canteen.name
        for row in count.diets:
            diet = say.diets(row.diets) or say.say("regular")
            rows.append((code, name, diet, *row.portions, row.total))
        rows.append((code, name, say.say("kind_total"), *count.portions, count.total))
    return Table(say.say("kitchen_count"), columns, tuple(rows))


def _specials(counts: Iterable[KitchenCount], say: Wording) -> Table:
    columns = (
        ("canteen_code", 10), ("canteen", 20), ("diet", 22), ("code", 11), ("person", 14),
        ("amount", 6), ("kind", 12), ("courier", 12), ("trip_number", 6),
    )  # fmt: skip
    rows = tuple(
        (
            count.canteen.code,
            count.canteen.name,
            say.diets(person.special.diets),
            person.special.code,
            person.special.name,
            person.special.portions,
            say.way(person.kind),
            person.courier,
            person.trip,
        )
        for count in counts
        for person in count.specials
    )
    return Table(say.say("specials"), _headed(columns, say), rows)


def _packing(counts: Iterable[KitchenCount], say: Wording) -> Table:
    columns = (
        ("canteen_code", 10), ("canteen", 20), ("loading", 8), ("leaving", 8),
        ("courier_code", 11), ("courier", 12), ("trip_number", 6), ("stop_count", 6),
        ("amount", 6), ("regular_amount", 10), ("special", 60),
    )  # fmt: skip
    rows = tuple(
        (
            count.canteen.code,
            count.canteen.name,
            clock(trip.loads_at),
            clock(trip.departs_at),
            trip.courier_code,
            trip.courier_name,
            trip.trip,
            trip.stops,
            trip.portions,
            trip.regular_portions,
            _people(trip.specials, say),
        )
        for count in counts
        for trip in count.trips
    )
    return Table(say.say("packing"), _headed(columns, say), rows)


def _left_out(orders: Iterable[LeftOut], say: Wording) -> Table:
    columns = (
        ("code", 11), ("person", 14), ("kind", 12), ("amount", 6), ("diet_words", 18),
        ("reason", 30), ("detail", 36), ("address", 34), ("phone", 15), ("contact_person", 36),
    )  # fmt: skip
    rows = tuple(
        (
            order.code,
            order.name,
            say.kind(order.kind),
            order.portions,
            say.diets(order.diets),
            say.reason(order.reason),
            order.detail,
            say.door(order.address),
            order.phone,
            "; ".join(say.contact(contact) for contact in order.contacts),
        )
        for order in orders
    )
    return Table(say.say("left_out_table"), _headed(columns, say), rows)


def _people(specials: Iterable[Special], say: Wording) -> str:
    return "; ".join(
        f"{say.diets(special.diets)} {special.name} {say.say('portions', n=special.portions)}"
        for special in specials
    )


def _headed(columns: Iterable[tuple[str, int]], say: Wording) -> tuple[tuple[str, int], ...]:
    return tuple((say.say(key), width) for key, width in columns)
