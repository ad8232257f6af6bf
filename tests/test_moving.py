"""A district that has outgrown its file moves to a server: everything arrives, or nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from bot.catalogue import Catalogues
from bot.moving import tell_move
from bot.owner import Ownership
from handlers.commands.reports import FileReport
from models.database import open_engine
from models.records import Household, Person, Record, Report, Unit
from models.rules.policy import Policy
from tests.databases import PostgresServer, SqliteFiles
from tests.stories.world import World

pytestmark = pytest.mark.postgres

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
CONFIG = '# Ours\n[telegram]\ntoken = "1:x"  # keep\n\n[database]\nurl = "sqlite:///tocovid.sqlite3"\n'


class Move:
    """A filled file, an empty server, and what the command said."""

    def __init__(self, file: Engine, url: str, folder: Path) -> None:
        self.file, self.url = file, url
        self.config = folder / "config.toml"
        self.config.write_text(CONFIG, encoding="utf-8")
        self.said: list[str] = []

    def go(self, url: str = "") -> int:
        say = Catalogues.load().in_language("en")
        return tell_move(self.file, url or self.url, self.config, say, self.said.append, self.said.append)

    def numbers(self, engine: Engine) -> dict[str, int]:
        with Session(engine) as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Record.metadata.sorted_tables
            }


@pytest.fixture
def filled(sqlite_files: SqliteFiles, postgres: PostgresServer, tmp_path: Path) -> Iterator[Move]:
    with sqlite_files.new_url() as file, postgres.new_url() as url:
        engine = open_engine(file)
        with Session(engine, expire_on_commit=False) as session:
            world = World(session, NOON, Policy())
            world.by(world.resident, FileReport, words="Nhà tôi hết gạo\0, con nhỏ sốt 🌡️")
            # A parent that is numbered after its child, as a tree that was changed by hand has it.
            late = Unit(code="TINH", name="Tỉnh", tier="district", path="/x/", village="")
            session.add(late)
            session.flush()
            session.execute(
                text("UPDATE units SET parent_id = :late WHERE code <> 'TINH' AND parent_id IS NULL"), {"late": late.id}
            )
            session.commit()
        yield Move(engine, url, tmp_path)
        engine.dispose()


def test_every_row_arrives_and_new_ones_are_numbered_on(filled: Move) -> None:
    assert filled.go() == 0
    server = open_engine(filled.url)
    assert filled.numbers(server) == filled.numbers(filled.file)
    with Session(server) as session:
        report = session.scalars(select(Report)).one()
        assert (report.words, report.filed_at) == ("Nhà tôi hết gạo, con nhỏ sốt 🌡️", NOON)
        home = session.scalars(select(Household)).first()
        assert home is not None
        someone = Person(name="Người mới", phone="", language="", reach="unknown")
        session.add(someone)
        session.flush()
        assert someone.id == max(session.scalars(select(Person.id)))
    server.dispose()


def test_the_configuration_names_the_server_afterwards_and_keeps_its_remarks(filled: Move) -> None:
    assert filled.go() == 0
    written = filled.config.read_text(encoding="utf-8")
    assert f'url = "{filled.url}"' in written
    assert "# Ours" in written
    assert 'token = "1:x"  # keep' in written


def test_nothing_moves_while_a_bot_runs(filled: Move) -> None:
    bot = Ownership(filled.file)
    bot.acquire()
    assert filled.go() == 3
    bot.release()
    assert "Stop it first" in filled.said[-1]
    assert filled.config.read_text(encoding="utf-8") == CONFIG


def test_a_database_with_something_in_it_is_left_alone(filled: Move) -> None:
    assert filled.go() == 0
    before = filled.config.read_text(encoding="utf-8")
    assert filled.go() == 3
    assert "not empty" in filled.said[-1]
    assert filled.config.read_text(encoding="utf-8") == before


def test_another_kind_of_database_is_refused(filled: Move) -> None:
    assert filled.go("sqlite:///other.sqlite3") == 2
    assert "postgresql://" in filled.said[-1]
