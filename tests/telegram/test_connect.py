"""Getting to know the service, whatever it says at first."""

from __future__ import annotations

import pytest
from telegram.error import RetryAfter

from bot.outages import Patience
from bot.telegram.connect import persevere


async def test_a_service_that_asks_for_patience_is_given_it(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def wait(_patience: Patience, at_least: float = 0.0) -> None:
        waits.append(at_least)

    monkeypatch.setattr(Patience, "wait", wait)
    answers = iter([RetryAfter(7), "here"])

    async def call() -> object:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert await persevere(call) == "here"
    assert waits == [7.0]
