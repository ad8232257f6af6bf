"""Everything at once: 10,000 homes tapping within two minutes, 2,000 reports coming in, an alarm to 1,400 groups.

The whole bot over HTTP against a strict sandbox in a process of its own. All rounds are open and their boards stand in
the groups; then every home taps, one message in six is a report, and half a minute later the district raises an alarm,
which goes to every group and to all who serve. What may leave first is said by the pace: alarms, then receipts. So what
counts is how much later each came than from a queue that sends nothing else, at the share of the pace that
`benchmarks.pacing` promises, whether anything came out of order, and how much memory it took; and that in the end every
board says what its homes answered. One JSON line for each. As arguments: communes, in proportion fewer homes and
reports; and seconds in which they act, more of them on a machine that has other work.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import ColumnElement, Engine, and_, func, select
from sqlalchemy.orm import Session

from benchmarks.crowd import COMMUNES, REPORTING, SECONDS, TAPPING, Size, Watch, play_district
from benchmarks.far_end import process
from benchmarks.pacing import PER_SECOND, PROMISED
from benchmarks.reports import RECEIPTS, at, lateness, waits
from benchmarks.starting import memory_of
from benchmarks.tables import say
from benchmarks.taps import taps_behind
from benchmarks.town import MORNING, ORDER, do, let_all_arrive, sender, with_lists
from bot.app import App
from bot.demo.playing import settings_for
from bot.moments import WallClock
from handlers.commands import Place
from handlers.commands import Sender as Giver
from handlers.commands.checkins import AdvanceRounds
from handlers.commands.directives import DraftDirective, RaiseAlarm
from handlers.commands.enrolment import IntroduceNewGroups
from models.database import open_engine
from models.records import CheckinAnswer, Directive, EntryState, InboxEntry, Mail, MailState, Person, Report, Round
from models.rules.directives import ALARM_ASKED
from models.rules.mail import Priority
from models.rules.roles import Role

ALARM_AFTER = 0.25  #: Of the seconds in which all act.
AT_MOST = 3.0  #: Seconds that 99 of 100 receipts may come later than from a queue that sends nothing else.
GROWS = 1.25  #: Times its memory before the first tap.
LAST_BOARDS = 900.0  #: Seconds that the last boards get, behind everything that is more urgent.
LOOK = 5.0  #: Seconds between two looks at them: each reads every board.
MOST_BEFORE = 40  #: Other mail that may arrive before the alarm does: a little more than was on its way.


def prepare(folder: Path, size: Size) -> datetime:
    """Import the district, let it be known in its groups, draft the alarm; the moment at which its rounds open."""
    district = size.district()
    town = with_lists(folder, district)
    engine = open_engine(f"sqlite:///{town.file.as_posix()}")
    commander = district.holding(Role.COMMANDER, "TD")[0]
    with Session(engine, expire_on_commit=False) as session, session.begin():
        do(IntroduceNewGroups(most=size.groups + 1), session, MORNING, town.policy)
        do(AdvanceRounds(), session, MORNING, town.policy)
        opens_at = max(session.scalars(select(Round.opens_at)))
        drafted = DraftDirective(sender=sender(commander), place=Place(commander.account), words=ORDER)
        do(drafted, session, opens_at, town.policy)
        let_all_arrive(session, opens_at)
    engine.dispose()
    return opens_at


@dataclass
class Behind:
    """What the bot knows of it afterwards."""

    began: float  #: Of the first tap, in monotonic seconds.
    raised: float  #: Of the alarm.
    memory: list[tuple[float, float]]  #: Monotonic seconds, and the resident memory in MB.
    cpu: float  #: Seconds from the first tap to the last receipt.
    ahead: list[float] = field(default_factory=list)  #: When each mail that goes before the receipts was told.
    alarm_took: float = 0.0  #: Seconds until the last group and person had it.
    directed: int = 0  #: To how many chats it went.
    overtaken_by: int = 0  #: Mail that was no alarm and left meanwhile.
    out_of_order: int = 0  #: Mail that left after a later one about the same for the same chat.
    waiting: int = 0  #: Updates without their effects when the last receipt had come.
    boards_behind: int = 0  #: Boards that never came to say what their homes answered.
    boards_took: float = 0.0  #: Seconds from the last receipt until all of them did.
    answers: int = 0
    reports: int = 0


async def run_bot(pipe: Connection, folder: Path, opens_at: datetime, size: Size) -> tuple[Watch, Behind]:
    """Run the bot beside the sandbox; what was seen on both sides."""
    url, clock = await asyncio.to_thread(pipe.recv), WallClock()
    clock.set(opens_at + timedelta(minutes=1))
    memory: list[tuple[float, float]] = []
    async with App(settings_for(url, folder, "vi"), clock) as app:

        async def ready() -> None:
            pipe.send("ready")

        running = asyncio.create_task(app.run(ready))
        began: float = await asyncio.to_thread(pipe.recv)
        cpu, watching = time.process_time(), asyncio.create_task(_watch_memory(memory))
        await asyncio.sleep(ALARM_AFTER * size.seconds)
        raised = time.monotonic()
        await app.do(await app.writer.transact(_raising))
        seen: Watch = await asyncio.to_thread(pipe.recv)
        behind = Behind(began, raised, memory, time.process_time() - cpu)
        watching.cancel()
        behind.waiting = await app.writer.transact(_waiting)
        await _let_boards_catch_up(app, behind)
        app.stop()
        await running
        _look_back(app.engine, behind, clock)
        return seen, behind


def _waiting(session: Session) -> int:
    return session.scalar(select(func.count()).where(InboxEntry.state == EntryState.WAITING)) or 0


async def _let_boards_catch_up(app: App, behind: Behind) -> None:
    since = time.monotonic()
    while (left := await app.writer.transact(taps_behind)) and behind.boards_took < LAST_BOARDS:
        await asyncio.sleep(LOOK)
        behind.boards_took = time.monotonic() - since
    behind.boards_behind = left


def _raising(session: Session) -> RaiseAlarm:
    """The commander's last tap on [Báo động]."""
    directive = session.scalars(select(Directive)).one()
    commander = session.get_one(Person, directive.issuer_id)
    assert commander.account_id is not None
    who, place = Giver(commander.account_id, commander.name), Place(commander.account_id)
    return RaiseAlarm(sender=who, place=place, directive_id=directive.id, asked=ALARM_ASKED)


async def _watch_memory(seen: list[tuple[float, float]]) -> None:
    while True:
        seen.append((time.monotonic(), memory_of(os.getpid())["resident_mb"]))
        await asyncio.sleep(1.0)


def _look_back(engine: Engine, behind: Behind, clock: WallClock) -> None:
    since = clock().timestamp() - time.monotonic()

    def count(session: Session, *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).where(*conditions)) or 0

    with Session(engine) as session:
        directive = session.scalars(select(Directive)).one()
        raised_at = datetime.fromtimestamp(behind.raised + since, UTC)
        is_alarm, is_sent = Mail.priority == Priority.ALARM, Mail.state == MailState.SENT
        is_ahead = and_(Mail.priority <= Priority.REPLY, Mail.kind.not_in(RECEIPTS))
        began_at = datetime.fromtimestamp(behind.began + since, UTC)
        told = session.scalars(select(Mail.created_at).where(is_ahead, Mail.created_at > began_at))
        behind.ahead = [told_at.timestamp() - since for told_at in told]
        arrived = session.scalars(select(Mail.settled_at).where(Mail.job == directive.subject, is_alarm, is_sent)).all()
        last_at = max(settled_at for settled_at in arrived if settled_at is not None)
        behind.directed, behind.alarm_took = len(arrived), (last_at - raised_at).total_seconds()
        behind.overtaken_by = count(session, ~is_alarm, is_sent, Mail.settled_at.between(raised_at, last_at))
        behind.out_of_order = _out_of_order(session)
        behind.answers = count(session, CheckinAnswer.answer.is_not(None))
        behind.reports = count(session, Report.id.is_not(None))


def _out_of_order(session: Session) -> int:
    """How often mail about one thing left for a chat after what was told later."""
    last_of: dict[tuple[int, str], datetime] = {}
    wrong = 0
    sent = select(Mail.chat_id, Mail.subject, Mail.settled_at).where(Mail.state == MailState.SENT).order_by(Mail.id)
    for chat_id, subject, settled_at in session.execute(sent):
        assert settled_at is not None
        wrong += settled_at < last_of.get((chat_id, subject), settled_at)
        last_of[chat_id, subject] = settled_at
    return wrong


def report(seen: Watch, behind: Behind, size: Size) -> None:
    """Print what came of it."""
    said = [at for account, at in seen.said.items() if account in seen.receipts]
    late = sorted(lateness(said, seen.receipts.values(), PER_SECOND * PROMISED, ahead=behind.ahead))
    took = waits(seen.said, seen.receipts)
    say(
        "load",
        what="taps",
        homes=size.tapping,
        seconds=size.seconds,
        counted=behind.answers,
        left_in_the_inbox=behind.waiting,
        boards_right_after_s=round(behind.boards_took),
        boards_wrong=behind.boards_behind,
        kept=behind.answers == size.tapping and not behind.boards_behind,
    )
    say(
        "load",
        what="receipts",
        reports=behind.reports,
        lost=len(seen.said) - len(said),
        doubled=seen.doubled + behind.reports - len(seen.said),
        p50_s=at(took, 50),
        p99_s=at(took, 99),
        beyond_the_pace_p99_s=at(late, 99),
        beyond_the_pace_last_s=at(late, 100),
        at_most=AT_MOST,
        refused=seen.refused,
        kept=len(said) == len(seen.said) and late[len(late) * 99 // 100] <= AT_MOST and not seen.refused,
    )
    say(
        "load",
        what="alarm",
        groups=size.groups,
        chats=behind.directed,
        seconds=round(behind.alarm_took, 1),
        share_of_bound=round((ceil(behind.directed / PER_SECOND) - 1) / behind.alarm_took, 3),
        overtaken_by=behind.overtaken_by,
        out_of_order=behind.out_of_order,
        kept=not behind.out_of_order and behind.overtaken_by <= MOST_BEFORE,
    )
    before, highest = behind.memory[0][1], max(held for _, held in behind.memory)
    say(
        "load",
        what="memory",
        before_mb=round(before),
        highest_mb=round(highest),
        at_the_end_mb=round(behind.memory[-1][1]),
        cpu_share=round(behind.cpu / (behind.memory[-1][0] - behind.began), 2),
        kept=highest <= GROWS * before,
    )


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    communes = int(arguments[0]) if arguments else COMMUNES
    seconds = float(arguments[1]) if arguments[1:] else SECONDS
    size = Size(communes, TAPPING * communes // COMMUNES, REPORTING * communes // COMMUNES, seconds)
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as path:
        # In a process of its own: what importing leaves behind is not the running bot's memory.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as aside:
            opens_at = aside.submit(prepare, Path(path), size).result()
        with process(play_district, size) as pipe:
            report(*asyncio.run(run_bot(pipe, Path(path), opens_at, size)), size)


if __name__ == "__main__":
    main(sys.argv[1:])
