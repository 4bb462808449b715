"""What every request passes: who asks, from where, how much, and what an answer carries."""

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.deps import CSRF_HEADER, SESSION_COOKIE
from mealsvc.access import csrf_of, sign_in
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.store import transaction
from mealsvc.vocabulary import Role
from tests.fixtures.web import BASE, PASSWORD, add_user

TOKEN = {"name": "nightly export", "days": 30}


@pytest.fixture
def session(runtime, anonymous):
    """A client that a browser's cookie signs in, and the secret in it."""
    add_user(runtime, "li.min", Role.ADMIN)
    _, secret = sign_in(runtime, "li.min", PASSWORD, "test")
    anonymous.cookies.set(SESSION_COOKIE, secret)
    return anonymous, secret


def with_settings(runtime, **changed):
    settings = Settings(home=runtime.settings.home, _env_file=None, **changed)
    app = create_app(Runtime(settings, runtime.engine, runtime.clock))
    return TestClient(app, base_url=BASE, raise_server_exceptions=False)


def test_a_program_signs_in_and_uses_its_token(runtime, anonymous):
    add_user(runtime, "li.min", Role.PLANNER)
    answer = anonymous.post("/api/v1/session", json={"username": "li.min", "password": PASSWORD})
    assert answer.status_code == 201
    bearer = {"authorization": f"Bearer {answer.json()['token']}"}
    assert anonymous.get("/api/v1/me", headers=bearer).json()["role"] == "planner"
    assert anonymous.delete("/api/v1/session", headers=bearer).status_code == 204
    assert anonymous.get("/api/v1/me", headers=bearer).status_code == 401


def test_a_programs_token_is_shown_once_listed_without_secret_and_revoked(admin, anonymous):
    made = admin.post("/api/v1/tokens", json=TOKEN).json()
    bearer = {"authorization": f"Bearer {made['secret']}"}
    assert anonymous.get("/api/v1/me", headers=bearer).json()["token_kind"] == "api"
    assert made["secret"] not in admin.get("/api/v1/tokens").text
    assert admin.delete(f"/api/v1/tokens/{made['token']['id']}").status_code == 204
    assert anonymous.get("/api/v1/me", headers=bearer).status_code == 401


def test_a_programs_token_cannot_make_tokens(admin, anonymous):
    secret = admin.post("/api/v1/tokens", json=TOKEN).json()["secret"]
    bearer = {"authorization": f"Bearer {secret}"}
    assert anonymous.post("/api/v1/tokens", json=TOKEN, headers=bearer).status_code == 403


def test_nobody_revokes_the_token_of_another(admin, client_as):
    made = admin.post("/api/v1/tokens", json=TOKEN).json()["token"]
    other = client_as("other", Role.PLANNER)
    assert other.delete(f"/api/v1/tokens/{made['id']}").status_code == 404
    assert made["id"] not in [one["id"] for one in other.get("/api/v1/tokens").json()["items"]]


def test_a_cookie_reads_but_changes_nothing_without_proof(session):
    client, secret = session
    assert client.get("/api/v1/me").status_code == 200
    assert client.post("/api/v1/tokens", json=TOKEN).status_code == 403
    wrong = {CSRF_HEADER: csrf_of("another session")}
    assert client.post("/api/v1/tokens", json=TOKEN, headers=wrong).status_code == 403
    right = {CSRF_HEADER: csrf_of(secret)}
    assert client.post("/api/v1/tokens", json=TOKEN, headers=right).status_code == 201


def test_too_many_failed_sign_ins_are_told_when_to_come_back(runtime, anonymous):
    wrong = {"username": "li.min", "password": "wrong"}
    for _ in range(runtime.settings.sign_in_attempts):
        assert anonymous.post("/api/v1/session", json=wrong).status_code == 401
    answer = anonymous.post("/api/v1/session", json=wrong)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/api/v1/me", "/nothing"])
def test_every_answer_carries_the_security_headers(anonymous, path):
    headers = anonymous.get(path, headers={"accept": "text/html"}).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert len(headers["x-request-id"]) == 16


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/session", 405),
        ("POST", "/api/v1/session", 422),
        ("GET", "/api/v1/me", 401),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN,zh;q=0.9", "en"])
def test_every_error_is_a_problem_in_the_readers_language(
    anonymous, method, path, status, language
):
    answer = anonymous.request(method, path, headers={"accept-language": language})
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["request_id"] == answer.headers["x-request-id"]
    chinese = any("一" <= letter <= "鿿" for letter in problem["title"] + problem["detail"])
    assert chinese == language.startswith("zh")


def test_a_wrong_field_is_named_and_its_value_is_not_said_again(anonymous):
    answer = anonymous.post(
        "/api/v1/session", json={"username": "li.min", "password": {"secret": "hunter22"}}
    )
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["body.password"]
    assert "hunter22" not in answer.text


def test_a_fault_of_the_service_says_nothing_of_its_inside(app, admin):
    @app.get("/api/v1/fault")
    def fault():
        raise RuntimeError("password=hunter22")

    answer = admin.get("/api/v1/fault")
    assert answer.status_code == 500
    assert answer.json()["type"] == "/docs#problem-fault"
    assert "hunter22" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("127.0.0.1:8000", True),
        ("192.168.1.20", True),
        ("[::1]:8000", True),
        ("localhost", True),
        ("meals.example.org", True),
        ("eats.example.org", True),
        ("evil.example.org", False),
        ("", False),
        ("[", False),
    ],
)
def test_only_known_names_are_answered(runtime, host, answered):
    client = with_settings(
        runtime, public_url="https://meals.example.org", allowed_hosts="eats.example.org"
    )
    answer = client.get("/healthz", headers={"host": host})
    assert answer.status_code == (200 if answered else 421)


def test_an_upload_beyond_the_limit_is_refused_whether_it_says_its_size_or_not(runtime):
    client = with_settings(runtime, upload_megabytes=1)
    add_user(runtime, "li.min", Role.ADMIN)
    _, secret = sign_in(runtime, "li.min", PASSWORD, "test")
    client.headers["authorization"] = f"Bearer {secret}"
    large = b"x" * 1_100_000
    said = client.post("/api/v1/imports", files={"elders": ("a.csv", large)})
    headers = {"content-type": "multipart/form-data; boundary=b"}
    chunks = (large[start : start + 65_536] for start in range(0, len(large), 65_536))
    unsaid = client.post("/api/v1/imports", content=chunks, headers=headers)
    for answer in (said, unsaid):
        assert answer.status_code == 413
        assert answer.json()["type"] == "/docs#problem-too-large"


def test_cookies_are_closed_to_scripts_other_sites_and_plain_http(runtime):
    add_user(runtime, "li.min", Role.ADMIN)
    client = with_settings(runtime, secure_cookies=True)
    form = {"username": "li.min", "password": PASSWORD}
    answer = client.post("/sign-in", data=form, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303
    assert all(mark in cookie for mark in ("httponly", "samesite=strict", "secure"))
    assert "strict-transport-security" in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example.org"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_the_sign_in_form_of_another_site_is_refused(runtime, anonymous, headers):
    add_user(runtime, "li.min", Role.ADMIN)
    form = {"username": "li.min", "password": PASSWORD}
    assert anonymous.post("/sign-in", data=form, headers=headers).status_code == 403


def test_signing_in_never_leads_elsewhere(runtime, anonymous):
    add_user(runtime, "li.min", Role.ADMIN)
    form = {"username": "li.min", "password": PASSWORD, "next": "https://evil.example.org"}
    answer = anonymous.post("/sign-in?next=//evil.example.org", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_the_reference_loads_nothing_from_elsewhere(anonymous):
    page = anonymous.get("/docs", headers={"accept": "text/html"}).text
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    description = anonymous.get("/openapi.json").json()
    for methods in description["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
            assert operation["description"]


def test_liveness_needs_nothing_and_readiness_says_what_is_missing(runtime, anonymous, town):
    assert anonymous.get("/healthz").json() == {"status": "alive"}
    answer = anonymous.get("/readyz")
    checks = {check["name"]: check["ok"] for check in answer.json()["checks"]}
    assert answer.status_code == 503
    assert checks == {"database": True, "streets": False, "roster": True, "nightly": False}
    assert "老人" not in answer.text


def test_administrators_read_the_trail_and_that_is_in_it(admin):
    admin.get("/api/v1/audit")
    entries = admin.get("/api/v1/audit", params={"action": "read.audit"}).json()
    assert entries["total"] == 1
    assert entries["items"][0]["actor"] == "root.admin"


def test_users_are_made_changed_and_never_shown_with_a_password(admin, runtime):
    given = {"username": "wang.lan", "password": PASSWORD, "role": "officer", "name": "王兰"}
    assert admin.post("/api/v1/users", json=given).status_code == 201
    assert admin.post("/api/v1/users", json=given).status_code == 409
    answer = admin.patch("/api/v1/users/wang.lan", json={"active": False})
    assert answer.json()["active"] is False
    listed = admin.get("/api/v1/users")
    assert [user["username"] for user in listed.json()["items"]] == ["root.admin", "wang.lan"]
    assert PASSWORD not in listed.text
    assert "argon2" not in listed.text


def test_paging_is_stable_and_tells_the_total(town, admin):
    whole = admin.get("/api/v1/elders").json()
    parts = [
        admin.get("/api/v1/elders", params={"limit": 3, "offset": start}).json()
        for start in range(0, whole["total"], 3)
    ]
    assert [row["code"] for part in parts for row in part["items"]] == [
        row["code"] for row in whole["items"]
    ]
    assert {part["total"] for part in parts} == {10}
    assert admin.get("/api/v1/elders", params={"limit": 501}).status_code == 422


def test_a_locked_database_is_a_sentence_and_nothing_is_lost(runtime, admin, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def locked(*_arguments, **_more):
        raise OperationalError("", {}, Exception("database is locked"))

    with transaction(runtime.engine):
        pass
    monkeypatch.setattr("mealsvc.access.accounts.list_users", locked)
    answer = admin.get("/api/v1/users")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert "try again" in answer.json()["detail"]
