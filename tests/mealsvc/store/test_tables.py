"""The database itself refuses what must not be stored, on SQLite and on PostgreSQL."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select

from mealsvc.errors import NotReady, StorageFailure
from mealsvc.store import (
    Address,
    Canteen,
    CanteenMeal,
    Contact,
    Courier,
    Elder,
    JobRun,
    Order,
    OrderChange,
    Pause,
    Plan,
    PlanRevision,
    Service,
    Shift,
    StandingOrder,
    Token,
    User,
    check_migrated,
    migrate,
    open_engine,
    transaction,
)
from mealsvc.vocabulary import (
    JobKind,
    Meal,
    MealWay,
    OrderKind,
    RevisionState,
    Role,
    TokenKind,
    UnlocatedReason,
)

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
STAMPS = {"created_at": NOW, "updated_at": NOW}
PLACE = {"lon": 120.1, "lat": 30.3}


def elder(code="L1", **more):
    return Elder(code=code, name="段永康", **STAMPS, **more)


def canteen(code="ST01", **more):
    return Canteen(code=code, name="金田花园老年食堂", **STAMPS, **PLACE, **more)


def revision(plan_id, number=1, **more):
    values = dict.fromkeys(
        [
            "orders", "portions", "served_orders", "served_portions", "unserved_orders",
            "unlocated_orders", "dine_in_portions", "pick_up_portions", "circle_portions",
            "circle_share", "couriers", "couriers_on_shift", "trips", "travel_seconds",
            "unfamiliar_orders", "cost", "solve_seconds", "seed",
        ],
        0,
    )  # fmt: skip
    values |= {"streets_fingerprint": "x", "instance": b"", "created_at": NOW, "created_by": "t"}
    return PlanRevision(plan_id=plan_id, number=number, **(values | more))


def refuse(engine, *rows):
    with pytest.raises((IntegrityError, StatementError)), transaction(engine) as session:
        session.add_all(rows)


def test_migrations_make_exactly_the_declared_tables(each_engine):
    with each_engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []


def test_names_kept_before_they_could_be_typed_are_found_after_the_upgrade(empty_url):
    opened = open_engine(empty_url)
    migrate(opened, "0006")
    with opened.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO elder (code, name, care_level, lives_alone, diets, canteen_given,"
                " created_at, updated_at) VALUES ('L1', '单永康', 'independent', false, '[]',"
                " false, '2026-11-20 04:00:00', '2026-11-20 04:00:00')"
            )
        )
        connection.execute(
            text("INSERT INTO contact (elder_id, rank, name) SELECT id, 1, '女儿' FROM elder")
        )
    migrate(opened)
    with Session(opened) as session:
        assert " syk" in session.exec(select(Elder)).one().typed_as
    opened.dispose()


@pytest.mark.parametrize("name", ["段永康", "单小丽"])
def test_a_changed_name_is_typed_anew(engine, name):
    with transaction(engine) as session:
        session.add(elder())
    with transaction(engine) as session:
        session.exec(select(Elder)).one().name = name
    with Session(engine) as session:
        kept = session.exec(select(Elder)).one().typed_as
    assert (" dyk" in kept, " sxl" in kept) == (name == "段永康", name == "单小丽")


def test_an_unmigrated_database_says_what_to_run(empty_url):
    opened = open_engine(empty_url)
    with pytest.raises(NotReady, match="mealsvc database upgrade"):
        check_migrated(opened)
    migrate(opened)
    check_migrated(opened)
    opened.dispose()


def test_what_an_earlier_version_kept_is_there_after_migrating(empty_url):
    opened = open_engine(empty_url)
    migrate(opened, "0001")
    with opened.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO job_run (kind, key, state, requested_by, requested_at, attempts, "
                "progress, phase, outcome, error) VALUES ('plan', 'k', 'failed', 'm', "
                "'2026-11-20 12:00:00', 1, 0, '', '{}', 'no streets')"
            )
        )
    migrate(opened)
    with transaction(opened) as session:
        (kept,) = session.exec(select(JobRun)).all()
        assert (kept.error, kept.error_zh) == ("no streets", None)
    opened.dispose()


def test_a_database_server_that_is_not_running_is_said(tmp_path, caplog):
    opened = open_engine(f"postgresql://mealsvc@/meals?host={tmp_path}")
    with pytest.raises(StorageFailure, match="does not answer") as refused:
        migrate(opened)
    assert refused.value.sentence("zh").startswith("数据库服务器没有响应")
    assert str(tmp_path) not in refused.value.message
    assert str(tmp_path) in caplog.text


def test_a_file_round_trips_with_all_its_parts(each_engine):
    with transaction(each_engine) as session:
        session.add(
            elder(
                diets=["soft", "low_sugar", "soft"],
                address=Address(compound="丰盛九玺", floor=-1, **PLACE),
                contacts=[Contact(rank=2, name="乙"), Contact(rank=1, name="甲")],
                standing_orders=[
                    StandingOrder(
                        meal=Meal.LUNCH, way=MealWay.DELIVERY, valid_from=date(2026, 1, 1)
                    )
                ],
                pauses=[Pause(first_day=date(2026, 2, 1))],
                order_changes=[
                    OrderChange(day=date(2026, 3, 1), meal=Meal.LUNCH, portions=0, made_at=NOW)
                ],
            )
        )
    with Session(each_engine) as session:
        kept = session.exec(select(Elder)).one()
        assert kept.diets == ["low_sugar", "soft"]
        assert [contact.name for contact in kept.contacts] == ["甲", "乙"]
        assert kept.address.text == "丰盛九玺"
        assert kept.standing_orders[0].weekdays == 127
        assert (len(kept.pauses), len(kept.order_changes)) == (1, 1)
        assert kept.created_at == NOW


def test_deleting_an_elder_deletes_the_whole_file(each_engine):
    with transaction(each_engine) as session:
        session.add(
            elder(
                address=Address(unlocated_reason=UnlocatedReason.MISSING),
                contacts=[Contact(name="甲")],
            )
        )
    with transaction(each_engine) as session:
        session.delete(session.exec(select(Elder)).one())
    with Session(each_engine) as session:
        assert session.exec(select(Address)).all() == []
        assert session.exec(select(Contact)).all() == []


def test_moments_come_back_in_utc_whatever_zone_they_were_given_in(each_engine):
    shanghai = NOW.astimezone(timezone(timedelta(hours=8)))
    with transaction(each_engine) as session:
        session.add(Service(day=date(2026, 11, 21), meal=Meal.LUNCH, frozen_at=shanghai))
    with Session(each_engine) as session:
        kept = session.exec(select(Service)).one()
        assert kept.frozen_at == NOW
        assert kept.frozen_at.utcoffset() == timedelta(0)


def test_naive_moments_are_refused(each_engine):
    refuse(
        each_engine,
        Service(day=date(2026, 1, 1), meal=Meal.LUNCH, frozen_at=datetime(2026, 1, 1)),  # noqa: DTZ001
    )


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(lambda: Address(elder_id=1, **PLACE), id="second address"),
        pytest.param(lambda: Contact(name="甲"), id="contact of nobody"),
        pytest.param(elder, id="same code"),
        pytest.param(lambda: elder("L2", ended_on=date(2026, 1, 1)), id="end without reason"),
        pytest.param(lambda: elder("L2", care_level="strong"), id="unknown care level"),
        pytest.param(lambda: elder("L2", canteen_id=99), id="unknown canteen"),
        pytest.param(lambda: elder("L2", handover_seconds=-1), id="negative hand-over"),
        pytest.param(
            lambda: elder("L2", address=Address(unlocated_reason=UnlocatedReason.MISSING, **PLACE)),
            id="place and reason",
        ),
        pytest.param(lambda: elder("L2", address=Address()), id="neither place"),
        pytest.param(lambda: elder("L2", address=Address(lon=120.0)), id="half"),
        pytest.param(
            lambda: StandingOrder(
                elder_id=1,
                meal=Meal.LUNCH,
                way=MealWay.DELIVERY,
                valid_from=date(2026, 1, 1),
                portions=0,
            ),
            id="no portions",
        ),
        pytest.param(
            lambda: StandingOrder(
                elder_id=1,
                meal=Meal.LUNCH,
                way=MealWay.DELIVERY,
                valid_from=date(2026, 1, 1),
                window_from=time(12),
                window_to=time(11),
            ),
            id="window closes before it opens",
        ),
        pytest.param(
            lambda: Pause(elder_id=1, first_day=date(2026, 2, 2), last_day=date(2026, 2, 1)),
            id="pause ends before it begins",
        ),
        pytest.param(
            lambda: CanteenMeal(
                canteen_id=1, meal=Meal.LUNCH, capacity=-1, opens=time(10), closes=time(12)
            ),
            id="negative capacity",
        ),
        pytest.param(
            lambda: CanteenMeal(
                canteen_id=1, meal=Meal.LUNCH, capacity=1, opens=time(12), closes=time(10)
            ),
            id="closes before it opens",
        ),
        pytest.param(
            lambda: Courier(code="Z9", name="甲", canteen_id=77, boxes=5, **STAMPS),
            id="courier of no canteen",
        ),
        pytest.param(
            lambda: Shift(courier_id=1, weekdays=0, starts=time(10), ends=time(12)),
            id="shift on no weekday",
        ),
        pytest.param(
            lambda: Order(service_id=1, kind=OrderKind.DELIVERY, portions=1), id="nobody's order"
        ),
        pytest.param(
            lambda: Order(service_id=1, kind=OrderKind.DELIVERY, portions=1, elder_id=1),
            id="second order",
        ),
        pytest.param(
            lambda: Order(service_id=1, kind=OrderKind.SUPPLY, portions=1), id="supply to nowhere"
        ),
        pytest.param(lambda: revision(1, 1), id="same revision number"),
        pytest.param(
            lambda: revision(1, 2, state=RevisionState.PUBLISHED), id="published at no time"
        ),
        pytest.param(
            lambda: revision(1, 2, state=RevisionState.PUBLISHED, published_at=NOW),
            id="second published revision",
        ),
        pytest.param(lambda: revision(1, 2, cost=10, bound=11.0), id="bound above cost"),
        pytest.param(
            lambda: User(username="a", password_hash="x", role=Role.COURIER, created_at=NOW),
            id="courier user without courier",
        ),
        pytest.param(
            lambda: Token(
                kind=TokenKind.DUTY, token_hash="h", user_id=1, created_at=NOW, expires_at=NOW
            ),
            id="duty token of a user",
        ),
        pytest.param(
            lambda: JobRun(kind=JobKind.NIGHTLY, key="k", requested_by="t", requested_at=NOW),
            id="work claimed twice",
        ),
    ],
)
def test_the_database_refuses(each_engine, row):
    with transaction(each_engine) as session:
        session.add(canteen())
        session.flush()
        session.add(elder(address=Address(unlocated_reason=UnlocatedReason.MISSING)))
        session.add(Courier(code="Z1", name="徐娟", canteen_id=1, boxes=12, **STAMPS))
        session.add(Service(day=date(2026, 11, 21), meal=Meal.LUNCH))
        session.add(JobRun(kind=JobKind.NIGHTLY, key="k", requested_by="t", requested_at=NOW))
        session.add(User(username="m", password_hash="x", role=Role.MANAGER, created_at=NOW))
        session.flush()
        session.add(Order(service_id=1, kind=OrderKind.DELIVERY, portions=1, elder_id=1))
        session.add(Plan(service_id=1))
        session.flush()
        session.add(revision(1, state=RevisionState.PUBLISHED, published_at=NOW))
    refuse(each_engine, row())


def test_a_failed_transaction_leaves_what_was_there(each_engine):
    with transaction(each_engine) as session:
        session.add(elder("L1", address=Address(unlocated_reason=UnlocatedReason.MISSING)))

    def interrupted():
        with transaction(each_engine) as session:
            session.add(elder("L2", address=Address(**PLACE)))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with Session(each_engine) as session:
        assert [kept.code for kept in session.exec(select(Elder))] == ["L1"]
