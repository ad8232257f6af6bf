"""A district's office: a database, a folder for lists, and the command's answer to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.catalogue import Catalogues
from bot.importing.loading import Manner, load_file
from models.rules.policy import Policy
from models.work import Work
from tests.databases import engine_of

UNITS = """code,name,tier,parent,village,chat_id,desk_chat_id
TD,Huyện Tam Đường,district,,,-1001,-1002
BL,Xã Bình Lư,commune,TD,,-1003,
BL-1,Cộng đồng 1,community,BL,Bản Hoa Vân,-1004,
BL-2,Cộng đồng 2,community,BL,Bản Hoa Vân,,
"""


@dataclass
class Office:
    """Where lists are imported, and what was said about the last one."""

    engine: Engine
    folder: Path
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # One look at a time: on SQLite a second one would wait for the first.
        self._look = Session(self.engine)

    def give(self, kind: str, content: str | bytes, manner: Manner | None = None) -> int:
        """Import a list; the exit code."""
        file = self.folder / f"{kind}.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        say = Catalogues.load(strict=True).in_language("en")
        self.said.clear()
        self._look.close()
        return load_file(kind, file, self.engine, Policy(), say, noon, out=self.said.append, manner=manner or Manner())

    @property
    def total(self) -> str:
        """The line that counts the rows."""
        return next(line for line in self.said if line.startswith("New "))

    def work(self) -> Work:
        """A look at the records, until the next list is given."""
        return Work(self._look, noon(), Policy())


def noon() -> datetime:
    return datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office with an empty database of either kind."""
    engine = engine_of(database_url)
    at_work = Office(engine, tmp_path)
    yield at_work
    at_work.work().session.close()
    engine.dispose()


@pytest.fixture
def district(office: Office) -> Office:
    """An office whose units are known."""
    assert office.give("units", UNITS) == 0
    return office
