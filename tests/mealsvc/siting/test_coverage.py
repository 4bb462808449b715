"""Who is inside the circle is decided by everybody's own walk."""

from datetime import date

import numpy as np
import pytest

from mealsvc.errors import InvalidInput
from mealsvc.settings import Settings
from mealsvc.siting.changes import AddSite, CloseSite, Content
from mealsvc.siting.comparing import compare
from mealsvc.siting.disclosure import EXACT, Disclosure
from mealsvc.siting.figures import figures
from mealsvc.siting.people import age_band
from mealsvc.siting.terms import Assumptions, terms_of
from mealsvc.siting.views import candidate_of, candidate_site, coverage_of, read_basis
from mealsvc.store import Elder, transaction
from mealsvc.vocabulary import CareLevel, Grouping, Meal


@pytest.fixture
def cover(small_town, bench):
    """Return a function that gives the coverage of a scenario."""

    def measured(content=Content()):
        with transaction(small_town.engine) as session:
            basis = read_basis(session, small_town, content)
        return coverage_of(bench, small_town, basis, content, "en")

    return measured


def group(shown, grouping, key):
    return next(one for one in shown.groups if (one.grouping, one.key) == (grouping, key))


def test_people_are_counted_by_walking_time_over_all_also_those_nowhere(cover):
    shown = figures(cover(), EXACT, "en")
    # At 1 m/s: A01–A03 within 5, A01–A06 within 10, A01–A09 within 15 minutes; B all at once.
    assert [(band.seconds, band.people) for band in shown.bands] == [(300, 9), (600, 12), (900, 15)]
    assert (shown.people, shown.unlocated, shown.off_street) == (18, 1, 1)
    assert shown.covered.share == pytest.approx(12 / 18)
    assert shown.outside.people == 6


def test_sites_tell_who_has_them_nearest_and_whom_they_have_room_for(cover):
    sites = {one.code: one for one in figures(cover(), EXACT, "en").sites}
    assert (sites["ST01"].nearest, sites["ST01"].taken, sites["ST01"].load) == (6, 6, 1.0)
    assert sites["ST01"].mean_minutes == pytest.approx(340 / 60, abs=0.01)
    assert (sites["ST02"].nearest, sites["ST02"].mean_minutes) == (0, None)


def test_a_full_canteen_covers_nobody_more(cover):
    content = Content.model_validate({"changes": [{"do": "resize", "site": "ST01", "capacity": 2}]})
    shown = figures(cover(content), EXACT, "en")
    site = next(one for one in shown.sites if one.code == "ST01")
    assert (site.nearest, site.taken, site.load) == (6, 2, 3.0)
    assert (shown.covered.people, shown.room.people) == (12, 8)


def test_groups_have_their_own_bands(cover):
    shown = figures(cover(), EXACT, "zh")
    disabled = group(shown, Grouping.CARE, "disabled")
    assert (disabled.label, disabled.people) == ("失能", 4)
    assert [band.people for band in disabled.bands] == [0, 0, 3]
    assert group(shown, Grouping.HARDSHIP, "dibao").bands[1].share == 1.0
    assert group(shown, Grouping.WAY, "dine_in").people == 6


def test_who_walks_slower_by_care_level_gets_less_far(cover):
    slow = Content(assumptions=Assumptions(pace_by_care={CareLevel.INDEPENDENT: 1.8}))
    inside = figures(cover(slow), EXACT, "en").covered.people
    assert inside == 3 + 6  # A01–A03 at half the pace


def test_a_planner_is_told_no_group_under_five(cover):
    shown = figures(cover(), Disclosure(5), "en")
    assert (shown.people, shown.unlocated, shown.exact) == (20, "<5", False)
    disabled = group(shown, Grouping.CARE, "disabled")
    assert (disabled.people, disabled.bands[2].people, disabled.bands[2].share) == (
        "<5", "<5", None,
    )  # fmt: skip


def test_what_a_closed_site_loses_and_a_new_one_wins_is_told_apart(cover):
    after = Content.model_validate(
        {
            "changes": [
                {"do": "close", "site": "ZC01"},
                {"do": "add", "site": "N1", "name": "新", "lon": 120.10 + 900 / 96_000,
                 "lat": 30.30, "capacity": 9},
            ]
        }
    )  # fmt: skip
    change = compare(cover(), cover(after), EXACT, "en").total
    assert (change.newly, change.already, change.no_longer, change.still_outside) == (4, 6, 6, 2)
    assert change.share_before == pytest.approx(12 / 18)
    assert change.share_after == pytest.approx(10 / 18)


def test_a_site_that_is_closed_in_the_hours_of_the_meal_does_not_count(cover):
    content = Content.model_validate(
        {"changes": [{"do": "hours", "site": "ZC01", "opens": "06:00", "closes": "08:00"}]}
    )
    assert {site.code for site in cover(content).sites} == {"ST01", "ST02"}
    dinner = Content(assumptions=Assumptions(meal=Meal.DINNER))
    assert cover(dinner).sites == ()
    assert figures(cover(dinner), EXACT, "en").covered.people == 0


def test_a_change_that_no_longer_fits_is_left_out_with_a_warning(cover):
    content = Content(changes=(CloseSite(site="ST99"),))
    assert cover(content).warnings == (
        "the change 'close' of 'ST99' does not fit the present sites; left out",
    )


def test_a_candidate_tells_its_catchment_and_the_new_shares(cover, bench):
    there = candidate_site(120.10 + 1000 / 96_000, 30.30)
    found, after = candidate_of(bench, cover(), there, EXACT)
    assert [band.people for band in found.catchment] == [3, 6, 9]
    assert found.newly == 4
    assert found.bands_before[1].people + 4 == found.bands_after[1].people
    assert figures(after, EXACT, "en").covered.people == 16


def test_a_candidate_in_the_water_is_refused_with_the_reason(cover, bench):
    with pytest.raises(InvalidInput, match="in the water") as refused:
        candidate_of(bench, cover(), candidate_site(120.17, 30.30), EXACT)
    assert "在水面上" in refused.value.sentence("zh")


def test_a_site_in_the_water_covers_nobody_and_says_why(cover):
    far = AddSite(site="N1", name="岛上", lon=120.17, lat=30.30)
    shown = figures(cover(Content(changes=(far,))), EXACT, "en")
    site = shown.sites[-1]
    assert (site.nearest, site.unreached) == (0, "in the water")


def test_whose_service_has_ended_is_not_counted(small_town, cover):
    before = len(cover().people)
    with transaction(small_town.engine) as session:
        gone = session.get(Elder, 1)
        gone.ended_on, gone.end_reason = date(2026, 11, 20), "moved"
    assert len(cover().people) == before - 1


def test_the_circle_is_always_one_of_the_bands_and_one_pace_means_everybody(settings):
    terms = terms_of(settings, Assumptions(circle_seconds=720, pace_kmh=3.0))
    assert terms.bands == (300, 600, 720, 900)
    assert terms.bands[terms.circle_band] == 720
    slower = Settings(disabled_walking_kmh=1.8, _env_file=None)
    assert terms_of(slower).paces([CareLevel.DISABLED, None]).tolist() == [1.8, 3.6]
    assert set(terms_of(slower, Assumptions(pace_kmh=3.0)).pace.values()) == {3.0}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(1966, 11, 21), "under_60"), (date(1966, 11, 20), "60_69"),
        (date(1936, 11, 20), "90_up"), (None, "none"),
    ],
)  # fmt: skip
def test_an_age_is_that_of_the_day(born, band):
    assert age_band(born, date(2026, 11, 20)) == band


def test_equal_homes_are_put_on_the_streets_once(small_town, cover, bench, monkeypatch):
    cover()
    monkeypatch.setattr(bench.walks, "seconds", None)
    assert np.isfinite(cover().walk).any()
