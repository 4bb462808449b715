"""A change of the day gives a proposal; accepted, it is the next revision."""

from mealsvc.planning.revising import OrderCancelled


def test_a_cancelled_meal_leaves_the_plan_and_nobody_else_changes(day):
    before = day.trips()
    day.revise(OrderCancelled("A3"))
    shown = day.revision()
    assert shown.number == 2
    assert "A3" not in day.carriers()
