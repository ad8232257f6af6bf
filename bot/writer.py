"""The one place where anything is committed: a thread of its own, one transaction after the other."""

from __future__ import annotations

import asyncio
import errno
import gc
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.meters import commit_seconds
from bot.owner import require_epoch, watch_changes

T = TypeVar("T")
#: PostgreSQL's class of states called "program limit exceeded".
_BEYOND_LIMIT = "54"


@dataclass(frozen=True, slots=True)
class _Turn:
    """A change that waits for its transaction, and where what comes of it is told."""

    change: Callable[[Connection], Any]
    outcome: Future[Any]


def one_thread() -> Executor:
    """A thread of its own, which does one thing after the other."""
    return ThreadPoolExecutor(1, thread_name_prefix="writer")


class Writer:
    """Runs changes one at a time, so that two chats never race over one report, on either database.

    A thread and synchronous SQL, because what costs is the statement: the same story ran five to nine times
    as often as through the asynchronous ORM.
    """

    def __init__(self, engine: Engine, thread: Executor | None = None) -> None:
        self._engine = engine
        self._thread = thread or one_thread()
        #: What waits at the door goes before everything that is ours to do: a webhook's sender soon gives up.
        self._at_the_door: deque[_Turn] = deque()
        self._inside: deque[_Turn] = deque()
        self._epoch: int | None = None

    def write_only_in(self, epoch: int) -> None:
        """From now on commit nothing once a newer owner has begun."""
        self._epoch = epoch
        watch_changes(self._engine)

    async def transact(self, change: Callable[[Session], T]) -> T:
        """Run `change` in one transaction and commit it; when it raises, nothing of it happened.

        Raises what `change` raised, `OperationalError` when the database is locked, full or away, and `Deposed`
        when another process owns it now.
        """
        return await self._done(_on_connection(change), self._inside)

    async def admit(self, change: Callable[[Connection], T]) -> T:
        """The same for what waits at the door: before everything that is ours to do, and without a session.

        What comes in is rows and nothing else, and a session cost as much as writing them (measured).
        """
        return await self._done(change, self._at_the_door)

    async def _done(self, change: Callable[[Connection], T], line: deque[_Turn]) -> T:
        outcome: Future[T] = Future()
        line.append(_Turn(change, outcome))
        self._thread.submit(self._take_turn)
        return await asyncio.wrap_future(outcome)

    def _take_turn(self) -> None:
        turn = (self._at_the_door or self._inside).popleft()
        if not turn.outcome.set_running_or_notify_cancel():
            return
        try:
            turn.outcome.set_result(self._transact(turn.change))
        except BaseException as error:
            turn.outcome.set_exception(error)

    def _transact(self, change: Callable[[Connection], T]) -> T:
        with _undisturbed(), self._engine.connect() as connection:
            with connection.begin():
                result = change(connection)
                if self._epoch is not None:
                    require_epoch(connection, self._epoch)
                ready = time.monotonic()
            commit_seconds.observe(time.monotonic() - ready)
            return result

    def close(self) -> None:
        """Wait for the running transaction, forget those that wait, then let go of the database."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        for turn in (*self._at_the_door, *self._inside):
            turn.outcome.cancel()
        self._engine.dispose()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Look for no garbage inside: a transaction needs what it makes until its end, and looking took a seventh of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _on_connection(change: Callable[[Session], T]) -> Callable[[Connection], T]:
    """The change with a session on its transaction's connection; whatever it changed is written when it ends."""

    @wraps(change)
    def change_on(connection: Connection) -> T:
        with _Remembering(connection) as session:
            result = change(session)
            session.flush()
            return result

    return change_on


class _Remembering(Session):
    """A session that reads each row once for as long as it lives, however often it is asked for by its id.

    By itself it forgets a row as soon as nobody holds it: two thirds of all statements of a tick that moved 57
    reports on asked again for the same few units and people (measured).
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, expire_on_commit=False)
        self.rows: list[object] = []


# Rows just written, too: one forgotten and read again would outlive the savepoint that undid it.
@event.listens_for(_Remembering, "loaded_as_persistent")
@event.listens_for(_Remembering, "pending_to_persistent")
def _remember(session: _Remembering, row: object) -> None:
    session.rows.append(row)


def is_outage(error: BaseException) -> bool:
    """Whether the database, not the change, is what failed: locked, full, or its server away."""
    if not isinstance(error, OperationalError):
        return False
    # Operational to their drivers, too, though waiting would mend neither: a mistake in a statement to SQLite, and to
    # PostgreSQL a value beyond a limit of its own, such as words too long for an index.
    is_mistake = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    is_beyond_limit = (getattr(error.orig, "sqlstate", None) or "").startswith(_BEYOND_LIMIT)
    return not is_mistake and not is_beyond_limit


def is_shortage(error: BaseException) -> bool:
    """Whether memory has run out: Python says so of what it makes itself, the system of threads and processes."""
    is_for_threads = isinstance(error, RuntimeError) and "start new thread" in str(error)
    return isinstance(error, MemoryError) or is_for_threads or getattr(error, "errno", None) == errno.ENOMEM


def is_of_the_machine(error: BaseException) -> bool:
    """Whether no change is to blame: the database is away, or memory has run out. What was under way did not happen."""
    return isinstance(error, MemoryError) or is_outage(error)
