"""The running program: builds every object once, starts the loops, and ends them in order."""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.catalogue import Catalogues
from bot.config import Settings
from bot.directing.matrix import MakeMatrix
from bot.directing.reading import ReadDraft
from bot.disks import Disks
from bot.errands.loop import Doer, Errands
from bot.gathering.forms import FillInForm, ReadForm
from bot.importing.reading import ReadList
from bot.importing.template import MakeTemplate
from bot.intake import Intake
from bot.means import Means
from bot.migrating import migrate
from bot.moments import WallClock
from bot.owner import AlreadyOwned, Ownership, begin_epoch
from bot.paper.door_list import MakeDoorList
from bot.paper.home_cards import MakeHomeCards
from bot.policies import policy_from
from bot.router import run
from bot.situation import Situation, survey
from bot.telegram import menu
from bot.telegram.deliver import Deliverer
from bot.telegram.door import Door
from bot.telegram.earshot import Earshot
from bot.telegram.pacing import Limits, Pacer
from bot.telegram.poll import Poll
from bot.telegram.send import Sender
from bot.telegram.translate import Bot, translate
from bot.telegram.webhook import Webhook
from bot.web.pages import Pages
from bot.writer import Writer
from handlers.commands import Command
from handlers.day_forms import FILL_FORM, READ_FORM
from handlers.document_list import MAKE_MATRIX
from handlers.documents import READ_DOCUMENT
from handlers.door_list import MAKE_DOOR_LIST
from handlers.home_cards import MAKE_CARDS
from handlers.imports import MAKE_TEMPLATE, READ_LIST
from models.rules import triage
from models.work import Told, Work

log = structlog.get_logger()

#: Seconds that sends in flight get to be answered when the program ends; the whole end takes less than ten.
LAST_ANSWERS = 5.0
#: Seconds between two looks, while standing by, whether the database is free.
TRY_AGAIN = 0.1


class App:
    """One bot on one database. `async with App(…) as app: await app.run()`."""

    def __init__(
        self,
        settings: Settings,
        clock: WallClock | None = None,
        stand_by: Callable[[], None] | None = None,
        means: Means | None = None,
    ) -> None:
        """With `stand_by` a database that another process owns is waited for; it is called once all is prepared."""
        self.settings = settings
        self._means = means or Means()
        self._stand_by = stand_by
        self.policy = policy_from(settings)
        self.clock = clock or WallClock()
        self.catalogues = Catalogues.load()
        self.copied_to: Path | None = None  #: The copy of the database made before it was migrated.
        secret = settings.telegram.webhook_secret
        self._webhook_secret = secret.get_secret_value() if secret else secrets.token_urlsafe(32)
        self._stack = AsyncExitStack()
        self.earshot = Earshot(self._means.passed)
        self.disks = Disks(settings.database.url.get_secret_value(), self.policy.room)
        self._stopping = asyncio.Event()
        self._entering: asyncio.Task[object] | None = None

    async def __aenter__(self) -> App:
        """Take the database, migrate it, and get to know the service.

        Raises `AlreadyOwned` when another process runs on the database and it is not waited for, `Stopped` when the
        service does not know the token, `CancelledError` when it is told to stop meanwhile.
        """
        self._entering = asyncio.current_task()
        try:
            self.engine = self._means.open_engine(self.settings.database.url.get_secret_value())
            ownership = Ownership(self.engine)
            self._stack.callback(ownership.release)
            is_owner = self._acquire(ownership)
            self.connection = await self._stack.enter_async_context(self._means.connect(self.settings.telegram))
            if not is_owner:
                await self._await_turn(ownership)
            self._open_database()
            await self._build()
        except BaseException:
            await self._stack.aclose()
            raise
        finally:
            self._entering = None
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def _acquire(self, ownership: Ownership) -> bool:
        """Whether the database is ours now; when it is not, one that does not stand by raises why."""
        try:
            ownership.acquire()
        except (AlreadyOwned, OperationalError):
            if self._stand_by is None:
                raise
            return False
        return True

    async def _await_turn(self, ownership: Ownership) -> None:
        """Wait until the database is ours. What takes long is done before, so that the hand-over is short."""
        await asyncio.to_thread(triage.read, "")
        if self._stand_by is not None:
            self._stand_by()
        while True:
            with suppress(AlreadyOwned, OperationalError):
                return ownership.acquire()
            await asyncio.sleep(TRY_AGAIN)

    def _open_database(self) -> None:
        self.copied_to = migrate(self.engine)
        self.writer = Writer(self.engine, self._means.writer_thread())
        self._stack.callback(self.writer.close)

    async def _build(self) -> None:
        bot, writer, policy = self.connection.bot, self.writer, self.policy
        self.me = Bot(bot.id, bot.username)
        epoch = await writer.transact(self._begin)
        writer.write_only_in(epoch)
        pacer = Pacer(limits_of(self.settings))
        sender, looks = Sender(bot, self.catalogues, policy), self._means.looks
        self.deliverer = Deliverer(writer, sender, pacer, policy, self.clock, epoch, looks)
        self.intake = Intake(
            writer,
            policy,
            lambda update: translate(update, self.me),
            self.clock,
            self.deliverer.announce,
            self._means.passed,
            looks,
        )
        self.door = Door(writer, self.me, self.clock, self.intake.wake, self.connection.answer_press)
        doers: dict[str, Doer] = {
            MAKE_TEMPLATE: MakeTemplate(writer, self.catalogues, policy, self.clock),
            READ_LIST: ReadList(writer, self.connection.download, self.catalogues, policy, self.clock),
            MAKE_CARDS: MakeHomeCards(writer, self.catalogues, policy, self.clock),
            MAKE_DOOR_LIST: MakeDoorList(writer, self.catalogues, policy, self.clock),
            READ_DOCUMENT: ReadDraft(self.connection.download, self.do),
            MAKE_MATRIX: MakeMatrix(writer, self.catalogues, policy, self.clock),
            READ_FORM: ReadForm(self.connection.download),
            FILL_FORM: FillInForm(writer, self.catalogues, policy, self.clock),
        }
        self.errands = Errands(writer, policy, doers, self.clock, self.deliverer.announce, looks)
        self.ticks = self._means.ticks(self.do)

    def _begin(self, session: Session) -> int:
        work = Work(session, self.clock(), self.policy)
        work.facts.set(work.facts.BOT_USERNAME, self.me.username)
        work.facts.set(work.facts.BOT_ID, str(self.me.id))
        return begin_epoch(session)

    async def do(self, command: Command) -> None:
        """Let a command nobody sent, such as a tick's, have its effects in a commit of its own."""

        def change(session: Session) -> Sequence[Told]:
            work = Work(session, self.clock(), self.policy, request=type(command).__name__)
            run(command, work)
            return work.told

        self.deliverer.announce(await self.writer.transact(change))

    async def situation(self) -> Situation:
        """What this installation looks like, and what is not right yet."""
        return await self.writer.transact(lambda session: survey(Work(session, self.clock(), self.policy)))

    async def run(self, ready: Callable[[], Awaitable[None]]) -> None:
        """Run until `stop`; `ready` is awaited once updates can come in. Raises `Stopped` as `Poll` does."""
        # What has been imported and read by now stays; looking through it for garbage stopped everything for 50 to
        # 120 ms each time (measured).
        gc.freeze()
        pages = Pages(self.settings, self._webhook(), self.clock, self.earshot)
        await pages.open()
        self._stack.push_async_callback(pages.close)
        loops = asyncio.create_task(self._loops(ready))
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({loops, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not loops.done():
            await self._finish(loops)
        else:
            await loops

    def stop(self) -> None:
        """Finish what is held and end."""
        self._stopping.set()
        if self._entering is not None:
            self._entering.cancel()

    async def _loops(self, ready: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.connection.offer_menus(menu.defaults(self.catalogues, self.policy.language)))
                tasks.create_task(self._hear())
                tasks.create_task(self.deliverer.run())
                tasks.create_task(self.errands.run())
                tasks.create_task(self._take_updates(ready))
                tasks.create_task(self.disks.watch(self.do))
                tasks.create_task(self.earshot.keep(self.do, by_webhook=self.settings.telegram.mode == "webhook"))
                self.ticks.start()
        except* Exception as group:
            # One reason is enough: the first loop that could not go on ended the others.
            raise first_of(group) from group
        finally:
            self.ticks.stop()

    async def _hear(self) -> None:
        """Handle what comes, once the lexicon is learned: the first message would learn it too, both at half speed."""
        await asyncio.to_thread(triage.read, "")
        await self.intake.run()

    async def _take_updates(self, ready: Callable[[], Awaitable[None]]) -> None:
        if self.settings.telegram.mode == "webhook":
            await self.connection.set_webhook(str(self.settings.telegram.webhook_url), self._webhook_secret)
            await ready()
        else:
            poll = Poll(self.connection.fetch, self.door, self.connection.drop_webhook, self.earshot.hear)
            await poll.run(started=ready)

    def _webhook(self) -> Webhook | None:
        if self.settings.telegram.mode != "webhook":
            return None
        return Webhook(str(self.settings.telegram.webhook_url), self._webhook_secret, self.door)

    async def _finish(self, loops: asyncio.Task[None]) -> None:
        self.ticks.stop()
        await self.deliverer.drain(LAST_ANSWERS)
        loops.cancel()
        await asyncio.gather(loops, return_exceptions=True)


def limits_of(settings: Settings) -> Limits:
    """How fast this installation may send."""
    pacing = settings.pacing
    return Limits(
        per_second=pacing.per_second,
        per_chat_second=pacing.per_chat_second,
        per_group_minute=pacing.per_group_minute,
    )


def first_of(group: BaseExceptionGroup[Any]) -> BaseException:
    """The first single error in a group, however deep."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
