"""Signing in, the limit on guessing, and what ends a session."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mealsvc.access import NotSignedIn, TooManySignIns, identify, sign_in, sign_out
from mealsvc.access.accounts import change_account
from mealsvc.runtime import Runtime
from mealsvc.settings import Settings
from mealsvc.store import AuditEntry, Token, transaction
from mealsvc.vocabulary import Role, TokenKind
from tests.fixtures.web import PASSWORD, add_user


@pytest.fixture
def strict(engine, clock, tmp_path):
    """An installation that hears three attempts per name, six per address, in ten minutes."""
    settings = Settings(
        home=tmp_path, sign_in_attempts=3, sign_in_attempts_per_address=6, sign_in_minutes=10,
        _env_file=None,
    )  # fmt: skip
    return Runtime(settings, engine, clock)


def fail(runtime, name, address="10.0.0.1", times=1):
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            sign_in(runtime, name, "wrong", address)


def actions(runtime):
    with transaction(runtime.engine) as session:
        return [entry.action for entry in session.exec(select(AuditEntry))]


def test_the_right_password_opens_a_session_for_the_set_hours(runtime, clock):
    add_user(runtime, "li.min", Role.ADMIN)
    identity, secret = sign_in(runtime, " Li.Min ", PASSWORD, "10.0.0.1")
    assert identity.role is Role.ADMIN
    assert identity.kind is TokenKind.SESSION
    assert identify(runtime, secret).name == "li.min"
    clock.now += timedelta(hours=runtime.settings.session_hours)
    with pytest.raises(NotSignedIn):
        identify(runtime, secret)


def test_only_the_hash_of_a_token_is_stored(runtime):
    add_user(runtime, "li.min", Role.ADMIN)
    _, secret = sign_in(runtime, "li.min", PASSWORD, "10.0.0.1")
    with transaction(runtime.engine) as session:
        stored = session.exec(select(Token)).one()
    assert len(secret) >= 43  # 256 bits
    assert secret not in stored.model_dump_json()
    assert len(stored.token_hash) == 64


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(runtime):
    add_user(runtime, "li.min", Role.ADMIN)
    said = []
    for name in ("li.min", "nobody"):
        with pytest.raises(NotSignedIn) as refused:
            sign_in(runtime, name, "wrong", "10.0.0.1")
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_after_too_many_failures_even_the_right_password_waits(strict, clock):
    add_user(strict, "li.min", Role.ADMIN)
    fail(strict, "li.min", times=3)
    with pytest.raises(TooManySignIns) as refused:
        sign_in(strict, "li.min", PASSWORD, "10.0.0.1")
    assert 0 < refused.value.retry_after <= 601
    clock.now += timedelta(seconds=refused.value.retry_after)
    assert sign_in(strict, "li.min", PASSWORD, "10.0.0.1")


def test_knocking_while_shut_out_does_not_prolong_the_wait(strict, clock):
    add_user(strict, "li.min", Role.ADMIN)
    fail(strict, "li.min", times=3)
    clock.now += timedelta(minutes=9)
    with pytest.raises(TooManySignIns):
        sign_in(strict, "li.min", PASSWORD, "10.0.0.1")
    clock.now += timedelta(minutes=1, seconds=1)
    assert sign_in(strict, "li.min", PASSWORD, "10.0.0.1")


def test_one_persons_failures_do_not_shut_out_the_same_name_elsewhere(strict):
    add_user(strict, "li.min", Role.ADMIN)
    fail(strict, "li.min", times=3)
    assert sign_in(strict, "li.min", PASSWORD, "10.0.0.2")


def test_an_address_that_tries_many_names_is_shut_out(strict):
    add_user(strict, "li.min", Role.ADMIN)
    for name in ("a1", "a2", "a3", "a4", "a5", "a6"):
        fail(strict, name)
    with pytest.raises(TooManySignIns):
        sign_in(strict, "li.min", PASSWORD, "10.0.0.1")


def test_signing_in_oneself_does_not_reset_the_address(strict):
    add_user(strict, "li.min", Role.ADMIN)
    for name in ("a1", "a2", "a3", "a4", "a5"):
        fail(strict, name)
    sign_in(strict, "li.min", PASSWORD, "10.0.0.1")
    fail(strict, "a6")
    with pytest.raises(TooManySignIns):
        sign_in(strict, "li.min", PASSWORD, "10.0.0.1")


def test_two_processes_count_together(strict, clock):
    other = Runtime(strict.settings, strict.engine, clock)
    fail(strict, "li.min", times=2)
    fail(other, "li.min")
    with pytest.raises(TooManySignIns):
        sign_in(other, "li.min", "wrong", "10.0.0.1")


def test_signing_out_ends_the_session(runtime):
    add_user(runtime, "li.min", Role.ADMIN)
    identity, secret = sign_in(runtime, "li.min", PASSWORD, "10.0.0.1")
    sign_out(runtime, identity)
    with pytest.raises(NotSignedIn):
        identify(runtime, secret)


def test_disabling_a_user_and_a_new_password_end_every_session(runtime):
    for name in ("li.min", "wang.lan", "spare"):
        add_user(runtime, name, Role.ADMIN)
    _, first = sign_in(runtime, "li.min", PASSWORD, "10.0.0.1")
    _, second = sign_in(runtime, "wang.lan", PASSWORD, "10.0.0.1")
    change_account(runtime, "test", "li.min", active=False)
    change_account(runtime, "test", "wang.lan", password="another-long-one")
    for secret in (first, second):
        with pytest.raises(NotSignedIn):
            identify(runtime, secret)
    with pytest.raises(NotSignedIn):
        sign_in(runtime, "li.min", PASSWORD, "10.0.0.1")
    assert sign_in(runtime, "wang.lan", "another-long-one", "10.0.0.1")


def test_sign_ins_and_failures_are_in_the_audit_trail(runtime):
    add_user(runtime, "li.min", Role.ADMIN)
    fail(runtime, "li.min")
    identity, _ = sign_in(runtime, "li.min", PASSWORD, "10.0.0.1")
    sign_out(runtime, identity)
    done = ["user.create", "access.sign_in_failed", "access.sign_in", "access.sign_out"]
    assert actions(runtime) == done


def test_the_same_works_on_every_database(each_engine, settings, clock):
    each = Runtime(settings, each_engine, clock)
    add_user(each, "li.min", Role.ADMIN)
    fail(each, "li.min", times=settings.sign_in_attempts)
    with pytest.raises(TooManySignIns):
        sign_in(each, "li.min", PASSWORD, "10.0.0.1")
    identity, secret = sign_in(each, "li.min", PASSWORD, "10.0.0.9")
    assert identify(each, secret) == identity
