"""A day to revise: asks, decides and looks, in the small town of the fixture ``town``."""

from sqlmodel import select

from mealsvc.planning import read
from mealsvc.planning.revising import Decision, Question, accept, propose
from mealsvc.store import Order, transaction
from mealsvc.vocabulary import Meal
from tests.mealsvc.people import SATURDAY
from tests.mealsvc.planning.straight_lines import StraightLines

LUNCH = (SATURDAY, Meal.LUNCH)


class Day:
    """Saturday's lunch in the town of the fixture ``town``: asks, decides and looks."""

    def __init__(self, town, clock):
        self.town, self.clock = town, clock

    def at(self, hour, minute=0):
        self.clock.now = self.clock.now.replace(day=21, hour=hour, minute=minute, second=0)
        return self

    def propose(self, *changes, moves=(), steps=40, **more):
        question = Question(tuple(changes), tuple(moves), **more)
        return propose(
            self.town, *LUNCH, question, actor="chen", travel=StraightLines(), iterations=steps
        )

    def accept(self, proposal, actor="chen", **more):
        return accept(self.town, *LUNCH, proposal.id, Decision(actor, **more))

    def revise(self, *changes, **more):
        """Ask and accept at once; returns what was worked out."""
        proposal, worked = self.propose(*changes, **more)
        self.accept(proposal)
        return worked

    def revision(self, number=None):
        with transaction(self.town.engine) as session:
            return read.revision(session, *LUNCH, number)

    def trips(self, number=None):
        """Courier and trip number to departure and stops (elder or meal point, time)."""
        shown = self.revision(number)
        return {
            (duty.courier.code, trip.number): (
                trip.departs_at,
                [(_who(stop.order), stop.arrives_at) for stop in trip.stops],
            )
            for duty in shown.duties
            for trip in duty.trips
        }

    def carriers(self, number=None):
        """Elder's code to the courier who brings the meal."""
        trips = self.trips(number)
        return {who: courier for (courier, _), (_, stops) in trips.items() for who, _ in stops}

    def order_of(self, code):
        with transaction(self.town.engine) as session:
            orders = session.exec(select(Order)).all()
            return next(one for one in orders if one.elder and one.elder.code == code)


def _who(order):
    return order.elder.code if order.elder else order.meal_point.code
