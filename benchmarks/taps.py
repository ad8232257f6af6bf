"""20,000 taps in five minutes on one district: what its groups' boards cost, and whether every tap is kept.

10,000 homes in 250 communities tap their board, and once more a while later. Door, inbox, intake, stories, outbox and
deliverer as they run in the bot, pace and all; whoever sends only notes what left when and answers after 50 ms. The
obvious way beside it: an edit for every tap, let go by the same pace in virtual time. As arguments: seconds, taps.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count, pairwise
from math import inf
from pathlib import Path

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from benchmarks.gauges import Stall, watching
from benchmarks.pacing import PER_SECOND, PROMISED
from benchmarks.register import POLICY, Register, account_of, group_of
from benchmarks.rounds import prepare
from benchmarks.tables import held_to, show
from benchmarks.town import ME, Raw, sent
from bot.intake import Intake
from bot.router import run
from bot.telegram.buttons import to_data
from bot.telegram.deliver import Deliverer
from bot.telegram.door import Door
from bot.telegram.envelope import Envelope
from bot.telegram.pacing import Limits, Pacer, Waiting
from bot.telegram.send import Arrived, Outcome, Sender
from bot.telegram.translate import translate
from bot.writer import Writer
from handlers.commands.checkins import AdvanceRounds, AnswerRound
from models.database import open_engine
from models.notices import Notice
from models.notices.checkins import RoundOpened
from models.records import Card, CheckinAnswer, CheckinAnswerChange, EntryState, InboxEntry, Mail, MailState, Round
from models.rules.checkins import Answer
from models.rules.mail import Priority
from models.rules.rounds import RoundState
from models.work import Work

SECONDS, TAPS = 300.0, 20_000
SHORTEST_WAIT = 3.0  #: Seconds between two edits of one board: "every few seconds".
ANSWER_AFTER = 0.05  #: Seconds until the service has answered.
POLL = 0.25  #: Seconds of taps that one poll brings.
LAST_EDITS = 10.0  #: Seconds that the last boards get, beyond what the mail before them takes at the pace.
EPOCH = 1


class Recorder(Sender):
    """Sends nothing, and notes when each board was edited."""

    def __init__(self) -> None:
        self.edits: dict[int, list[float]] = {}
        self._message_ids = count(10_000_000)

    async def send(self, envelope: Envelope) -> Outcome:
        await asyncio.sleep(ANSWER_AFTER)
        if isinstance(envelope.notice, RoundOpened):
            self.edits.setdefault(envelope.chat_id, []).append(time.perf_counter())
        return Arrived(message_id=next(self._message_ids))


@dataclass
class Evening:
    """What came of the taps."""

    taps: int
    edits: dict[int, list[float]] = field(default_factory=dict)  #: When each board was edited, by chat.
    lost: int = 0  #: Taps that are in no history.
    behind: int = 0  #: Boards that do not show the newest count.
    #: Seconds that what had not left at the last tap takes at the promised pace: each home's own card goes before the
    #: boards.
    paced_s: float = 0.0
    late_s: float = 0.0  #: The last board was right so long after the last tap.
    stall: Stall = field(default_factory=Stall)


def open_rounds(engine: Engine) -> tuple[datetime, list[tuple[int, int, int]]]:
    """Open every round and let its board arrive; the moment, and each board's unit, round and message."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        opens_at = session.scalars(select(Round.opens_at).distinct()).one()
        run(AdvanceRounds(most=1_000_000), Work(session, opens_at, POLICY))
        session.execute(update(Card).values(message_id=Card.id, shown_version=Card.version))
        session.execute(update(Mail).values(state=MailState.SENT, settled_at=opens_at))
        messages = {card.subject: card.id for card in session.scalars(select(Card))}
        opened = session.scalars(select(Round).where(Round.state == RoundState.OPEN))
        return opens_at, [(each.unit_id, each.id, messages[each.subject]) for each in opened]


def all_taps(register: Register, boards: Sequence[tuple[int, int, int]], taps: int) -> list[Raw]:
    """Every home taps once, in any order; then they tap again until there are enough."""
    by_unit = {unit: (round_id, message) for unit, round_id, message in boards}
    chance, homes = random.Random(1), list(register.households)
    order: list[int] = []
    while len(order) < taps:
        chance.shuffle(homes)
        order += homes[: taps - len(order)]
    return [_tap(number, home, register.community_of(home), by_unit) for number, home in enumerate(order, 1)]


def _tap(number: int, home: int, unit: int, boards: dict[int, tuple[int, int]]) -> Raw:
    round_id, message_id = boards[unit]
    chat = {"id": group_of(unit), "type": "group", "title": "Tổ"}
    user = {"id": account_of(home), "is_bot": False, "first_name": f"Người {home}"}
    ours = {"id": ME.id, "is_bot": True, "first_name": "Tổ Covid", "username": ME.username}
    message = {"message_id": message_id, "date": 0, "chat": chat, "from": ours, "text": "Hỏi thăm"}
    data = to_data(AnswerRound, round_id=round_id, answer=Answer.ALL_WELL)
    query = {"id": str(number), "from": user, "message": message, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


@asynccontextmanager
async def bot(engine: Engine, at: datetime, recorder: Recorder) -> AsyncIterator[tuple[Door, Writer]]:
    """The loops that matter here, the door to them, and the writer behind it."""
    writer, began = Writer(engine), time.monotonic()

    def clock() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    async def no_toast(_query_id: str) -> None:
        return

    deliverer = Deliverer(writer, recorder, Pacer(Limits()), POLICY, clock, EPOCH)
    intake = Intake(writer, POLICY, lambda update: translate(update, ME), clock, deliverer.announce)
    loops = [asyncio.create_task(deliverer.run()), asyncio.create_task(intake.run())]
    try:
        yield Door(writer, ME, clock, intake.wake, no_toast), writer
    finally:
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        writer.close()


async def play(engine: Engine, at: datetime, taps: Sequence[Raw], seconds: float) -> Evening:
    """Let them tap, evenly, and wait until every board is right."""
    recorder, evening = Recorder(), Evening(len(taps))
    async with bot(engine, at, recorder) as (door, writer):
        async with watching() as evening.stall:
            await _tap_all(door, taps, seconds)
        ended, evening.behind = time.perf_counter(), len(taps)
        evening.paced_s = await writer.transact(_waiting) / (PER_SECOND * PROMISED)
        while evening.behind and evening.late_s < evening.paced_s + LAST_EDITS:
            await asyncio.sleep(POLL)
            evening.behind = await writer.transact(taps_behind)
            evening.late_s = time.perf_counter() - ended
        evening.lost = len(taps) - await writer.transact(_kept)
    evening.edits = recorder.edits
    return evening


async def _tap_all(door: Door, taps: Sequence[Raw], seconds: float) -> None:
    started, done = time.perf_counter(), 0
    while done < len(taps):
        await asyncio.sleep(POLL)
        due = min(len(taps), int((time.perf_counter() - started) / seconds * len(taps)))
        await door.accept([sent(tap) for tap in taps[done:due]])
        done = due


def taps_behind(session: Session) -> int:
    """Taps that wait, and boards whose message does not say how many homes answered."""
    behind = session.scalar(select(func.count(InboxEntry.id)).where(InboxEntry.state == EntryState.WAITING)) or 0
    counted = select(CheckinAnswer.round_id, func.count()).group_by(CheckinAnswer.round_id)
    answered = dict(row for row in session.execute(counted))
    for card in session.scalars(select(Card).where(Card.kind == RoundOpened.__name__)):
        board = Notice.from_json(card.kind, card.notice)
        assert isinstance(board, RoundOpened)
        is_right = board.answered == answered.get(board.round_id, 0) and card.shown_version == card.version
        behind += not is_right
    return behind


def _waiting(session: Session) -> int:
    return session.scalar(select(func.count(Mail.id)).where(Mail.stands_in(MailState.WAITING))) or 0


def _kept(session: Session) -> int:
    return session.scalar(select(func.count(CheckinAnswerChange.id))) or 0


def edit_for_every_tap(taps: Sequence[Raw], seconds: float) -> float:
    """When the last board would be right, in seconds after the last tap, if each tap had its edit."""
    pacer, now, answers = Pacer(Limits()), 0.0, list[tuple[float, int]]()
    arrivals = [(number * seconds / len(taps), tap) for number, tap in enumerate(taps)]
    coming = iter(arrivals)
    arrival = next(coming, None)
    while arrival or answers or len(pacer):
        wake_at = pacer.wake_at(now)
        moments = (wake_at, arrival[0] if arrival else None, answers[0][0] if answers else None)
        now = min(moment for moment in moments if moment is not None)
        while arrival and arrival[0] <= now:
            update = arrival[1]
            chat = update["callback_query"]["message"]["chat"]["id"]
            pacer.add(Waiting(update["update_id"], chat, Priority.CHECKIN, str(chat), unit=chat), now)
            arrival = next(coming, None)
        while answers and answers[0][0] <= now:
            pacer.answered(heappop(answers)[1], now)
        for mail in pacer.take(now, most=40):
            heappush(answers, (now + ANSWER_AFTER, mail.id))
    return now - seconds


def report(evening: Evening, groups: int, seconds: float, obvious_late_s: float) -> None:
    """Print what the boards cost, and what that is held to."""
    edits = [at for board in evening.edits.values() for at in board]
    waits = sorted(later - sooner for board in evening.edits.values() for sooner, later in pairwise(board))
    shown = {
        "tocovid": (len(edits), evening.late_s),
        "an edit a tap, at the same pace": (evening.taps, obvious_late_s),
    }
    show(
        f"{evening.taps:,} taps in {seconds:g} seconds on {groups:,} boards",
        [
            {
                "who": who,
                "edits": sent,
                "times ours": sent / len(edits),
                "an edit a group every, s": seconds * groups / sent,
                "last board right after the last tap, s": late,
            }
            for who, (sent, late) in shown.items()
        ],
    )
    shortest = waits[0] if waits else inf
    beyond = evening.late_s - evening.paced_s
    few = {"bar": f"≥ {SHORTEST_WAIT:g} s", "kept": "yes" if shortest >= SHORTEST_WAIT else "NO"}
    show(
        "What they are held to",
        [
            {"what": "taps lost", "ours": evening.lost, **held_to(0, evening.lost, "")},
            {"what": "boards left behind", "ours": evening.behind, **held_to(0, evening.behind, "")},
            {"what": "last board beyond the pace, s", "ours": beyond, **held_to(LAST_EDITS, beyond, "s")},
            {"what": "shortest time between two edits of a board, s", "ours": shortest, **few},
            {"what": "longest stall of the loop, ms", "ours": evening.stall.seconds * 1000, "bar": "", "kept": ""},
        ],
    )


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if sys.argv[1:] else SECONDS
    taps = int(sys.argv[2]) if sys.argv[2:] else TAPS
    register = Register(taps // 2)
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        url = f"sqlite:///{Path(folder).as_posix()}/taps.sqlite3"
        prepare(url, register.homes)
        engine = open_engine(url)
        at, boards = open_rounds(engine)
        tapping = all_taps(register, boards, taps)
        evening = asyncio.run(play(engine, at, tapping, seconds))
        report(evening, len(boards), seconds, edit_for_every_tap(tapping, seconds))


if __name__ == "__main__":
    main()
