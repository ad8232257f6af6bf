"""Whatever a file does to the process that reads it, the bot goes on."""

from __future__ import annotations

import sys

import pytest

from bot.errands.apart import Limits, Refused, TooHeavy, run_apart
from tests.errands import work


async def test_the_answer_comes_back_as_plain_values() -> None:
    assert await run_apart(work.count, b"12345") == {"bytes": 5}


async def test_a_refusal_comes_back_with_its_reason() -> None:
    with pytest.raises(Refused) as refused:
        await run_apart(work.refuse, b"")
    assert (refused.value.reason, refused.value.values) == ("import.empty", {"column": "phone"})


@pytest.mark.parametrize("broken", [work.die, work.fail])
async def test_a_process_that_breaks_down_takes_nobody_along(broken: object) -> None:
    with pytest.raises(TooHeavy):
        await run_apart(broken, b"")  # type: ignore[arg-type]


async def test_work_without_end_is_ended() -> None:
    with pytest.raises(TooHeavy):
        await run_apart(work.take_too_long, b"", Limits(seconds=2))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no memory")
async def test_work_without_measure_is_ended() -> None:
    with pytest.raises(TooHeavy):
        await run_apart(work.take_too_much, b"", Limits(megabytes=1024))


async def test_the_process_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCOVID_TELEGRAM__TOKEN", "1:secret")
    assert "TOCOVID_TELEGRAM__TOKEN" not in await run_apart(work.see_environment, b"")
