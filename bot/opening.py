"""The database as a command of a moment opens it, beside a bot that may be running on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from bot.migrating import is_current, migrate
from bot.owner import AlreadyOwned, Ownership
from models.database import is_sqlite, open_engine


class NoDatabase(Exception):
    """There is nothing at this place yet; `tocovid run` or `tocovid import` makes it."""


class DatabaseOfOtherVersion(Exception):
    """A running bot keeps this database in the form of another version; stop it, or use its own commands."""


@contextmanager
def database(url: str, *, may_make: bool) -> Iterator[Engine]:
    """The database in the form this version knows.

    Raises `NoDatabase` when there is none and the command may not make one, and `DatabaseOfOtherVersion` when a
    bot of another version runs on it.
    """
    engine = open_engine(url)
    try:
        if not may_make and is_sqlite(engine) and not Path(str(engine.url.database)).exists():
            raise NoDatabase(engine.url.database)
        if not is_current(engine):
            _bring_up_to_date(engine)
        yield engine
    finally:
        engine.dispose()


def _bring_up_to_date(engine: Engine) -> None:
    # Only an owner changes the form of a database: a bot that runs on it would stumble over the new one.
    ownership = Ownership(engine)
    try:
        ownership.acquire()
    except AlreadyOwned:
        raise DatabaseOfOtherVersion(engine.url.database) from None
    try:
        migrate(engine)
    finally:
        ownership.release()
