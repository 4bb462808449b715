"""A backup brings everything back, also into the other kind of database, or changes nothing."""

import json
import tarfile
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from mealsvc.backup import restore_backup, write_backup
from mealsvc.errors import Conflict, InvalidInput, StorageFailure
from mealsvc.runtime import Runtime
from mealsvc.store import (
    Address,
    AuditEntry,
    Elder,
    Pause,
    Plan,
    PlanRevision,
    Service,
    open_engine,
    transaction,
)
from mealsvc.vocabulary import Meal

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
COUNTS = dict.fromkeys(
    [
        "orders", "portions", "served_orders", "served_portions", "unserved_orders",
        "unlocated_orders", "dine_in_portions", "pick_up_portions", "circle_portions",
        "circle_share", "couriers", "couriers_on_shift", "trips", "travel_seconds",
        "unfamiliar_orders", "cost", "solve_seconds", "seed",
    ],
    0,
)  # fmt: skip


def fill(engine):
    with transaction(engine) as session:
        session.add(
            Elder(
                code="L1",
                name="䶮堃",
                diets=["soft"],
                created_at=NOW,
                updated_at=NOW,
                address=Address(lon=120.1, lat=30.3),
                pauses=[Pause(first_day=date(2026, 2, 1))],
            )
        )
        session.add(Service(day=date(2026, 11, 21), meal=Meal.LUNCH))
        session.add(AuditEntry(at=NOW, actor="a", action="b", subject="c", detail={"名": [1]}))
        session.flush()
        session.add(Plan(service_id=1))
        session.flush()
        session.add(
            PlanRevision(
                plan_id=1,
                number=1,
                created_at=NOW,
                created_by="t",
                streets_fingerprint="x",
                instance=b"\x00\xff",
                **COUNTS,
            )
        )


def content(engine):
    with Session(engine) as session:
        elder = session.exec(select(Elder)).one()
        revision = session.exec(select(PlanRevision)).one()
        entry = session.exec(select(AuditEntry)).one()
        return (
            elder.model_dump(),
            elder.address.model_dump(),
            [pause.model_dump() for pause in elder.pauses],
            revision.model_dump(),
            entry.model_dump(),
        )


def codes(engine):
    with Session(engine) as session:
        return [elder.code for elder in session.exec(select(Elder).order_by(Elder.code))]


@pytest.fixture
def backup(runtime, tmp_path):
    fill(runtime.engine)
    path = tmp_path / "backup.tar.gz"
    write_backup(runtime, path)
    return path


def test_a_backup_comes_back_whole_in_either_kind_of_database(runtime, backup, empty_url, tmp_path):
    target = open_engine(empty_url)
    summary = restore_backup(target, tmp_path / "home", backup)
    assert content(target) == content(runtime.engine)
    assert summary.rows["elder"] == 1
    with transaction(target) as session:  # counters go on after the restored ids
        session.add(
            Elder(
                code="L2",
                name="乙",
                created_at=NOW,
                updated_at=NOW,
                address=Address(lon=1.0, lat=1.0),
            )
        )
    assert codes(target) == ["L1", "L2"]
    target.dispose()


def test_a_backup_of_postgresql_comes_back_in_sqlite(
    migrated_postgres, postgres, settings, clock, engine, tmp_path
):
    source = open_engine(postgres.new_database(migrated_postgres))
    fill(source)
    path = tmp_path / "backup.tar.gz"
    write_backup(Runtime(settings, source, clock), path)
    restore_backup(engine, tmp_path / "home", path)
    assert content(engine) == content(source)
    source.dispose()


def test_the_street_extract_comes_back_with_the_records(
    runtime, settings, sample_streets_folder, engine, tmp_path
):
    settings.home.mkdir()
    settings.streets_folder.symlink_to(sample_streets_folder)
    path = tmp_path / "backup.tar.gz"
    write_backup(runtime, path)
    restore_backup(engine, tmp_path / "home", path)
    extract = next(sample_streets_folder.glob("builds/*/extract.osm.pbf"))
    restored = tmp_path / "home" / "extract" / "extract.osm.pbf"
    assert restored.read_bytes() == extract.read_bytes()


def test_a_backup_may_be_read_by_its_owner_only(backup):
    assert backup.stat().st_mode & 0o077 == 0


def test_a_database_with_records_is_not_overwritten_unasked(runtime, backup, tmp_path):
    with transaction(runtime.engine) as session:
        session.exec(select(Elder)).one().code = "changed"
    with pytest.raises(Conflict, match="--replace"):
        restore_backup(runtime.engine, tmp_path, backup)
    assert codes(runtime.engine) == ["changed"]
    restore_backup(runtime.engine, tmp_path, backup, replace=True)
    assert codes(runtime.engine) == ["L1"]


def altered(backup, tmp_path, name, change):
    """Return a copy of a backup with one member changed."""
    folder = tmp_path / "altered"
    with tarfile.open(backup) as archive:
        archive.extractall(folder, filter="data")
    member = folder / name
    member.parent.mkdir(exist_ok=True)
    member.write_bytes(change(member.read_bytes() if member.exists() else b""))
    path = tmp_path / "altered.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                archive.add(each, arcname=str(each.relative_to(folder)))
    return path


def newer(manifest):
    return json.dumps(json.loads(manifest) | {"format": "mealsvc-backup/9"}).encode()


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("tables/elder.jsonl", lambda data: data.replace(b"L1", b"L9"), "table elder"),
        ("manifest.json", newer, "mealsvc-backup/9"),
        ("manifest.json", lambda _: b"{", "cannot be read"),
        ("manifest.json", lambda data: data.replace(b'"elder"', b'"gone"'), "table gone"),
    ],
)
def test_a_damaged_backup_is_refused_and_changes_nothing(
    runtime, backup, tmp_path, name, change, said
):
    with pytest.raises(InvalidInput, match=said):
        restore_backup(
            runtime.engine, tmp_path, altered(backup, tmp_path, name, change), replace=True
        )
    assert codes(runtime.engine) == ["L1"]


def full_disk(*_arguments, **_options):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["tarfile.TarFile.extractall", "shutil.copyfile"])
def test_a_full_disk_is_said_and_nothing_is_restored(runtime, backup, tmp_path, step, monkeypatch):
    with_streets = altered(backup, tmp_path, "streets/extract.osm.pbf", lambda _: b"map")
    with transaction(runtime.engine) as session:
        session.exec(select(Elder)).one().code = "present"
    monkeypatch.setattr(step, full_disk)
    with pytest.raises(StorageFailure, match="is full; nothing was restored"):
        restore_backup(runtime.engine, tmp_path / "home", with_streets, replace=True)
    assert codes(runtime.engine) == ["present"]
    assert not list((tmp_path / "home").glob("*"))
    monkeypatch.undo()
    restore_backup(runtime.engine, tmp_path / "home", with_streets, replace=True)
    assert codes(runtime.engine) == ["L1"]
    assert [file.name for file in (tmp_path / "home").rglob("*")] == ["extract", "extract.osm.pbf"]


@pytest.mark.parametrize("data", [b"", b"no archive", None])
def test_what_is_no_backup_is_refused_with_its_name(runtime, tmp_path, data):
    path = tmp_path / "other.tar.gz"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InvalidInput, match=r"other\.tar\.gz"):
        restore_backup(runtime.engine, tmp_path, path)


def test_an_older_backup_stays_when_a_new_one_cannot_be_written(runtime, backup, monkeypatch):
    before = backup.read_bytes()
    monkeypatch.setattr("mealsvc.backup.writing._add", full_disk)
    with pytest.raises(StorageFailure, match="No space left"):
        write_backup(runtime, backup)
    assert backup.read_bytes() == before
    assert [each.name for each in backup.parent.glob(".backup-*")] == []
