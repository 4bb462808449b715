"""Lower bounds on the cost of any feasible plan."""

from collections.abc import Callable

from routing.budget import Budget
from routing.tables import Tables


def simple_bound(tables: Tables) -> float:
    """Return a bound from single orders: those nobody can bring stay unserved."""
    return float(tables.unserved[~tables.able.any(axis=1)].sum())


def lower_bound(tables: Tables, budget: Budget, better: Callable[[float], None]) -> None:
    """Tighten the bound until it cannot be or the time is over; tell every better value."""
    better(simple_bound(tables))
