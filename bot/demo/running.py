"""`tocovid demo`: the whole district on this machine, with a page to play it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bot import exits
from bot.catalogue import Say
from bot.demo.playing import play
from bot.running import stop_on_signal

Print = Callable[[str], None]


async def run_demo(say: Say, out: Print, *, port: int, folder: Path | None, households: int) -> int:
    """Serve the page and run the bot until Ctrl-C; the exit code."""
    with ExitStack() as stack:
        kept = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tocovid-demo-")))
        kept.mkdir(parents=True, exist_ok=True)
        out(say("demo.preparing", households=say.number(households)))
        async with play(kept, port=port, households=households, language=say.language) as scene:
            stop_on_signal(scene.app)

            async def ready() -> None:
                out(say("demo.open", url=scene.url))
                out(say("demo.kept" if folder else "demo.not_kept", folder=kept))

            await scene.app.run(ready)
        out(say("demo.ended"))
    return exits.DONE
