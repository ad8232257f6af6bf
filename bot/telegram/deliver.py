"""From the outbox to people: lease, commit, send, settle in a second commit. No transaction spans a call."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Protocol, TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.intake import where
from bot.looking import Looks
from bot.meters import sends
from bot.outages import Patience, outlast
from bot.telegram import failures
from bot.telegram.envelope import Envelope, Unreadable, lease, release_abandoned
from bot.telegram.pacing import FARTHEST_AHEAD, Pacer, Waiting
from bot.telegram.poll import Stopped
from bot.telegram.send import Outcome, Sender
from bot.telegram.settle import Settled, settle
from bot.writer import Writer
from models.rules.mail import Priority
from models.rules.policy import Policy
from models.store.mail import Outbox

log = structlog.get_logger()

#: Sends under way at once, each over a connection of its own; more than a second's worth, so that an alarm never waits
#: for others' answers. What leaves together shares the commits before and after: with 40 at once each
#: message's share of the work at the database was twice as large (measured).
MOST_IN_FLIGHT = 100
#: Mail is leased before it leaves by so many times what a lease took lately: the next is leased only when this one is.
AHEAD = 2
#: What is left, after each lease, of the longest that one took lately.
FORGETTING = 0.9
#: Seconds between two looks for mail that another process set waiting, such as `tocovid replay`.
LOOK_AGAIN = 5.0
#: Ambiguous answers in a row that count as an outage of the service rather than of one message.
OUTAGE_AFTER = 3

T = TypeVar("T")
Answer = tuple[Envelope | Unreadable, Outcome | None]


class Line(Protocol):
    """What pacing needs to know of a waiting mail."""

    @property
    def id(self) -> int: ...
    @property
    def chat_id(self) -> int: ...
    @property
    def priority(self) -> int: ...
    @property
    def subject(self) -> str: ...
    @property
    def job(self) -> str: ...
    @property
    def not_before(self) -> datetime | None: ...


class Deliverer:
    """Sends what waits, as fast as the pace allows, and marks what came of it."""

    def __init__(
        self,
        writer: Writer,
        sender: Sender,
        pacer: Pacer,
        policy: Policy,
        clock: Callable[[], datetime],
        epoch: int,
        looks: Callable[[float], Looks] = Looks,
    ) -> None:
        self._writer = writer
        self._sender = sender
        self._pacer = pacer
        self._policy = policy
        self._clock = clock
        self._epoch = epoch
        self._looks = looks(LOOK_AGAIN)
        self._changed = asyncio.Event()
        self._answers: asyncio.Queue[Answer] = asyncio.Queue()
        self._in_flight: set[asyncio.Task[None]] = set()
        #: A heap of what is leased and waits for its moment, alarms first; a task in flight for each.
        self._ready: list[tuple[bool, int, Envelope | Unreadable]] = []
        self._leased = count()  #: Settles ties by the order of leasing.
        self._lease_takes = 0.0  #: Seconds that a lease took lately, most of them its turn at the database.
        self._leasing = asyncio.Lock()  #: Held from taking mail out of the line until it is being sent.
        self._leaving = True
        self._unanswered = 0
        self._outage = Patience()
        self._held_until = -inf  #: Nothing leaves before then, in monotonic seconds: the service is away.

    @property
    def next_departure(self) -> float | None:
        """When mail may next leave, in the loop's seconds; None while only an answer or new mail can tell."""
        return self._pacer.wake_at(self._time())

    def announce(self, mails: Iterable[Line]) -> None:
        """These were just committed: let them wait for their turn."""
        now, wall = self._time(), self._clock()
        for mail in mails:
            # Told again with another priority: the newer one counts.
            self._pacer.remove(mail.id, now)
            self._pacer.add(_waiting(mail, now, wall), now)
        self._changed.set()

    async def run(self) -> None:
        """Deliver for ever. Raises `Stopped` when the service refuses the whole bot."""
        await self._recover()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._let_leave())
            tasks.create_task(self._settle_answers())
            tasks.create_task(self._look_again())

    async def drain(self, seconds: float) -> None:
        """Take nothing more, and give what is in flight so long to be answered and settled."""
        self._leaving = False
        with suppress(TimeoutError):
            # Once nothing is being leased, what was leased a moment ago is in flight.
            async with asyncio.timeout(seconds), self._leasing:
                if self._in_flight:
                    await asyncio.wait(self._in_flight)
                await self._answers.join()

    async def _recover(self) -> None:
        """Mail in flight when an earlier owner died is ambiguous, whatever any clock says."""
        released = await self._persist(lambda session: release_abandoned(session, self._epoch))
        if released:
            log.warning("mail_recovered", **released)
        self.announce(await self._persist(lambda session: Outbox(session).waiting_lines()))

    async def _look_again(self) -> None:
        while True:
            await self._looks.wait()
            lines = await self._persist(lambda session: Outbox(session).waiting_lines())
            self.announce([line for line in lines if line.id not in self._pacer])

    async def _let_leave(self) -> None:
        while True:
            self._changed.clear()
            async with self._leasing:
                room = MOST_IN_FLIGHT - len(self._in_flight)
                leaving = self._pacer.take(self._time(), room) if room > 0 and self._leaving else {}
                if leaving:
                    await self._lease_and_send(leaving)
                    continue
            await self._sleep()

    async def _sleep(self) -> None:
        wake_at = self.next_departure if len(self._in_flight) < MOST_IN_FLIGHT else None
        seconds = None if wake_at is None else max(0.0, wake_at - self._time())
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            pass

    async def _lease_and_send(self, leaving: Mapping[Waiting, float]) -> None:
        """Lease these, and let each leave at its moment, in seconds of the loop."""
        began, mail_ids = self._time(), [mail.id for mail in leaving]
        leased = await self._persist(lambda session: lease(session, mail_ids, self._epoch))
        envelopes = {envelope.mail_id: envelope for envelope in leased}
        self._lease_takes = max(self._time() - began, FORGETTING * self._lease_takes)
        # No place stays empty while the database is busy.
        self._pacer.ahead = min(AHEAD * self._lease_takes, FARTHEST_AHEAD)
        for mail, at in leaving.items():
            envelope = envelopes.get(mail.id)
            if envelope is None:
                # Dropped or withdrawn after it was announced.
                self._pacer.answered(mail.id, self._time())
                continue
            heappush(self._ready, (mail.priority != Priority.ALARM, next(self._leased), envelope))
            task = asyncio.create_task(self._leave_at(at))
            self._in_flight.add(task)
            task.add_done_callback(self._landed)

    async def _leave_at(self, at: float) -> None:
        """Send what comes first of what is ready, once this moment has come; later where all is held."""
        await self._sleep_until(at)
        await self._sleep_until(self._pacer.held_until)
        envelope = heappop(self._ready)[-1]
        self._pacer.departed(envelope.mail_id, self._time())
        await self._send(envelope)

    async def _sleep_until(self, moment: float) -> None:
        if moment > self._time():
            await asyncio.sleep(moment - self._time())

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self._changed.set()

    async def _send(self, envelope: Envelope | Unreadable) -> None:
        outcome: Outcome | None = None
        if isinstance(envelope, Envelope):
            try:
                outcome = await self._sender.send(envelope)
            except MemoryError:
                outcome = failures.Ambiguous("out of memory")
            except Exception as error:
                log.exception("send_failed", mail=f"out-{envelope.mail_id}", kind=envelope.notice.kind)
                outcome = failures.OurMistake(failures.Mistake.OTHER, where(error))
        # The pace goes by the answer; the chat is free only once this is settled.
        self._pacer.heard(envelope.mail_id, self._time())
        self._answers.put_nowait((envelope, outcome))

    async def _settle_answers(self) -> None:
        while True:
            await self._settle([await self._answers.get()])

    async def _settle(self, answers: list[Answer]) -> None:
        """Settle these, and whatever else has been answered by now, in one commit."""
        answers += [self._answers.get_nowait() for _ in range(self._answers.qsize())]
        settled = await self._persist(lambda session: settle(session, answers, self._clock(), self._policy))
        for envelope, outcome in answers:
            if isinstance(envelope, Envelope):
                log.debug(
                    "mail_answered",
                    request=envelope.request,
                    mail=f"out-{envelope.mail_id}",
                    kind=envelope.notice.kind,
                    outcome=type(outcome).__name__,
                )
        self._free(answers, settled)
        for _ in answers:
            self._answers.task_done()
        self._require_service(answers)

    def _free(self, answers: Sequence[Answer], settled: Settled) -> None:
        # Only now, after the commit: the next mail to this chat may need what this one's mark says.
        now = self._time()
        for kind, times in Counter(type(outcome) for _, outcome in answers).items():
            sends.labels(kind.__name__.lower()).inc(times)
        for envelope, outcome in answers:
            self._pacer.answered(envelope.mail_id, now)
            if isinstance(outcome, failures.Hold):
                self._pacer.refused(envelope.chat_id, now, outcome.wait.total_seconds())
            self._watch_for_outage(outcome, now)
        for old, new in settled.moved:
            self._pacer.move_chat(old, new, now)
        self.announce([*settled.again, *settled.told])

    def _watch_for_outage(self, outcome: Outcome | None, now: float) -> None:
        match outcome:
            case failures.Retry():
                self._unanswered += OUTAGE_AFTER
            case failures.Ambiguous():
                self._unanswered += 1
            case _:
                self._unanswered = 0
                self._outage.recovered()
        # What left before the hold and fails during it tells nothing new: one outage, one wait.
        if self._unanswered >= OUTAGE_AFTER and now >= self._held_until:
            self._held_until = now + self._outage.next_wait()
            self._pacer.hold_all(self._held_until)

    def _require_service(self, answers: Sequence[Answer]) -> None:
        for _, outcome in answers:
            if isinstance(outcome, failures.Fatal):
                raise Stopped(outcome)

    async def _persist(self, change: Callable[[Session], T]) -> T:
        """Commit, however long the database is away: what was sent must be marked."""
        return await outlast(lambda: self._writer.transact(change), "delivery")

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()


def _waiting(mail: Line, now: float, wall: datetime) -> Waiting:
    delay = (mail.not_before - wall).total_seconds() if mail.not_before else 0.0
    return Waiting(
        id=mail.id,
        chat_id=mail.chat_id,
        priority=Priority(mail.priority),
        subject=mail.subject,
        job=mail.job,
        # Each chat is a unit of its own: who asks much lets those pass who asked once.
        unit=mail.chat_id,
        not_before=now + max(0.0, delay),
    )
