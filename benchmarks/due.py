"""100,000 due rows taken by ticks, each with its board, the mail that shows it, its next due time and its successor.

Ours: the clock's own command, 2,000 rows a commit on the writer's thread, as the bot runs it. The obvious way: a job
of APScheduler's for every row, due at the same moment, each with the same effects in a commit of its own; and, since
that many commits take too long to wait for, the same number of jobs that do nothing at all. One table. A number as
argument takes so many rows.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.gauges import alone, memory_mb, watching
from benchmarks.register import MORNING, POLICY, Register, group_of
from benchmarks.tables import held_to, show
from bot.migrating import migrate
from bot.router import run
from bot.writer import Writer
from handlers.commands.checkins import AdvanceRounds
from models.database import open_engine
from models.notices.checkins import RoundOpened
from models.records import Card, Mail, Round
from models.rules.rounds import RoundState, RoundStep
from models.work import Work

ROWS = 100_000
CHUNK = 2_000  #: Rows that ours takes in one commit.
BY_JOBS = 20  #: One row in so many is also taken by a job of its own, with its effects.
MOST_SECONDS, MOST_STALL_MS = 10.0, 100.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What it cost to take so many due rows."""

    rows: int
    seconds: float
    stall_ms: float
    memory_mb: float  #: Beyond what the process had before.


def prepare(url: str, rows: int) -> datetime:
    """As many communities of one home each, their rounds planned; when all of them open."""
    engine = open_engine(url)
    migrate(engine)
    Register(rows, homes_each=1, privately_every=rows + 1).write(engine)
    with Session(engine) as session, session.begin():
        run(AdvanceRounds(), Work(session, MORNING, POLICY))
        opens_at = session.scalars(select(Round.opens_at).distinct()).one()
    engine.dispose()
    return opens_at


def by_ticks(url: str, now: datetime) -> Taken:
    """Tick after tick until nothing is due."""
    return asyncio.run(_by_ticks(url, now))


async def _by_ticks(url: str, now: datetime) -> Taken:
    writer = Writer(open_engine(url))

    def tick(session: Session) -> bool:
        run(AdvanceRounds(most=CHUNK), Work(session, now, POLICY))
        return session.scalar(select(Round.id).where(Round.due_at <= now).limit(1)) is not None

    gc.freeze()
    before, started = memory_mb()["now"], time.perf_counter()
    async with watching() as stall:
        while await writer.transact(tick):
            pass
    took = time.perf_counter() - started
    rows = await writer.transact(_require_effects)
    writer.close()
    return Taken(rows, took, stall.seconds * 1000, memory_mb()["highest"] - before)


def _require_effects(session: Session) -> int:
    """How many rounds are open; each has its board, its mail and its successor."""
    opened = session.scalar(select(func.count(Round.id)).where(Round.state == RoundState.OPEN)) or 0
    planned = session.scalar(select(func.count(Round.id)).where(Round.state == RoundState.SCHEDULED))
    boards = session.scalar(select(func.count(Card.id)).where(Card.kind == RoundOpened.__name__))
    mails = session.scalar(select(func.count(Mail.id)))
    assert boards == mails == planned == opened, (opened, planned, boards, mails)
    return opened


def by_jobs(url: str, now: datetime, rows: int) -> Taken:
    """A job for each of so many rounds, every one with the same effects in its own commit."""
    engine = open_engine(url)
    with Session(engine) as session:
        ids = list(session.scalars(select(Round.id).where(Round.due_at <= now).limit(rows)))

    def take(round_id: int) -> None:
        with Session(engine) as session, session.begin():
            _take_one(session, session.get_one(Round, round_id), now)

    taken = asyncio.run(_by_jobs(ids, take))
    engine.dispose()
    return taken


def _take_one(session: Session, round_: Round, now: datetime) -> None:
    """What opening a round does, written as one would who takes one at a time."""
    round_.state, round_.expected, round_.next_step = RoundState.OPEN, 1, RoundStep.REMIND
    round_.due_at = round_.reminds_at
    board = RoundOpened(round_.id, round_.unit_id, 0, 1, round_.closes_at)
    card = Card(chat_id=group_of(round_.unit_id), subject=round_.subject, kind=board.kind, notice=board.to_json())
    session.add(card)
    session.flush()
    mail = Mail(card_id=card.id, chat_id=card.chat_id, kind="", subject=card.subject, created_at=now)
    a_day = timedelta(days=1)
    coming = Round(
        unit_id=round_.unit_id,
        day=round_.day + a_day,
        opens_at=round_.opens_at + a_day,
        reminds_at=round_.reminds_at + a_day,
        call_list_at=round_.call_list_at + a_day,
        warns_at=round_.warns_at + a_day,
        closes_at=round_.closes_at + a_day,
        next_step=RoundStep.OPEN,
        due_at=round_.opens_at + a_day,
    )
    session.add_all([mail, coming])


def by_idle_jobs(rows: int) -> Taken:
    """As many jobs that have nothing to do: what the scheduler alone costs."""
    return asyncio.run(_by_jobs(range(rows), lambda _number: None))


async def _by_jobs(ids: list[int] | range, take: Callable[[int], None]) -> Taken:
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler, left, finished = AsyncIOScheduler(), len(ids), asyncio.Event()
    before = memory_mb()["now"]

    async def job(row_id: int) -> None:
        nonlocal left
        take(row_id)
        left -= 1
        if not left:
            finished.set()

    scheduler.start(paused=True)
    due_at = datetime.now(UTC)
    for row_id in ids:
        scheduler.add_job(job, "date", run_date=due_at, args=[row_id], misfire_grace_time=None)
    started = time.perf_counter()
    async with watching() as stall:
        scheduler.resume()
        await finished.wait()
    took = time.perf_counter() - started
    scheduler.shutdown(wait=False)
    return Taken(len(ids), took, stall.seconds * 1000, memory_mb()["highest"] - before)


def report(takers: dict[str, Taken]) -> None:
    """Print who took how long, and what ours is held to."""
    ours = takers["ticks, 2,000 rows a commit"]
    per_row = ours.seconds / ours.rows
    show(
        f"{ours.rows:,} due rows",
        [
            {
                "who": who,
                "rows": taken.rows,
                "seconds": taken.seconds,
                "µs a row": taken.seconds / taken.rows * 1e6,
                "times ours": taken.seconds / taken.rows / per_row,
                "longest stall, ms": taken.stall_ms,
                "memory, MB": taken.memory_mb,
            }
            for who, taken in takers.items()
        ],
    )
    show(
        "What ours is held to",
        [
            {"what": "seconds", "ours": ours.seconds, **held_to(MOST_SECONDS, ours.seconds, "s")},
            {"what": "longest stall", "ours": ours.stall_ms, **held_to(MOST_STALL_MS, ours.stall_ms, "ms")},
        ],
    )


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if sys.argv[1:] else ROWS
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        ours, theirs = (f"sqlite:///{Path(folder, name).as_posix()}.sqlite3" for name in ("ours", "theirs"))
        few = max(1, rows // BY_JOBS)
        now = alone(prepare, ours, rows)
        alone(prepare, theirs, few)
        report(
            {
                "ticks, 2,000 rows a commit": alone(by_ticks, ours, now),
                "APScheduler, a job a row, one commit each": alone(by_jobs, theirs, now, few),
                "APScheduler, a job a row that does nothing": alone(by_idle_jobs, rows),
            }
        )


if __name__ == "__main__":
    main()
