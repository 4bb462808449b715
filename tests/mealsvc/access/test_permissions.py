"""The permission table: what it promises, and that the documentation says the same."""

from pathlib import Path

import pytest

from mealsvc.access import PERMISSIONS, Action, Detail, Forbidden, Identity, Reach, allow, may
from mealsvc.access.masking import mask_birth, mask_name, mask_phone
from mealsvc.access.permissions import LINK_ACTIONS
from mealsvc.vocabulary import Role, TokenKind

SECURITY = Path(__file__).parents[3] / "docs" / "security.md"


def identity(role, kind=TokenKind.SESSION, **more):
    from datetime import UTC, datetime

    return Identity("somebody", role, kind, 1, datetime(2026, 11, 21, tzinfo=UTC), **more)


def words(grant):
    if grant is None:
        return "–"
    return grant.reach if grant.detail is Detail.FULL else f"{grant.reach}, {grant.detail}"


def test_the_documented_table_is_the_one_in_force():
    rows = [["action", *Role], *([f"`{action}`", *(
        words(PERMISSIONS[action].get(role)) for role in Role)] for action in Action)]  # fmt: skip
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|---|" + "---|" * len(Role))
    assert "\n".join(lines) in SECURITY.read_text(encoding="utf-8")


def test_every_action_has_a_row_and_an_administrator_or_an_owner():
    assert set(PERMISSIONS) == set(Action)
    for action, grants in PERMISSIONS.items():
        owned = all(grant.reach is Reach.OWN for grant in grants.values())
        assert owned or grants[Role.ADMIN].reach is Reach.ALL, action


def test_planners_see_nobody_officers_see_masks_and_managers_their_canteens():
    for action, grants in PERMISSIONS.items():
        if action is Action.OWN_SESSION:
            continue
        assert grants.get(Role.PLANNER) is None or grants[Role.PLANNER].detail is Detail.ANONYMOUS
        assert grants.get(Role.OFFICER) is None or grants[Role.OFFICER].detail is Detail.MASKED
        manager = grants.get(Role.MANAGER)
        assert manager is None or manager.reach is Reach.OWN_CANTEENS
        assert action in LINK_ACTIONS or Role.COURIER not in grants


def test_a_manager_is_confined_and_an_administrator_is_not():
    manager = allow(identity(Role.MANAGER, canteens=frozenset({2})), Action.READ_ELDERS)
    assert (manager.sees(2), manager.sees(1), manager.sees(None)) == (True, False, False)
    admin = allow(identity(Role.ADMIN), Action.READ_ELDERS)
    assert (admin.canteens, admin.sees(1), admin.sees(None)) == (None, True, True)


@pytest.mark.parametrize("action", sorted(set(Action) - LINK_ACTIONS))
def test_a_couriers_link_may_do_nothing_but_read_and_report_the_duty(action):
    link = identity(Role.COURIER, TokenKind.DUTY)
    with pytest.raises(Forbidden):
        allow(link, action)
    assert not may(link, action)
    assert all(allow(link, action) for action in LINK_ACTIONS)


@pytest.mark.parametrize(
    ("whole", "masked"),
    [
        ("13800005408", "*********08"),
        ("0571-88001234", "***********34"),
        ("110", "***"),
        (None, None),
    ],
)
def test_a_masked_phone_keeps_two_digits_at_most(whole, masked):
    assert mask_phone(whole) == masked


def test_a_masked_name_keeps_the_family_name_and_a_birth_date_the_year():
    from datetime import date

    assert mask_name("欧阳建国") == "欧***"
    assert mask_name("䶮") == "*"
    assert mask_birth(date(1938, 5, 6)) == date(1938, 1, 1)
    assert mask_birth(None) is None
