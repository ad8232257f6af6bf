"""Whatever comes in, the bot goes on and no chat is stuck; the long form is `python -m tests.faults.fuzz 100000`."""

from __future__ import annotations

import pytest

from bot import router
from handlers.commands.reports import HearMessage
from models.work import Work
from tests.faults.fuzz import fuzz


async def test_nothing_that_comes_in_trips_the_bot_or_holds_anybody_up() -> None:
    tally = await fuzz(150, first=1, files=3, bodies=10)
    assert tally.troubles == []
    assert tally.updates == 150
    assert tally.answers["Arrived"] > 100


async def test_the_same_program_sees_a_story_with_a_mistake_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_command: HearMessage, _work: Work) -> None:
        raise KeyError("a story with a mistake in it")

    monkeypatch.setitem(router.STORIES, HearMessage, fail)
    tally = await fuzz(10, first=1, files=0, bodies=0)
    assert any("KeyError at test_fuzz.py" in trouble.what for trouble in tally.troubles)
