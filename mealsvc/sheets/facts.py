"""What the sheets of one service say, as plain immutable facts.

Paper, spreadsheets and the API all show these facts, so they are worked out once, away from the
database and from any layout. Durations are seconds, moments are aware, places are WGS-84 degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from mealsvc.sheets.changes import GoneStop, StopChange
from mealsvc.vocabulary import Meal, Mode, OrderKind, RevisionState

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Special:
    """Portions of one person that differ from the day's regular meal."""

    name: str
    short_name: str
    code: str
    portions: int
    diets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddressFacts:
    """Where a door is, in the parts that a courier looks for one after the other."""

    compound: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    floor: int | None = None
    lift: bool | None = None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Whom to call when nobody opens."""

    name: str
    phone: str
    relation: str


@dataclass(frozen=True, slots=True)
class StopFacts:
    """One hand-over: who, where, when, what.

    Attributes
    ----------
    ride_seconds
        Hand-over start minus departure from the canteen.
    short_name
        What the elder is called on a label; a meal point by its name.
    specials
        Special portions by person: at a door the elder's own, at a meal point those of its guests.
    notes
        What to mind at this door and with this order; never the same twice.
    needs
        Skills that the order asks of the courier.
    window
        Hand-over times that the elder asked for, local; ``None`` when any time will do.
    opens
        When the meal point opens, local; ``None`` at a door.
    change
        What is different from the published revision before; ``None`` when nothing is.
    relabelled
        Whether the label says something else than in the published revision before: courier, trip,
        number or portions. A stop that slid back keeps its order, but not its number.
    """

    number: int
    order_id: int
    kind: OrderKind
    arrives_at: datetime
    ride_seconds: int
    inside_circle: bool
    name: str
    short_name: str
    code: str
    portions: int
    diets: tuple[str, ...]
    specials: tuple[Special, ...]
    needs: tuple[str, ...]
    address: AddressFacts
    phone: str
    contacts: tuple[ContactFacts, ...]
    notes: tuple[str, ...]
    window: tuple[time, time] | None
    opens: time | None
    place: LonLat | None
    change: StopChange | None
    relabelled: bool


@dataclass(frozen=True, slots=True)
class TripFacts:
    """One trip: what to load, when to leave, where to go."""

    number: int
    loads_at: datetime
    departs_at: datetime
    returns_at: datetime
    stops: tuple[StopFacts, ...]

    @property
    def portions(self) -> int:
        """All portions loaded."""
        return sum(stop.portions for stop in self.stops)

    @property
    def regular_portions(self) -> int:
        """Portions loaded that are the day's regular meal."""
        return self.portions - sum(
            special.portions for stop in self.stops for special in stop.specials
        )


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What every sheet of one revision says at its top.

    Attributes
    ----------
    revision
        Number of the revision.
    replaces
        Number of the published revision that this one replaces, if any.
    replaced_by
        For a superseded revision, the number that is published now.
    """

    day: date
    meal: Meal
    revision: int
    state: RevisionState
    replaces: int | None
    replaced_by: int | None
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class CanteenFacts:
    """The canteen that cooks and loads."""

    id: int
    code: str
    name: str
    address: str
    phone: str
    place: LonLat | None


@dataclass(frozen=True, slots=True)
class RouteSheet:
    """All that one courier carries in one service.

    Attributes
    ----------
    gone
        Stops that the courier had in the published revision before and has no longer.
    changed
        Whether the courier must act differently than in the published revision before.
    """

    head: SheetHead
    duty_id: int
    courier_id: int
    courier_code: str
    courier_name: str
    courier_phone: str
    mode: Mode
    boxes: int
    canteen: CanteenFacts
    trips: tuple[TripFacts, ...]
    gone: tuple[GoneStop, ...]
    changed: bool

    @property
    def portions(self) -> int:
        """Portions of all trips."""
        return sum(trip.portions for trip in self.trips)
