"""Updates accepted a second, against the same rows inserted by bare sqlite3 in the same batches.

Ours is the door as it runs in the bot: updates at hand as dictionaries, looked at, written down, stored in the inbox
and committed, a full poll at a time. The peer inserts the very rows that ours made into the same table, with the same
indexes and the same settings, `synchronous=FULL` among them. They take turns, ten polls each. One JSON line for each,
one with the share. A number as argument takes so many updates.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.tables import say
from benchmarks.town import ME, MORNING, WORDS, Raw
from bot.demo.district import FIRST_ACCOUNT
from bot.migrating import migrate
from bot.owner import begin_epoch
from bot.telegram.door import Door
from bot.telegram.poll import MOST
from bot.writer import Writer
from models.database import SQLITE_PRAGMAS, open_engine

UPDATES = 40_000
HOMES = 3_000  #: From which they come.
TURN = 10  #: Polls that each takes before the other's turn, so that a busy machine burdens both alike.
AT_LEAST = 0.5  #: Of the peer's pace.

Row = tuple[Any, ...]


def polls(updates: int) -> list[list[Raw]]:
    """So many reports from private chats, a full poll at a time."""
    said = [_report(number) for number in range(1, updates + 1)]
    return [said[start : start + MOST] for start in range(0, updates, MOST)]


def _report(number: int) -> Raw:
    account, name = FIRST_ACCOUNT + number % HOMES, f"Lò Mẫu {number % HOMES}"
    message = {
        "message_id": number,
        "date": int(MORNING.timestamp()) + number // MOST,
        "chat": {"id": account, "type": "private", "first_name": name},
        "from": {"id": account, "is_bot": False, "first_name": name, "language_code": "vi"},
        "text": WORDS[number % len(WORDS)],
    }
    return {"update_id": number, "message": message}


class Ours:
    """The door on a database of its own."""

    def __init__(self, file: Path) -> None:
        self._writer = Writer(open_engine(f"sqlite:///{file.as_posix()}"))
        self._door = Door(self._writer, ME, lambda: datetime.now(UTC), lambda: None, _no_toast)

    async def begin(self) -> None:
        """Own the database, as the bot does."""
        self._writer.write_only_in(await self._writer.transact(begin_epoch))

    async def take(self, turn: Sequence[Sequence[Raw]]) -> float:
        """Accept these polls; seconds."""
        started = time.perf_counter()
        for poll in turn:
            await self._door.accept(poll)
        return time.perf_counter() - started

    def close(self) -> None:
        self._writer.close()


async def _no_toast(_query_id: str) -> None:
    return


class Bare:
    """The library that comes with Python, and nothing around it."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in SQLITE_PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def take(self, turn: Sequence[Sequence[Row]]) -> float:
        """Insert these batches of rows; seconds."""
        insert = f"INSERT INTO inbox VALUES ({', '.join('?' * len(turn[0][0]))})"
        started = time.perf_counter()
        for rows in turn:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(insert, rows)
            self._connection.execute("COMMIT")
        return time.perf_counter() - started

    def close(self) -> None:
        self._connection.close()


def rows_of(file: Path, turn: Sequence[Sequence[Raw]]) -> Iterator[list[Row]]:
    """The rows that ours made of these polls."""
    with closing(sqlite3.connect(file)) as connection:
        for poll in turn:
            first, last = poll[0]["update_id"], poll[-1]["update_id"]
            found = connection.execute("SELECT * FROM inbox WHERE update_id BETWEEN ? AND ? ORDER BY id", (first, last))
            rows = found.fetchall()
            assert len(rows) == len(poll), "not every update was kept"
            yield rows


async def measure(folder: Path, updates: int) -> tuple[float, float]:
    """Let both take all, in turns; the seconds of ours and of the peer."""
    our_file, bare_file = folder / "ours.sqlite3", folder / "bare.sqlite3"
    engine = open_engine(f"sqlite:///{our_file.as_posix()}")
    migrate(engine)
    engine.dispose()
    shutil.copy(our_file, bare_file)
    took, bare_took, everything = 0.0, 0.0, polls(updates)
    with closing(Ours(our_file)) as ours, closing(Bare(bare_file)) as bare:
        await ours.begin()
        for start in range(0, len(everything), TURN):
            turn = everything[start : start + TURN]
            took += await ours.take(turn)
            bare_took += bare.take(list(rows_of(our_file, turn)))
    return took, bare_took


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    updates = int(arguments[0]) if arguments else UPDATES
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        ours, bare = asyncio.run(measure(Path(folder), updates))
    for who, took in (("tocovid", ours), ("bare sqlite3", bare)):
        say(
            "intake",
            who=who,
            updates=updates,
            updates_per_second=round(updates / took),
            us_an_update=round(took / updates * 1e6, 1),
        )
    say("intake", share=round(bare / ours, 3), at_least=AT_LEAST, kept=bare / ours >= AT_LEAST)


if __name__ == "__main__":
    main(sys.argv[1:])
