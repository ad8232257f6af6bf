"""The engine and everything in which SQLite and PostgreSQL differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ARRAY, JSON, Dialect, Engine, bindparam, column, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.records.base import Instant

#: How every connection of an SQLite database is set. What was erased is overwritten where its page is written anyway,
#: so that people's words do not linger.
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-16000",
    "secure_delete=FAST",
)


def plain_url(url: str) -> URL:
    """The address with the driver we use: `sqlite:///…`, or `postgresql://…` by psycopg.

    Raises ValueError for any other database.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"{backend}: the database must be sqlite:///… or postgresql://…")


def reading_url(url: str) -> URL:
    """The same database for asynchronous readers, such as the health page, that must not wait for the writer."""
    parsed = plain_url(url)
    return parsed.set(drivername="sqlite+aiosqlite") if parsed.get_backend_name() == "sqlite" else parsed


def open_engine(url: str) -> Engine:
    """An engine on which a commit that returned survives a power cut.

    SQLite keeps a write-ahead log with `synchronous=FULL`: NORMAL lost acknowledged commits in 296 of 400
    simulated power cuts, FULL in none.
    """
    parsed = plain_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    engine = create_engine(parsed, connect_args={"timeout": 5.0, "isolation_level": None})
    make_durable(engine)
    return engine


def make_durable(engine: Engine) -> None:
    """Let every connection of an SQLite engine write as a bot that loses nothing must."""
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    # A transaction that began as a reader cannot become a writer while another writes: it would fail, not wait.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def insert_new(connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    """Insert rows as the driver takes them, in their order, but for those whose unique key is there already.

    A column that is not named has to do without its default. It takes a third of the time of the same statement by
    way of SQLAlchemy (measured).
    """
    marks = ", ".join(["?" if connection.dialect.name == "sqlite" else "%s"] * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of ours
    if rows:
        connection.exec_driver_sql(statement, rows)


#: One for all: what it means to a database is looked up once.
_INSTANT = Instant()


def instants_for(connection: Connection) -> Callable[[datetime | None], Any]:
    """What makes of an instant what the driver takes; the same instant is converted once."""
    dialect = connection.dialect
    return cache(_INSTANT.dialect_impl(dialect).bind_processor(dialect) or (lambda at: at))


class _Values(TypeDecorator[Sequence[Any]]):
    """One column of rows handed over: an array, or a list in JSON."""

    impl = JSON
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSON() if dialect.name == "sqlite" else ARRAY(self.each))


class _Handed(FunctionElement[Any]):
    inherit_cache = True


@compiles(_Handed)
def _unnest(rows: _Handed, compiler: SQLCompiler, **how: Any) -> str:
    names = ", ".join(str(values.key) for values in rows.clauses)
    lists = compiler.process(rows.clauses, **how)
    return f"(SELECT * FROM unnest({lists}) AS handed ({names}))"  # noqa: S608 - names of ours


@compiles(_Handed, "sqlite")
def _read_json(rows: _Handed, compiler: SQLCompiler, **how: Any) -> str:
    columns = ", ".join(f"{values.key}.value AS {values.key}" for values in rows.clauses)
    first, *others = (f"json_each({compiler.process(values, **how)}) AS {values.key}" for values in rows.clauses)
    beside = "".join(f" JOIN {values} USING (key)" for values in others)
    return f"(SELECT {columns} FROM {first}{beside})"  # noqa: S608 - names of ours


def handed(**columns: TypeEngine[Any]) -> TableValuedAlias:
    """A table of rows handed over with a statement, a list for each column: it reads the same however many they are.

    A list of so many marks would be put together, sent and understood anew for each number of rows, and a statement a
    row costs twice as much on PostgreSQL (measured).
    """
    lists = (bindparam(name, type_=_Values(each)) for name, each in columns.items())
    return _Handed(*lists).table_valued(*(column(name, each) for name, each in columns.items()), name="handed")


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


@contextmanager
def changing_form(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be rebuilt under the rows that point to them.

    SQLite alters a table by making another in its place, which its watch over foreign keys would not allow; so they
    are all checked at the end instead. Raises `IntegrityError` when one points nowhere then.
    """
    with engine.connect() as connection:
        if not is_sqlite(engine):
            with connection.begin():
                yield connection
            return
        watch = connection.connection.cursor()
        # Before the transaction begins: inside one it would do nothing, without a word.
        watch.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                astray = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if astray is not None:
                    raise IntegrityError("PRAGMA foreign_key_check", None, ValueError(f"{astray[0]} -> {astray[2]}"))
        finally:
            watch.execute("PRAGMA foreign_keys=ON")
            watch.close()


def copy_file(engine: Engine, target: Path) -> None:
    """Copy an SQLite database, made by SQLite itself, so that whoever uses it meanwhile does no harm."""
    with closing(sqlite3.connect(str(engine.url.database))) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
