"""What attackers play with: the stories' small district, on the embedded database they would find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import SqliteFiles
from tests.stories.world import World, small_district


@pytest.fixture
def world(sqlite_files: SqliteFiles) -> Iterator[World]:
    """A small district at 09:00 on a Monday morning in Vietnam."""
    with sqlite_files.new_url() as url, small_district(url) as world:
        yield world
