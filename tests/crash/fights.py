"""Two workers fight for one bot while 20,000 messages leave: nothing is lost, and only what was in flight is doubled.

`python -m tests.crash.fights 20000` on a real PostgreSQL. Every few seconds the owner is killed, told to end, cut off
from the server, or put to sleep until the other has taken over; one that wakes must end, and write nothing more. A
worker that has ended is started again and stands by. One line at the end.
"""

from __future__ import annotations

import asyncio
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import psycopg
from sqlalchemy.orm import Session

from bot.sandbox import Fault
from models.database import open_engine
from models.notices.reports import HelpConfirmed
from models.records import MailState
from models.rules.mail import Priority
from models.rules.policy import Policy
from models.work import Work
from tests.crash import ledger, village
from tests.crash.hand_overs import Line, in_line
from tests.crash.village import BOT_ID, Village
from tests.databases import postgres_server

#: Slow enough that a fight over few messages has several blows.
PACE: dict[str, object] = {**village.NO_PACE, "per_second": 100}
#: Seconds between two blows, at least and at most.
LULL = 1.0, 4.0
#: What a bot says that finds out that another has taken over.
DEPOSED = "bot khác đã nhận"
_RECOVERED = re.compile(r"event='mail_recovered' waiting=(\d+)")
_MARK = re.compile(r"#\d{5}")


@dataclass
class Found:
    """What came of the fight."""

    messages: int
    blows: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0  #: At all blows together, as each new owner found it.
    lost: int = 0
    doubled: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        blows = ", ".join(f"{blow} {times}" for blow, times in self.blows.items())
        return (
            f"{self.messages} messages in {self.seconds:.0f} s, owners {blows}: {self.lost} lost, "
            f"{self.in_flight} in flight, {self.doubled} doubled, {len(self.wrong)} wrong"
        )


def forget_owner(database: str) -> None:
    """End the connection that holds the owner's lock, as the server does when a machine is cut off."""
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )


async def kill(line: Line, _database: str) -> None:
    await line.owner.kill()


async def tell_to_end(line: Line, _database: str) -> None:
    await line.owner.stop()


async def cut_off(line: Line, database: str) -> None:
    """It lives and believes that the database is its own, until it writes."""
    await asyncio.to_thread(forget_owner, database)
    await require_deposed(line)


async def put_to_sleep(line: Line, database: str) -> None:
    """It sleeps with messages in flight, and wakes when they are another's."""
    line.owner.send(signal.SIGSTOP)
    await asyncio.to_thread(forget_owner, database)
    await line.next.until_said("tocovid ready")
    await asyncio.sleep(1)
    line.owner.send(signal.SIGCONT)
    await require_deposed(line)


async def require_deposed(line: Line) -> None:
    await line.owner.until_gone()
    assert DEPOSED in line.owner.said, line.owner.said
    assert "Traceback" not in line.owner.said, line.owner.said


BLOWS: dict[str, Callable[[Line, str], Awaitable[None]]] = {
    "killed": kill,
    "told to end": tell_to_end,
    "cut off": cut_off,
    "asleep": put_to_sleep,
}


def fill_outbox(place: Village, database: str, messages: int) -> None:
    """So many messages wait, each with a mark of its own, for everybody in turn."""
    engine = open_engine(database)
    everybody = cycle([*place.staff, *(who for code in village.COMMUNITIES for who in place.residents[code])])
    with Session(engine) as session, session.begin():
        work = Work(session, village.now(), Policy())
        for number in range(messages):
            work.tell(next(everybody), HelpConfirmed(f"#{number:05}"), priority=Priority.BULK)
    engine.dispose()


async def fight(messages: int, database: str, folder: Path, seed: int = 1) -> Found:
    """Let so many messages leave while the two fight, and look for each."""
    place, dice, found = village.build(seed), random.Random(seed), Found(messages)
    # A little way to go, so that a blow finds messages under way.
    place.sandbox.faults.add(Fault(trouble="slow", times=None, seconds=0.04, probability=0.7))
    await asyncio.to_thread(village.settle_in, place, database, folder)
    async with in_line(place, database, folder, pacing=PACE) as line:
        await asyncio.to_thread(fill_outbox, place, database, messages)
        began = time.monotonic()
        while (await asyncio.to_thread(ledger.mail_by_state, database))[MailState.WAITING]:
            blow = dice.choice(list(BLOWS))
            await BLOWS[blow](line, database)
            found.blows[blow] += 1
            await line.move_up()
            say(f"{blow}: {len(marks(place))} of {messages} messages have left")
            await asyncio.sleep(dice.uniform(*LULL))
        await ledger.until_all_mail_left(database)
        found.seconds = time.monotonic() - began
    look_for_each(found, place, database, folder)
    return found


def look_for_each(found: Found, place: Village, database: str, folder: Path) -> None:
    """Which messages are there, how often, and how often that may be."""
    seen = marks(place)
    found.lost = found.messages - len(seen)
    found.doubled = seen.total() - len(seen)
    found.in_flight = sum(recovered(folder))
    found.wrong += ledger.audit_mail(place, database)
    if found.lost:
        found.wrong.append(f"{found.lost} messages lost")
    if found.doubled > found.in_flight:
        found.wrong.append(f"{found.doubled} messages doubled, {found.in_flight} were in flight")


def marks(place: Village) -> Counter[str]:
    """The marks that stand in people's chats."""
    rooms = place.sandbox.world.bots[BOT_ID].private.values()
    texts = (kept.message.text or "" for room in rooms for kept in room.messages.values() if kept.author == BOT_ID)
    return Counter(mark for text in texts for mark in _MARK.findall(text))


def recovered(folder: Path) -> Iterator[int]:
    """How many messages each new owner found in flight."""
    for log in folder.glob("bot-*.log"):
        yield from (int(number) for number in _RECOVERED.findall(log.read_text(encoding="utf-8")))


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def main() -> None:
    """Let as many messages leave as the argument says; the exit code is 0 only if nothing was wrong."""
    messages = int(sys.argv[1]) if sys.argv[1:] else 20_000
    with (
        tempfile.TemporaryDirectory(prefix="tocovid-fights-") as folder,
        postgres_server() as server,
        server.new_url() as database,
    ):
        server.flush()
        found = asyncio.run(fight(messages, database, Path(folder)))
    print(found, *found.wrong, sep="\n  ")
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
