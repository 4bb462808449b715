"""The API against its own description: no request makes it fail, every answer is as described."""

import shutil
from datetime import datetime

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from mealsvc.jobs import worker_for
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.siting.workbench import use_walks
from mealsvc.store import open_engine
from mealsvc.vocabulary import Role
from tests.fixtures.installation import SHANGHAI, SettableClock
from tests.fixtures.web import add_user, bearer_of
from tests.mealsvc.siting.straight_walks import StraightWalks

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

#: What is there, so that requests come beyond "not found".
THERE = {
    "day": "2026-11-21", "meal": "lunch", "canteen": "ST01", "courier": "Z01", "job": 1, "run": 1,
    "number": 1, "username": "wang.lan", "token_id": 9999, "first_day": "2026-12-01",
    "kind": "elders", "zoom": 15, "column": 27361, "row": 13481,
    "scenario": 1, "name": "none", "layer": "sites", "form": "geojson",
    "report": "report-01", "photo": "0" * 64,
}  # fmt: skip
CODES = {"elders": "A2", "couriers": "Z01", "canteens": "ST01", "meal-points": "ZC01"}


@pytest.fixture(scope="module")
def installation(planned_town, tmp_path_factory):
    """The planned town in a folder of its own, with two users."""
    home = tmp_path_factory.mktemp("described")
    shutil.copy(planned_town, home / "town.sqlite")
    clock = SettableClock(datetime(2026, 11, 20, 12, tzinfo=SHANGHAI))
    made = Settings(
        home=home, workers=1, allowed_hosts="testserver", sign_in_attempts_per_address=100_000,
        _env_file=None,
    )  # fmt: skip
    runtime = Runtime(made, open_engine(f"sqlite:///{home / 'town.sqlite'}"), clock)
    use_walks(runtime, StraightWalks())
    add_user(runtime, "root.admin", Role.ADMIN)
    add_user(runtime, "wang.lan", Role.OFFICER)
    yield runtime
    worker_for(runtime).shutdown()
    runtime.engine.dispose()


@pytest.fixture(scope="module")
def description(installation):
    """The description that the application gives of itself."""
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(installation))


def there(path):
    """Return values for the parameters of a path that name something that exists."""
    parts = path.split("/")
    codes = {"code": CODES[parts[3]]} if len(parts) > 3 and parts[3] in CODES else {}
    return {key: value for key, value in (THERE | codes).items() if f"{{{key}}}" in path}


def attack(operation, mode, headers, examples, **fixed):
    @settings(
        max_examples=examples, derandomize=True, deadline=None, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(mode, **fixed))
    def each(case):
        answer = case.call(headers=headers)
        # That it is not ready is what /readyz is there to say.
        says_so = operation.path == "/readyz" and answer.status_code == 503
        case.validate_response(answer, checks=CHECKS[1:] if says_so else CHECKS)

    each()


def takes_input(operation):
    return bool(operation.path_parameters or operation.query or operation.body)


def test_no_request_makes_the_service_fail(installation, description, subtests):
    """Valid and invalid requests of every operation, the same each time, by an administrator."""
    operations = [found.ok() for found in description.get_all_operations()]
    assert len(operations) > 50
    for operation in operations:
        headers = bearer_of(installation, "root.admin")
        values = there(operation.path)
        fixed = {"path_parameters": values} if values else {}
        with subtests.test(operation.label):
            attack(operation, GenerationMode.POSITIVE, headers, 3, **fixed)
            if values:
                attack(operation, GenerationMode.POSITIVE, headers, 1)
            if takes_input(operation):
                attack(operation, GenerationMode.NEGATIVE, headers, 3, **fixed)
