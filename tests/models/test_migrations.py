"""A database that is full of people's data takes every later form without losing any of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

import migrations
from bot.migrating import migrate
from models.database import open_engine
from models.records import Record
from models.store.mail import Outbox
from models.store.parked import Parked

#: What the first form could hold of a home that others refer to.
FILLED = (
    "INSERT INTO units (id, code, name, tier, path, village) VALUES (1, 'X1-1', 'Tổ 1', 'community', '/1/', '')",
    "INSERT INTO people (id, name, phone, language, reach) VALUES (1, 'Bà Mẫu', '', '', 'unknown')",
    "INSERT INTO households (id, unit_id, number, head, phone, address, language, prompted_privately) "
    "VALUES (1, 1, '12', 'Giàng A Páo', '', '', '', false)",
    "INSERT INTO household_links (household_id, person_id, proposed_at) VALUES (1, 1, '2026-11-22 00:00:00')",
    "INSERT INTO reports (id, code, state, category, urgency, confidential, words, unheard, sender_id, holder_id, "
    "rung, filed_at, active_at, result) VALUES (1, 'TD-10001', 'open', 'relief', 'P3', false, 'Nhà tôi hết gạo', "
    "false, 1, 1, 'team', '2026-11-22 00:00:00', '2026-11-22 00:00:00', '')",
    "INSERT INTO report_steps (report_id, at, step, words) VALUES (1, '2026-11-22 00:00:00', 'filed', '')",
)

#: Mail as it lay there in the form before 0025: what waits for a person had an end already.
MAIL = (
    "INSERT INTO outbox (id, chat_id, kind, notice, priority, subject, job, silent, state, tries, failure, created_at, "
    "settled_at, request) VALUES ({id}, 7, 'MessageKept', '{{}}', 1, '', '', false, '{state}', 1, '', "
    "'2026-11-22 00:00:00', {settled_at}, '')"
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def back_to(revision: str, connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


def bring_to_the_newest_form(engine: Engine) -> None:
    """Fill the first form, as a village did that has used the bot from the beginning, and let every later one come."""
    with engine.begin() as connection:
        back_to("0001", connection)
        for statement in FILLED:
            connection.execute(text(statement))
    migrate(engine)


def test_homes_and_their_links_survive_every_later_form(engine: Engine) -> None:
    bring_to_the_newest_form(engine)
    with engine.connect() as connection:
        home = connection.execute(text("SELECT head, kind FROM households")).one()
        links = connection.execute(text("SELECT household_id FROM household_links")).all()
    assert tuple(home) == ("Giàng A Páo", "family")
    assert [tuple(link) for link in links] == [(1,)]


def test_reports_and_their_histories_survive_every_later_form(engine: Engine) -> None:
    bring_to_the_newest_form(engine)
    with engine.connect() as connection:
        kept = text("SELECT reports.words, step FROM reports JOIN report_steps ON report_id = reports.id")
        assert [tuple(row) for row in connection.execute(kept)] == [("Nhà tôi hết gạo", "filed")]


def test_what_waits_for_a_person_is_still_found_and_can_have_another_try(engine: Engine) -> None:
    with engine.begin() as connection:
        back_to("0024", connection)
        for number, state in enumerate(("waiting", "sent", "parked", "uncertain"), start=1):
            settled_at = "NULL" if state == "waiting" else "'2026-11-22 00:00:00'"
            connection.execute(text(MAIL.format(id=number, state=state, settled_at=settled_at)))
    migrate(engine)
    with Session(engine) as session, session.begin():
        parked, outbox = Parked(session), Outbox(session)
        assert [mail.id for mail in parked.outgoing()] == [3, 4]
        assert parked.replay_outgoing(3)
        session.flush()
        assert [line.id for line in outbox.waiting_lines()] == [1, 3]


def test_the_newest_form_is_what_the_records_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Record.metadata) == []
