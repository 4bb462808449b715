"""Builders of small rosters for tests of what comes after the roster."""

from datetime import date, time

from mealsvc.clock import local_moment
from mealsvc.store import (
    Address,
    Canteen,
    CanteenMeal,
    Courier,
    Elder,
    MealPoint,
    Shift,
    StandingOrder,
)
from mealsvc.vocabulary import Meal, MealWay, UnlocatedReason
from tests.fixtures.installation import SHANGHAI

STAMP = local_moment(date(2026, 11, 1), time(8), SHANGHAI)
STAMPS = {"created_at": STAMP, "updated_at": STAMP}
LUNCH = (time(10, 30), time(12, 30))
SATURDAY = date(2026, 11, 21)
UNLOCATED = {"unlocated_reason": UnlocatedReason.MISSING}
#: A degree of the invented map is so many metres in either direction.
HOME = (120.10, 30.30)


def place(east=0, north=0):
    """A point some metres from the middle of the invented town."""
    return {
        "lon": round(HOME[0] + east / 96_000, 6),
        "lat": round(HOME[1] + north / 111_000, 6),
        "unlocated_reason": None,
    }


class Town:
    """Adds people and sites to a session, flushed at once so that they have ids."""

    def __init__(self, session):
        self.session = session
        self.count = 0

    def keep(self, row):
        self.session.add(row)
        self.session.flush()
        return row

    def number(self):
        self.count += 1
        return self.count

    def canteen(self, capacity=100, *, east=0, north=0, meals=(Meal.LUNCH,), **more):
        code = more.pop("code", f"ST{self.number():02}")
        where = more.pop("where", place(east, north))
        hours = more.pop("hours", LUNCH)
        kept = self.keep(Canteen(code=code, name=f"{code}老年食堂", **where, **STAMPS, **more))
        for meal in meals:
            kept.meals.append(
                CanteenMeal(meal=meal, capacity=capacity, opens=hours[0], closes=hours[1])
            )
        return self.keep(kept)

    def point(self, canteen, capacity=40, *, east=500, north=0, **more):
        code = more.pop("code", f"ZC{self.number():02}")
        where = more.pop("where", place(east, north))
        hours = {"opens": more.pop("opens", time(11)), "closes": more.pop("closes", time(12, 15))}
        row = MealPoint(
            code=code, name=f"{code}助餐点", canteen_id=canteen.id, capacity=capacity,
            **hours, **where, **STAMPS, **more,
        )  # fmt: skip
        return self.keep(row)

    def courier(self, canteen, boxes=12, *, shifts=((127, *LUNCH),), **more):
        code = more.pop("code", f"Z{self.number():03}")
        row = Courier(
            code=code, name=f"送餐员{code}", canteen_id=canteen.id, boxes=boxes, **STAMPS, **more
        )
        row.shifts = [Shift(weekdays=days, starts=start, ends=end) for days, start, end in shifts]
        return self.keep(row)

    def elder(self, *, east=300, north=300, orders=({},), located=True, **more):
        code = more.pop("code", f"L{self.number():05}")
        floor, lift = more.pop("floor", None), more.pop("lift", None)
        row = Elder(code=code, name=f"老人{code}", **STAMPS, **more)
        where = place(east, north) if located else UNLOCATED
        row.address = Address(compound="丰盛九玺", floor=floor, lift=lift, **where)
        row.standing_orders = [StandingOrder(**{**STANDING, **order}) for order in orders]
        return self.keep(row)


STANDING = {
    "meal": Meal.LUNCH,
    "way": MealWay.DELIVERY,
    "portions": 1,
    "weekdays": 127,
    "valid_from": date(2026, 1, 1),
}
