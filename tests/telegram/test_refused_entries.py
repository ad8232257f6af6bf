"""What only the database refuses stops nothing but itself, and is not lost either."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from bot.intake import Intake
from bot.meters import updates_refused
from bot.telegram import door as at_the_door
from bot.telegram.door import Arrived, Door
from bot.telegram.form import Update
from bot.telegram.poll import Poll
from bot.telegram.translate import Bot, translate
from bot.writer import Writer
from models.database import is_sqlite, open_engine
from models.records import EntryState, InboxEntry
from models.rules.policy import Policy
from models.store.entrance import NewEntry
from tests.databases import refusing
from tests.telegram.test_poll import words

WORDS = ("Nhà tôi có người sốt", "Nhà tôi hết gạo", "Bản Mẫu mất điện")
ENTRIES = select(InboxEntry).order_by(InboxEntry.id)

#: Values of which every one was refused by one database or both before it was looked for.
NEVER_TAKEN: Sequence[dict[str, Any]] = (
    {"chat_id": 2**63},
    {"payload": '{"half a letter": "\ud83d"}'},
    {"said_at": datetime(2021, 11, 24, 7)},  # noqa: DTZ001 - it has no zone: that is what is refused
)
TAKEN_BY_SQLITE: Sequence[dict[str, Any]] = ({"chat_id": True}, {"payload": '{"words": "Nhà tôi\x00"}'})


class Way:
    """A poll, its door and the database behind it."""

    def __init__(self, database_url: str) -> None:
        self.engine = open_engine(database_url)
        self._writer = Writer(self.engine)
        self._bot = Bot(999, "to_covid_bot")
        self._door = Door(self._writer, self._bot, lambda: datetime.now(UTC), lambda: None, self._nothing)
        self.offsets: list[int | None] = []
        self.poll = Poll(self._fetch, self._door, self._nothing, lambda: None)

    async def _fetch(self, offset: int | None, _wait: float) -> Sequence[bytes]:
        self.offsets.append(offset)
        return [words(41 + place, said) for place, said in enumerate(WORDS)] if offset is None else []

    async def _nothing(self, *_: object) -> None:
        return

    async def handle_all(self) -> None:
        """Let everything kept have its effects, with every further try it gets."""
        moments = (datetime.now(UTC) + timedelta(minutes=each) for each in count())
        intake = Intake(
            self._writer, Policy(), lambda raw: translate(raw, self._bot), lambda: next(moments), lambda _told: None
        )
        while (await intake.handle_batch()).entries:
            pass

    def entries(self) -> Sequence[InboxEntry]:
        with Session(self.engine) as session:
            return session.scalars(ENTRIES).all()

    def close(self) -> None:
        self._writer.close()


@pytest.fixture
def way(database_url: str) -> Iterator[Way]:
    way = Way(database_url)
    yield way
    way.close()


def let_slip_by(monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]) -> None:
    """Let the second update reach the database with values that nobody looked at."""
    entry_of = at_the_door._entry

    def careless(update: Arrived, form: Update, now: datetime) -> NewEntry:
        entry = entry_of(update, form, now)
        return entry._replace(**wrong) if update.number == 42 else entry

    monkeypatch.setattr(at_the_door, "_entry", careless)


def refused_so_far() -> float:
    (family,) = updates_refused.collect()
    return family.samples[0].value


@pytest.mark.parametrize("wrong", [*NEVER_TAKEN, *TAKEN_BY_SQLITE], ids=ascii)
async def test_what_came_beside_it_is_kept_polling_goes_on_and_the_refused_one_can_be_looked_at(
    way: Way, wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_slip_by(monkeypatch, wrong)
    before = refused_so_far()
    with capture_logs() as logged:
        await way.poll.turn(wait=0.0)
        await way.poll.turn(wait=0.0)
    assert way.offsets == [None, 44]
    first, refused, last = way.entries()
    assert [entry.update_id for entry in (first, refused, last)] == [41, 42, 43]
    assert [json.loads(entry.payload or "")["message"]["text"] for entry in (first, last)] == [WORDS[0], WORDS[2]]
    is_refused = wrong in NEVER_TAKEN or not is_sqlite(way.engine)
    assert refused_so_far() - before == is_refused
    assert refused.state is EntryState.WAITING
    assert refused.failure.endswith(" at the door") is is_refused
    assert not is_refused or (refused.payload or "").isascii()
    assert not is_refused or json.loads(refused.payload or "")
    assert [line["event"] for line in logged] == ["update_refused_by_database"] * is_refused
    assert not any(said in str(logged) for said in ("Nhà", "half", "Bà Mỷ"))


async def test_what_is_refused_in_every_form_but_the_shortest_leaves_its_beginning_and_its_number(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_slip_by(monkeypatch, {"payload": json.dumps({"words": "a" * 5_000 + "the end"})})
    with refusing(way.engine, "the end"):
        await way.poll.turn(wait=0.0)
    _, refused, _ = way.entries()
    assert (refused.update_id, refused.chat_id) == (42, 0)
    assert (refused.payload or "").startswith('{"words": "aaa')
    await way.handle_all()
    assert [entry.state for entry in way.entries()] == [EntryState.HANDLED, EntryState.PARKED, EntryState.HANDLED]


async def test_a_database_that_takes_no_form_at_all_confirms_nothing(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    with refusing(way.engine, '"'), pytest.raises(IntegrityError):
        await way.poll.turn(wait=0.0)
    await way.poll.turn(wait=0.0)
    assert way.offsets == [None, None]
    assert len(way.entries()) == 3


def hold(engine: Engine) -> Connection:
    """Another program has the inbox to itself until this is closed."""
    connection = engine.connect()
    if is_sqlite(engine):
        # Begun already: on SQLite every transaction is a writer's.
        connection.begin()
    else:
        connection.exec_driver_sql("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
    return connection


async def test_an_outage_after_a_refusal_is_an_outage_nothing_is_set_aside_and_nothing_confirmed(
    way: Way, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_slip_by(monkeypatch, NEVER_TAKEN[0])
    other, held = open_engine(database_url), list[Connection]()
    impatient = "PRAGMA busy_timeout=0" if is_sqlite(way.engine) else "SET lock_timeout = 100"
    connected = count(1)

    @event.listens_for(way.engine, "checkout")
    def be_held_up(connection: Any, *_: object) -> None:
        connection.execute(impatient)
        held.extend([hold(other)] if next(connected) == 2 else [])

    before = refused_so_far()
    with pytest.raises(OperationalError):
        await way.poll.turn(wait=0.0)
    assert refused_so_far() == before
    held[0].close()
    other.dispose()
    assert way.entries() == []
    await way.poll.turn(wait=0.0)
    assert way.offsets == [None, None]
    assert [entry.update_id for entry in way.entries()] == [41, 42, 43]
