"""Open the database, keep it at the newest migration, and hand out sessions."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

from mealsvc.errors import NotReady, StorageFailure

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"

#: How long a writer waits for another one, in seconds.
BUSY_SECONDS = 30


def open_engine(url: str) -> Engine:
    """Return an engine for a database URL.

    Parameters
    ----------
    url
        ``sqlite:///PATH`` (the folder is made) or ``postgresql://…`` (psycopg is used).

    Returns
    -------
    Engine
        SQLite runs with WAL, foreign keys and transactions that take the write lock when they
        begin to write, so that two processes wait instead of failing. Every commit is on the disk
        before it is answered, as with PostgreSQL: a phone forgets a report that was answered, so
        a power cut must not take it back.
    """
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(f"{connection!r} is not a SQLite connection")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring the database to a migration, by default the newest; does nothing when it is there.

    Raises
    ------
    NotReady
        If the database, or ``target``, comes from a newer version of this service.
    """
    present = present_migration(engine)
    config = _alembic_config()
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    for revision in (present, target):
        if revision not in {*known, None, "head"}:
            raise NotReady(
                f"migration {revision} is of a newer version of mealsvc; install that version"
            )
    if present == script.get_current_head():
        return
    with storage_errors(), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def present_migration(engine: Engine) -> str | None:
    """Return the migration that the database is at, ``None`` for an empty one."""
    with storage_errors(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def check_migrated(engine: Engine) -> None:
    """Raise :class:`NotReady` unless the database is at the newest migration."""
    newest = ScriptDirectory.from_config(_alembic_config()).get_current_head()
    present = present_migration(engine)
    if present != newest:
        raise NotReady(
            f"the database is at migration {present or 'none'}, this version needs {newest}; "
            "run: mealsvc database upgrade"
        )


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn a full disk, a locked or an unreachable database into :class:`StorageFailure`."""
    try:
        yield
    except OperationalError as error:
        raise _storage_failure(error) from error


def _storage_failure(error: DBAPIError) -> StorageFailure:
    said = str(error.orig)
    if "locked" in said:
        return StorageFailure(
            "the database is busy with another change; nothing was saved, try again in a minute",
            "数据库正忙，没有保存任何内容；请过一分钟再试",
        )
    if "full" in said:
        return StorageFailure(
            "the disk is full; nothing was saved, free some space and try again",
            "磁盘已满，没有保存任何内容；请清理空间后再试",
        )
    if "disk I/O error" in said:  # SQLite's word when it cannot even make its side files
        return StorageFailure(
            "the database's disk is full or failing; nothing was saved, free some space and try "
            "again",
            "数据库所在磁盘已满或出错，没有保存任何内容；请清理空间后再试",
        )
    if any(words in said for words in ("readonly", "read-only", "unable to open")):
        return StorageFailure(
            "the database may not be written by this user; nothing was saved, correct the rights "
            "of MEALSVC_HOME or run as its owner",
            "当前用户无权写入数据库，没有保存任何内容；请修改 MEALSVC_HOME 的权限",
        )
    # What a server says names hosts and users: it is for the operator, not for whoever asks.
    log.warning("database: %s", said.strip().splitlines()[0])
    if "connection" in said:  # PostgreSQL was stopped, cannot be reached, or refuses
        return StorageFailure(
            "the database server does not answer; nothing was saved, start it and try again",
            "数据库服务器没有响应，没有保存任何内容；请启动数据库后再试，或联系管理员",
        )
    return StorageFailure(
        "the database cannot be used; nothing was saved, the log says why",
        "数据库无法使用，没有保存任何内容；原因见日志，请联系管理员",
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Yield a session whose work is saved whole at the end, or not at all.

    Raises
    ------
    StorageFailure
        If the database is locked, full or unreachable; what was stored before is untouched.
    """
    with storage_errors(), Session(engine, expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
