"""Who opens the door: an elder at home or a meal point, described in the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from mealsvc.roster.short_names import short_name
from mealsvc.sheets.facts import AddressFacts, ContactFacts, LonLat
from mealsvc.sheets.records import Records
from mealsvc.store import Address, Contact, Order


@dataclass(frozen=True, slots=True)
class Host:
    """The person or place that an order goes to."""

    name: str
    short_name: str
    code: str
    address: AddressFacts
    phone: str
    contacts: tuple[ContactFacts, ...]
    note: str
    opens: time | None
    place: LonLat | None


def host_of(order: Order, records: Records) -> Host:
    """Return who receives an order: its elder, or for a supply its meal point."""
    if order.elder_id is not None:
        return _elder(order.elder_id, records)
    if order.meal_point_id is None:
        raise ValueError(f"order {order.id} names neither an elder nor a meal point")
    return _meal_point(order.meal_point_id, records)


def place_of(lon: float | None, lat: float | None) -> LonLat | None:
    """Return a located pair, or ``None`` when the place is not known."""
    return None if lon is None or lat is None else (lon, lat)


def _elder(elder_id: int, records: Records) -> Host:
    elder = records.elders[elder_id]
    address = records.addresses.get(elder_id)
    return Host(
        name=elder.name,
        short_name=short_name(elder.name, elder.sex),
        code=elder.code,
        address=AddressFacts() if address is None else _address(address),
        phone=elder.phone or "",
        contacts=tuple(_contact(contact) for contact in records.contacts.get(elder_id, [])),
        note=elder.door_note or "",
        opens=None,
        place=None if address is None else place_of(address.lon, address.lat),
    )


def _meal_point(meal_point_id: int, records: Records) -> Host:
    point = records.meal_points[meal_point_id]
    return Host(
        name=point.name,
        short_name=point.name,
        code=point.code,
        address=AddressFacts(compound=point.address or ""),
        phone="",
        contacts=(),
        note=point.note or "",
        opens=point.opens,
        place=place_of(point.lon, point.lat),
    )


def _address(address: Address) -> AddressFacts:
    return AddressFacts(
        compound=address.compound or "",
        building=address.building or "",
        unit=address.unit or "",
        room=address.room or "",
        floor=address.floor,
        lift=address.lift,
    )


def _contact(contact: Contact) -> ContactFacts:
    return ContactFacts(contact.name, contact.phone or "", contact.relation or "")
