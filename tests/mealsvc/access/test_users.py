"""Users: names, passwords, what each role needs, and the last administrator."""

import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from mealsvc.access.accounts import change_account, open_account, read_account, read_accounts
from mealsvc.access.passwords import (
    check_password,
    generate_password,
    hash_password,
    verify_password,
)
from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.vocabulary import Role
from tests.fixtures.web import PASSWORD


def open_as(runtime, role, username="li.min", **fields):
    return open_account(runtime, "test", username=username, password=PASSWORD, role=role, **fields)


@pytest.mark.parametrize("name", ["x", "li min", "li/min", "<b>", "a" * 81, ""])
def test_a_name_that_cannot_be_typed_safely_is_refused(runtime, name):
    with pytest.raises(InvalidInput, match="user name"):
        open_as(runtime, Role.ADMIN, name)


def test_chinese_names_are_welcome_and_capitals_do_not_count(runtime):
    assert open_as(runtime, Role.ADMIN, "李敏").username == "李敏"
    open_as(runtime, Role.ADMIN, "Li.Min")
    with pytest.raises(Conflict, match="taken"):
        open_as(runtime, Role.ADMIN, "LI.MIN")


@pytest.mark.parametrize(
    ("role", "fields", "missing"),
    [
        (Role.MANAGER, {}, "at least one canteen"),
        (Role.COURIER, {}, "courier's code"),
        (Role.PLANNER, {"canteens": ["ST01"]}, "has no canteens"),
        (Role.ADMIN, {"courier": "Z001"}, "has no courier"),
    ],
)
def test_each_role_has_what_it_needs_and_nothing_else(runtime, role, fields, missing):
    with pytest.raises(InvalidInput, match=missing):
        open_as(runtime, role, **fields)


def test_an_unknown_canteen_or_courier_is_named(runtime):
    with pytest.raises(NotFound, match="ST99"):
        open_as(runtime, Role.MANAGER, canteens=["ST99"])
    with pytest.raises(NotFound, match="Z999"):
        open_as(runtime, Role.COURIER, courier="Z999")
    assert read_accounts(runtime) == ([], 0)


def test_the_last_administrator_cannot_be_disabled(runtime):
    open_as(runtime, Role.ADMIN)
    with pytest.raises(Conflict, match="last administrator"):
        change_account(runtime, "test", "li.min", active=False)
    open_as(runtime, Role.ADMIN, "spare")
    assert not change_account(runtime, "test", "li.min", active=False).active
    assert change_account(runtime, "test", "li.min", active=True).active


def test_a_user_that_does_not_exist_is_said(runtime):
    with pytest.raises(NotFound, match="nobody"):
        read_account(runtime, "nobody")


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "li.min.admin", "x" * 201])
def test_a_password_that_is_easily_guessed_or_too_long_is_refused(password):
    with pytest.raises(InvalidInput):
        check_password(password, "li.min.admin")


def test_a_generated_password_may_be_used():
    made = generate_password()
    check_password(made, "li.min")
    assert made != generate_password()


@bounds(max_examples=5, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_only_the_same_password_fits(first, second):
    import unicodedata

    stored = hash_password(first)
    same = unicodedata.normalize("NFKC", first) == unicodedata.normalize("NFKC", second)
    assert verify_password(first, stored)
    assert verify_password(second, stored) == same
    assert not verify_password(first, None)
