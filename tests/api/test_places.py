"""A place is found by name or address; who lives there is not."""

import json

import pytest
from sqlmodel import select

from mealsvc.store import Canteen, Elder, transaction
from mealsvc.vocabulary import EndReason, Role, UnlocatedReason
from tests.mealsvc.people import Town

STREET = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "西街道"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[120.59, 30.35], [120.61, 30.35], [120.61, 30.37], [120.59, 30.37],
                     [120.59, 30.35]]
                ],
            },
        }
    ],
}  # fmt: skip


@pytest.fixture
def streets(runtime, sample_streets_folder):
    """The sample city's streets, in the place of the installation's own."""
    runtime.settings.home.mkdir(parents=True, exist_ok=True)
    runtime.settings.streets_folder.symlink_to(sample_streets_folder, target_is_directory=True)


@pytest.fixture
def settled(runtime):
    """Two canteens with six elders in one compound of the first and two in another's."""
    with transaction(runtime.engine) as session:
        town = Town(session)
        near, far = town.canteen(code="ST01"), town.canteen(code="ST02", east=600)
        for number in range(6):
            elder = town.elder(code=f"A{number}", east=10 * number, canteen_id=near.id)
            elder.address.compound = "石榴大苑"
        for number in range(2):
            elder = town.elder(code=f"B{number}", east=10 * number, canteen_id=far.id)
            elder.address.compound = "石榴小苑"
    return runtime


@pytest.fixture
def planner(client_as):
    return client_as("the.planner", Role.PLANNER)


def found(client, query, **more):
    answer = client.get("/api/v1/places", params={"q": query, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()["places"]


@pytest.mark.usefixtures("streets")
class TestExtract:
    def test_streets_are_found_with_the_settlement_around_them(self, planner):
        [street] = found(planner, "人民路")
        assert (street["kind"], street["name"], street["area"]) == ("street", "人民路", "临澜市")
        assert street["point"] == pytest.approx([120.6, 30.36], abs=0.05)

    def test_an_address_with_city_and_flat_finds_the_building(self, planner, sample_city):
        compound = sample_city.compounds[0]
        written = f"临澜市{compound.name}{compound.buildings[0].name}1单元101室"
        [building, *_] = found(planner, written)
        assert building["name"] == compound.name + compound.buildings[0].name

    def test_no_more_than_wanted_are_told(self, planner):
        assert len(found(planner, "路", limit=3)) == 3

    def test_officers_may_search_too(self, client_as):
        assert found(client_as("the.officer", Role.OFFICER), "人民路")

    def test_imported_streets_come_first_and_say_where_places_are(self, planner):
        file = {"file": ("streets.geojson", json.dumps(STREET).encode())}
        form = {"kind": "boundaries", "name": "街道"}
        made = planner.post("/api/v1/siting/maps", files=file, data=form)
        assert made.status_code == 201, made.text
        assert found(planner, "西街")[0]["kind"] == "area"
        assert found(planner, "人民路")[0]["area"] == "西街道"
        planner.delete("/api/v1/siting/maps/街道")
        assert found(planner, "人民路")[0]["area"] == "临澜市"


def test_sites_are_found_by_name_and_code_without_any_streets(settled, planner):
    [site] = found(planner, "st02")
    assert (site["kind"], site["code"]) == ("canteen", "ST02")
    with transaction(settled.engine) as session:
        name = session.exec(select(Canteen.name).where(Canteen.code == "ST01")).one()
    assert "ST01" in [one["code"] for one in found(planner, name[:3])]


def test_a_site_without_a_place_is_not_found(settled, planner):
    with transaction(settled.engine) as session:
        site = session.exec(select(Canteen).where(Canteen.code == "ST02")).one()
        site.lon, site.lat, site.unlocated_reason = None, None, UnlocatedReason.MISSING
    assert found(planner, "ST02") == []


def test_a_manager_finds_only_the_own_sites(settled, client_as):
    manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
    assert found(manager, "ST01") == []
    assert [one["code"] for one in found(manager, "ST02")] == ["ST02"]


@pytest.mark.usefixtures("settled")
class TestCompoundsOfTheRoster:
    def test_are_told_to_planners_where_enough_elders_live_in_them(self, planner):
        assert [one["name"] for one in found(planner, "石榴")] == ["石榴大苑"]
        assert found(planner, "石榴小苑") == []

    def test_are_told_to_officers_as_to_planners(self, client_as):
        officer = client_as("the.officer", Role.OFFICER)
        assert [one["name"] for one in found(officer, "石榴")] == ["石榴大苑"]

    def test_are_all_told_to_administrators(self, admin):
        assert {one["name"] for one in found(admin, "石榴")} == {"石榴大苑", "石榴小苑"}

    def test_are_told_to_managers_where_own_elders_live(self, client_as):
        manager = client_as("the.manager", Role.MANAGER, canteens=["ST02"])
        assert [one["name"] for one in found(manager, "石榴")] == ["石榴小苑"]

    def test_count_only_elders_in_service(self, settled, planner):
        with transaction(settled.engine) as session:
            for code in ("A0", "A1"):
                gone = session.exec(select(Elder).where(Elder.code == code)).one()
                gone.ended_on, gone.end_reason = settled.clock().date(), EndReason.MOVED
        assert found(planner, "石榴") == []


def test_no_elder_is_found_by_name_or_code(settled, admin):
    with transaction(settled.engine) as session:
        elder = session.exec(select(Elder).where(Elder.code == "A0")).one()
        name, code = elder.name, elder.code
    assert found(admin, name) == []
    assert all("elder" not in json.dumps(one) for one in found(admin, code))


@pytest.mark.parametrize("query", ["", "x" * 81])
def test_a_query_of_no_use_is_refused(planner, query):
    answer = planner.get("/api/v1/places", params={"q": query})
    assert answer.status_code == 422


def test_strangers_are_asked_to_sign_in(anonymous):
    assert anonymous.get("/api/v1/places?q=x").status_code == 401
