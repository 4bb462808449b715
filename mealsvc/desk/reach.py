"""How far a caller reaches: a record of another canteen is as good as not there.

Both are answered with the very same words, so that nobody learns which codes others have given.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from mealsvc.access import Caller, Forbidden
from mealsvc.planning import read
from mealsvc.roster import upkeep
from mealsvc.store import Canteen, Courier, Duty, Elder, MealPoint, PlanRevision
from mealsvc.vocabulary import Meal


def elder_within(session: Session, caller: Caller, code: str) -> Elder:
    """Return an elder's whole file.

    Raises
    ------
    NotFound
        If there is none, or another canteen keeps it.
    """
    elder = upkeep.get_elder(session, code)
    return _within(caller, elder, elder.canteen_id)


def courier_within(session: Session, caller: Caller, code: str) -> Courier:
    """Return a courier with shifts and absences.

    Raises
    ------
    NotFound
        If there is none, or it is another canteen's.
    """
    courier = upkeep.get_courier(session, code)
    return _within(caller, courier, courier.canteen_id)


def canteen_within(session: Session, caller: Caller, code: str) -> Canteen:
    """Return a canteen with what it cooks.

    Raises
    ------
    NotFound
        If there is none, or the caller does not keep it.
    """
    canteen = upkeep.get_canteen(session, code)
    return _within(caller, canteen, canteen.id)


def meal_point_within(session: Session, caller: Caller, code: str) -> MealPoint:
    """Return a meal point.

    Raises
    ------
    NotFound
        If there is none, or another canteen supplies it.
    """
    point = upkeep.get_meal_point(session, code)
    return _within(caller, point, point.canteen_id)


def duties_within(
    session: Session, caller: Caller, day: date, meal: Meal, number: int | None = None
) -> tuple[PlanRevision, list[Duty]]:
    """Return a revision of a plan, and its duties of the couriers within reach.

    Parameters
    ----------
    session, caller
        The transaction, and who asks.
    day, meal
        The service.
    number
        Of the revision; default: published, else newest.

    Raises
    ------
    NotFound
        If there is no plan or no such revision.
    """
    revision = read.revision(session, day, meal, number)
    return revision, [duty for duty in revision.duties if caller.sees(duty.courier.canteen_id)]


def _within[Record: (Elder, Courier, Canteen, MealPoint)](
    caller: Caller, record: Record, keeper: int | None
) -> Record:
    if not caller.sees(keeper):
        raise upkeep.absent(type(record), record.code)
    return record


def require_reach(caller: Caller, canteen_id: int | None) -> None:
    """Refuse a change after which the record would belong to a canteen out of reach.

    Raises
    ------
    Forbidden
        And with it the whole transaction.
    """
    if not caller.sees(canteen_id):
        raise Forbidden(
            "this would belong to a canteen that you do not keep; name one of yours",
            "该记录将归属其他食堂；请填写您负责的食堂",
        )
