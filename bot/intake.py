"""From the inbox to effects: entry → command → story → outbox, and the entry's mark, in one commit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.looking import Looks
from bot.meters import intake_lag
from bot.moments import seconds_passed
from bot.outages import outlast
from bot.router import PutOff, run
from bot.showing import show_newest, show_newest_apart
from bot.writer import Writer, is_of_the_machine
from handlers.commands import Command, FromPerson
from handlers.commands.enrolment import Greet, RefuseUnknown
from models.notices.mail import EntryParked, MessageKept
from models.records import EntryState, InboxEntry
from models.rules.policy import Policy
from models.store.drafts import Drafts
from models.store.mail import Inbox
from models.store.missing import NotThere
from models.store.people import People
from models.work import Told, Work

log = structlog.get_logger()

#: How long to wait before each further try of an entry whose story failed: five tries within 30 seconds.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (0.5, 1.5, 5, 12))
#: Entries that share one commit at most; where one fails, each has its savepoint, so that it undoes only itself.
BATCH = 50
#: Seconds that a commit should take, so that whatever leaves meanwhile has its turn at the database in time.
TURN = 0.4

#: Seconds between two looks for entries no update brought: answers to our own questions, and `tocovid replay`.
LOOK_AGAIN = 5.0

Translate = Callable[[dict[str, Any]], Sequence[Command]]


@dataclass(frozen=True, slots=True)
class Handled:
    """What one commit did: how many entries, which mail it told, and when a failed one wants another try."""

    entries: int
    is_all: bool  #: Whether nothing more waits whose turn it is.
    took: float  #: Seconds of the database's time.
    waited: Mapping[str, float]  #: Seconds that each of those handled had lain in the inbox, by what the log calls it.
    told: Sequence[Told]
    retry_at: datetime | None


class Intake:
    """Takes the oldest entries and lets their stories happen, exactly once each."""

    def __init__(
        self,
        writer: Writer,
        policy: Policy,
        translate: Translate,
        clock: Callable[[], datetime],
        announce: Callable[[Sequence[Told]], None],
        passed: Callable[[], float] = seconds_passed,
        looks: Callable[[float], Looks] = Looks,
    ) -> None:
        self._writer = writer
        self._policy = policy
        self._translate = translate
        self._clock = clock
        self._announce = announce
        self._passed = passed
        self._looks = looks(LOOK_AGAIN)
        self._most = BATCH  #: Entries the next commit takes: as many as the last ones let expect to fit into its time.

    def wake(self) -> None:
        """Something was stored."""
        self._looks.wake()

    async def run(self) -> None:
        """Handle entries as they come, for ever; an outage of the database is waited for."""
        while True:
            handled = await outlast(self.handle_batch, "intake")
            if handled.is_all:
                await self._looks.wait(at_most=self._seconds_until(handled.retry_at))

    async def handle_batch(self) -> Handled:
        """Handle up to a batch of entries in one commit, then show the deliverer what was told."""
        try:
            handled = await self._writer.transact(self._handle_together)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            # Nothing of it happened. Once more, then, so that whatever fails undoes only itself.
            handled = await self._writer.transact(self._handle_apart)
        if handled.entries:
            self._most = fitting(self._most, handled.entries, handled.took)
        for request, seconds in handled.waited.items():
            intake_lag.observe(seconds)
            log.debug("update_handled", request=request, waited_seconds=round(seconds, 3))
        self._announce(handled.told)
        return handled

    def _seconds_until(self, retry_at: datetime | None) -> float:
        return inf if retry_at is None else max(0.0, (retry_at - self._clock()).total_seconds())

    def _handle_together(self, session: Session) -> Handled:
        """All entries without a savepoint, as nearly always goes well. Raises what any of their stories raised."""
        began, now = self._passed(), self._clock()
        inbox = Inbox(session)
        entries = inbox.next(now, self._most)
        if not entries:
            return Handled(0, True, self._passed() - began, {}, (), inbox.next_retry_at())
        asked = [self._translate(_read(entry)) for entry in entries]
        senders = {each.sender.account_id for commands in asked for each in commands if isinstance(each, FromPerson)}
        People(session).look_up(senders)
        Drafts(session).look_up(senders)
        told: list[Told] = []
        put_off: PutOff = {}
        for entry, commands in zip(entries, asked, strict=True):
            # A work of its own: what an earlier one knew of roles and desks, an update may just have changed.
            work = Work(session, now, self._policy, request=_request(entry))
            for command in commands:
                run(command, work, put_off)
            told += work.told
        work = Work(session, now, self._policy)
        show_newest(put_off, work)
        # One statement for all: it commits with their effects.
        inbox.mark_handled([entry.id for entry in entries], now)
        took, is_all = self._passed() - began, len(entries) < self._most
        return Handled(len(entries), is_all, took, _waited(entries, now), told + work.told, inbox.next_retry_at())

    def _handle_apart(self, session: Session) -> Handled:
        """Each entry in its savepoint: one that fails undoes only itself, and its chat waits for it."""
        began, now = self._passed(), self._clock()
        inbox = Inbox(session)
        entries = inbox.next(now, self._most)
        handled: list[InboxEntry] = []
        failing: set[int] = set()
        told: list[Told] = []
        put_off: PutOff = {}
        for entry in entries:
            if entry.chat_id in failing:
                # An earlier entry of this chat just failed; those behind it keep their order.
                continue
            work = Work(session, now, self._policy, request=_request(entry))
            error = self._let_happen(entry, work, self._translate, put_off)
            if isinstance(error, NotThere) and self._is_tap(entry):
                # A button grown old, or a number somebody made up: they are told, and nobody else need look at it.
                work = Work(session, now, self._policy, request=_request(entry))
                error = self._let_happen(entry, work, self._refusals, put_off)
            if error is None:
                handled.append(entry)
                told += work.told
            else:
                told += self._note_failure(entry, error, session, now)
                failing |= {entry.chat_id} if entry.state is EntryState.WAITING else set()
        told += show_newest_apart(put_off, session, now, self._policy)
        inbox.mark_handled([entry.id for entry in handled], now)
        took, is_all = self._passed() - began, len(entries) < self._most
        return Handled(len(entries), is_all, took, _waited(handled, now), told, inbox.next_retry_at())

    def _is_tap(self, entry: InboxEntry) -> bool:
        """Whether the entry holds nothing but a button or a link; words are never answered by a refusal alone."""
        return all(
            isinstance(command, Greet) or command.verb
            for command in self._translate(_read(entry))
            if isinstance(command, FromPerson)
        )

    def _refusals(self, update: dict[str, Any]) -> Sequence[Command]:
        return [
            RefuseUnknown(sender=command.sender, place=command.place, message_id=command.message_id)
            for command in self._translate(update)
            if isinstance(command, FromPerson)
        ]

    def _let_happen(self, entry: InboxEntry, work: Work, translate: Translate, put_off: PutOff) -> Exception | None:
        """Let one entry have its effects, or none of them and say why. Raises when the database is away."""
        to_show: PutOff = {}
        try:
            with work.session.begin_nested():
                for command in translate(_read(entry)):
                    run(command, work, to_show)
        except Exception as error:
            if is_of_the_machine(error):
                raise
            return error
        put_off.update(to_show)
        return None

    def _note_failure(self, entry: InboxEntry, error: Exception, session: Session, now: datetime) -> list[Told]:
        """Let it be tried again later or, after the fifth time, park it and tell those who should know."""
        entry.tries += 1
        entry.failure = where(error)
        log.error("story_failed", request=_request(entry), tries=entry.tries, error=entry.failure)
        if entry.tries <= len(WAITS):
            entry.retry_at = now + WAITS[entry.tries - 1]
            return []
        entry.state, entry.retry_at, entry.settled_at = EntryState.PARKED, None, now
        work = Work(session, now, self._policy, request=_request(entry))
        work.tell_each(work.people.administrators(), EntryParked(work.request, entry.failure))
        if entry.chat_id > 0 and work.people.find_by_account(entry.chat_id) is not None:
            work.tell(entry.chat_id, MessageKept(self._policy.hotlines))
        return work.told


def fitting(most: int, entries: int, took: float) -> int:
    """How many entries the next commit may take, after so many took so many seconds of the `most` it could have taken.

    By half or by double at a time: what is done for the first time is slow, and says little of the next.
    """
    fit = round(TURN * entries / max(took, TURN / BATCH))
    return min(BATCH, max(1, most // 2, min(fit, most * 2)))


def _read(entry: InboxEntry) -> dict[str, Any]:
    update: dict[str, Any] = json.loads(entry.payload or "{}")
    return update


def _request(entry: InboxEntry) -> str:
    """What the log, and `tocovid parked`, call an entry."""
    return f"in-{entry.id}"


def _waited(entries: Sequence[InboxEntry], now: datetime) -> dict[str, float]:
    # The clock may have been put back meanwhile.
    return {_request(entry): max(0.0, (now - entry.received_at).total_seconds()) for entry in entries}


def where(error: BaseException) -> str:
    """The kind of an error and the line of ours it came from; never its text, which may hold people's words."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {frames[-1]}" if frames else type(error).__name__
