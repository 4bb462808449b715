"""Changes tried out before they are saved: counted, drawn, and kept nowhere."""

import pytest

from mealsvc.siting.workbench import use_walks
from mealsvc.store import transaction
from mealsvc.vocabulary import Role
from tests.mealsvc.people import Town
from tests.mealsvc.siting.straight_walks import StraightWalks

TRIAL = "/api/v1/siting/trial"
NEW = {
    "do": "add", "site": "N1", "name": "城东食堂", "lon": 120.10 + 900 / 96_000, "lat": 30.3,
}  # fmt: skip
CLOSE = {"do": "close", "site": "ST02"}


@pytest.fixture
def walked(runtime):
    """Six elders up to 890 m east of ``ST01``, two beside ``ST02`` far away."""
    with transaction(runtime.engine) as session:
        town = Town(session)
        near, far = town.canteen(code="ST01"), town.canteen(code="ST02", east=6000)
        for number in range(1, 7):
            town.elder(code=f"A{number}", east=150 * number - 10, north=0, canteen_id=near.id)
        for number in (1, 2):
            town.elder(code=f"B{number}", east=6000, north=100 * number, canteen_id=far.id)
    use_walks(runtime, StraightWalks(shore=9_000))
    return runtime


@pytest.fixture
def planner(walked, client_as):
    return client_as("the.planner", Role.PLANNER)


def changed(*changes, **more):
    return {"content": {"changes": changes}, **more}


def test_unsaved_changes_are_counted_with_the_catchment_of_a_site(walked, admin):
    tried = admin.post(TRIAL, json=changed(NEW, CLOSE, site="N1")).json()
    total = tried["comparison"]["total"]
    assert (total["newly"], total["no_longer"], total["already"]) == (2, 2, 4)
    assert [band["people"] for band in tried["catchment"]["bands"]] == [2, 4, 6]
    assert tried["catchment"]["only_here"] == 2
    drawn = tried["catchment"]["drawn"]["features"]
    assert [one["properties"]["seconds"] for one in drawn] == [900, 600, 300]
    assert admin.get("/api/v1/siting/scenarios").json()["total"] == 0


def test_changes_are_compared_with_a_saved_scenario_where_one_is_named(walked, admin):
    made = admin.post(
        "/api/v1/siting/scenarios", json={"name": "甲", "content": {"changes": [CLOSE]}}
    )
    tried = admin.post(TRIAL, json=changed(NEW, CLOSE, before=made.json()["id"])).json()
    assert tried["comparison"]["total"]["no_longer"] == 0
    assert tried["catchment"] is None


def test_small_groups_stay_small_in_a_trial(walked, planner):
    tried = planner.post(TRIAL, json=changed(NEW, site="N1")).json()
    assert tried["comparison"]["total"]["newly"] == "<5"
    assert tried["catchment"]["only_here"] == "<5"
    assert tried["comparison"]["after"]["exact"] is False


def test_a_site_in_the_water_says_so_and_the_others_still_count(walked, admin):
    tried = admin.post(TRIAL, json=changed({**NEW, "lon": 120.3}, site="N1")).json()
    assert tried["catchment"] is None
    sites = {site["code"]: site["unreached"] for site in tried["comparison"]["after"]["sites"]}
    assert sites == {"ST01": None, "ST02": None, "N1": "in the water"}
    assert tried["comparison"]["total"]["already"] == 6


def test_layers_of_unsaved_changes_are_drawn_and_noted(walked, planner, admin):
    asked = changed({"do": "close", "site": "ST01"})
    cells = planner.post(f"{TRIAL}/layers/cells.geojson?metres=5000", json=asked)
    assert cells.headers["content-type"] == "application/geo+json"
    [cell] = cells.json()["features"]
    assert cell["properties"] == {"people": 5, "inside": 0, "share": 0.0}
    trail = admin.get("/api/v1/audit?action=export.coverage").json()["items"]
    assert [entry["subject"] for entry in trail] == ["scenario:unsaved"]


def test_a_change_that_does_not_fit_is_left_out_with_a_warning(walked, admin):
    tried = admin.post(TRIAL, json=changed({"do": "close", "site": "ST99"})).json()
    assert "ST99" in tried["comparison"]["after"]["warnings"][0]


def test_an_officer_tries_nothing(walked, client_as):
    officer = client_as("the.officer", Role.OFFICER)
    assert officer.post(TRIAL, json={}).status_code == 403
