"""Rounds of districts of any size: what opening one costs a household, and what its whole day costs as it grows.

Opening: the clock's ticks as the bot runs them, over communities of 40 homes with a group each, one home in ten asked
in private. The obvious way beside it: a job of APScheduler's and a message for every household. Growth: the same day
(opened, answered by six homes in ten, reminded of, called, closed, counted) for ten times the households. Every size
has a database and a process of its own. Numbers of households as arguments take the place of the usual ones.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from benchmarks.gauges import alone, memory_mb
from benchmarks.register import MORNING, POLICY, Register, account_of, group_of
from benchmarks.tables import held_to, show
from bot.migrating import migrate
from bot.router import PutOff, run
from bot.showing import show_newest
from handlers.commands import Place, PlaceKind, Sender
from handlers.commands.checkins import AdvanceRounds, AnswerRound
from models.database import open_engine
from models.notices.checkins import HomePrompted
from models.records import Card, Mail, MailState, Round
from models.rules.checkins import Answer
from models.rules.rounds import RoundStep
from models.work import Work

HOMES = (1_000, 10_000, 100_000)
MOST_BY_JOBS = 10_000  #: Beyond so many households, jobs with a commit each are not waited for.
FLAT = 1.2  #: The time of a household in a larger district, over that in a smaller one.
GROWTH = 11.0  #: The time of ten times the households.
FLAT_MEMORY_MB = 20.0  #: What the larger district may need beyond the smaller: SQLite keeps up to 16 MB of pages.
ANSWERED = 0.6  #: The share of homes that answer by themselves.
BATCH = 24  #: Taps that share a commit, as they do on a busy evening.


@dataclass
class Day:
    """What a day cost, stage by stage."""

    homes: int
    seconds: dict[str, float] = field(default_factory=dict)
    messages: int = 0
    longest_tick_ms: float = 0.0
    memory_mb: float = 0.0  #: Beyond what the process had before.

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add what passes inside to a stage."""
        started = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started


def prepare(url: str, homes: int) -> None:
    """A district of so many homes, its rounds planned."""
    engine = open_engine(url)
    migrate(engine)
    Register(homes).write(engine)
    with Session(engine) as session, session.begin():
        run(AdvanceRounds(), Work(session, MORNING, POLICY))
    engine.dispose()


def opening(url: str, homes: int) -> Day:
    """Open the round of every community by the clock's ticks."""
    engine, day = open_engine(url), Day(homes)
    _warm_up(engine)
    before = memory_mb()["now"]
    _tick_through(engine, RoundStep.OPEN, day)
    day.memory_mb = memory_mb()["highest"] - before
    with Session(engine) as session:
        day.messages = session.scalar(select(func.count(Mail.id))) or 0
    engine.dispose()
    return day


def whole_day(url: str, homes: int) -> Day:
    """A round from its opening until the figures went up."""
    engine, day = open_engine(url), Day(homes)
    _warm_up(engine)
    before = memory_mb()["now"]
    for step in RoundStep:
        now = _tick_through(engine, step, day)
        if step is RoundStep.OPEN:
            with day.timed("taps"):
                _answer(engine, now)
        _let_all_arrive(engine, now)
    day.memory_mb = memory_mb()["highest"] - before
    engine.dispose()
    return day


def _warm_up(engine: Engine) -> None:
    """What is compiled and learnt once is not the households' cost."""
    with Session(engine) as session, session.begin() as transaction:
        now = session.scalars(select(Round.opens_at).limit(1)).one()
        run(AdvanceRounds(most=1), Work(session, now, POLICY))
        transaction.rollback()
    gc.collect()


def _tick_through(engine: Engine, step: RoundStep, day: Day) -> datetime:
    """Let the clock tick at the moment this step is due until it was taken everywhere; that moment."""
    is_due = Round.next_step == step
    with Session(engine) as session:
        # Those just planned are a day further on.
        now = session.scalars(select(Round.due_at).where(is_due).order_by(Round.due_at).limit(1)).one()
    assert now is not None
    left = True
    while left:
        started = time.perf_counter()
        with day.timed(step.value), Session(engine, expire_on_commit=False) as session, session.begin():
            run(AdvanceRounds(), Work(session, now, POLICY))
        day.longest_tick_ms = max(day.longest_tick_ms, (time.perf_counter() - started) * 1000)
        with Session(engine) as session:
            left = session.scalar(select(Round.id).where(is_due, Round.due_at <= now).limit(1)) is not None
    return now


def _answer(engine: Engine, now: datetime) -> None:
    """Six homes in ten tap their community's board."""
    with Session(engine) as session:
        opened = select(Round.unit_id, Round.id).where(Round.next_step == RoundStep.REMIND)
        rounds = dict(row for row in session.execute(opened))
        register = Register(session.scalar(select(func.sum(Round.expected))) or 0)
    tapping = iter([home for home in register.households if home % 10 < 10 * ANSWERED])
    while batch := list(islice(tapping, BATCH)):
        with Session(engine, expire_on_commit=False) as session, session.begin():
            put_off: PutOff = {}
            for home in batch:
                unit = register.community_of(home)
                run(_tap(home, unit, rounds[unit]), Work(session, now, POLICY), put_off)
            show_newest(put_off, Work(session, now, POLICY))


def _tap(home: int, unit: int, round_id: int) -> AnswerRound:
    sender = Sender(account_of(home), f"Người {account_of(home)}")
    place = Place(group_of(unit), PlaceKind.GROUP)
    return AnswerRound(sender=sender, place=place, round_id=round_id, answer=Answer.ALL_WELL)


def _let_all_arrive(engine: Engine, now: datetime) -> None:
    with Session(engine) as session, session.begin():
        session.execute(update(Card).values(message_id=Card.id, shown_version=Card.version))
        session.execute(update(Mail).values(state=MailState.SENT, settled_at=now))


def by_jobs(url: str, homes: int) -> Day:
    """A job for every household, each asking it in private in a commit of its own."""
    return asyncio.run(_by_jobs(url, homes))


async def _by_jobs(url: str, homes: int) -> Day:
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    engine, day, scheduler, finished = open_engine(url), Day(homes), AsyncIOScheduler(), asyncio.Event()
    register = Register(homes)
    with Session(engine) as session:
        rounds = {round_.unit_id: round_ for round_ in session.scalars(select(Round))}
    before = memory_mb()["now"]

    async def ask(home: int) -> None:
        round_ = rounds[register.community_of(home)]
        prompt = HomePrompted(round_.id, home, str(home), round_.closes_at)
        with Session(engine) as session, session.begin():
            card = Card(chat_id=account_of(home), subject=round_.home_subject(home), kind=prompt.kind)
            card.notice = prompt.to_json()
            session.add(card)
            session.flush()
            mail = Mail(card_id=card.id, chat_id=card.chat_id, kind="", subject=card.subject, created_at=MORNING)
            session.add(mail)
        day.messages += 1
        if day.messages == homes:
            finished.set()

    with day.timed("open"):
        scheduler.start(paused=True)
        for home in register.households:
            scheduler.add_job(ask, "date", run_date=datetime.now(UTC), args=[home], misfire_grace_time=None)
        scheduler.resume()
        await finished.wait()
    day.memory_mb = memory_mb()["highest"] - before
    scheduler.shutdown(wait=False)
    engine.dispose()
    return day


def report_opening(days: Sequence[Day], jobs: Sequence[Day]) -> None:
    """Print what opening cost, and what it is held to."""
    rows = [("ticks", day) for day in days] + [("APScheduler, a job and a message a household", day) for day in jobs]
    show(
        "Opening a round",
        [
            {
                "who": who,
                "households": day.homes,
                "seconds": day.total,
                "µs a household": day.total / day.homes * 1e6,
                "times ours": day.total / next(each.total for each in days if each.homes == day.homes),
                "messages": day.messages,
                "longest tick, ms": day.longest_tick_ms,
                "memory, MB": day.memory_mb,
            }
            for who, day in rows
        ],
    )
    bars = []
    for less, more in pairwise(days):
        of = f"{more.homes:,} against {less.homes:,}"
        times = (more.total / more.homes) / (less.total / less.homes)
        bars.append({"what": f"time a household, {of}", "ours": times, **held_to(FLAT, times, "times")})
        beyond = more.memory_mb - less.memory_mb
        bars.append({"what": f"memory, {of}", "ours": beyond, **held_to(FLAT_MEMORY_MB, beyond, "MB more")})
    show("What opening is held to", bars)


def report_growth(less: Day, more: Day) -> None:
    """Print what a whole day cost in the two districts, and what its growth is held to."""
    stages = [*less.seconds, "all"]
    seconds = [{**day.seconds, "all": day.total} for day in (less, more)]
    sizes = [f"{day.homes:,} households, s" for day in (less, more)]
    show(
        "A round's whole day",
        [
            {"stage": stage, sizes[0]: seconds[0][stage], sizes[1]: seconds[1][stage]}
            | {"times": seconds[1][stage] / seconds[0][stage]}
            for stage in stages
        ],
    )
    allowed = GROWTH * more.homes / less.homes / 10
    times = more.total / less.total
    per_home = [day.memory_mb * 1024 / day.homes for day in (less, more)]
    show(
        "What growth is held to",
        [
            {"what": "time", "ours": times, **held_to(allowed, times, "times")},
            {"what": "memory a household, KB", "ours": per_home[1], **held_to(round(per_home[0], 2), per_home[1], "")},
            {"what": "longest tick, ms", "ours": more.longest_tick_ms, "bar": "", "kept": ""},
        ],
    )


def main() -> None:
    """Measure and print."""
    sizes = [int(argument) for argument in sys.argv[1:]] or HOMES
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:

        def fresh(name: str, homes: int) -> str:
            url = f"sqlite:///{Path(folder, name).as_posix()}-{homes}.sqlite3"
            alone(prepare, url, homes)
            return url

        opened = [alone(opening, fresh("ticks", homes), homes) for homes in sizes]
        few = [homes for homes in sizes if homes <= MOST_BY_JOBS]
        report_opening(opened, [alone(by_jobs, fresh("jobs", homes), homes) for homes in few])
        report_growth(*[alone(whole_day, fresh("day", homes), homes) for homes in sizes[:2]])


if __name__ == "__main__":
    main()
