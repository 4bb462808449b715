"""Photos are removed when their days are over, whoever looks, and backups leave them out."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from mealsvc.cli import backup as command
from mealsvc.cli.app import app
from mealsvc.delivery.photos import count, keep, read
from mealsvc.errors import NotFound
from mealsvc.nightly import NightlyPlanner, remove_old_photos
from mealsvc.store import AuditEntry, DeliveryEvent, transaction
from tests.mealsvc.delivery.records import publish_day


@pytest.fixture
def kept(runtime, clock):
    """Return a function that keeps a photo of somebody's door, received so many days ago."""
    with transaction(runtime.engine) as session:
        day = publish_day(session)
    folder = runtime.settings.photos_folder

    def kept(content, *, days, reported=True):
        name = keep(folder, content)
        at = clock.now - timedelta(days=days)
        os.utime(folder / name[:2] / f"{name}.jpg", (at.timestamp(), at.timestamp()))
        if reported:
            with transaction(runtime.engine) as session:
                session.add(
                    DeliveryEvent(
                        service_id=day.service.id, uid=f"photo-{content!r}-{days}", kind="photo",
                        source="phone", courier_id=day.couriers[0], order_id=day.orders[0],
                        detail={"photo": name}, happened_at=at, received_at=at, reported_by="test",
                    )
                )  # fmt: skip
        return name

    return kept


def is_there(runtime, name):
    try:
        return bool(read(runtime.settings.photos_folder, name))
    except NotFound:
        return False


def test_photos_are_removed_after_their_days_and_the_trail_says_how_many(runtime, kept):
    old, young = kept(b"old", days=31), kept(b"young", days=29)
    assert remove_old_photos(runtime) == 1
    assert (is_there(runtime, old), is_there(runtime, young)) == (False, True)
    with transaction(runtime.engine) as session:
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.action == "erase.photos"))
        assert len(session.exec(select(DeliveryEvent)).all()) == 2  # the reports stay
    assert entry.detail == {"photos": 1}
    assert remove_old_photos(runtime) == 0


def test_a_picture_that_was_sent_again_lately_stays(runtime, kept):
    assert kept(b"door", days=40) == (name := kept(b"door", days=2))
    remove_old_photos(runtime)
    assert is_there(runtime, name)


def test_a_file_whose_report_never_came_is_removed_by_its_own_age(runtime, kept):
    old = kept(b"old", days=31, reported=False)
    young = kept(b"young", days=1, reported=False)
    assert remove_old_photos(runtime) == 1
    assert (is_there(runtime, old), is_there(runtime, young)) == (False, True)


def test_the_service_removes_them_also_where_no_nights_are_planned(runtime, kept):
    old = kept(b"old", days=31)
    planner = NightlyPlanner(
        replace(runtime, settings=runtime.settings.model_copy(update={"nightly_enabled": False}))
    )
    planner.start()
    planner.shutdown()
    assert not is_there(runtime, old)


def test_a_backup_leaves_photos_out_and_says_so(runtime, kept, tmp_path, monkeypatch):
    kept(b"door", days=1)
    assert count(runtime.settings.photos_folder) == 1
    monkeypatch.setattr(command, "open_runtime", lambda: runtime)
    out = str(tmp_path / "backup.tar.gz")
    told = CliRunner().invoke(app, ["backup", out], catch_exceptions=False).stdout
    assert "left out: 1 photos" in told
    told = CliRunner().invoke(app, ["backup", out, "--json"], catch_exceptions=False).stdout
    assert '"photos_left_out": 1' in told
