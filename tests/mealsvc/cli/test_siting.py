"""``mealsvc siting`` as somebody types it, on the streets of the invented city."""

import json

import pypdf
import pytest

from mealsvc.cli import main
from mealsvc.store import migrate, open_engine, transaction
from tests.mealsvc.people import Town


def spot(point):
    return {"lon": point[0], "lat": point[1], "unlocated_reason": None}


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, sample_city, sample_streets_folder):
    """Run the command line over a canteen and the gates of twelve compounds where people live."""
    home = tmp_path / "var"
    home.mkdir()
    (home / "streets").symlink_to(sample_streets_folder)
    engine = open_engine(f"sqlite:///{home / 'mealsvc.sqlite'}")
    migrate(engine)
    with transaction(engine) as session:
        town = Town(session)
        town.canteen(code="ST01", where=spot(sample_city.canteens[0].point))
        for compound in sample_city.compounds[:12]:
            elder = town.elder()
            elder.address.lon, elder.address.lat = compound.gate
    engine.dispose()
    monkeypatch.setenv("MEALSVC_HOME", str(home))
    monkeypatch.setenv("MEALSVC_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)

    def call(*words):
        monkeypatch.setattr("sys.argv", ["mealsvc", "siting", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def test_a_scenario_is_saved_compared_and_written_to_files(run, tmp_path, sample_city):
    lon, lat = sample_city.compounds[5].gate
    added = {"do": "add", "site": "N1", "name": "新食堂", "lon": lon, "lat": lat, "capacity": 60}
    (tmp_path / "plan.json").write_text(json.dumps({"changes": [added]}), encoding="utf-8")
    assert run("save", "甲", "plan.json")[:2] == (0, "甲: version 1\n")
    assert run("save", "甲", "plan.json", "--version", "1")[:2] == (0, "甲: version 2\n")
    present = json.loads(run("coverage", "--json")[1])
    then = json.loads(run("coverage", "--scenario", "甲", "--json", "--out", "map.gpkg")[1])
    assert then["covered"]["people"] > present["covered"]["people"]
    assert (tmp_path / "map.gpkg").stat().st_size > 10_000
    compared = json.loads(run("compare", "-", "甲", "--json")[1])
    newly = then["covered"]["people"] - present["covered"]["people"]
    assert compared["total"]["newly"] == newly
    status, shown, _ = run("coverage", "--scenario", "甲")
    assert (status, "新食堂" in shown) == (0, True)
    assert run("scenarios")[1].startswith("甲: version 2, 1 changes, cli ")
    assert run("delete", "甲")[0] == 0
    assert "no scenario is called '甲'" in run("coverage", "--scenario", "甲")[2]


def test_the_best_sites_become_a_scenario(run):
    found = json.loads(run("best", "优选", "--sites", 2, "--json")[1])
    assert found["curve"][-1]["covered"] > 0
    assert found["gap"] == 0.0
    assert run("scenarios")[1].startswith("优选: version 1, ")


def test_candidates_may_come_from_a_file_with_costs(run, tmp_path, sample_city):
    gates = [compound.gate for compound in sample_city.compounds[3:6]]
    lines = [f"{lon},{lat},{5 + number}" for number, (lon, lat) in enumerate(gates)]
    text = "\n".join(["lon,lat,cost", *lines, "120.0,30.0,1"]) + "\n"
    (tmp_path / "places.csv").write_text(text, encoding="utf-8")
    (tmp_path / "wish.json").write_text('{"sites": 3, "budget": 12}', encoding="utf-8")
    status, shown, _ = run(
        "best", "优选", "wish.json", "--candidates", "places.csv", "--crs", "WGS-84"
    )
    assert (status, "cost" in shown, "#4: " in shown) == (0, True, True)
    [changes] = [json.loads(run("scenarios", "--json")[1])[0]["content"]["changes"]]
    assert 1 <= len(changes) <= 2  # three would cost 18


def test_a_scenario_of_somebody_else_is_not_written_over(run, tmp_path):
    (tmp_path / "plan.json").write_text('{"changes": []}', encoding="utf-8")
    run("save", "甲", "plan.json")
    status, _, complaint = run("save", "甲", "plan.json")
    assert (status, "--version 1" in complaint) == (1, True)
    run("save", "甲", "plan.json", "--version", "1")
    assert run("save", "甲", "plan.json", "--version", "1")[0] == 1  # it is at version 2 by now
    assert json.loads(run("scenarios", "--json")[1])[0]["version"] == 2


def test_what_is_wrong_with_a_file_is_said_with_its_place(run, tmp_path):
    (tmp_path / "plan.json").write_text('{"changes": [{"do": "close"}]}', encoding="utf-8")
    status, _, complaint = run("save", "甲", "plan.json")
    assert (status, "plan.json, changes.0.close.site: Field required" in complaint) == (1, True)
    (tmp_path / "people.csv").write_text("name,people\na,1\n", encoding="utf-8")
    assert run("import-map", "population", "people.csv")[0] == 1


def test_population_files_are_looked_at_instead_of_the_roster(run, tmp_path, sample_city):
    homes = [compound.gate for compound in sample_city.compounds[:3]]
    lines = [f"{lon},{lat},{50 * number}" for number, (lon, lat) in enumerate(homes, start=1)]
    text = "\n".join(["lon,lat,people", *lines, "120.0,30.0,x"]) + "\n"
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    status, shown, _ = run("import-map", "population", "people.csv", "--crs", "EPSG:4326")
    assert status == 0
    assert "people: 3 rows, 300 people" in shown
    assert "x" in shown
    cover = json.loads(run("coverage", "--population", "people", "--json")[1])
    assert cover["people"] == 300


def test_a_report_is_two_pages_on_the_streets(run, tmp_path):
    changes = [{"do": "close", "site": "ST01"}]
    (tmp_path / "closed.json").write_text(json.dumps({"changes": changes}), encoding="utf-8")
    assert run("save", "closed", "closed.json")[0] == 0
    code, said, _ = run("report", "report.pdf", "--scenario", "closed")
    assert (code, "2 pages" in said) == (0, True)
    first, second = pypdf.PdfReader(tmp_path / "report.pdf").pages
    assert "canteen ST01 ST01老年食堂 closed" in first.extract_text()
    assert "Streets: city.osm.pbf" in second.extract_text()
    assert run("report", "report.pdf", "--exact", "--language", "zh")[0] == 0
    assert "精确人数" in pypdf.PdfReader(tmp_path / "report.pdf").pages[0].extract_text()


def test_a_report_is_a_pdf(run):
    code, _, said = run("report", "report.docx")
    assert (code, "name it … .pdf" in said) == (1, True)
