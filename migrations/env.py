"""Where migrations run: on the connection they are given, or on the one alembic.ini or TOCOVID_DATABASE__URL names."""

from __future__ import annotations

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy.engine import Connection

from models.database import changing_form, open_engine
from models.records import Instant, Record


def write_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Instants are written by their own name, so that a migration reads as the records do."""
    return "Instant()" if kind == "type" and isinstance(item, Instant) else False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        # SQLite cannot alter a column in place.
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=write_type,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    url = os.environ.get("TOCOVID_DATABASE__URL") or context.config.get_main_option("sqlalchemy.url")
    with changing_form(open_engine(str(url))) as connection:
        migrate(connection)
