"""Whatever is reported, in whatever order and however often: one and the same state."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mealsvc.day_words import EventKind, NotCounted, Outcome, Source, StopStatus
from mealsvc.delivery import service_state
from mealsvc.delivery.events import standing
from mealsvc.delivery.following import FollowedDay
from mealsvc.delivery.progress import progress_of
from mealsvc.desk.glance import Glance
from tests.mealsvc.delivery.days import at, event, plan, trip

PLANNED = plan((1, trip(1, 11, 12), trip(2, 13, begins=60)), (2, trip(1, 21)))
ORDERS = (11, 12, 13, 21, 77)
UIDS = [f"u{number}" for number in range(9)]


@st.composite
def reports(draw):
    """Reports with uids of their own that may take back or replace one another, even in circles."""
    made = []
    for uid in UIDS[: draw(st.integers(0, len(UIDS)))]:
        kind = draw(
            st.sampled_from(
                [EventKind.OUTCOME] * 3
                + [
                    EventKind.DEPARTED,
                    EventKind.RETURNED,
                    EventKind.RETRACTED,
                    EventKind.HANDED_BACK,
                    EventKind.SEEN,
                ]
            )
        )
        more = {"about": draw(st.none() | st.sampled_from(UIDS))}
        if kind is EventKind.OUTCOME:
            more |= {"order": draw(st.sampled_from(ORDERS)), "what": draw(st.sampled_from(Outcome))}
            more["outcome"] = more.pop("what")
        elif kind in {EventKind.DEPARTED, EventKind.RETURNED}:
            more["orders"] = tuple(draw(st.lists(st.sampled_from(ORDERS), unique=True)))
        elif kind is EventKind.SEEN:
            more["revision"] = draw(st.integers(1, 3))
        made.append(
            event(
                uid,
                kind,
                draw(st.integers(0, 4)),  # few moments, so that ties happen
                courier=draw(st.sampled_from([1, 2])),
                source=draw(st.sampled_from(Source)),
                time_known=draw(st.booleans()),
                not_counted=draw(st.sampled_from([None, None, NotCounted.DUTY_OVER])),
                **more,
            )
        )
    return made


@given(reports(), st.data())
def test_order_and_repetition_of_reports_do_not_matter(events, data):
    again = data.draw(st.lists(st.sampled_from(events), max_size=5)) if events else []
    shuffled = data.draw(st.permutations(events + again))
    assert service_state(PLANNED, shuffled) == service_state(PLANNED, events)


@given(reports())
def test_when_a_report_came_in_does_not_matter(events):
    later = [replace(one, received_at=one.received_at.replace(year=2027)) for one in events]
    assert service_state(PLANNED, later) == service_state(PLANNED, events)


@given(reports())
def test_nothing_is_settled_without_a_counted_report_of_that_stop(events):
    told = {one.order_id for one in events if one.outcome and one.counts}
    for stop in service_state(PLANNED, events).stops:
        assert stop.status is not StopStatus.SETTLED or stop.order_id in told
        assert (stop.outcome is None) == (stop.status is not StopStatus.SETTLED)


@given(reports())
def test_every_stop_of_the_plan_is_there_once(events):
    found = service_state(PLANNED, events)
    orders = [stop.order_id for stop in found.stops]
    assert sorted(set(orders)) == sorted(orders)
    assert {11, 12, 13, 21} <= set(orders)


@given(reports())
def test_taking_back_a_standing_outcome_never_leaves_it_in_force(events):
    found = service_state(PLANNED, events)
    for stop in found.stops:
        if stop.outcome_uid is None:
            continue
        back = event("back", EventKind.RETRACTED, 9, about=stop.outcome_uid, source=Source.OFFICE)
        assert service_state(PLANNED, [*events, back]).stop(stop.order_id) != stop


@given(reports(), st.data())
def test_a_day_brought_up_step_by_step_is_the_day_computed_from_everything(events, data):
    day, glance = FollowedDay.begun(1, PLANNED, ()), None
    left = tuple(data.draw(st.permutations(events)))
    while left:
        fresh = data.draw(st.integers(1, len(left)))
        day, left = day.after(left[:fresh]), left[fresh:]
        assert day.standing == standing(day.events)
        assert day.state == service_state(PLANNED, day.events)
        minutes = data.draw(st.integers(0, 70))
        glance = Glance.at(day, at(minutes), glance)
        assert glance.couriers == progress_of(day.state, at(minutes)).couriers
