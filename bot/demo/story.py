"""`tocovid demo --story`: one day of the district, played through the same doors, and checked in the chats."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot import exits
from bot.catalogue import Say
from bot.demo.chapters import (
    directive_goes_down,
    group_moves,
    report_goes_up,
    resident_leaves,
    round_is_asked,
    stranger,
)
from bot.demo.narration import Narration, StepNotSeen
from bot.demo.playing import Play, play
from bot.sandbox import Limits

Print = Callable[[str], None]


async def run_story(say: Say, out: Print, *, households: int) -> int:
    """Play the day; 0 only when every step was seen."""
    with tempfile.TemporaryDirectory(prefix="tocovid-story-") as folder:
        async with play(Path(folder), households=households, language=say.language, limits=Limits()) as scene:
            return await _perform(scene, Narration(scene, say, out))


async def _perform(scene: Play, story: Narration) -> int:
    ready = asyncio.Event()

    async def curtain() -> None:
        ready.set()

    bot = asyncio.create_task(scene.app.run(curtain))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({bot, waiting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        return await _tell(scene, story)
    finally:
        scene.app.stop()
        await bot


async def _tell(scene: Play, story: Narration) -> int:
    try:
        await report_goes_up(scene, story)
        await stranger(scene, story)
        await directive_goes_down(scene, story)
        await group_moves(scene, story)
        await resident_leaves(scene, story)
        await round_is_asked(scene, story)
    except StepNotSeen as error:
        story.tell("step_not_seen", step=error)
        return exits.SOME_REFUSED
    await _figures(scene, story)
    return exits.DONE


async def _figures(scene: Play, story: Narration) -> None:
    await scene.later(timedelta())
    counts = (await scene.app.situation()).counts
    calls = scene.sandbox.counters
    story.chapter("figures")
    story.tell(
        "counts",
        steps=story.steps,
        reports=counts.reports_open,
        waiting=counts.mail_waiting,
        parked=counts.mail_parked,
        sent=calls["sendMessage"],
        edited=calls["editMessageText"],
    )
