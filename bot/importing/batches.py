"""Run a list of units or people through the database: short transactions, and a result for every row."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.importing.family import Family, Terms
from bot.importing.people import People
from bot.importing.shifts import Shifts
from bot.importing.table import Outcome, Row, RowRefused
from bot.importing.units import Units
from models.database import copy_file, is_sqlite, open_engine
from models.rules.policy import Policy
from models.work import Work

FAMILIES: dict[str, type[Family]] = {"units": Units, "people": People, "shifts": Shifts}

T = TypeVar("T")

TRIES = 5  #: How often a batch is tried while the database is busy or the bot got there first.
SECONDS_BEFORE_A_FURTHER_TRY = 1.0


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row."""

    line: str  #: Where the row is in the file, with its sheet where there are several.
    key: str  #: What the list calls it, such as "TD-01 12".
    outcome: Outcome
    refusals: Sequence[RowRefused] = ()  #: Why, when it was refused.
    invitation: str | None = None  #: The token of a link that ties an account to the person.


@dataclass(frozen=True, slots=True)
class Importer:
    """Takes lists into one database."""

    bind: Engine | Connection  #: The database, or a rehearsal of it.
    policy: Policy
    terms: Terms
    clock: Callable[[], datetime]
    leaves_room: bool = True  #: Rest between commits, for a bot that may be waiting for the same database.

    def take(self, family: type[Family], rows: Sequence[Row]) -> Iterator[list[RowResult]]:
        """Take the rows, a batch a commit; raises `OperationalError` when the database stays out of reach."""
        ordered = family.in_order(rows, self.policy.tiers)
        for start in range(0, len(ordered), family.rows_a_commit):
            began = time.monotonic()
            yield self._commit(family, ordered[start : start + family.rows_a_commit])
            if self.leaves_room:
                time.sleep((time.monotonic() - began) / 2)

    def _commit(self, family: type[Family], rows: Sequence[Row]) -> list[RowResult]:
        """One batch; taking it again does nothing twice."""

        def change(session: Session) -> list[RowResult]:
            batch = family(rows, Work(session, self.clock(), self.policy), self.terms)
            results = [_result(row, batch) for row in rows]
            batch.finish()
            return results

        return persist(self.bind, change)


def persist(bind: Engine | Connection, change: Callable[[Session], T]) -> T:
    """Commit a change that does nothing twice, trying again while the database is busy or the bot gets there first.

    Raises `OperationalError` when the database stays out of reach.
    """
    tries = 1
    while True:
        try:
            return transact(bind, change)
        except (OperationalError, IntegrityError):
            if tries == TRIES:
                raise
        tries += 1
        time.sleep(SECONDS_BEFORE_A_FURTHER_TRY)


def transact(bind: Engine | Connection, change: Callable[[Session], T]) -> T:
    """One transaction; on a rehearsal's connection its commit is a savepoint, on an engine a commit."""
    with Session(bind, join_transaction_mode="create_savepoint") as session, session.begin():
        return change(session)


def _result(row: Row, batch: Family) -> RowResult:
    key = " ".join(row[column] for column in batch.key)
    try:
        taken = batch.take(row)
    except RowRefused as refusal:
        return RowResult(str(row.line), key, Outcome.REFUSED, (refusal,))
    return RowResult(str(row.line), key, taken.outcome, invitation=taken.invitation)


@contextmanager
def rehearsal(engine: Engine) -> Iterator[Engine | Connection]:
    """Where everything may be tried and nothing stays, while the bot goes on with its work."""
    if not is_sqlite(engine):
        with engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()
        return
    # One writer at a time is SQLite's rule: a transaction as long as the list would keep the bot waiting.
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "rehearsal.sqlite3"
        copy_file(engine, copy)
        trial = open_engine(f"sqlite:///{copy.as_posix()}")
        try:
            yield trial
        finally:
            trial.dispose()
