"""`tocovid demo`: the whole district on this machine, with a page to play it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bot import exits
from bot.catalogue import Say
from bot.demo.district import District
from bot.demo.door import routes
from bot.demo.playing import play
from bot.running import when_told_to_end

Print = Callable[[str], None]


async def run_demo(say: Say, out: Print, *, port: int, folder: Path | None, district: District, verbose: bool) -> int:
    """Serve the page and keep the bot running until Ctrl-C; the exit code."""
    with ExitStack() as stack:
        kept = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tocovid-demo-")))
        kept.mkdir(parents=True, exist_ok=True)
        out(say("demo.preparing", units=say.number(len(district.places)), households=say.number(len(district.homes))))
        ended = asyncio.Event()
        when_told_to_end(ended.set)
        async with play(kept, district, port=port, language=say.language, verbose=verbose, around=routes) as scene:
            out(say("demo.open", url=scene.url))
            out(say("demo.kept" if folder else "demo.not_kept", folder=kept))
            await ended.wait()
        out(say("demo.ended"))
    return exits.DONE
