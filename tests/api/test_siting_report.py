"""The report of a coverage over HTTP: two pages, counted as the reader may know, and noted."""

import io

import pypdf
import pytest
from sqlmodel import select

from mealsvc.siting.workbench import use_walks
from mealsvc.store import AuditEntry, transaction
from mealsvc.vocabulary import Role
from tests.mealsvc.people import Town
from tests.mealsvc.siting.straight_walks import StraightWalks

REPORT = "/api/v1/siting/report.pdf"


@pytest.fixture
def planner(runtime, client_as):
    """A planner of an installation with a canteen and eight elders."""
    with transaction(runtime.engine) as session:
        town = Town(session)
        town.canteen(code="ST01")
        for number in range(8):
            town.elder(east=100 * number, north=0)
    use_walks(runtime, StraightWalks())
    return client_as("the.planner", Role.PLANNER)


def text_of(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 2
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_counts_are_those_that_the_reader_may_know(planner, admin):
    assert "Elders10" in text_of(planner.get(REPORT))
    exact = text_of(admin.get(REPORT))
    assert "Elders8" in exact
    assert "donotpassthisreporton" in exact


def test_the_language_is_a_parameter_and_the_maker_is_named(planner):
    said = text_of(planner.get(REPORT, params={"lang": "zh"}))
    assert "the.planner制作于2026-11-2012:00" in said


def test_a_scenario_is_compared_and_the_export_noted(runtime, planner):
    content = {"changes": [{"do": "close", "site": "ST01"}]}
    made = planner.post("/api/v1/siting/scenarios", json={"name": "关", "content": content})
    number = made.json()["id"]
    assert "comparedwiththepresent" in text_of(planner.get(REPORT, params={"scenario": number}))
    assert "comparedwithscenario'关'" in text_of(planner.get(REPORT, params={"against": number}))
    with transaction(runtime.engine) as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.action == "export.coverage"))
        subjects = [(entry.subject, entry.detail) for entry in entries]
    assert (f"scenario:{number}", {"layer": "report"}) in subjects


def test_what_is_not_there_is_refused(planner):
    assert planner.get(REPORT, params={"scenario": 77}).status_code == 404
    assert planner.get(REPORT, params={"against": 77}).status_code == 404
    assert planner.get(REPORT, params={"scenario": 0}).status_code == 422


def test_an_officer_has_no_business_with_it(planner, client_as):
    assert client_as("the.officer", Role.OFFICER).get(REPORT).status_code == 403
