"""Names in planning files: numbers of records only, so that no file names a person."""

from __future__ import annotations


def canteen_name(canteen_id: int) -> str:
    """Return a canteen's name in an instance, ``k`` and its number."""
    return f"k{canteen_id}"


def order_name(order_id: int) -> str:
    """Return an order's name in an instance, ``o`` and its number."""
    return f"o{order_id}"


def courier_name(courier_id: int, span: int = 0) -> str:
    """Return a courier's name in an instance, ``v`` and the number.

    A courier with two separate shifts in one service stands twice: ``v7`` and ``v7-2``.
    """
    return f"v{courier_id}" if span == 0 else f"v{courier_id}-{span + 1}"


def record_id(name: str) -> int:
    """Return the record's number in a name.

    Examples
    --------
    >>> record_id("v7-2")
    7
    """
    return int(name[1:].partition("-")[0])
