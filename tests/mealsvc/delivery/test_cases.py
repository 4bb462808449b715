"""Nobody opens: the protocol as a clock that only a person ends."""

import pytest

from mealsvc.day_words import CaseStep, EventKind, Finding, Outcome, Source, StepResult
from mealsvc.delivery.cases import cases_of
from tests.mealsvc.delivery.days import at, event, outcome

LIMITS = (5, 10, 15, 60)
SHUT = outcome("shut", 11, 20, Outcome.NOBODY_HOME)


def step(uid, minutes, which, result=StepResult.NOT_REACHED):
    return event(uid, EventKind.STEP, minutes, order=11, step=which, result=result)


def closed(uid, minutes, finding=Finding.WELL):
    return event(uid, EventKind.CLOSED, minutes, order=11, finding=finding, source=Source.OFFICE)


def the_case(*events):
    (found,) = cases_of([SHUT, *events])
    return found


def test_a_door_that_stayed_shut_opens_a_case_whose_first_step_is_a_call():
    case = the_case()
    assert (case.opened_at, case.next_step) == (at(20), CaseStep.CALL_ELDER)
    assert case.due_at(LIMITS) == at(25)
    assert not case.overdue(LIMITS, at(25))
    assert case.overdue(LIMITS, at(26))


def test_no_case_without_a_door_that_stayed_shut():
    assert cases_of([outcome("a", 11, 20, Outcome.REFUSED)]) == []


def test_each_step_moves_the_clock_on_in_order():
    steps = [step(f"s{place}", 21 + place, which) for place, which in enumerate(CaseStep)]
    nexts = [the_case(*steps[:done]).next_step for done in range(4)]
    assert nexts == [*CaseStep, None]
    dues = [the_case(*steps[:done]).due_at(LIMITS) for done in range(4)]
    assert dues == [at(25), at(30), at(35), at(80)]


def test_whoever_reaches_somebody_need_only_close():
    case = the_case(step("a", 22, CaseStep.CALL_ELDER, StepResult.REACHED))
    assert (case.next_step, case.due_at(LIMITS)) == (None, at(80))
    assert case.overdue(LIMITS, at(81))


def test_only_a_closing_with_a_finding_ends_it():
    case = the_case(step("a", 22, CaseStep.CALL_ELDER), closed("b", 40, Finding.IN_HOSPITAL))
    assert (case.closing.finding, case.due_at(LIMITS)) == (Finding.IN_HOSPITAL, None)
    assert not case.overdue(LIMITS, at(500))


@pytest.mark.parametrize(
    ("what", "calm"),
    [
        (Outcome.HANDED_OVER, True),
        (Outcome.REFUSED, True),
        (Outcome.LEFT_AS_AGREED, False),
        (Outcome.NOBODY_HOME, False),
    ],
)
def test_whoever_was_met_is_no_alarm_but_a_meal_at_the_door_proves_nothing(what, calm):
    case = the_case(outcome("later", 11, 50, what))
    assert case.calm is calm
    assert case.closing is None


def test_a_report_taken_back_leaves_no_case_unless_steps_were_taken():
    back = event("b", EventKind.RETRACTED, 21, about="shut")
    assert cases_of([SHUT, back]) == []
    (left,) = cases_of([SHUT, back, step("s", 21, CaseStep.CALL_ELDER)])
    assert (left.withdrawn, left.calm, left.closing) == (True, True, None)


def test_a_door_that_stays_shut_again_after_closing_is_a_new_case():
    again = outcome("again", 11, 70, Outcome.NOBODY_HOME)
    case = the_case(step("a", 22, CaseStep.CALL_ELDER), closed("b", 40), again)
    assert (case.opened_at, case.steps, case.closing) == (at(70), (), None)


def test_two_tries_are_one_case_from_the_first():
    case = the_case(outcome("again", 11, 30, Outcome.NOBODY_HOME))
    assert (case.tries, case.opened_at) == (2, at(20))
