"""Who may act on a database: one owner at a time, each with an epoch of its own."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from models.database import is_sqlite
from models.store.facts import Facts

#: Names our lock among the advisory locks of a PostgreSQL database.
_LOCK_CLASS = 20_211_102


class AlreadyOwned(Exception):
    """Another process is running on this database; two would send everything twice."""


class Ownership:
    """Held as long as the process lives; the operating system, or the server, takes it back from a dead one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file: FileLock | None = None
        self._connection: Connection | None = None

    def acquire(self) -> None:
        """Become the owner. Raises `AlreadyOwned` at once when somebody is."""
        if is_sqlite(self._engine):
            self._lock_file()
        else:
            self._lock_on_server()

    def _lock_file(self) -> None:
        database = Path(str(self._engine.url.database))
        self._file = FileLock(database.with_name(database.name + ".lock"))
        try:
            self._file.acquire(blocking=False)
        except Timeout as error:
            raise AlreadyOwned(str(database)) from error

    def _lock_on_server(self) -> None:
        # A connection of its own, kept open: the server frees the lock the moment it is gone.
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        held = self._connection.execute(text("SELECT pg_try_advisory_lock(:name)"), {"name": _LOCK_CLASS}).scalar()
        if not held:
            self._connection.close()
            raise AlreadyOwned(str(self._engine.url.database))

    def release(self) -> None:
        """Let the next one in."""
        if self._file is not None:
            self._file.release()
        if self._connection is not None:
            self._connection.close()


def begin_epoch(session: Session) -> int:
    """The new owner's epoch: leases that name another are ambiguous, whatever any clock says."""
    facts = Facts(session)
    epoch = int(facts.get(Facts.EPOCH, "0")) + 1
    facts.set(Facts.EPOCH, str(epoch))
    return epoch
