"""Run one list through the database: short transactions with a rest between them, and a result for every row."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.importing.family import Family, Terms
from bot.importing.households import Households
from bot.importing.people import People
from bot.importing.table import Outcome, Row, RowRefused
from bot.importing.units import Units
from models.database import copy_file, is_sqlite, open_engine
from models.rules.policy import Policy
from models.work import Work

FAMILIES: dict[str, type[Family]] = {"units": Units, "people": People, "households": Households}

TRIES = 5  #: How often a batch is tried while the database is busy or the bot got there first.
SECONDS_BEFORE_A_FURTHER_TRY = 1.0


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row."""

    line: int  #: Where the row begins in the file.
    key: str  #: What the list calls it, such as "TD-01 12".
    outcome: Outcome
    refusal: RowRefused | None = None  #: Why, when it was refused.
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
        """One batch; taking it again does nothing twice, so it may be tried until the database is free."""
        tries = 1
        while True:
            try:
                return self._transact(family, rows)
            except (OperationalError, IntegrityError):
                if tries == TRIES:
                    raise
            tries += 1
            time.sleep(SECONDS_BEFORE_A_FURTHER_TRY)

    def _transact(self, family: type[Family], rows: Sequence[Row]) -> list[RowResult]:
        # On a rehearsal's connection a commit is a savepoint; on an engine it is a commit.
        with Session(self.bind, join_transaction_mode="create_savepoint") as session, session.begin():
            batch = family(rows, Work(session, self.clock(), self.policy), self.terms)
            results = [_result(row, batch) for row in rows]
            batch.finish()
        return results


def _result(row: Row, batch: Family) -> RowResult:
    key = " ".join(row[column] for column in batch.key)
    try:
        taken = batch.take(row)
    except RowRefused as refusal:
        return RowResult(row.line, key, Outcome.REFUSED, refusal)
    return RowResult(row.line, key, taken.outcome, invitation=taken.invitation)


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
