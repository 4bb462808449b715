"""Single records are found, changed, paused and placed, always with an audit entry."""

from datetime import date, time, timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.roster import upkeep
from mealsvc.store import AuditEntry, OrderChange, transaction
from mealsvc.vocabulary import EndReason, Meal, Sex, UnlocatedReason
from tests.mealsvc.roster.rosters import COURIER, elder

TODAY = date(2026, 11, 20)


@pytest.fixture
def people(desk):
    """Three elders: one located twice in the compound, one without a place."""
    desk.elders(elder(1), elder(2, 小区="桂花城", 手机号="13711112222"), elder(3, 经度=None))
    return desk


@pytest.fixture
def work(people):
    """Run one function of upkeep in a transaction of its own, as actor ``wang``."""

    def run(function, *arguments, **options):
        with transaction(people.runtime.engine) as session:
            return function(session, people.runtime, *arguments, actor="wang", **options)

    return run


@pytest.fixture
def session(people):
    """A session to read with."""
    with Session(people.runtime.engine) as opened:
        yield opened


def trail(desk):
    with Session(desk.runtime.engine) as session:
        entries = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        return [(e.actor, e.action, e.subject) for e in entries if e.actor == "wang"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["L00001", "L00002", "L00003"]),
        ("L00002", ["L00002"]),
        ("桂英3", ["L00003"]),
        ("2222", ["L00002"]),
        ("桂花", ["L00002"]),
        ("桂花 2222", ["L00002"]),
        ("桂花 3333", []),
        ("２２２２", ["L00002"]),
        ("137 1111-2222", ["L00002"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_elders_are_found_by_code_name_phone_tail_and_compound(session, words, found):
    result = upkeep.search_elders(session, words)
    assert [one.code for one in result.items] == found
    assert result.total == len(found)


def test_lists_come_in_pages_with_a_total(session):
    page = upkeep.search_elders(session, page=upkeep.Page(limit=2, offset=1))
    assert ([one.code for one in page.items], page.total) == (["L00002", "L00003"], 3)
    with pytest.raises(InvalidInput):
        upkeep.Page(limit=0)


def test_a_manager_sees_only_the_elders_of_given_canteens(session):
    own = upkeep.get_canteen(session, "ST01").id
    # L00003 has no place, but homes of its compound are near this canteen.
    assert upkeep.search_elders(session, canteens=[own]).total == 3
    assert upkeep.search_elders(session, canteens=[]).total == 0


def test_what_does_not_exist_is_said_to(session):
    for get in (upkeep.get_elder, upkeep.get_courier, upkeep.get_canteen, upkeep.get_meal_point):
        with pytest.raises(NotFound, match="X9"):
            get(session, "X9")


def test_a_new_file_is_opened_with_words_as_people_write_them(people, work):
    entry = upkeep.NewElder.model_validate(
        {
            "code": "L00009",
            "name": "李秀兰",
            "sex": "女",
            "birth_date": "1940年1月2日",
            "phone": "138 0000 5408",
            "lives_alone": "是",
            "address": {"compound": "荷风苑", "floor": "负一", "lift": "有"},
            "place": {"lon": 120.101, "lat": 30.301, "datum": "WGS84"},
            "contacts": [{"name": "李明"}, {"name": "李红", "phone": "13700000001"}],
            "standing": [{"meal": "lunch", "portions": 1, "weekdays": "周一至周五"}],
            "courier": "Z001",
        }
    )
    work(upkeep.create_elder, entry)
    kept = people.stored()["L00009"]
    assert (kept.sex, kept.birth_date, kept.phone) == (Sex.FEMALE, date(1940, 1, 2), "13800005408")
    assert (kept.address.floor, kept.address.lift, kept.lives_alone) == (-1, True, True)
    assert [(c.rank, c.name) for c in kept.contacts] == [(1, "李明"), (2, "李红")]
    assert kept.standing_orders[0].weekdays == 31
    assert kept.canteen_id is not None
    assert trail(people) == [("wang", "elder.create", "elder:L00009")]
    with pytest.raises(Conflict, match="code L00009 belongs to another elder"):
        work(upkeep.create_elder, entry)
    with pytest.raises(Conflict, match="one person one file"):
        work(upkeep.create_elder, entry.model_copy(update={"code": "L00010"}))


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "1380000"},
        {"birth_date": "1938.5"},
        {"sex": "?"},
        {"name": ""},
        {"name": None},
        {"standing": [{"meal": "lunch", "portions": -1}]},
        {"standing": [{"meal": "lunch", "portions": 1, "weekdays": "随便"}]},
        {
            "standing": [
                {"meal": "lunch", "portions": 1, "window": {"first": "12:00", "last": "11:00"}}
            ]
        },
        {"address": {"floor": 0.5}},
        {"unknown": 1},
    ],
)
def test_an_entry_that_an_import_would_only_remark_upon_is_refused(change):
    with pytest.raises(ValidationError):
        upkeep.ElderEntry.model_validate(change)


def test_a_change_touches_only_what_it_names(people, work):
    work(upkeep.change_elder, "L00001", upkeep.ElderEntry(phone="0571-88001234"))
    kept = people.stored()["L00001"]
    assert (kept.phone, kept.name, kept.address.floor) == ("0571-88001234", "王桂英1", 5)
    with Session(people.runtime.engine) as session:
        last = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last.detail == {"fields": ["phone"]}, "values of a person do not belong in the trail"


def test_contacts_are_replaced_in_the_order_given(people, work):
    for names in (["甲", "乙"], ["乙", "丙", "甲"]):
        contacts = [upkeep.ContactEntry(name=called) for called in names]
        work(upkeep.change_elder, "L00001", upkeep.ElderEntry(contacts=contacts))
    assert [c.name for c in people.stored()["L00001"].contacts] == ["乙", "丙", "甲"]


def test_pauses_do_not_overlap_and_end_when_meals_begin_again(people, work):
    first = upkeep.PauseEntry(first_day=TODAY, last_day=TODAY + timedelta(days=6), reason="住院")
    work(upkeep.pause_elder, "L00001", first)
    with pytest.raises(Conflict, match="already paused"):
        work(upkeep.pause_elder, "L00001", upkeep.PauseEntry(first_day=TODAY + timedelta(days=6)))
    work(upkeep.pause_elder, "L00001", upkeep.PauseEntry(first_day=TODAY + timedelta(days=7)))
    work(upkeep.resume_elder, "L00001", TODAY + timedelta(days=3))
    with Session(people.runtime.engine) as session:
        pauses = upkeep.get_elder(session, "L00001").pauses
        assert [(p.first_day, p.last_day) for p in pauses] == [(TODAY, TODAY + timedelta(days=2))]
    with pytest.raises(Conflict, match="not paused"):
        work(upkeep.resume_elder, "L00001", TODAY + timedelta(days=3))


def test_the_end_of_a_service_stops_everything_at_once(people, work):
    tomorrow = TODAY + timedelta(days=1)
    with transaction(people.runtime.engine) as session:
        file = upkeep.get_elder(session, "L00001")
        made_at = people.runtime.clock()
        session.add(
            OrderChange(
                elder_id=file.id, day=tomorrow, meal=Meal.LUNCH, portions=2, made_at=made_at
            )
        )
    people.runtime.clock.now += timedelta(days=1)
    work(upkeep.end_service, "L00001", upkeep.EndEntry(reason=EndReason.DEATH))
    with Session(people.runtime.engine) as session:
        kept = upkeep.get_elder(session, "L00001")
        assert (kept.ended_on, kept.end_reason) == (tomorrow, EndReason.DEATH)
        assert [order.valid_to for order in kept.standing_orders] == [TODAY]
        assert kept.order_changes == []
        assert upkeep.search_elders(session).total == 2
        assert upkeep.search_elders(session, ended=True).total == 1
    with pytest.raises(Conflict):
        work(upkeep.end_service, "L00001", upkeep.EndEntry(reason=EndReason.MOVED))
    standing = [upkeep.StandingEntry(meal=Meal.LUNCH, portions=1)]
    with pytest.raises(Conflict, match="take it up again"):
        work(upkeep.change_elder, "L00001", upkeep.ElderEntry(standing=standing))
    work(upkeep.reopen_service, "L00001")
    work(upkeep.change_elder, "L00001", upkeep.ElderEntry(standing=standing))
    assert people.stored()["L00001"].ended_on is None


def test_a_place_set_by_hand_survives_a_list_that_repeats_itself(people, work):
    place = upkeep.PlaceEntry(lon=120.11, lat=30.31, datum="高德")
    work(upkeep.set_place, "L00003", place)
    kept = people.stored()["L00003"]
    assert (kept.address.datum, kept.address.unlocated_reason) == ("GCJ-02", None)
    assert kept.canteen_id is not None
    again = people.elders(elder(3, 经度=None))
    assert [f.code for f in again.findings] == ["place_kept"]
    assert again.counts["elders"].duplicates == 1
    assert people.stored()["L00003"].address.placed_by_hand


def test_a_list_that_says_something_new_about_a_place_is_believed(people, work):
    work(upkeep.set_place, "L00003", upkeep.PlaceEntry(lon=120.11, lat=30.31, datum="WGS84"))
    people.elders(elder(3, 经度=120.105))
    kept = people.stored()["L00003"].address
    assert (kept.lon, kept.placed_by_hand) == (120.105, False)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"lon": 30.3, "lat": 120.1, "datum": "WGS84"}, "probably longitude 120.1"),
        ({"lon": 120.1, "lat": 30.3, "datum": "?"}, "GCJ02"),
        ({"lon": 100, "lat": 30.3, "datum": "WGS84"}, "outside area"),
    ],
)
def test_an_unusable_place_is_refused_with_what_is_probably_meant(people, work, place, words):
    with pytest.raises(InvalidInput, match=words):
        work(upkeep.set_place, "L00003", upkeep.PlaceEntry(**place))
    assert people.stored()["L00003"].address.unlocated_reason is UnlocatedReason.MISSING


def test_the_unlocated_queue_suggests_the_compound_and_a_manager_may_accept(people, work, session):
    (waiting,) = upkeep.unlocated_queue(session)
    assert (waiting.elder.code, waiting.reason) == ("L00003", UnlocatedReason.MISSING)
    assert (waiting.neighbours, waiting.suggestion) == (1, (120.101, 30.301))
    work(upkeep.place_by_compound, "L00003")
    assert people.stored()["L00003"].address.lon == 120.101
    with pytest.raises(Conflict, match="located already"):
        work(upkeep.place_by_compound, "L00003")


def test_a_compound_without_located_homes_cannot_be_accepted(people, work):
    people.elders(elder(4, 小区="新村", 经度=None))
    with pytest.raises(Conflict, match="no other home"):
        work(upkeep.place_by_compound, "L00004")


def test_places_are_checked_again_when_the_streets_come(
    people, sample_streets_folder, sample_city, work
):
    gate = sample_city.compounds[0].gate
    work(upkeep.set_place, "L00001", upkeep.PlaceEntry(lon=gate[0], lat=gate[1], datum="WGS84"))
    people.runtime.settings.home.mkdir(exist_ok=True)
    people.runtime.settings.streets_folder.symlink_to(sample_streets_folder)
    check = upkeep.recheck_places(people.runtime)
    assert (check.checked, check.located) == (5, 1)
    assert check.lost == ("ST01", "ZC01", "L00002")
    assert people.stored()["L00002"].address.unlocated_reason is UnlocatedReason.OUTSIDE_AREA
    people.runtime.settings.streets_folder.unlink()
    assert upkeep.recheck_places(people.runtime).found == ("ST01", "ZC01", "L00002")


def test_couriers_are_kept_with_shifts_and_absences(people, work, session):
    new = upkeep.NewCourier.model_validate(
        {
            "code": "Z009",
            "name": "赵强",
            "canteen": "ST01",
            "boxes": 8,
            "mode": "步行",
            "care": "是",
            "shifts": [{"weekdays": "周一至周五", "starts": "10:30", "ends": "12:30"}],
        }
    )
    work(upkeep.create_courier, new)
    shifts = [upkeep.ShiftEntry(weekdays=127, starts=time(10, 30), ends=time(12))]
    work(upkeep.change_courier, "Z009", upkeep.CourierEntry(shifts=shifts, care=False))
    work(upkeep.add_absence, "Z009", upkeep.PauseEntry(first_day=TODAY, reason="回老家"))
    kept = upkeep.get_courier(session, "Z009")
    assert [(s.weekdays, s.ends) for s in kept.shifts] == [(127, time(12))]
    assert (kept.skills, kept.boxes, kept.absences[0].reason) == ([], 8, "回老家")
    work(upkeep.cancel_absence, "Z009", TODAY)
    with pytest.raises(NotFound):
        work(upkeep.cancel_absence, "Z009", TODAY)
    with pytest.raises(Conflict):
        work(upkeep.change_courier, "Z009", upkeep.CourierEntry(shifts=[*shifts, *shifts]))
    with pytest.raises(Conflict):
        work(upkeep.create_courier, new)
    assert upkeep.search_couriers(session, "赵").total == 1
    assert COURIER["编号"] in [one.code for one in upkeep.search_couriers(session).items]


def test_canteens_are_kept_with_capacity_and_hours(people, work, session):
    new = upkeep.NewCanteen.model_validate(
        {
            "code": "ST09",
            "name": "新食堂",
            "place": {"lon": 120.1, "lat": 30.3, "datum": "WGS84"},
            "meals": [{"meal": "lunch", "capacity": 80}, {"meal": "dinner", "capacity": 40}],
        }
    )
    work(upkeep.create_canteen, new)
    change = upkeep.CanteenEntry.model_validate(
        {
            "meals": [
                {"meal": "lunch", "capacity": 90, "opens": "10:45"},
                {"meal": "dinner", "capacity": None},
            ]
        }
    )
    work(upkeep.change_canteen, "ST09", change)
    (lunch,) = upkeep.get_canteen(session, "ST09").meals
    assert (lunch.capacity, lunch.opens, lunch.closes) == (90, time(10, 45), time(12, 30))
    reversed_hours = {"meals": [{"meal": "lunch", "capacity": 90, "opens": "13:00"}]}
    with pytest.raises(InvalidInput, match="closes before it opens"):
        work(upkeep.change_canteen, "ST09", upkeep.CanteenEntry.model_validate(reversed_hours))
    assert upkeep.list_canteens(session).total == 2


def test_meal_points_are_kept_with_their_canteen(people, work, session):
    new = upkeep.NewMealPoint(code="ZC09", name="新助餐点", canteen="ST01", capacity=20)
    work(upkeep.create_meal_point, new)
    work(upkeep.change_meal_point, "ZC09", upkeep.MealPointEntry(capacity=25, active=False))
    late = upkeep.MealPointEntry(opens=time(13), closes=time(12))
    with pytest.raises(InvalidInput, match="meal point ZC09: it closes before it opens"):
        work(upkeep.change_meal_point, "ZC09", late)
    place = upkeep.PlaceEntry(lon=120.1, lat=30.3, datum="WGS84")
    work(upkeep.set_site_place, "ZC09", place, point=True)
    kept = upkeep.get_meal_point(session, "ZC09")
    assert (kept.capacity, kept.active, kept.lon, kept.canteen.code) == (25, False, 120.1, "ST01")
    with pytest.raises(NotFound, match="ST77"):
        work(upkeep.change_meal_point, "ZC09", upkeep.MealPointEntry(canteen="ST77"))
    assert upkeep.list_meal_points(session, canteens=[kept.canteen_id]).total == 2
