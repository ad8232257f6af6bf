"""Due messages handed over a second, to a sender that only records: the deliverer against a job queue.

20,000 messages lie in the outbox, each to another chat, and all are due. Ours is the deliverer as it runs in the bot
with its pace lifted: leased, committed, read, handed over, marked in a second commit; on SQLite with
`synchronous=FULL`, and on PostgreSQL, which flushes every commit too. The peer is procrastinate on the same server: a
job for every message, 40 at once, for more make it slower. For both, what was imported is out of the garbage
collector's sight, as in the bot. The clock runs from nothing under way to the last one marked. One JSON line for each,
one with the ratios. A number as argument hands over so many.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from procrastinate import App as Procrastinate
from procrastinate import PsycopgConnector
from procrastinate.types import JSONDict
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.tables import say
from bot.migrating import migrate
from bot.owner import begin_epoch
from bot.telegram.deliver import Deliverer
from bot.telegram.envelope import Envelope
from bot.telegram.pacing import Limits, Pacer
from bot.telegram.send import Arrived, Outcome, Sender
from bot.writer import Writer
from models.database import open_engine
from models.notices import Contact
from models.notices.reports import ReportFiled
from models.records import Mail, MailState
from models.rules.policy import Policy
from models.work import Work
from tests.databases import postgres_server

MESSAGES = 20_000
AT_LEAST = 10.0  #: Times the peer's pace.
AT_ONCE = 40  #: Jobs the peer has under way.
NO_PACE = Limits(per_second=0, per_chat_second=0, per_group_minute=0)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SAID = ReportFiled("TD-48213", Contact("Lò Thị Mẫu", "0900000001"), NOW + timedelta(hours=4), place_known=True)


class Recorder(Sender):
    """Sends nothing: it keeps what it was given."""

    def __init__(self, expected: int) -> None:
        self.sent: list[int] = []
        self.all_sent = asyncio.Event()
        self._expected = expected

    async def send(self, envelope: Envelope) -> Outcome:
        self.sent.append(envelope.mail_id)
        if len(self.sent) == self._expected:
            self.all_sent.set()
        return Arrived(len(self.sent))


def lay(session: Session, messages: int) -> None:
    """Let so many messages be due."""
    work = Work(session, NOW, Policy())
    for chat_id in range(1, messages + 1):
        work.tell(chat_id, SAID, subject=f"report:{chat_id}", not_before=NOW)


def require_sent(session: Session, messages: int) -> None:
    """Every one is marked as sent."""
    sent = session.scalar(select(func.count(Mail.id)).where(Mail.state == MailState.SENT))
    assert sent == messages, f"{sent} of {messages} marked sent"


async def ours(url: str, messages: int) -> float:
    """The deliverer on this database; seconds."""
    engine = open_engine(url)
    migrate(engine)
    writer, recorder = Writer(engine), Recorder(messages)
    epoch = await writer.transact(begin_epoch)
    writer.write_only_in(epoch)
    await writer.transact(lambda session: lay(session, messages))
    deliverer = Deliverer(writer, recorder, Pacer(NO_PACE), Policy(), lambda: NOW, epoch)
    started = time.perf_counter()
    running = asyncio.create_task(deliverer.run())
    await recorder.all_sent.wait()
    await deliverer.drain(seconds=60.0)
    took = time.perf_counter() - started
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(set(recorder.sent)) == messages, "something was handed over twice"
    await writer.transact(lambda session: require_sent(session, messages))
    writer.close()
    return took


async def the_peers(url: str, messages: int) -> float:
    """A worker of procrastinate on this database; seconds."""
    sent: list[int] = []
    queue = Procrastinate(connector=PsycopgConnector(conninfo=url))

    @queue.task(name="send")
    async def send(chat_id: int, kind: str, notice: str) -> None:
        sent.append(chat_id)

    async with queue.open_async():
        await queue.schema_manager.apply_schema_async()
        said: list[JSONDict] = [
            {"chat_id": chat_id, "kind": SAID.kind, "notice": SAID.to_json()} for chat_id in range(1, messages + 1)
        ]
        await send.batch_defer_async(*said)
        started = time.perf_counter()
        await queue.run_worker_async(concurrency=AT_ONCE, wait=False, install_signal_handlers=False)
        took = time.perf_counter() - started
    assert len(set(sent)) == len(sent) == messages, f"{len(sent)} of {messages} sent"
    return took


def report(took: dict[str, float], messages: int, peer: str) -> None:
    """Print each one's pace, and how many times the peer's ours is."""
    paces = {who: messages / seconds for who, seconds in took.items()}
    for who, pace in paces.items():
        say("mail", who=who, messages=messages, seconds=round(took[who], 2), messages_per_second=round(pace))
    times = {who: round(pace / paces[peer], 2) for who, pace in paces.items() if who != peer}
    say("mail", times_the_pace_of=peer, times=times, at_least=AT_LEAST, kept=min(times.values()) >= AT_LEAST)


def measure(messages: int, folder: Path) -> dict[str, float]:
    """Let each hand over so many; seconds."""
    with postgres_server() as server, server.new_url() as our_url, server.new_url() as their_url:
        server.flush()
        gc.freeze()
        return {
            "tocovid, SQLite": asyncio.run(ours(f"sqlite:///{(folder / 'mail.sqlite3').as_posix()}", messages)),
            "tocovid, PostgreSQL": asyncio.run(ours(our_url, messages)),
            "procrastinate, PostgreSQL": asyncio.run(the_peers(their_url, messages)),
        }


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    messages = int(arguments[0]) if arguments else MESSAGES
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        report(measure(messages, Path(folder)), messages, "procrastinate, PostgreSQL")


if __name__ == "__main__":
    main(sys.argv[1:])
