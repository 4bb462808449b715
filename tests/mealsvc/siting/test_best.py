"""The best of many candidates become a scenario, with what each adds and why others were not."""

from datetime import time

import pytest

from mealsvc import jobs
from mealsvc.errors import InvalidInput
from mealsvc.jobs.worker import JobWorker
from mealsvc.siting import scenarios
from mealsvc.siting.asking import Asked, measured
from mealsvc.siting.best import best_sites
from mealsvc.siting.disclosure import EXACT, Disclosure
from mealsvc.siting.layers import inhabited_middles
from mealsvc.siting.wishes import SiteWish
from mealsvc.siting.workbench import use_walks
from mealsvc.store import transaction
from mealsvc.vocabulary import JobKind, JobState, SiteKind
from tests.mealsvc.people import Town
from tests.mealsvc.siting.straight_walks import StraightWalks


def spot(east, name=None):
    return {"lon": 120.10 + east / 96_000, "lat": 30.30, "name": name}


@pytest.fixture
def choose(small_town):
    """Return a function that chooses sites; A07 … A10 live 690 … 990 m east, out of the circle."""
    use_walks(small_town, StraightWalks(shore=5_000))
    bench, cover = measured(small_town, Asked(), language="en")

    def chosen(told=EXACT, **wish):
        return best_sites(bench, cover, SiteWish.model_validate({"seconds": 5, **wish}), told)

    return chosen


def test_the_candidate_that_covers_most_is_chosen_and_proven(choose):
    found = choose(sites=1, candidates=[spot(1580, "东"), spot(1000, "中"), spot(1450, "南")])
    assert [(change.name, change.site) for change in found.changes] == [("中", "B1")]
    assert (found.result["covered"], found.result["bound"], found.result["gap"]) == (16, 16, 0.0)
    nearly = found.result["not_chosen"][0]
    assert (nearly["name"], nearly["loss"], nearly["instead_of"]) == ("南", 2, "中")


def test_the_curve_tells_what_each_further_site_adds(choose):
    found = choose(sites=2, candidates=[spot(1000), spot(2000)])
    assert [step["covered"] for step in found.result["curve"]] == [16, 16]


def test_the_fewest_sites_for_a_share(choose):
    found = choose(goal="fewest", share=0.85, candidates=[spot(1000), spot(1450), spot(1580)])
    assert len(found.changes) == 1
    assert found.result["share"] == pytest.approx(16 / 18)  # of all, also who is not on the map
    with pytest.raises(InvalidInput, match="cannot be covered") as refused:
        choose(goal="fewest", share=1.0, candidates=[spot(1000)])
    assert "已知最多" in refused.value.sentence("zh")


def test_the_least_mean_walk_goes_where_people_live(choose):
    found = choose(goal="least_mean_walk", sites=1, candidates=[spot(500), spot(4900)])
    assert found.changes[0].lon == spot(500)["lon"]


def test_without_candidates_the_middles_of_inhabited_hexagons_are_tried(small_town, choose):
    found = choose(sites=1, grid_metres=300)
    assert found.result["covered"] == 16
    _, cover = measured(small_town, Asked(), language="en")
    homes = {tuple(home) for home in cover.people.lonlat.tolist()}
    assert homes.isdisjoint(inhabited_middles(cover.people, 300))


def test_more_sites_than_can_be_walked_to_are_refused_and_candidates_in_the_water_left_out(choose):
    with pytest.raises(InvalidInput, match="only 1 candidates"):
        choose(sites=2, candidates=[spot(1000), spot(9000)])
    with pytest.raises(InvalidInput, match="none of the 1 candidates can be walked to"):
        choose(sites=1, candidates=[spot(9000)])


def test_groups_may_count_more_and_must_exist(choose):
    found = choose(
        sites=1, candidates=[spot(1000), spot(1450)], weights={"care_level": {"disabled": 3}}
    )
    assert found.result["covered"] == 12 + 3 * 4
    with pytest.raises(InvalidInput, match="nobody is in the group 'blue'"):
        choose(sites=1, candidates=[spot(1000)], weights={"care_level": {"blue": 3}})


def test_new_sites_keep_their_distance(choose):
    near = choose(sites=2, candidates=[spot(690), spot(1580)], apart_seconds=900)
    assert len(near.changes) == 1


def test_a_budget_buys_what_it_can_and_is_told(choose):
    places = [spot(1000, "好") | {"cost": 9}, spot(1450, "南") | {"cost": 5}, spot(1580)]
    found = choose(sites=3, candidates=places, cost=4, budget=8)
    assert [one["name"] for one in found.result["chosen"]] == ["南"]
    assert (found.result["budget"], found.result["cost"]) == (8, 5)
    with pytest.raises(InvalidInput, match="pays for no candidate") as refused:
        choose(sites=1, candidates=places, cost=4, budget=3)
    assert "最便宜的需4" in refused.value.sentence("zh")
    with pytest.raises(InvalidInput, match="candidate 3 has none of its own"):
        choose(sites=1, candidates=places, budget=8)


def test_a_place_may_have_its_own_capacity(choose):
    found = choose(sites=1, capacity=50, candidates=[spot(1000) | {"capacity": 2}])
    assert (found.changes[0].capacity, found.result["covered"]) == (2, 14)


def test_candidates_at_street_crossings_lie_within_reach_of_somebody(small_town, choose):
    found = choose(sites=1, source="streets", grid_metres=200)
    assert found.result["covered"] == 16
    # Crossings lie every 100 m up to 5 km; those beyond 990 m + 600 s on foot serve nobody.
    assert 8 <= found.result["candidates"] <= 16
    east = (found.changes[0].lon - 120.10) * 96_000
    assert east == pytest.approx(round(east / 100) * 100, abs=0.01)


def test_a_site_without_a_name_is_called_so_in_the_language_of_who_asked(small_town):
    use_walks(small_town, StraightWalks(shore=5_000))
    bench, cover = measured(small_town, Asked(), language="en")
    wish = SiteWish.model_validate({"sites": 1, "seconds": 5, "candidates": [spot(1000)]})
    for language, name in (("en", "New site B1"), ("zh", "新站点B1")):
        found = best_sites(bench, cover, wish, EXACT, language=language)
        assert found.changes[0].name == name


def test_meal_points_may_become_canteens(small_town):
    with transaction(small_town.engine) as session:
        town = Town(session)
        town.point(town.canteen(code="ST09", east=-3000), code="ZC09", east=1000)
    use_walks(small_town, StraightWalks(shore=5_000))
    bench, cover = measured(small_town, Asked(), language="en")
    wish = SiteWish(sites=1, source="meal_points", seconds=5)
    found = best_sites(bench, cover, wish, EXACT)
    assert [(one.do, one.site) for one in found.changes] == [("close", "ZC01"), ("add", "B1")]
    assert (found.changes[1].kind, found.changes[1].name) == (SiteKind.CANTEEN, "ZC01助餐点")
    assert "only canteens count" in found.result["notes"][-1]["en"]


def test_without_meal_points_none_can_become_canteens(small_town):
    use_walks(small_town, StraightWalks())
    bench, cover = measured(small_town, Asked(), language="en")
    canteens = [site for site in cover.sites if site.kind is SiteKind.CANTEEN]
    only = bench.cover(cover.people, canteens, cover.terms)
    with pytest.raises(InvalidInput, match="no open meal point"):
        best_sites(bench, only, SiteWish(sites=1, source="meal_points"), EXACT)


def test_too_fine_a_grid_is_refused_before_it_is_measured(choose, monkeypatch):
    monkeypatch.setattr("mealsvc.siting.candidates.MOST_CANDIDATES", 2)
    with pytest.raises(InvalidInput, match="choose a wider grid"):
        choose(sites=1, source="streets", grid_metres=100)


def test_candidates_that_cannot_be_walked_to_are_named_with_the_reason(choose):
    found = choose(sites=1, candidates=[spot(9000, "水"), spot(1000)])
    assert found.result["left_out"]["count"] == 1
    first = found.result["left_out"]["first"][0]
    assert (first["number"], first["name"], first["en"]) == (1, "水", "in the water")
    with pytest.raises(InvalidInput, match="1 more candidates were left out") as refused:
        choose(sites=2, candidates=[spot(9000), spot(1000)])
    assert "另有1个候选点无法步行到达" in refused.value.sentence("zh")


def test_a_present_site_that_nobody_can_walk_to_is_told(small_town):
    use_walks(small_town, StraightWalks(shore=1_200))
    with transaction(small_town.engine) as session:
        Town(session).canteen(code="ST08", east=1500)
    bench, cover = measured(small_town, Asked(), language="en")
    found = best_sites(
        bench, cover, SiteWish.model_validate({"sites": 1, "candidates": [spot(1000)]}), EXACT
    )
    assert "it serves nobody here" in found.result["notes"][0]["en"]


def test_new_sites_keep_the_hours_of_the_meal_and_the_kind_that_is_wanted(small_town, choose):
    bench, cover = measured(small_town, Asked(), language="en")
    wish = SiteWish.model_validate({"sites": 1, "candidates": [spot(1000)], "kind": "meal_point"})
    made = best_sites(bench, cover, wish, EXACT, hours=(time(16), time(18))).changes[0]
    assert (made.kind, made.opens, made.closes) == (SiteKind.MEAL_POINT, time(16), time(18))


def test_a_share_out_of_reach_is_told_to_planners_in_rounded_figures(choose):
    with pytest.raises(InvalidInput) as refused:
        choose(Disclosure(5), goal="fewest", share=1.0, candidates=[spot(1000)])
    # 16 of 18 are told as 15 of 20.
    assert "the largest known is 75.0%" in str(refused.value)


def test_a_result_that_planners_read_gives_nobody_away(choose):
    found = choose(Disclosure(5), sites=1, candidates=[spot(1000), spot(1450)])
    assert found.result["covered"] == 15
    assert found.result["not_chosen"][0]["loss"] == "<5"


def test_a_job_keeps_the_choice_as_a_scenario(small_town, choose):
    request = {
        "name": "优选", "scenario": None, "population": None,
        "wish": {"sites": 1, "seconds": 5, "candidates": [spot(1000, "中")]},
    }  # fmt: skip
    run, _ = jobs.enqueue(small_town, JobKind.BEST_SITES, "best:1", actor="wang", request=request)
    assert JobWorker(small_town).work() == 1
    done = jobs.job(small_town, run.id)
    assert (done.state, done.error) == (JobState.SUCCEEDED, None)
    with transaction(small_town.engine) as session:
        made = scenarios.read_scenario(session, done.outcome["scenario"])
        assert (made.name, len(scenarios.content_of(made).changes)) == ("优选", 1)
        assert scenarios.results_of(session, made.id)[0].kind is JobKind.BEST_SITES
