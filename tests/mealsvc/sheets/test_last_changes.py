"""Which revision each courier must have seen, over a day of several."""

import pytest
from sqlmodel import select

from mealsvc.sheets import read_sheets
from mealsvc.sheets.last_changes import last_changes
from mealsvc.store import Address, Courier, transaction
from mealsvc.vocabulary import RevisionState


@pytest.fixture
def staff(town):
    """Two couriers and four orders."""
    canteen = town.canteen()
    couriers = town.courier(canteen), town.courier(canteen, "Z002", "徐娟")
    return couriers, [town.order(town.elder(f"L{n}", f"{n}号老人")) for n in range(4)]


def published(town, number, *duties, state=RevisionState.SUPERSEDED):
    """Publish a revision of one trip for each duty: a courier, the departure, the orders."""
    revision = town.revision(number, state)
    for courier, leaves, orders in duties:
        stops = [(order, 4 + 2 * place) for place, order in enumerate(orders)]
        town.duty(revision, courier, *([(leaves, stops)] if stops else []))


def changed(town, until=None):
    """Return by code which revision last changed the duty."""
    with transaction(town.runtime.engine) as session:
        codes = dict(session.exec(select(Courier.id, Courier.code)).all())
        found = last_changes(session, town.service_id, until=until)
    return {codes[courier]: number for courier, number in found.items()}


def test_a_change_that_was_missed_is_not_forgotten_by_later_revisions(town, staff):
    (duan, xu), (one, two, three, four) = staff
    published(town, 1, (duan, "10:40", [one, two]), (xu, "10:40", [three]))
    assert changed(town) == {}
    published(town, 2, (duan, "10:40", [one]), (xu, "10:40", [three, two]))
    assert changed(town) == {"Z001": 2, "Z002": 2}
    published(town, 3, (duan, "10:40", [one]), (xu, "10:40", [three, two, four]))
    assert changed(town) == {"Z001": 2, "Z002": 3}
    assert changed(town, until=2) == {"Z001": 2, "Z002": 2}
    assert changed(town, until=1) == {}


def test_who_is_not_concerned_has_nothing_to_see(town, staff):
    (duan, xu), (one, two, three, _) = staff
    published(town, 1, (duan, "10:40", [one, two]), (xu, "10:40", [three]))
    published(town, 2, (duan, "10:44", [one, two]), (xu, "10:45", [three]))
    assert changed(town) == {"Z002": 2}


def test_a_duty_that_is_empty_that_is_new_and_that_comes_back_are_changed(town, staff):
    (duan, xu), (one, two, *_) = staff
    published(town, 1, (duan, "10:40", [one, two]))
    published(town, 2, (duan, "10:40", []), (xu, "10:40", [one, two]))
    assert changed(town) == {"Z001": 2, "Z002": 2}
    published(town, 3, (xu, "10:40", [one, two]))
    assert changed(town) == {"Z001": 2, "Z002": 2}
    published(town, 4, (duan, "10:40", [one]), (xu, "10:40", [two]))
    assert changed(town) == {"Z001": 4, "Z002": 4}


def test_a_draft_asks_nobody_and_is_no_step_between_two_published(town, staff):
    (duan, _), (one, two, *_) = staff
    published(town, 1, (duan, "10:40", [one, two]))
    published(town, 2, (duan, "10:40", [two, one]), state=RevisionState.DRAFT)
    published(town, 3, (duan, "10:40", [one, two]))
    assert changed(town) == {}


def test_who_lives_at_another_door_by_now_changes_the_duty(town, staff):
    (duan, xu), (one, two, *_) = staff
    published(town, 1, (duan, "10:40", [one]), (xu, "10:40", [two]))
    with transaction(town.runtime.engine) as session:
        session.exec(select(Address)).first().lon += 0.001
    published(town, 2, (duan, "10:40", [one]), (xu, "10:40", [two]))
    assert changed(town) == {"Z001": 2}


def test_the_sheets_that_are_printed_again_are_those_of_who_is_asked(town, staff):
    (duan, xu), (one, two, three, four) = staff
    published(town, 1, (duan, "10:40", [one, two]), (xu, "10:40", [three, four]))
    published(
        town, 2, (duan, "10:40", [one]), (xu, "10:42", [three, four]),
        state=RevisionState.PUBLISHED,
    )  # fmt: skip
    sheets = read_sheets(town.runtime, town.day, town.meal)
    assert [sheet.courier_code for sheet in sheets.routes if sheet.changed] == ["Z001"]
    assert changed(town) == {"Z001": 2}
