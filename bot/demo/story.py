"""`tocovid demo --story`: one day of the district, played through the same doors, and checked in the chats."""

from __future__ import annotations

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
from bot.demo.district import District
from bot.demo.narration import Narration
from bot.demo.playing import play
from bot.demo.telling import StepNotSeen
from bot.sandbox import Limits
from models.records import MailState

Print = Callable[[str], None]


async def run_story(say: Say, out: Print, district: District) -> int:
    """Play the day; 0 only when every step was seen."""
    with tempfile.TemporaryDirectory(prefix="tocovid-story-") as folder:
        async with play(Path(folder), district, language=say.language, limits=Limits()) as scene:
            return await _tell(Narration(scene, say, out))


async def _tell(story: Narration) -> int:
    try:
        await report_goes_up(story)
        await stranger(story)
        await directive_goes_down(story)
        await group_moves(story)
        await resident_leaves(story)
        await round_is_asked(story)
    except StepNotSeen as error:
        story.tell("step_not_seen", step=error)
        return exits.SOME_REFUSED
    await _figures(story)
    return exits.DONE


async def _figures(story: Narration) -> None:
    await story.play.later(timedelta())
    books, calls = await story.play.bot.books(), story.play.sandbox.counters
    assert books is not None, "nobody has ended the bot"
    story.chapter("figures")
    story.tell(
        "counts",
        steps=story.steps,
        waiting=books.waiting,
        parked=books.outbox.get(MailState.PARKED, 0) + books.outbox.get(MailState.UNCERTAIN, 0),
        sent=calls["sendMessage"],
        edited=calls["editMessageText"],
    )
