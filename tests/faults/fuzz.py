"""Fuzzing: whatever comes in, the bot goes on, no chat is stuck, and what is not taken is refused with a reason.

`python -m tests.faults.fuzz 100000` lets so many mutated updates come in, and with them files of every kind that is
read and bodies at the webhook's door. They come in episodes of two thousand, each on a fresh copy of a village's
database: the sandbox makes sound updates of what people do, one to three things of each are changed, and door, intake,
stories, errands, the clock's ticks and the sending of every answer do with them what they do in the bot. Prints one
JSON line with what became of each kind, and one for each trouble, with the command that shows it again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import structlog
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.app import App
from bot.config import load
from bot.errands import apart
from bot.intake import where
from bot.moments import WallClock
from bot.sandbox import serve
from bot.telegram import failures
from bot.telegram.envelope import Envelope, lease
from bot.telegram.send import Sender
from bot.telegram.settle import settle
from bot.telegram.webhook import Webhook
from models import database
from models.database import SQLITE_PRAGMAS
from models.records import EntryState, Errand, ErrandState, InboxEntry, Mail, MailState
from models.store.facts import Facts
from models.store.mail import Outbox
from tests.crash import village
from tests.crash.village import BOT_ID
from tests.databases import postgres_server
from tests.faults.described import any_update
from tests.faults.doings import Doings, Raw, sound_files
from tests.faults.mutating import Mutator

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
#: Updates of one episode; files and bodies come on top.
EPISODE = 2_000
FILES_EACH, BODIES_EACH = 10, 25
#: Updates that come in together at most, as they do in one poll.
BATCH = 12
#: What people do, by how often; the last is no doing of theirs.
KINDS = {
    "words": 18, "reply": 8, "command": 16, "in a group": 6, "link": 6, "press": 24, "media": 8, "edit": 3,
    "forward": 2, "membership": 4, "migration": 1, "unknown kind": 4,
}  # fmt: skip
#: How an update that is not of the service's form is set aside.
FORMLESS = "Formless at form.py"
#: What must never be logged: something went wrong that nobody foresaw.
UNFORESEEN = ("send_failed", "story_failed_after_answer", "tick_failed", "errand_failed")
#: A picture whose number was made up is set aside, and the administrator hears of it.
NO_SUCH_FILE = failures.Mistake.FILE
SECRET = "the-services-secret"
#: An update with the kind of doing it came from.
Incoming = tuple[str, Raw]


@dataclass(frozen=True)
class Trouble:
    """Something that must not happen."""

    episode: int  #: Its number, which is its seed.
    what: str
    about: str  #: What came in, shortened.


@dataclass
class Tally:
    """What became of everything."""

    updates: int = 0
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)  #: Of the service, to what the bot sent.
    troubles: list[Trouble] = field(default_factory=list)

    def note(self, kind: str, outcome: str) -> None:
        self.by_kind.setdefault(kind, Counter())[outcome] += 1


class StillClock(WallClock):
    """Stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at

    def __call__(self) -> datetime:
        return self._at

    def move(self, span: timedelta) -> None:
        self._at += span


class Episode:
    """Some updates on a village of their own; the same number brings the same ones."""

    def __init__(self, number: int, database: str, folder: Path, tally: Tally) -> None:
        self._number = number
        self._database = database
        self._folder = folder
        self._tally = tally
        self._dice = random.Random(number)
        self._clock = StillClock(MORNING)

    async def live(self, updates: int, files: int, bodies: int) -> None:
        """Let so many updates, files and bodies come in, and see what becomes of each."""
        place = village.build()
        self._doings = Doings(place, self._dice)
        self._doings.take()
        self._mutator = Mutator(self._dice, self._doings.ids())
        with structlog.testing.capture_logs() as self._logged, broken_down() as self._broken:
            async with serve(place.sandbox) as url, self._running(url) as self._app:
                for _ in range(3):
                    await self._come_in([("sound", update) for update in self._doings.any("words")])
                await self._updates(updates)
                for _ in range(files):
                    await self._file()
                for _ in range(bodies):
                    await self._body()
                await self._later()
                await self._probe()

    @asynccontextmanager
    async def _running(self, url: str) -> AsyncIterator[App]:
        config = village.write_config(self._folder, url, self._database)
        async with AsyncExitStack() as stack:
            app = await stack.enter_async_context(App(load(config, {}), self._clock))
            self._sender = Sender(app.connection.bot, app.catalogues, app.policy)
            self._epoch = await app.writer.transact(lambda session: int(Facts(session).get(Facts.EPOCH)))
            site = web.Application(client_max_size=2**21)
            webhook = Webhook("https://example.org/hook", SECRET, app.door)
            site.router.add_post(webhook.path, webhook.take)
            self._site = await stack.enter_async_context(TestServer(site))
            self._http = await stack.enter_async_context(ClientSession())
            yield app
            answering = [task for task in asyncio.all_tasks() if "answer_press" in repr(task)]
            await asyncio.gather(*answering, return_exceptions=True)

    async def _updates(self, most: int) -> None:
        done = 0
        while done < most:
            together: list[Incoming] = []
            for _ in range(self._dice.randint(1, BATCH)):
                together += self._somebody_does_something(10**9 + done + len(together))
            del together[most - done :]
            self._dice.shuffle(together)
            await self._come_in(together)
            done += len(together)
            self._tally.updates += len(together)

    def _somebody_does_something(self, number: int) -> Iterator[Incoming]:
        """The updates of one doing, mutated, each with its kind."""
        kind = self._dice.choices([*KINDS], [*KINDS.values()])[0]
        if kind == "unknown kind":
            yield kind, self._mutator.update(any_update(number, self._dice, self._doings.ids()))
            return
        for update in self._doings.any(kind):
            yield kind, self._mutated(kind, update)

    def _mutated(self, kind: str, update: Raw) -> Raw:
        press, message = update.get("callback_query"), update.get("message")
        if kind == "press" and press and self._dice.random() < 0.6:
            return {**update, "callback_query": {**press, "data": self._mutator.data(press["data"])}}
        if kind == "link" and message and "text" in message and self._dice.random() < 0.6:
            return {**update, "message": {**message, "text": self._mutator.data(message["text"])}}
        return self._mutator.update(update)

    async def _come_in(self, together: Sequence[Incoming]) -> None:
        """Accept, handle, answer; each must have an end that is foreseen."""
        updates = [update for _, update in together]
        try:
            await self._app.door.accept(as_sent(updates))
            await self._handle()
            await self._answer()
        except Exception as error:
            self._trouble(f"{where(error)}: {str(error)[:200]}", updates)
            return
        self._look_at_log(updates)
        numbers = [update["update_id"] for update in updates]
        entries = await self._app.writer.transact(lambda session: _entries(session, numbers))
        for kind, update in together:
            self._tally.note(kind, self._end_of(entries.get(update["update_id"]), update))

    async def _handle(self) -> None:
        """Let every entry have its tries, as if the time between them had passed."""
        while True:
            handled = await self._app.intake.handle_batch()
            if handled.is_all and handled.retry_at is None:
                return
            if handled.is_all and not handled.entries:
                self._clock.move(timedelta(seconds=15))

    def _end_of(self, entry: InboxEntry | None, update: Raw) -> str:
        if entry is None:
            return "kept out"
        if entry.state is EntryState.HANDLED:
            return "handled"
        if entry.state is EntryState.PARKED and entry.failure.startswith(FORMLESS):
            return "set aside as formless"
        self._trouble(f"{entry.state.value}: {entry.failure}", [update])
        return "failed"

    async def _answer(self) -> None:
        """Send what waits, as the deliverer does, until nothing is left."""
        writer, policy = self._app.writer, self._app.policy
        for _ in range(50):
            lines = await writer.transact(lambda session: Outbox(session).waiting_lines())
            if not lines:
                return
            ids = [line.id for line in lines[:40]]
            envelopes = await writer.transact(lambda session, ids=ids: lease(session, ids, self._epoch))  # type: ignore[misc]
            answers: list[Any] = []
            for envelope in envelopes:
                outcome = await self._sender.send(envelope) if isinstance(envelope, Envelope) else None
                self._tally.answers[type(outcome).__name__] += 1
                if outcome is None or (isinstance(outcome, failures.OurMistake) and outcome.kind is not NO_SUCH_FILE):
                    self._trouble(f"mail that cannot be sent: {envelope} {outcome}"[:600], [])
                answers.append((envelope, outcome))
            await writer.transact(lambda session, answers=answers: settle(session, answers, self._clock(), policy))  # type: ignore[misc]
        self._trouble("messages without end", [])

    async def _file(self) -> None:
        """Somebody sends a file of a kind that is read; it is read apart, and they are told what came of it."""
        kind = self._dice.choice([*SOUND])
        command, name, content = SOUND[kind]
        mutated = self._mutator.content(content)
        sender = self._doings.village.commanders[0]
        try:
            self._doings.village.hands.start(sender, BOT_ID)
            updates = self._doings.send(sender, command, name, mutated or b"?")
            await self._app.door.accept(as_sent(updates))
            await self._handle()
            await self._answer()
            before = await self._told(sender)
            await self._do_errands()
            after = await self._told(sender)
            await self._answer()
        except Exception as error:
            self._trouble(f"{kind}: {where(error)}: {str(error)[:200]}", [])
            return
        self._look_at_log([])
        if self._broken:
            self._trouble(f"{kind}: reading it broke down: {self._broken.pop()}", [])
        unfinished = await self._app.writer.transact(_unfinished_errands)
        if unfinished or after == before:
            self._trouble(f"{kind}: {unfinished or 'nobody was told'}", [])
        told = {each.rpartition(" ")[0] for each in after - before}
        self._tally.note(kind, ", ".join(sorted(told)))

    async def _do_errands(self) -> None:
        """Do what is asked for; what a busy machine gave up is done again when its time comes."""
        while True:
            while await self._app.errands.do_next():
                await self._handle()
            if not await self._app.writer.transact(lambda session: session.scalar(_WAITING_ERRANDS)):
                return
            self._clock.move(timedelta(minutes=10))

    async def _told(self, account: int) -> set[str]:
        """What this account was ever told, each with its number; a card's newest state counts as told."""

        def kinds(session: Session) -> set[str]:
            mails = session.scalars(select(Mail).where(Mail.chat_id == account))
            return {f"{mail.kind or 'a card'} {mail.id}" for mail in mails}

        return await self._app.writer.transact(kinds)

    async def _body(self) -> None:
        """Something is posted to the webhook's door by somebody who knows the secret."""
        sound = self._doings.any("words") or [{"update_id": 1}]
        body = self._mutator.content(json.dumps(sound[0]).encode())
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with self._http.post(self._site.make_url("/hook"), data=body, headers=headers) as answer:
            if answer.status not in (200, 400, 413):
                self._trouble(f"the webhook answered {answer.status}", [{"body": body[:500].decode(errors="replace")}])
            self._tally.note("webhook body", str(answer.status))
        try:
            await self._handle()
            await self._answer()
        except Exception as error:
            self._trouble(f"{where(error)}: {str(error)[:200]}", [{"body": body[:500].decode(errors="replace")}])

    async def _later(self) -> None:
        """What was kept must not trip the clock hours later."""
        for span in (timedelta(minutes=40), timedelta(hours=5), timedelta(hours=20)):
            self._clock.move(span)
            try:
                await self._app.ticks.all_now()
                await self._answer()
            except Exception as error:
                self._trouble(f"hours later: {where(error)}: {str(error)[:200]}", [])
            self._look_at_log([])

    async def _probe(self) -> None:
        """Whatever came in before, whoever writes now is answered."""
        hands, everybody = self._doings.village.hands, self._doings.everybody
        for who in everybody:
            hands.start(who, BOT_ID)
        await self._come_in([("probe", update) for update in self._doings.take()])
        stuck = await self._app.writer.transact(_waiting)
        if stuck:
            self._trouble(f"left waiting: {stuck}", [])

    def _look_at_log(self, updates: Sequence[Raw]) -> None:
        for line in self._logged:
            if line["event"] in UNFORESEEN and not str(line.get("error")).startswith("GaveUp"):
                shown = {key: str(value)[:200] for key, value in line.items()}
                self._trouble(f"logged: {shown}", updates)
        self._logged.clear()

    def _trouble(self, what: str, updates: Sequence[Raw]) -> None:
        about = json.dumps(list(updates), default=str)
        self._tally.troubles.append(Trouble(self._number, what, about if len(about) < 1500 else f"{about[:1500]}…"))


SOUND = sound_files()


def as_sent(updates: Sequence[Raw]) -> list[bytes]:
    """These updates as the service writes them, half letters and all."""
    return [json.dumps(update).encode() for update in updates]


def _entries(session: Session, numbers: Sequence[int]) -> dict[int, InboxEntry]:
    found = session.scalars(select(InboxEntry).where(InboxEntry.update_id.in_(numbers)))
    return {entry.update_id: entry for entry in found}


def _waiting(session: Session) -> list[str]:
    entries = session.scalars(select(InboxEntry.failure).where(InboxEntry.state == EntryState.WAITING)).all()
    parked = session.scalars(select(Mail.failure).where(Mail.state == MailState.PARKED)).all()
    return [*entries, *(failure for failure in parked if failure != NO_SUCH_FILE.value)]


_WAITING_ERRANDS = select(func.count()).where(Errand.state == ErrandState.WAITING)


def _unfinished_errands(session: Session) -> list[str]:
    return [f"{errand.kind} is {errand.state.value} {errand.failure}" for errand in session.scalars(select(Errand))
            if errand.failure]  # fmt: skip


@contextmanager
def broken_down() -> Iterator[list[str]]:
    """Hear of every process that broke down over a file instead of saying what is wrong with it."""
    heard: list[str] = []

    class Heard(apart.TooHeavy):
        def __init__(self, why: str) -> None:
            super().__init__(why)
            heard.extend([why] if why != "time" else [])

    with patch.object(apart, "TooHeavy", Heard):
        yield heard


@contextmanager
def fresh_villages(folder: Path, *, on_postgres: bool) -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """Makes databases that know the village, as many as are asked for, one after the other."""
    if on_postgres:
        with postgres_server() as server:

            @contextmanager
            def settled() -> Iterator[str]:
                with server.new_url() as url:
                    village.settle_in(village.build(), url, folder)
                    yield url

            yield settled
        return
    template, copied = folder / "template.sqlite3", folder / "village.sqlite3"
    village.settle_in(village.build(), f"sqlite:///{template}", folder)

    @contextmanager
    def copy() -> Iterator[str]:
        for beside in folder.glob(f"{copied.name}*"):
            beside.unlink()
        shutil.copyfile(template, copied)
        yield f"sqlite:///{copied}"

    # What a power cut may take is another program's subject; here a flush at every commit only takes time.
    with patch.object(database, "SQLITE_PRAGMAS", (*SQLITE_PRAGMAS, "synchronous=OFF")):
        yield copy


async def fuzz(
    updates: int,
    first: int,
    *,
    files: int = FILES_EACH,
    bodies: int = BODIES_EACH,
    on_postgres: bool = False,
) -> Tally:
    """So many updates in episodes numbered from `first`."""
    tally = Tally()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tocovid-fuzz-")))
        fresh = stack.enter_context(fresh_villages(folder, on_postgres=on_postgres))
        for number in range(first, first + -(-updates // EPISODE)):
            told = len(tally.troubles)
            with fresh() as url:
                await Episode(number, url, folder, tally).live(min(EPISODE, updates - tally.updates), files, bodies)
            for trouble in tally.troubles[told:]:
                tell(trouble, on_postgres=on_postgres)
            print(f"{tally.updates} updates, {len(tally.troubles)} troubles", file=sys.stderr, flush=True)
    return tally


def tell(trouble: Trouble, *, on_postgres: bool) -> None:
    """Print a trouble as soon as its episode is over: who ends the program early still has it."""
    again = f"python -m tests.faults.fuzz --episode {trouble.episode}{' --postgres' if on_postgres else ''}"
    print(json.dumps({"program": "fuzz", "again": again, **asdict(trouble)}, ensure_ascii=False), flush=True)


def main() -> None:
    """Fuzz, and print what became of it; the exit code is 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz")
    parser.add_argument("updates", nargs="?", type=int, default=EPISODE)
    parser.add_argument("--episode", type=int, default=1, help="the first episode; to see one again, its number")
    parser.add_argument("--files", type=int, default=FILES_EACH, help="files of an episode")
    parser.add_argument("--bodies", type=int, default=BODIES_EACH, help="bodies at the webhook's door in an episode")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    how = {"files": asked.files, "bodies": asked.bodies, "on_postgres": asked.postgres}
    tally = asyncio.run(fuzz(asked.updates, asked.episode, **how))
    seconds = time.monotonic() - began
    print(
        json.dumps(
            {
                "program": "fuzz",
                "on": "PostgreSQL" if asked.postgres else "SQLite",
                "updates": tally.updates,
                "troubles": len(tally.troubles),
                "seconds": round(seconds, 1),
                "a_second": round(tally.updates / seconds, 1),
                "by_kind": tally.by_kind,
                "answers": tally.answers,
            },
            ensure_ascii=False,
        )
    )
    sys.exit(bool(tally.troubles))


if __name__ == "__main__":
    main()
