"""Scenarios are saved by version: who edits an old one is told who changed what when."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.runtime import Runtime
from mealsvc.siting import scenarios
from mealsvc.siting.changes import AddSite, Content, apply_changes, require_applicable
from mealsvc.siting.scenarios import Edit
from mealsvc.siting.sites import read_sites
from mealsvc.store import AuditEntry, transaction
from mealsvc.vocabulary import JobKind, Meal

NEW = {"do": "add", "site": "N1", "name": "城东食堂", "lon": 120.11, "lat": 30.3, "capacity": 80}


def content(*changes, **assumptions):
    return Content.model_validate({"changes": changes, "assumptions": assumptions})


@pytest.fixture
def each_runtime(each_engine, settings, clock):
    return Runtime(settings, each_engine, clock)


def create(runtime, name="甲方案", *changes):
    with transaction(runtime.engine) as session:
        made = scenarios.create_scenario(session, runtime, name, content(*changes), actor="wang")
        return made.id


def edit(runtime, scenario, version, actor="li", **parts):
    with transaction(runtime.engine) as session:
        return scenarios.edit_scenario(
            session, runtime, scenario, version, Edit(**parts), actor=actor
        )


def test_every_edit_is_a_version_that_stays_readable(each_runtime, clock):
    number = create(each_runtime)
    clock.now += timedelta(hours=1)
    edited = edit(each_runtime, number, 1, content=content(NEW), note="先看城东")
    assert (edited.version, edited.updated_by, edited.note) == (2, "li", "先看城东")
    with transaction(each_runtime.engine) as session:
        kept = scenarios.edits_of(session, number)
        assert [(one.version, one.by, len(one.content["changes"])) for one in kept] == [
            (1, "wang", 0), (2, "li", 1),
        ]  # fmt: skip
        trail = session.exec(select(AuditEntry.action)).all()
    assert trail == ["scenario.create", "scenario.edit"]


def test_an_edit_of_an_older_version_is_refused_with_who_changed_what_when(each_runtime, clock):
    number = create(each_runtime)
    clock.now += timedelta(hours=1)
    edit(each_runtime, number, 1, content=content(NEW, pace_kmh=3.0))
    with pytest.raises(Conflict) as refused:
        edit(each_runtime, number, 1, actor="zhao", content=content())
    sentence = refused.value.message
    assert "li changed scenario '甲方案' at 2026-11-20 13:00" in sentence
    assert "changes now made to N1; other assumptions" in sentence
    assert "基于第1版" in refused.value.sentence("zh")
    with transaction(each_runtime.engine) as session:
        assert scenarios.read_scenario(session, number).version == 2


def test_names_are_taken_once(each_runtime):
    number = create(each_runtime)
    with pytest.raises(Conflict, match="another scenario is called"):
        create(each_runtime)
    other = create(each_runtime, "乙方案")
    with pytest.raises(Conflict, match="another scenario is called"):
        edit(each_runtime, other, 1, name="甲方案")
    assert edit(each_runtime, number, 1, name="甲方案").version == 2


def test_a_copy_lives_on_its_own_and_a_deleted_scenario_leaves_its_trail(each_runtime):
    number = create(each_runtime, "甲方案", NEW)
    with transaction(each_runtime.engine) as session:
        copied = scenarios.copy_scenario(session, each_runtime, number, "副本", actor="li").id
        found = scenarios.read_scenario(session, number)
        scenarios.keep_result(
            session, found, 1, JobKind.EFFECT, {}, at=found.updated_at, actor="li"
        )
    with transaction(each_runtime.engine) as session:
        scenarios.delete_scenario(session, each_runtime, number, actor="li")
    with transaction(each_runtime.engine) as session:
        assert scenarios.content_of(scenarios.read_scenario(session, copied)) == content(NEW)
        assert scenarios.results_of(session, number) == []
        with pytest.raises(NotFound, match="may have been deleted"):
            scenarios.read_scenario(session, number)
        assert session.exec(select(AuditEntry.action)).all()[-1] == "scenario.delete"


def test_changes_see_what_earlier_ones_did(small_town):
    with transaction(small_town.engine) as session:
        sites = read_sites(session, Meal.LUNCH)
    moved = content(
        NEW, {"do": "move", "site": "N1", "lon": 120.12, "lat": 30.31},
        {"do": "resize", "site": "ST01", "capacity": 9}, {"do": "close", "site": "ST02"},
        {"do": "hours", "site": "ZC01", "opens": "11:30", "closes": "12:00"},
    )  # fmt: skip
    after, idle = apply_changes(sites, moved.changes)
    by_code = {site.code: site for site in after}
    assert idle == []
    assert set(by_code) == {"ST01", "ZC01", "N1"}
    assert (by_code["N1"].lon, by_code["ST01"].capacity) == (120.12, 9)
    assert by_code["ZC01"].opens.isoformat() == "11:30:00"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"do": "close", "site": "ST99"}, "change 1 .close. names the site 'ST99'"),
        ({**NEW, "site": "ST01"}, "adds a site with the key 'ST01', which is taken"),
    ],
)
def test_a_change_that_does_not_fit_is_refused_on_saving(small_town, change, said):
    with transaction(small_town.engine) as session:
        sites = read_sites(session, Meal.LUNCH)
    with pytest.raises(InvalidInput, match=said):
        require_applicable(sites, content(change))


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": "add", "site": "N1", "name": "x", "lon": 200, "lat": 30},
        {"do": "resize", "site": "ST01", "capacity": -1},
        {"do": "hours", "site": "ST01", "opens": "12:00", "closes": "11:00"},
        {"do": "paint", "site": "ST01"},
    ],
)
def test_impossible_changes_are_no_content(wrong):
    with pytest.raises(ValueError):
        content(wrong)


def test_a_new_site_is_open_at_lunch_unless_told_otherwise(settings):
    added = AddSite.model_validate(NEW)
    assert (added.opens.hour, added.closes.hour) == (10, 12)
