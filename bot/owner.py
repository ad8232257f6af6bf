"""Who may act on a database: one owner at a time, each with an epoch of its own."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from models.database import is_sqlite
from models.records import Fact
from models.store.facts import Facts

#: Names our lock among the advisory locks of a PostgreSQL database.
_LOCK_CLASS = 20_211_102
#: What every connection of the owner calls itself on the server, so that the next owner knows whom to send away.
_OWNER = "tocovid owner"
#: Seconds of silence after which the server asks whether the owner's machine is still there, then how often and how
#: many times: a machine that lost its power is noticed within five seconds.
_KEEPALIVE = {"tcp_keepalives_idle": 2, "tcp_keepalives_interval": 1, "tcp_keepalives_count": 3}


#: Asked in every transaction, and so as the driver takes it.
_NEWEST_EPOCH = f"SELECT value FROM {Fact.__tablename__} WHERE name = '{Facts.EPOCH}'"  # noqa: S608 - names of ours
_NEWEST_EPOCH_HELD = f"{_NEWEST_EPOCH} FOR SHARE"
#: Under this name a connection knows whether its transaction changes anything.
_CHANGES = "changes"


class AlreadyOwned(Exception):
    """Another process is running on this database; two would send everything twice."""


class Deposed(Exception):
    """Another process has taken the database over; whatever this one still wants to write must not be written."""


class Ownership:
    """Held as long as the process lives; the operating system, or the server, takes it back from a dead one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file: FileLock | None = None
        self._connection: Connection | None = None
        if not is_sqlite(engine):
            event.listen(engine, "connect", _name_after_owner)

    def acquire(self) -> None:
        """Become the owner. Raises `AlreadyOwned` at once when somebody is, `OperationalError` when none can tell."""
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
        try:
            connection = self._connection or self._connect()
            held = connection.execute(text("SELECT pg_try_advisory_lock(:name)"), {"name": _LOCK_CLASS}).scalar()
            if not held:
                raise AlreadyOwned(str(self._engine.url.database))
            _send_former_owner_away(connection)
        except OperationalError:
            self.release()
            raise

    def _connect(self) -> Connection:
        # A connection of its own, kept open: the server frees the lock the moment it is gone.
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        for setting, value in _KEEPALIVE.items():
            connection.execute(text(f"SET {setting} = {value}"))
        self._connection = connection
        return connection

    def release(self) -> None:
        """Let the next one in."""
        if self._file is not None:
            self._file.release()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _name_after_owner(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET application_name = '{_OWNER}'")
    cursor.close()
    connection.commit()


def _send_former_owner_away(connection: Connection) -> None:
    # A machine that is cut off or asleep may hold rows locked, in a transaction that nobody will ever end.
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = :owner AND pid <> pg_backend_pid()"
        ),
        {"owner": _OWNER},
    )


def begin_epoch(session: Session) -> int:
    """The new owner's epoch: leases that name another are ambiguous, whatever any clock says."""
    facts = Facts(session)
    epoch = int(facts.get(Facts.EPOCH, "0")) + 1
    facts.set(Facts.EPOCH, str(epoch))
    return epoch


def watch_changes(engine: Engine) -> None:
    """Let `require_epoch` tell a transaction that changes something from one that only looked.

    To hold a row is a change to PostgreSQL, with a flush to the disk: every look that found nothing would cost one.
    """
    if not is_sqlite(engine):
        event.listen(engine, "begin", _changes_nothing_yet)
        event.listen(engine, "before_cursor_execute", _note_change)


def _changes_nothing_yet(connection: Connection) -> None:
    connection.info[_CHANGES] = False


def _note_change(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
    if not statement.startswith("SELECT"):
        connection.info[_CHANGES] = True


def require_epoch(connection: Connection, epoch: int) -> None:
    """At the end of a transaction: make sure that no newer owner has begun, nor does before what changed is committed.

    Raises `Deposed`.
    """
    asked = _NEWEST_EPOCH_HELD if connection.info.get(_CHANGES) else _NEWEST_EPOCH
    newest = connection.exec_driver_sql(asked).scalar()
    if newest != str(epoch):
        raise Deposed(f"epoch {epoch} is over, now is {newest}")
