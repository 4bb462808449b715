"""How a day goes is worked out once for all who may see the same, and is never behind the day."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from mealsvc.access import Action, Caller, Identity
from mealsvc.access.permissions import PERMISSIONS
from mealsvc.day_words import EventKind, Outcome, Source
from mealsvc.desk.day import Day
from mealsvc.desk.glance import FRESH, read_progress
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime
from mealsvc.store import Canteen, Courier, DeliveryEvent, transaction
from mealsvc.vocabulary import Meal, Role, TokenKind
from tests.mealsvc.delivery.records import OPENS, publish_day
from tests.mealsvc.people import SATURDAY, STAMPS

SHORT = FRESH / 4


@pytest.fixture
def runtime(settings, each_engine, clock):
    """An installation at half past ten on Saturday, on each kind of database."""
    clock.now = OPENS + timedelta(minutes=1)
    return Runtime(settings, each_engine, clock)


@pytest.fixture
def made(runtime):
    """A published lunch of two couriers and three doors."""
    with transaction(runtime.engine) as session:
        return publish_day(session)


@pytest.fixture
def reported(runtime, made):
    """Return a function that appends an event of the first courier's first door."""

    def append(uid, kind=EventKind.OUTCOME, **more):
        if kind is EventKind.OUTCOME:
            more.setdefault("outcome", Outcome.HANDED_OVER)
        row = DeliveryEvent(
            service_id=made.service.id, uid=uid, kind=kind, order_id=made.orders[0],
            courier_id=made.couriers[0], source=more.pop("source", Source.PHONE),
            happened_at=OPENS, received_at=OPENS, reported_by="test", **more,
        )  # fmt: skip
        with transaction(runtime.engine) as session:
            session.add(row)

    return append


def caller(role=Role.ADMIN, canteens=(), name="somebody"):
    identity = Identity(name, role, TokenKind.SESSION, 1, OPENS, canteens=frozenset(canteens))
    return Caller(identity, Action.READ_DELIVERY, PERMISSIONS[Action.READ_DELIVERY][role])


def shown(runtime, who=None):
    return read_progress(runtime, who or caller(), SATURDAY, Meal.LUNCH)


@pytest.mark.usefixtures("made")
class TestWhoMaySeeTheSame:
    def test_gets_the_very_same_answer(self, runtime):
        assert shown(runtime, caller(name="one")) is shown(runtime, caller(name="another"))

    def test_has_it_worked_out_once_for_all_who_ask_at_the_same_moment(self, runtime, monkeypatch):
        worked, together = [], threading.Barrier(8, timeout=300)
        progress = Day.progress
        monkeypatch.setattr(Day, "progress", lambda *of: worked.append(1) or progress(*of))

        def ask(_):
            together.wait()
            return shown(runtime)

        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(ask, range(8)))
        assert (len(worked), len({id(one) for one in found})) == (1, 1)

    def test_gets_nothing_of_what_others_see(self, runtime):
        with transaction(runtime.engine) as session:
            session.add(Canteen(code="ST09", name="第九老年食堂", lon=120.1, lat=30.3, **STAMPS))
        everything, nothing = shown(runtime), shown(runtime, caller(Role.MANAGER, {4711}))
        officer, planner = (
            shown(runtime, caller(Role.OFFICER)),
            shown(runtime, caller(Role.PLANNER)),
        )
        assert (len(everything.couriers), everything.counts.stops) == (2, 3)
        assert (nothing.couriers, nothing.counts.stops) == ([], 0)
        names = [one.courier_name for one in everything.couriers]
        assert all(names)
        assert names != [one.courier_name for one in officer.couriers]
        assert [one.courier_name for one in planner.couriers] == [None, None]


class TestWhatIsNewIsSeenAtOnce:
    @pytest.mark.parametrize("later", [timedelta(0), SHORT])
    def test_a_report(self, runtime, clock, reported, later):
        assert shown(runtime).counts.served == 0
        reported("outcome-01")
        clock.now += later
        found = shown(runtime)
        assert (found.counts.served, found.couriers[0].progress.counts.served) == (1, 1)
        reported("taken-back", EventKind.RETRACTED, about="outcome-01")
        assert shown(runtime).counts.served == 0

    def test_a_note_and_its_answer(self, runtime, reported):
        reported("note-0001", EventKind.CONDITION, detail={"condition": "door_changed"})
        assert shown(runtime).open_notes == 1
        reported("answer-01", EventKind.HANDLED, about="note-0001", source=Source.OFFICE)
        assert shown(runtime).open_notes == 0

    def test_a_revision(self, runtime, made):
        first = shown(runtime)
        with transaction(runtime.engine) as session:
            publish_day(session, ((1,), (0, 2)), made)
        second = shown(runtime)
        assert (first.revision, second.revision) == (1, 2)
        assert [one.progress.counts.stops for one in second.couriers] == [1, 2]
        assert {one.changed_in for one in first.couriers} == {None}
        assert [one.changed_in for one in second.couriers] == [2, 2]

    def test_that_a_report_is_kept_apart(self, runtime, reported):
        reported("apart-0001", not_counted="duty_over")
        assert (shown(runtime).not_counted, shown(runtime).counts.served) == (1, 0)


@pytest.mark.usefixtures("made")
class TestTime:
    def test_makes_stops_overdue_and_couriers_late(self, runtime, clock):
        assert shown(runtime).counts.overdue == 0
        clock.now = OPENS + timedelta(minutes=30)
        found = shown(runtime)
        assert (found.now, found.counts.overdue) == (clock.now, 3)
        clock.now += FRESH
        again = shown(runtime)
        seconds = [one.couriers[0].progress.behind_seconds for one in (found, again)]
        assert seconds[1] - seconds[0] == FRESH.total_seconds()

    def test_makes_cases_overdue(self, runtime, clock, reported):
        reported("nobody-home", outcome=Outcome.NOBODY_HOME)
        assert (shown(runtime).open_cases, shown(runtime).overdue_cases) == (1, 0)
        clock.now += timedelta(hours=2)
        assert shown(runtime).overdue_cases == 1

    def test_passes_for_less_than_a_second_without_another_answer(self, runtime, clock):
        before = shown(runtime)
        clock.now += SHORT
        assert shown(runtime) is before

    def test_that_was_set_back_makes_another_answer(self, runtime, clock):
        before = shown(runtime)
        clock.now -= SHORT
        assert shown(runtime).now == clock.now < before.now

    def test_brings_other_names(self, runtime, clock, made):
        shown(runtime)
        with transaction(runtime.engine) as session:
            session.get_one(Courier, made.couriers[0]).name = "新名字"
        clock.now += FRESH
        assert "新名字" in {one.courier_name for one in shown(runtime).couriers}


def test_a_service_that_is_not_there_is_refused(runtime):
    with pytest.raises(NotFound):
        shown(runtime)
