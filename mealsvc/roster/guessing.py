"""Where an elder without a usable place probably lives.

A guess says where a map opens and which canteen keeps the file; nobody is ever sent to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geodata.datum import Datum
from mealsvc.roster.places import Box, Located, LonLat, read_place


class GuessKind(StrEnum):
    """What a guess is made of."""

    COORDINATES = "coordinates"
    SWAPPED = "swapped"
    HOMES = "homes"
    CANTEEN = "canteen"


@dataclass(frozen=True)
class Guess:
    """A place that is probably near a home.

    Attributes
    ----------
    kind
        ``coordinates``: the pair that the source gave, though no street is near or its coordinate
        system is unknown; ``swapped``: that pair with its axes exchanged; ``homes``: the middle of
        the compound's located homes; ``canteen``: the canteen that keeps the file.
    point
        Longitude and latitude, degrees WGS-84.
    """

    kind: GuessKind
    point: LonLat


def guess_of(home: Located, homes: LonLat | None, area: Box) -> Guess | None:
    """Return where a home probably is; None where nothing tells.

    Parameters
    ----------
    home
        What is known of it.
    homes
        The middle of its compound's located homes, if there are any.
    area
        Where places of this installation can be; coordinates outside of it say nothing.
    """
    # An unknown system moves a point by some hundred metres, which a guess may be wrong by.
    datum = home.datum or Datum.WGS84.value
    read = read_place(home.raw_lon, home.raw_lat, datum, area)
    if read.point is not None:
        return Guess(GuessKind.COORDINATES, read.point)
    if read.suggestion is not None:
        return Guess(GuessKind.SWAPPED, read.suggestion)
    return Guess(GuessKind.HOMES, homes) if homes is not None else None
