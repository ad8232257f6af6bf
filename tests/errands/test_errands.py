"""Slow work is done once, survives what goes wrong, and is never waited for in vain."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest_asyncio
from sqlalchemy import select

from bot.errands.loop import WAITS, Data, Errands
from bot.moments import WallClock
from bot.writer import Writer
from handlers.commands import Command
from handlers.commands.imports import FileNotMade, HandTemplate
from models.database import open_engine
from models.records import Errand, ErrandState, Mail, StoredFile
from models.rules.policy import Policy
from models.work import Told, Work

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@dataclass
class Workshop:
    """A doer that may fail, and the errands it is given."""

    writer: Writer
    clock: WallClock
    failing: int = 0  #: How many of the coming tries fail.
    done: int = 0
    announced: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock.set(NOON)
        self.errands = Errands(self.writer, Policy(), {"form": self}, self.clock, self._announce)

    def _announce(self, mails: Sequence[Told]) -> None:
        self.announced.extend(mails)

    async def do(self, data: Data) -> Command:
        if self.failing:
            self.failing -= 1
            raise ConnectionError("the service is away")
        self.done += 1
        return HandTemplate(account_id=data["account_id"], content=b"PK", homes=3)

    def give_up(self, data: Data) -> Command:
        return FileNotMade(account_id=data["account_id"])

    async def ask(self) -> None:
        await self.writer.transact(
            lambda session: Work(session, self.clock(), Policy()).errands.ask("form", self.clock(), account_id=7)
        )

    async def state(self) -> ErrandState:
        errand = await self.writer.transact(lambda session: session.scalars(select(Errand)).one())
        return errand.state


@pytest_asyncio.fixture
async def workshop(database_url: str) -> AsyncIterator[Workshop]:
    writer = Writer(open_engine(database_url))
    yield Workshop(writer, WallClock())
    writer.close()


async def test_an_errand_is_done_once_and_what_came_of_it_is_told(workshop: Workshop) -> None:
    await workshop.ask()
    assert await workshop.errands.do_next()
    assert not await workshop.errands.do_next()
    assert workshop.done == 1
    assert [mail.kind for mail in workshop.announced if isinstance(mail, Mail)] == ["TemplateHanded"]
    assert await workshop.state() is ErrandState.DONE
    kept = await workshop.writer.transact(lambda session: session.scalars(select(StoredFile)).one())
    assert kept.content == b"PK"


async def test_an_errand_that_fails_is_tried_again_later(workshop: Workshop) -> None:
    workshop.failing = 1
    await workshop.ask()
    await workshop.errands.do_next()
    assert not await workshop.errands.do_next()
    workshop.clock.move(WAITS[0])
    await workshop.errands.do_next()
    assert workshop.done == 1


async def test_who_waits_in_vain_is_told(workshop: Workshop) -> None:
    workshop.failing = 99
    await workshop.ask()
    for _ in range(len(WAITS) + 1):
        await workshop.errands.do_next()
        workshop.clock.move(WAITS[-1])
    assert not await workshop.errands.do_next()
    assert [mail.kind for mail in workshop.announced if isinstance(mail, Mail)] == ["FileFailed"]
    assert await workshop.state() is ErrandState.FAILED
