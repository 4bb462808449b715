"""Coverage and scenarios over the wire: counts for planners, people for who has a task."""

import io
import json
import sqlite3
import time

import pytest

from mealsvc import jobs
from mealsvc.siting.workbench import use_walks
from mealsvc.store import transaction
from mealsvc.vocabulary import JobKind, Role
from tests.mealsvc.people import Town
from tests.mealsvc.siting.straight_walks import StraightWalks

SITING = "/api/v1/siting"
NEW = {"do": "add", "site": "N1", "name": "城东食堂", "lon": 120.11, "lat": 30.3, "capacity": 80}

#: One street of 2 km around ST01, as a boundary file.
STREET = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "西街道"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[120.09, 30.29], [120.11, 30.29], [120.11, 30.31], [120.09, 30.31],
                     [120.09, 30.29]]
                ],
            },
        }
    ],
}  # fmt: skip


@pytest.fixture
def walked(runtime):
    """An installation with two canteens, eight elders and straight walks.

    ``A1`` … ``A6`` live 140 … 890 m east of ``ST01``, ``B1`` and ``B2`` beside ``ST02``.
    """
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


def ended(client, address):
    """Return a job once it has ended."""
    for _ in range(6000):
        job = client.get(address).json()
        if job["state"] not in {"queued", "running"}:
            break
        time.sleep(0.05)
    return job


def test_an_administrator_reads_exact_counts_a_planner_rounded_ones(walked, planner, admin):
    exact = admin.get(f"{SITING}/coverage").json()
    assert (exact["people"], exact["covered"]["people"], exact["exact"]) == (8, 6, True)
    assert [band["people"] for band in exact["bands"]] == [4, 6, 8]
    told = planner.get(f"{SITING}/coverage").json()
    assert (told["people"], told["exact"]) == (10, False)
    assert [band["people"] for band in told["bands"]] == ["<5", 5, 10]
    assert told["outside"] == {"seconds": 600, "people": "<5", "share": None}


def test_no_answer_to_a_planner_names_anybody(walked, planner):
    made = planner.post(f"{SITING}/scenarios", json={"name": "甲", "content": {"changes": [NEW]}})
    number = made.json()["id"]
    answers = [
        planner.get(f"{SITING}/{path}")
        for path in (
            "coverage", f"comparison?scenario={number}", "candidate?lon=120.11&lat=30.3",
            "layers/cells.geojson", "layers/sites.csv", "layers/bands.geojson", "coverage.gpkg",
        )
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {200}
    for answer in answers:
        assert b"A1" not in answer.content
        assert "老人".encode() not in answer.content
    refused = planner.get(f"{SITING}/walks")
    assert refused.status_code == 403


def test_a_manager_reads_the_walks_of_the_own_elders_only(walked, client_as, admin):
    manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
    mine = manager.get(f"{SITING}/walks").json()
    assert {row["elder"]["code"] for row in mine["items"]} == {"B1", "B2"}
    outside = admin.get(f"{SITING}/walks?outside=true").json()
    assert [(row["elder"]["code"], row["minutes"]) for row in outside["items"]] == [
        ("A6", 14.8), ("A5", 12.3),
    ]  # fmt: skip
    assert outside["total"] == 2


def test_an_officer_has_no_business_here(walked, client_as):
    assert client_as("the.officer", Role.OFFICER).get(f"{SITING}/coverage").status_code == 403


def test_a_click_answers_with_catchment_and_new_shares(walked, admin, planner):
    path = f"{SITING}/candidate?lon={120.10 + 900 / 96_000}&lat=30.3"
    found = admin.get(path).json()
    assert found["newly"] == 2
    assert [band["people"] for band in found["catchment"]] == [2, 4, 6]
    assert found["bands_after"][1]["share"] == 1.0
    assert planner.get(path).json()["newly"] == "<5"


def test_a_click_into_the_water_says_so(walked, planner):
    answer = planner.get(f"{SITING}/candidate?lon=120.3&lat=30.3")
    assert (answer.status_code, "in the water" in answer.json()["detail"]) == (422, True)


def test_scenarios_are_saved_compared_and_refused_when_outdated(walked, planner, admin):
    made = planner.post(f"{SITING}/scenarios", json={"name": "甲", "content": {"changes": [NEW]}})
    assert made.status_code == 201
    path = f"{SITING}/scenarios/{made.json()['id']}"
    shown = admin.get(f"{SITING}/comparison?scenario={made.json()['id']}").json()
    assert (shown["total"]["newly"], shown["total"]["already"]) == (2, 6)
    edited = admin.patch(path, json={"version": 1, "content": {"changes": []}})
    assert edited.json()["version"] == 2
    late = planner.patch(path, json={"version": 1, "name": "乙"})
    assert late.status_code == 409
    assert "root.admin changed scenario '甲'" in late.json()["detail"]
    assert len(planner.get(f"{path}/versions").json()) == 2
    copied = planner.post(f"{path}/copy", json={"name": "副本"})
    assert copied.status_code == 201
    assert planner.delete(path).status_code == 204
    assert planner.get(path).status_code == 404
    assert planner.get(f"{SITING}/scenarios").json()["total"] == 1


def test_the_effect_of_a_scenario_is_a_job(walked, planner):
    made = planner.post(f"{SITING}/scenarios", json={"name": "甲"}).json()
    asked = {"day": "2026-11-19", "seconds": 0.1}
    started = planner.post(f"{SITING}/scenarios/{made['id']}/effect", json=asked)
    assert (started.status_code, started.json()["kind"]) == (202, "effect")
    # Yesterday is over, and nobody had ordered.
    job = ended(planner, started.headers["location"])
    assert (job["state"], "nobody had ordered" in job["error"]) == ("failed", True)


def test_candidates_are_read_from_a_file_and_chosen_from(walked, planner):
    table = "名称,经度,纬度,造价\n东,120.109,30.3,5\n远,121.0,30.3,1\n".encode()
    read = planner.post(
        f"{SITING}/candidates",
        data={"crs": "WGS-84"},
        files={"file": ("点.csv", table, "text/csv")},
    ).json()
    assert [(one["name"], one["reason"]) for one in read["candidates"]] == [
        ("东", None), ("远", "in the water"),
    ]  # fmt: skip
    spots = [{k: v for k, v in one.items() if k != "reason"} for one in read["candidates"]]
    wish = {"sites": 1, "seconds": 1, "candidates": spots, "budget": 6}
    started = planner.post(f"{SITING}/best-sites", json={"name": "优选", "wish": wish})
    job = ended(planner, started.headers["location"])
    assert (job["state"], job["outcome"]["cost"]) == ("succeeded", 5)
    assert job["outcome"]["left_out"]["first"][0]["name"] == "远"


def test_a_wish_that_cannot_be_met_is_refused_at_once_in_the_readers_language(walked, planner):
    wish = {"sites": 3, "candidates": [{"lon": 120.1, "lat": 30.3}]}
    answer = planner.post(
        f"{SITING}/best-sites", json={"name": "优选", "wish": wish},
        headers={"accept-language": "zh"},
    )  # fmt: skip
    assert (answer.status_code, "只给出1个候选点" in answer.json()["detail"]) == (422, True)
    wish = {"sites": 1, "budget": 3}
    answer = planner.post(f"{SITING}/best-sites", json={"name": "优选", "wish": wish})
    assert "a budget means nothing without costs" in answer.json()["detail"]


def test_a_waiting_choice_is_stopped_and_nothing_else_is(walked, planner):
    row, _ = jobs.enqueue(walked, JobKind.BEST_SITES, "best:9", actor="wang", request={})
    stopped = planner.delete(f"{SITING}/jobs/{row.id}").json()
    assert (stopped["state"], stopped["error"]) == ("failed", "stopped by the.planner")
    assert planner.delete(f"{SITING}/jobs/{row.id}").status_code == 409
    plan, _ = jobs.enqueue(walked, JobKind.PLAN, "plan:9", actor="wang", request={})
    assert planner.delete(f"{SITING}/jobs/{plan.id}").status_code == 404


def test_figures_by_street_come_from_an_imported_file(walked, planner):
    file = ("街道.geojson", json.dumps(STREET).encode(), "application/geo+json")
    form = {"kind": "boundaries", "name": "街道"}
    kept = planner.post(f"{SITING}/maps", data=form, files={"file": file})
    assert (kept.status_code, kept.json()["rows"]) == (201, 1)
    areas = [
        group for group in planner.get(f"{SITING}/coverage").json()["groups"]
        if group["grouping"] == "area"
    ]  # fmt: skip
    assert {(one["key"], one["people"]) for one in areas} == {("西街道", 5), ("none", "<5")}
    layer = planner.get(f"{SITING}/layers/areas.geojson").json()["features"]
    assert [one["properties"]["name"] for one in layer] == ["西街道"]
    assert planner.post(f"{SITING}/maps", data=form, files={"file": file}).status_code == 409
    assert planner.delete(f"{SITING}/maps/街道").status_code == 204
    assert planner.get(f"{SITING}/layers/areas.geojson").status_code == 404


def test_an_unusable_map_file_is_refused_with_a_sentence(walked, planner):
    file = ("街道.geojson", b"not a map", "application/geo+json")
    answer = planner.post(
        f"{SITING}/maps", data={"kind": "boundaries", "name": "x"}, files={"file": file}
    )
    assert answer.status_code == 422
    assert "街道.geojson" in answer.json()["detail"]


def test_hexagons_with_few_people_are_left_out_for_planners(walked, planner, admin):
    path = f"{SITING}/layers/cells.geojson?metres=5000"
    seen = [one["properties"]["people"] for one in planner.get(path).json()["features"]]
    assert seen
    assert all(isinstance(count, int) and count >= 5 for count in seen)
    exact = [one["properties"]["people"] for one in admin.get(path).json()["features"]]
    assert sum(exact) == 8


def test_a_geopackage_holds_every_layer(walked, admin, tmp_path):
    answer = admin.get(f"{SITING}/coverage.gpkg")
    path = tmp_path / "coverage.gpkg"
    path.write_bytes(io.BytesIO(answer.content).read())
    with sqlite3.connect(path) as opened:
        names = {row[0] for row in opened.execute("SELECT table_name FROM gpkg_contents")}
    assert names == {"sites", "cells", "bands"}
