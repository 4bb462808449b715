"""Changes made by hand: what they would cost, and which rules they would break.

A move is done as asked, in time or not; the trips of the couriers concerned are timed anew, the
checker reads the plan before and after, and the difference is the answer.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from routing.check import Fault, Rule, Verdict
from routing.errors import InvalidChange
from routing.instance import Instance
from routing.plan import Plan, Trip
from routing.repair.differences import Differences, compare
from routing.repair.situation import Situation
from routing.repair.standing import Standing, judge, plan_of, stand, with_reasons
from routing.repair.timing import NEVER, Wish, time_duty


@dataclass(frozen=True, slots=True)
class PlaceStop:
    """Bring an order on another trip, or one that is on none.

    Parameters
    ----------
    order : str
        Which order.
    courier : str
        Who shall bring it; not read when `trip` is given.
    trip : int or None
        Place of the trip in `Plan.trips`; None makes a new trip of that courier.
    place : int or None
        Its place among the stops, 0 is the first; None takes the best.
    depart : int or None
        When a new trip leaves (seconds); None takes the best.
    """

    order: str
    courier: str = ""
    trip: int | None = None
    place: int | None = None
    depart: int | None = None


@dataclass(frozen=True, slots=True)
class MoveTrip:
    """Give a whole trip (place in `Plan.trips`) to a courier, leaving at `depart` (None: best)."""

    trip: int
    courier: str
    depart: int | None = None


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Leave an order unserved."""

    order: str


@dataclass(frozen=True, slots=True)
class LockOrder:
    """Keep an order with its courier in later repairs."""

    order: str


@dataclass(frozen=True, slots=True)
class LockDuty:
    """Keep the duty of a courier as it is in later repairs."""

    courier: str


type Move = PlaceStop | MoveTrip | TakeOut | LockOrder | LockDuty


@dataclass(frozen=True, slots=True)
class Priced:
    """What moves would do.

    Parameters
    ----------
    plan : Plan
        The plan after them, with its cost.
    instance : Instance
        The problem that it answers.
    before, after : Verdict
        What the checker says of the plan as things stand, and after the moves.
    broken, mended : tuple of Fault
        Faults that the moves add, and take away.
    differences : Differences
        What changes, for whom.
    locked_orders, locked_couriers : frozenset of str
        The locks of the situation and of the moves.
    """

    plan: Plan
    instance: Instance
    before: Verdict
    after: Verdict
    broken: tuple[Fault, ...]
    mended: tuple[Fault, ...]
    differences: Differences
    locked_orders: frozenset[str]
    locked_couriers: frozenset[str]

    @property
    def difference(self) -> float:
        """What the moves cost; less than nothing when they save."""
        return self.after.cost - self.before.cost


@dataclass(slots=True)
class _Draft:
    """An open trip while moves are made; `number` is its place in the plan, None for a new one."""

    number: int | None
    courier: str
    wish: Wish


@dataclass(slots=True)
class _Board:
    """All open trips, and the locks, while moves are made."""

    standing: Standing
    drafts: list[_Draft]
    locked_orders: set[str] = field(default_factory=set)
    locked_couriers: set[str] = field(default_factory=set)

    def copy(self) -> "_Board":
        """Return a board that can be tried on."""
        drafts = [replace(draft) for draft in self.drafts]
        return _Board(self.standing, drafts, self.locked_orders, self.locked_couriers)

    def plan(self) -> Plan:
        """Return the past and the open trips with their times."""
        instance, standing = self.standing.whole, self.standing
        trips: list[Trip] = []
        for courier in instance.couriers:
            wishes = [draft.wish for draft in self.drafts if draft.courier == courier.id]
            wishes = sorted((one for one in wishes if one.orders), key=lambda one: one.depart)
            ready = max(standing.situation.now, standing.free.get(courier.id, NEVER))
            trips.extend(time_duty(instance, courier, wishes, ready))
        return plan_of(standing, tuple(trips))

    def merit(self) -> tuple[int, float]:
        """Return what decides between places: fewest faults, then the least cost."""
        verdict = judge(self.standing, self.plan())
        return len(verdict.faults), verdict.cost


def price(situation: Situation, moves: tuple[Move, ...]) -> Priced:
    """Return what moves made by hand cost and which rules they break.

    Parameters
    ----------
    situation : Situation
        The plan in force, the time, what happened and what changed.
    moves : tuple
        Made one after the other.

    Raises
    ------
    InvalidChange
        When a move names what is not there, or touches a trip that has begun.
    """
    standing = stand(situation)
    board = _board(standing)
    before = board.plan()
    for number, move in enumerate(moves):
        board = _make(board, move, f"moves[{number}]")
    after = board.plan()
    then, now = judge(standing, before), judge(standing, after)
    plan = replace(with_reasons(standing, after), cost=now.cost)
    return Priced(
        plan=plan,
        instance=standing.whole,
        before=then,
        after=now,
        broken=_only_in(now.faults, then.faults),
        mended=_only_in(then.faults, now.faults),
        differences=compare(standing, plan),
        locked_orders=situation.locked_orders | board.locked_orders,
        locked_couriers=situation.locked_couriers | board.locked_couriers,
    )


def _board(standing: Standing) -> _Board:
    """Return the open trips of the plan in force; they leave as planned where they can."""
    drafts = [
        _Draft(
            number,
            trip.courier,
            Wish(tuple(stop.order for stop in trip.stops), trip.depart, settled=True),
        )
        for number, trip in standing.open_trips.items()
    ]
    return _Board(standing, drafts)


def _make(board: _Board, move: Move, path: str) -> _Board:
    """Return the board after one move."""
    match move:
        case PlaceStop():
            return _place(board, move, path)
        case MoveTrip(number, courier, depart):
            draft = _draft(board, number, f"{path}.trip")
            _need_courier(board, courier, f"{path}.courier")
            draft.courier = courier
            draft.wish = _wish(draft.wish.orders, draft.wish.depart, depart)
        case TakeOut(order):
            _take_out(board, order, f"{path}.order")
        case LockOrder(order):
            _need_order(board, order, f"{path}.order")
            board.locked_orders.add(order)
        case LockDuty(courier):
            _need_courier(board, courier, f"{path}.courier")
            board.locked_couriers.add(courier)
    return board


def _place(board: _Board, move: PlaceStop, path: str) -> _Board:
    """Return the board with an order at its new place, the best one where none is asked for."""
    _need_order(board, move.order, f"{path}.order")
    target = None if move.trip is None else _draft(board, move.trip, f"{path}.trip")
    if target is None:
        _need_courier(board, move.courier, f"{path}.courier")
    if any(move.order in draft.wish.orders for draft in board.drafts):
        _take_out(board, move.order, f"{path}.order")
    if target is None:
        return _new_trip(board, move)
    stops = target.wish.orders
    if move.place is not None and not 0 <= move.place <= len(stops):
        raise InvalidChange(f"{path}.place", f"{move.place} is not within 0–{len(stops)}")
    places = range(len(stops) + 1) if move.place is None else [move.place]
    trials = []
    for place in places:
        trial = board.copy()
        draft = trial.drafts[board.drafts.index(target)]
        orders = (*stops[:place], move.order, *stops[place:])
        draft.wish = _wish(orders, target.wish.depart, None)
        trials.append(trial)
    return _best(trials)


def _new_trip(board: _Board, move: PlaceStop) -> _Board:
    """Return the board with a trip for one order alone, when asked or when it costs least."""
    if move.depart is not None:
        departures = [move.depart]
    else:
        duty = [draft.wish.depart for draft in board.drafts if draft.courier == move.courier]
        departures = [NEVER, *(depart + 1 for depart in duty)]
    trials = []
    for depart in departures:
        trial = board.copy()
        wish = Wish((move.order,), depart, fixed=move.depart is not None)
        trial.drafts.append(_Draft(None, move.courier, wish))
        trials.append(trial)
    return _best(trials)


def _best(trials: list[_Board]) -> _Board:
    """Return the board with the fewest faults, then the least cost; a single one as it is."""
    return trials[0] if len(trials) == 1 else min(trials, key=_Board.merit)


def _wish(orders: tuple[str, ...], planned: int, asked: int | None) -> Wish:
    """Return a changed trip: at the time asked for, else when planned if that is no worse."""
    return Wish(orders, planned if asked is None else asked, fixed=asked is not None)


def _take_out(board: _Board, order: str, path: str) -> None:
    """Take an order off its trip."""
    _need_order(board, order, path)
    for draft in board.drafts:
        if order in draft.wish.orders:
            rest = tuple(one for one in draft.wish.orders if one != order)
            draft.wish = _wish(rest, draft.wish.depart, None)
            return
    raise InvalidChange(path, f"{order!r} is on no trip")


def _draft(board: _Board, number: int, path: str) -> _Draft:
    """Return an open trip by its place in the plan."""
    for draft in board.drafts:
        if draft.number == number:
            return draft
    known = 0 <= number < len(board.standing.situation.plan.trips)
    problem = "has begun, is locked or has no stop left" if known else "is not in the plan"
    raise InvalidChange(path, f"trip {number} {problem}")


def _need_order(board: _Board, order: str, path: str) -> None:
    if order in board.standing.future.order_by_id:
        return
    under_way = order in board.standing.whole.order_by_id
    problem = "is on a trip that has begun or is locked" if under_way else "is not there"
    raise InvalidChange(path, f"order {order!r} {problem}")


def _need_courier(board: _Board, courier: str, path: str) -> None:
    if courier not in board.standing.whole.courier_by_id:
        raise InvalidChange(path, f"there is no courier {courier!r}")


def _only_in(faults: tuple[Fault, ...], others: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the faults that the others do not have; the number of a trip does not matter."""
    left = Counter(_without_number(fault) for fault in others)
    found = []
    for fault in faults:
        key = _without_number(fault)
        if left[key]:
            left[key] -= 1
        else:
            found.append(fault)
    return tuple(found)


def _without_number(fault: Fault) -> tuple[Rule, str]:
    head, _, rest = fault.text.partition(": ")
    return fault.rule, rest if head.startswith("trip ") else fault.text
