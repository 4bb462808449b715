"""Data of the map over HTTP: tiles, sites and routes, and what each role sees of them."""

import gzip
import json
from itertools import pairwise

import pytest

from api.routes import map_page
from mealsvc.vocabulary import Role
from tests.mealsvc.people import SATURDAY

ROUTES = f"/api/v1/services/{SATURDAY}/lunch/plan/routes.geojson"
STOPS = f"/api/v1/services/{SATURDAY}/lunch/plan/stops.geojson"


@pytest.fixture
def planner(client_as):
    """A client signed in as a planner."""
    return client_as("the.planner", Role.PLANNER)


@pytest.fixture
def streets(runtime, sample_streets_folder):
    """The sample city's streets and map, in the place of the installation's own."""
    runtime.settings.home.mkdir(parents=True, exist_ok=True)
    runtime.settings.streets_folder.symlink_to(sample_streets_folder, target_is_directory=True)


class TestBackground:
    @pytest.mark.usefixtures("streets")
    def test_is_described(self, planner):
        described = planner.get("/api/v1/basemap").json()
        assert (described["least_zoom"], described["most_zoom"]) == (6, 15)
        west, south, east, north = described["bounds"]
        assert west < 120.6 < east
        assert south < 30.36 < north
        assert described["attribution"] == "© OpenStreetMap contributors"

    @pytest.mark.usefixtures("streets")
    def test_tiles_are_found_at_the_described_address_and_kept_by_browsers(self, planner):
        path = planner.get("/api/v1/basemap").json()["tiles"]
        answer = planner.get(
            path.replace("{z}", "15").replace("{x}", "27361").replace("{y}", "13481")
        )
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
        assert answer.headers["content-encoding"] == "gzip"
        assert "max-age" in answer.headers["cache-control"]
        plain = planner.get(str(answer.url), headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.content == answer.content != gzip.compress(answer.content)

    @pytest.mark.usefixtures("streets")
    def test_is_empty_elsewhere(self, planner):
        answer = planner.get("/api/v1/basemap/tiles/15/1/1.mvt")
        assert (answer.status_code, answer.content) == (204, b"")

    def test_that_is_not_there_says_how_to_make_it(self, planner):
        for path in ("/api/v1/basemap", "/api/v1/basemap/tiles/15/1/1.mvt"):
            answer = planner.get(path)
            assert answer.status_code == 404
            assert "mealsvc streets build" in answer.json()["detail"]


@pytest.mark.usefixtures("town")
class TestSites:
    def test_are_features_with_kind_and_capacity(self, planner):
        answer = planner.get("/api/v1/sites.geojson")
        assert answer.headers["content-type"] == "application/geo+json"
        found = {one["properties"]["code"]: one for one in answer.json()["features"]}
        assert list(found) == ["ST01", "ST02", "ZC01"]
        assert found["ST01"]["properties"]["kind"] == "canteen"
        assert found["ZC01"]["properties"]["canteen"] == "ST01"
        assert found["ZC01"]["geometry"]["type"] == "Point"
        assert found["ST01"]["properties"]["capacity"] > 0

    def test_of_a_manager_are_those_of_the_own_canteens(self, client_as):
        manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
        features = manager.get("/api/v1/sites.geojson").json()["features"]
        assert [one["properties"]["code"] for one in features] == ["ST02"]


@pytest.mark.usefixtures("town")
class TestRoutes:
    def test_without_streets_name_the_trips_and_draw_nothing(self, planner):
        answer = planner.get(ROUTES)
        assert answer.headers["content-type"] == "application/geo+json"
        features = answer.json()["features"]
        assert {one["properties"]["courier"] for one in features} >= {"Z03"}
        assert all(one["geometry"] is None for one in features)
        assert answer.json()["revision"] == 1

    def test_name_no_courier_to_planners_but_to_those_who_may_know(self, planner, admin):
        names = {
            one["properties"]["courier_name"] for one in planner.get(ROUTES).json()["features"]
        }
        assert names == {None}
        assert None not in {
            one["properties"]["courier_name"] for one in admin.get(ROUTES).json()["features"]
        }

    def test_of_a_manager_are_those_of_the_own_canteens(self, client_as):
        manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
        features = manager.get(ROUTES).json()["features"]
        assert {one["properties"]["canteen"] for one in features} == {"ST02"}

    def test_run_on_streets_and_show_neither_doors_nor_people(
        self, planner, monkeypatch, sample_city, sample_streets
    ):
        from mealsvc.desk import map_layers

        doors = [house.point for house in sample_city.compounds[3].buildings[:3]]
        home = sample_city.canteens[0].point
        monkeypatch.setattr(map_layers, "open_streets", lambda _runtime: sample_streets)
        monkeypatch.setattr(map_layers, "_places", lambda _duty, _trip: [home, *doors, home])
        answer = planner.get(ROUTES)
        line = answer.json()["features"][0]["geometry"]["coordinates"]
        assert len(line) > 10
        assert not {tuple(bend) for bend in line} & {home, *doors}
        assert all(a != b for a, b in pairwise(line))
        assert "老人" not in json.dumps(answer.json(), ensure_ascii=False)


@pytest.mark.usefixtures("town")
class TestStops:
    def test_stand_at_their_doors_in_the_order_of_the_trip(self, admin):
        answer = admin.get(STOPS)
        assert answer.headers["content-type"] == "application/geo+json"
        duties = admin.get(f"/api/v1/services/{SATURDAY}/lunch/plan/duties").json()["duties"]
        planned = {
            (stop["order"], duty["courier"], trip["number"], stop["number"])
            for duty in duties
            for trip in duty["trips"]
            for stop in trip["stops"]
        }
        shown = [one["properties"] for one in answer.json()["features"]]
        told = {(one["order"], one["courier"], one["trip"], one["number"]) for one in shown}
        assert told == planned
        assert "老人" not in json.dumps(answer.json(), ensure_ascii=False)

    def test_are_addresses_and_so_nothing_for_whoever_does_not_see_people(self, planner, client_as):
        officer = client_as("the.officer", Role.OFFICER)
        for client in (planner, officer):
            assert client.get(STOPS).json()["features"] == []

    def test_of_a_manager_are_those_of_the_own_canteens(self, client_as):
        manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
        features = manager.get(STOPS).json()["features"]
        assert {one["properties"]["courier"] for one in features} == {"Z03"}


@pytest.mark.usefixtures("town")
class TestPage:
    def test_alone_may_run_scripts_and_they_are_ours(self, admin):
        session = admin.headers["authorization"].removeprefix("Bearer ")
        admin.cookies.set("mealsvc_session", session)
        rules = admin.get("/map").headers["content-security-policy"]
        assert "default-src 'none'" in rules
        assert "script-src 'self'" in rules
        assert "unsafe" not in rules
        assert "//" not in rules  # no other address
        assert "script-src" not in admin.get("/").headers["content-security-policy"]

    def test_of_an_installation_without_it_says_what_to_do(self, admin, tmp_path, monkeypatch):
        monkeypatch.setattr(map_page, "BUILT", tmp_path)
        session = admin.headers["authorization"].removeprefix("Bearer ")
        admin.cookies.set("mealsvc_session", session)
        answer = admin.get("/map")
        assert answer.status_code == 404
        assert "scripts/setup" in answer.text

    def test_is_linked_from_the_first_page(self, admin):
        admin.cookies.set("mealsvc_session", admin.headers["authorization"].removeprefix("Bearer "))
        assert 'href="/map"' in admin.get("/").text
