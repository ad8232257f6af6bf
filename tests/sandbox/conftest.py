"""A small village in the sandbox: one bot, three people, one group."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot

from bot.sandbox import NO_LIMITS, BotAccount, Hands, Person, Room, Sandbox, serve
from bot.sandbox.methods.answering import answer, find_method
from bot.sandbox.methods.reading import Upload


class Clock:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Village:
    """Everything a test needs at hand."""

    sandbox: Sandbox
    hands: Hands
    clock: Clock
    bot: BotAccount
    pao: Person
    mai: Person
    elder: Person
    group: Room

    def call(self, method: str, uploads: dict[str, Upload] | None = None, **parameters: Any) -> Any:
        """The result of a call, which must succeed."""
        status, body = self.ask(method, uploads, **parameters)
        assert status == 200, body
        return body

    def ask(self, method: str, uploads: dict[str, Upload] | None = None, **parameters: Any) -> tuple[int, Any]:
        """The status and the result of a call, or its description when it was refused."""
        import json

        answered = answer(self.sandbox, self.bot, find_method(method), parameters, uploads or {})
        body = json.loads(answered.body)
        return answered.status, body["result"] if body["ok"] else body["description"]

    def refusal(self, method: str, **parameters: Any) -> str:
        """The words of a call that must be refused."""
        status, words = self.ask(method, None, **parameters)
        assert status != 200, words
        return str(words)

    def updates(self) -> list[Any]:
        """What getUpdates brings; it is confirmed at once."""
        got = self.call("getUpdates")
        if got:
            self.call("getUpdates", offset=got[-1]["update_id"] + 1)
        return list(got)


@pytest.fixture
def village() -> Village:
    """Páo leads the group, Mai and the elder are in it, the bot stands outside."""
    clock = Clock()
    sandbox = Sandbox(clock=clock, seed=7, limits=NO_LIMITS)
    pao = sandbox.new_person("Páo", "Giàng A", role="Tổ viên")
    mai = sandbox.new_person("Mai", "Lò Thị", username="mai")
    elder = sandbox.new_person("Sùng")
    return Village(
        sandbox=sandbox,
        hands=Hands(sandbox),
        clock=clock,
        bot=sandbox.new_bot("1000:token", "Tổ Covid", "to_covid_bot"),
        pao=pao,
        mai=mai,
        elder=elder,
        group=sandbox.new_group("Bản Hon", owner=pao.id, members=[mai.id, elder.id]),
    )


@pytest.fixture
async def url(village: Village) -> AsyncIterator[str]:
    """The address at which the village's Bot API answers."""
    async with serve(village.sandbox) as url:
        yield url


@pytest.fixture
async def ptb(village: Village, url: str) -> AsyncIterator[Bot]:
    """The village's bot as python-telegram-bot sees it."""
    bot = Bot(village.bot.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
    async with bot:
        yield bot
