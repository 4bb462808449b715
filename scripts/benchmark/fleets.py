"""Couriers of a canteen by kind, as models with vehicles instead of people want them."""

from dataclasses import dataclass

from routing import Courier, Instance

MORE = 1.3
"""Kinds of couriers may make so many times their part of the trips."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Couriers who are alike.

    Parameters
    ----------
    mode, boxes, skills
        As in `routing.Courier`.
    shift : tuple of int
        Theirs; from the earliest begin to the latest end where shifts were put together.
    rows : tuple of int
        Their rows in the instance.
    """

    mode: str
    boxes: int
    skills: frozenset[str]
    shift: tuple[int, int]
    rows: tuple[int, ...]


def kinds_of(instance: Instance, *, by_shift: bool) -> list[Kind]:
    """Return the kinds of couriers of a canteen, apart by shift or not."""
    members: dict[tuple[object, ...], list[int]] = {}
    for row, courier in enumerate(instance.couriers):
        key = (courier.mode, courier.boxes, frozenset(courier.skills))
        members.setdefault((*key, courier.shift) if by_shift else key, []).append(row)
    return [_kind([instance.couriers[row] for row in rows], rows) for rows in members.values()]


def _kind(couriers: list[Courier], rows: list[int]) -> Kind:
    shift = min(c.shift[0] for c in couriers), max(c.shift[1] for c in couriers)
    one = couriers[0]
    return Kind(one.mode, one.boxes, frozenset(one.skills), shift, tuple(rows))


def trips_in_shift(instance: Instance, kind: Kind) -> int:
    """Return how many trips the couriers of a kind could make, generously.

    No more than their part of what the canteen's orders need at two a trip, and some: a model grows
    with its vehicles.
    """
    shortest = instance.canteens[0].load_seconds + instance.rules.circle_seconds // 2
    possible = len(kind.rows) * max(1, (kind.shift[1] - kind.shift[0]) // max(1, shortest))
    part = len(kind.rows) / len(instance.couriers)
    return min(possible, 4 + round(MORE * part * len(instance.orders) / 2))
