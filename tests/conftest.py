"""Fixtures every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.databases import PostgresServer, SqliteFiles

# Dozens of processes are started, and each that finds nothing compiled takes seconds of the processor to start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The databases are imported only where one is asked for: the tests of the rules need none, and take a second.


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    from tests.databases import SqliteFiles

    return SqliteFiles(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    from tests.databases import postgres_server

    with postgres_server() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database; every test that asks for it runs on SQLite and on PostgreSQL."""
    kind = "sqlite_files" if request.param == "sqlite" else "postgres"
    databases: SqliteFiles | PostgresServer = request.getfixturevalue(kind)
    with databases.new_url() as url:
        yield url
