"""Hand-overs: how long people wait when one bot ends, or dies, and the one that stands by takes its place.

`python -m tests.crash.hand_overs 10` lets the owner be told to end ten times and killed ten times; `--postgres` on a
real PostgreSQL. From the moment it ends, residents report one after the other for two seconds; the gap is the longest
that any of them waited for the receipt. A line for each, and the longest of both kinds with their bars.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path

from bot.sandbox import serve
from tests.crash import village
from tests.crash.bot_process import PATIENCE, BotProcess, started
from tests.crash.village import BOT_ID, Village
from tests.databases import postgres_server

#: Seconds that anybody may wait: when the owner is told to end, and when it dies.
BARS = {"told to end": 3.0, "killed": 10.0}
#: Seconds between two reports while the hand-over goes on.
APART = 0.25


async def until_answered(place: Village, account: int, words: str, within: float) -> float:
    """Let a resident report, and wait for the receipt; the seconds it took."""
    began = time.monotonic()
    said = place.hands.say(account, BOT_ID, words)
    await place.hands.wait_for(
        account, BOT_ID, lambda seen: seen.by_bot and "TD-" in seen.text, after=said, within=within
    )
    return time.monotonic() - began


async def longest_wait(place: Village) -> float:
    """The longest of the waits of those who report in the next two seconds."""
    residents = [who for code in village.COMMUNITIES for who in place.residents[code][:2]]

    async def report_later(turn: int, who: int) -> float:
        await asyncio.sleep(turn * APART)
        return await until_answered(place, who, "Nhà tôi hết gạo", within=PATIENCE)

    return max(await asyncio.gather(*[report_later(turn, who) for turn, who in enumerate(residents)]))


class Line:
    """The bot that owns the database and the one that stands by behind it."""

    def __init__(self, config: Path, folder: Path, stack: AsyncExitStack) -> None:
        self._config, self._folder, self._stack = config, folder, stack
        self._starts = 0
        self.owner: BotProcess
        self.next: BotProcess

    async def form(self) -> None:
        self.owner = await self._start("tocovid ready")
        self.next = await self._start("đứng chờ")

    async def _start(self, words: str) -> BotProcess:
        self._starts += 1
        bot, _ = await self._stack.enter_async_context(
            started(self._config, self._folder, f"bot-{self._starts}", "--standby")
        )
        await bot.until_said(words)
        return bot

    async def move_up(self) -> None:
        """The owner has ended: the next one is the owner, and another takes its place in the line."""
        await self.next.until_said("tocovid ready")
        self.owner, self.next = self.next, await self._start("đứng chờ")


@asynccontextmanager
async def in_line(place: Village, database: str, folder: Path, **sections: dict[str, object]) -> AsyncIterator[Line]:
    """An owner and one that stands by, in the village's service; `sections` are of their config."""
    async with serve(place.sandbox) as url, AsyncExitStack() as stack:
        line = Line(village.write_config(folder, url, database, **sections), folder, stack)
        await line.form()
        yield line


async def measure(times: int, database: str, folder: Path) -> dict[str, list[float]]:
    """The gaps of so many hand-overs of both kinds, in turns."""
    place = village.build()
    await asyncio.to_thread(village.settle_in, place, database, folder)
    gaps: dict[str, list[float]] = {kind: [] for kind in BARS}
    async with in_line(place, database, folder) as line:
        for kind in list(BARS) * times:
            await asyncio.sleep(2)
            line.owner.send(signal.SIGTERM if kind == "told to end" else signal.SIGKILL)
            gap = await longest_wait(place)
            gaps[kind].append(gap)
            print(f"{kind}: nobody waited longer than {gap:.2f} s", flush=True)
            await line.move_up()
    return gaps


def main() -> None:
    """Hand over as often as the first argument says; the exit code is 0 only if no bar was passed."""
    asked = argparse.ArgumentParser(prog="python -m tests.crash.hand_overs", description=__doc__)
    asked.add_argument("times", type=int, nargs="?", default=10)
    asked.add_argument("--postgres", action="store_true")
    given = asked.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="tocovid-hand-overs-") as folder,
        postgres_server() if given.postgres else nullcontext() as server,
        server.new_url() if server else nullcontext(f"sqlite:///{folder}/district.sqlite3") as database,
    ):
        gaps = asyncio.run(measure(given.times, database, Path(folder)))
    for kind, seconds in gaps.items():
        print(f"{kind} {len(seconds)} times: longest {max(seconds):.2f} s, may be {BARS[kind]:.0f} s")
    sys.exit(any(max(seconds) > BARS[kind] for kind, seconds in gaps.items()))


if __name__ == "__main__":
    main()
