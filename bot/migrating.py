"""Bringing a database to the form this version knows, after a copy of what was there."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

import migrations
from models.database import changing_form, copy_file, is_sqlite


def migrate(engine: Engine) -> Path | None:
    """Bring the database to the newest form; the copy of an SQLite file that was made first, None when none was.

    Raises `alembic.util.CommandError` when the database is of a later version than this program.
    """
    config, found = _config(), _revision(engine)
    if found == _newest(config):
        return None
    copy = _copy(engine, found) if found and is_sqlite(engine) else None
    with changing_form(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return copy


def is_current(engine: Engine) -> bool:
    """Whether the database already has the newest form."""
    return _revision(engine) == _newest(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _newest(config: Config) -> str | None:
    return ScriptDirectory.from_config(config).get_current_head()


def _copy(engine: Engine, revision: str) -> Path:
    """A whole copy beside the file, named after the form it has."""
    source = Path(str(engine.url.database))
    target = source.with_name(f"{source.name}.before-{revision}")
    copy_file(engine, target)
    return target
