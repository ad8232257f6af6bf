"""Updates accepted a second, against the same rows inserted by bare sqlite3 in the same batches.

Ours is the door as it runs in the bot: updates at hand as the service wrote them, read, looked at, stored in the inbox
and committed, a full poll at a time. The peer, which has nothing to read, inserts the very rows that ours made into the
same table, with the same indexes and the same settings, `synchronous=FULL` among them. They take turns, ten polls each.
One JSON line for each, one with the share. A number as argument takes so many updates.
"""

from __future__ import annotations

import asyncio
import gc
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.tables import say
from benchmarks.town import ME, MORNING, WORDS, sent
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


def polls(updates: int) -> list[list[bytes]]:
    """So many reports from private chats, a full poll at a time."""
    said = [_report(number) for number in range(1, updates + 1)]
    return [said[start : start + MOST] for start in range(0, updates, MOST)]


def _report(number: int) -> bytes:
    account, name = FIRST_ACCOUNT + number % HOMES, f"Lò Mẫu {number % HOMES}"
    message = {
        "message_id": number,
        "date": int(MORNING.timestamp()) + number // MOST,
        "chat": {"id": account, "type": "private", "first_name": name},
        "from": {"id": account, "is_bot": False, "first_name": name, "language_code": "vi"},
        "text": WORDS[number % len(WORDS)],
    }
    return sent({"update_id": number, "message": message})


@dataclass
class Spent:
    """What accepting has cost so far."""

    seconds: float = 0.0
    cpu: float = 0.0  #: Seconds of all threads; those do not wait for a disk that others use, too.

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count the block."""
        started, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds += time.perf_counter() - started
        self.cpu += time.process_time() - cpu


class Ours:
    """The door on a database of its own."""

    def __init__(self, file: Path) -> None:
        self.spent = Spent()
        self._writer = Writer(open_engine(f"sqlite:///{file.as_posix()}"))
        self._door = Door(self._writer, ME, lambda: datetime.now(UTC), lambda: None, _no_toast)

    async def begin(self) -> None:
        """Own the database, as the bot does."""
        self._writer.write_only_in(await self._writer.transact(begin_epoch))

    async def take(self, turn: Sequence[Sequence[bytes]]) -> None:
        """Accept these polls."""
        with self.spent.counted():
            for poll in turn:
                await self._door.accept(poll)

    def close(self) -> None:
        self._writer.close()


async def _no_toast(_query_id: str) -> None:
    return


class Bare:
    """The library that comes with Python, and nothing around it."""

    def __init__(self, file: Path) -> None:
        self.spent = Spent()
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in SQLITE_PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def take(self, turn: Sequence[Sequence[Row]]) -> None:
        """Insert these batches of rows."""
        insert = f"INSERT INTO inbox VALUES ({', '.join('?' * len(turn[0][0]))})"
        with self.spent.counted():
            for rows in turn:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany(insert, rows)
                self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def rows_of(file: Path, after: int) -> list[list[Row]]:
    """The rows that ours made of the updates after this one, by poll."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT * FROM inbox WHERE update_id > ? ORDER BY id", (after,)).fetchall()
    return [rows[start : start + MOST] for start in range(0, len(rows), MOST)]


async def measure(folder: Path, updates: int) -> tuple[Spent, Spent]:
    """Let both take all, in turns; what it cost ours and the peer."""
    our_file, bare_file = folder / "ours.sqlite3", folder / "bare.sqlite3"
    engine = open_engine(f"sqlite:///{our_file.as_posix()}")
    migrate(engine)
    engine.dispose()
    shutil.copy(our_file, bare_file)
    everything = polls(updates)
    # As the bot does, once it has started.
    gc.freeze()
    with closing(Ours(our_file)) as ours, closing(Bare(bare_file)) as bare:
        await ours.begin()
        for start in range(0, len(everything), TURN):
            turn = everything[start : start + TURN]
            await ours.take(turn)
            rows = rows_of(our_file, start * MOST)
            assert sum(map(len, rows)) == sum(map(len, turn)), "not every update was kept"
            bare.take(rows)
    return ours.spent, bare.spent


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    updates = int(arguments[0]) if arguments else UPDATES
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        ours, bare = asyncio.run(measure(Path(folder), updates))
    for who, spent in (("tocovid", ours), ("bare sqlite3", bare)):
        say(
            "intake",
            who=who,
            updates=updates,
            updates_per_second=round(updates / spent.seconds),
            us_an_update=round(spent.seconds / updates * 1e6, 1),
            cpu_us_an_update=round(spent.cpu / updates * 1e6, 1),
        )
    share = bare.seconds / ours.seconds
    say("intake", share=round(share, 3), at_least=AT_LEAST, kept=share >= AT_LEAST)


if __name__ == "__main__":
    main(sys.argv[1:])
