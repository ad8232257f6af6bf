"""From an SQLite file to a PostgreSQL server: every row, compared one by one before anything changes over to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import tomlkit
from sqlalchemy import Column, ColumnElement, Engine, Result, Row, String, Table, func, insert, select, text, update
from sqlalchemy.engine import Connection

from bot.catalogue import Say
from bot.exits import DONE, REFUSED_TO_START, WRONG_USE
from bot.migrating import migrate
from bot.owner import AlreadyOwned, Ownership
from models.database import is_sqlite, open_engine
from models.records import Record

#: Rows that travel in one statement.
ROWS_AT_ONCE = 1_000

Advance = Callable[[str, int], None]
Print = Callable[[str], None]


class NotEmpty(Exception):
    """The server's database already holds something; nothing was moved."""


class Different(Exception):
    """A row did not arrive as it was; nothing was moved. It names the table."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What arrived."""

    tables: int
    rows: int


def move(source: Engine, target: Engine, advance: Advance = lambda _table, _rows: None) -> Moved:
    """Copy every table in one transaction of the target and compare it; `advance` hears of each table's rows.

    Raises `AlreadyOwned` when a bot runs on either, `NotEmpty`, and `Different`; then the target stays empty.
    """
    with _owned(source), _owned(target):
        migrate(source)
        migrate(target)
        with source.connect() as old, target.begin() as new:
            tables = Record.metadata.sorted_tables
            _require_empty(new, tables)
            rows = 0
            for table in tables:
                copied = _copy(old, new, table)
                _require_same(old, new, table)
                _number_on(new, table)
                advance(table.name, copied)
                rows += copied
    return Moved(len(tables), rows)


def switch(config: Path, url: str) -> None:
    """Let the configuration name the new database; everything else in it stays, remarks too."""
    document = tomlkit.parse(config.read_text(encoding="utf-8"))
    document.setdefault("database", tomlkit.table())["url"] = url
    # Written beside it first: a power cut leaves the old one or the new one, never half of either.
    beside = config.with_name(f"{config.name}.new")
    beside.write_text(tomlkit.dumps(document), encoding="utf-8")
    beside.chmod(config.stat().st_mode)
    beside.replace(config)


def tell_move(source: Engine, url: str, config: Path, say: Say, out: Print, complain: Print) -> int:
    """Move, switch the configuration over, and say so; the exit code."""
    if not is_sqlite(source) or not url.startswith("postgres"):
        complain(say("move.only_from_sqlite_to_postgresql"))
        return WRONG_USE
    target = open_engine(url)
    try:
        moved = move(source, target, lambda table, rows: out(say("move.table", table=table, rows=say.number(rows))))
    except AlreadyOwned as error:
        complain(say("move.bot_runs", database=error))
    except NotEmpty as error:
        complain(say("move.not_empty", table=error))
    except Different as error:
        complain(say("move.different", table=error))
    else:
        switch(config, url)
        out(say("move.done", rows=say.number(moved.rows), config=config, file=source.url.database))
        return DONE
    finally:
        target.dispose()
    return REFUSED_TO_START


@contextmanager
def _owned(engine: Engine) -> Iterator[None]:
    ownership = Ownership(engine)
    ownership.acquire()
    try:
        yield
    finally:
        ownership.release()


def _require_empty(connection: Connection, tables: Sequence[Table]) -> None:
    for table in tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            raise NotEmpty(table.name)


def _copy(old: Connection, new: Connection, table: Table) -> int:
    """The rows, first without what they say of other rows of their own table: those may still be under way."""
    own = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    copied = 0
    for rows in _select(old, table).partitions():
        values = [_for_postgres(row) for row in rows]
        new.execute(insert(table), [{**each, **dict.fromkeys((c.name for c in own), None)} for each in values])
        copied += len(values)
    for column in own:
        _point(old, new, table, column)
    return copied


def _point(old: Connection, new: Connection, table: Table, column: Column[Any]) -> None:
    """Let the rows point to each other, now that all of them are there."""
    (key,) = table.primary_key.columns
    for row in old.execute(select(key, column).where(column.is_not(None))):
        new.execute(update(table).where(key == row[0]).values({column.name: row[1]}))


def _require_same(old: Connection, new: Connection, table: Table) -> None:
    for there, here in zip_longest(_select(old, table), _select(new, table)):
        if there is None or here is None or _for_postgres(there) != here._asdict():
            raise Different(table.name)


def _number_on(new: Connection, table: Table) -> None:
    """Let new rows be numbered from the highest number on."""
    for column in table.primary_key.columns:
        sequence = new.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        ).scalar()
        highest = new.execute(select(func.max(column))).scalar() if sequence else None
        if highest:
            new.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})


def _select(connection: Connection, table: Table) -> Result[Any]:
    """Every row in the order of its key, which for words is the same on either database: that of their bytes."""
    keys = [_by_bytes(key) if _is_postgres(connection) else key for key in table.primary_key.columns]
    return connection.execute(select(table).order_by(*keys), execution_options={"yield_per": ROWS_AT_ONCE})


def _by_bytes(key: Column[Any]) -> ColumnElement[Any]:
    return key.collate("C") if isinstance(key.type, String) else key


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _for_postgres(row: Row[Any]) -> dict[str, Any]:
    # No PostgreSQL text can hold the character NUL, and no person ever typed one on purpose.
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in row._asdict().items()}
