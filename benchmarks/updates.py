"""Updates handled a second with real effects: ours against the same stories on the library's own Application.

Everybody handles the same busy evening on a copy of the same district, `synchronous=FULL`, from the update at hand
as a dictionary to its effects committed; ours stores it in the inbox first, in a commit of its own. They take turns,
a full poll each. One JSON line for each, one with the ratios, and two that say where the time goes.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ExtBot, MessageHandler, filters
from telegram.request import BaseRequest

from benchmarks.far_end import TOKEN
from benchmarks.tables import say
from benchmarks.town import ME, Raw, Town, evening, imported, in_the_evening, sent
from bot.intake import Intake
from bot.router import run
from bot.telegram.door import Door
from bot.telegram.translate import translate
from bot.writer import Writer
from handlers.commands import Command
from models.database import make_durable
from models.records import AuditEntry, CheckinAnswer, Mail, Report
from models.work import Work

SLICE = 100  #: Updates that each handles before the next one's turn, so that a busy machine burdens all alike.

Spans = dict[str, float]
Handle = Callable[[Sequence[Raw]], Awaitable[None]]


@asynccontextmanager
async def ours(town: Town, engine: Engine, spans: Spans) -> AsyncIterator[Handle]:
    """Door and intake as they run in the bot, fed by full polls; many updates share a commit."""
    writer = Writer(engine)

    async def no_toast(_query_id: str) -> None:
        return

    def timed_translate(update: Raw) -> Sequence[Command]:
        with timed(spans, "translate"):
            return translate(update, ME)

    intake = Intake(writer, town.policy, timed_translate, lambda: town.now, lambda _told: None)
    door = Door(writer, ME, lambda: town.now, intake.wake, no_toast)

    async def handle(updates: Sequence[Raw]) -> None:
        await door.accept([sent(update) for update in updates])
        while (await intake.handle_batch()).entries:
            pass

    yield handle
    writer.close()


@asynccontextmanager
async def the_librarys(town: Town, engine: Engine, spans: Spans) -> AsyncIterator[Handle]:
    """`Application.process_update`, whose handlers run the same stories and commit once for each update."""

    async def handle(raw: Raw) -> None:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            with timed(spans, "translate"):
                commands = translate(raw, ME)
            for command in commands:
                run(command, Work(session, town.now, town.policy))

    async with application(handle, spans) as process:
        yield process


@asynccontextmanager
async def the_librarys_async(town: Town, engine: Engine, spans: Spans) -> AsyncIterator[Handle]:
    """The same with the asynchronous ORM over aiosqlite, as bots are usually written."""
    driver = create_async_engine(
        engine.url.set(drivername="sqlite+aiosqlite"), connect_args={"timeout": 5.0, "isolation_level": None}
    )
    make_durable(driver.sync_engine)

    def change(session: Session, raw: Raw) -> None:
        for command in translate(raw, ME):
            run(command, Work(session, town.now, town.policy))

    async def handle(raw: Raw) -> None:
        async with AsyncSession(driver, expire_on_commit=False) as session, session.begin():
            await session.run_sync(change, raw)

    async with application(handle, spans) as process:
        yield process
    await driver.dispose()


@asynccontextmanager
async def application(handle: Callable[[Raw], Awaitable[None]], spans: Spans) -> AsyncIterator[Handle]:
    """An Application that dispatches every update; its handlers have the dictionary, they need not convert back."""
    at_hand: dict[int, Raw] = {}
    bot = ExtBot(TOKEN, request=_Offline(), get_updates_request=_Offline())
    app = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()

    async def callback(update: Update, _context: Any) -> None:
        with timed(spans, "handlers"):
            await handle(at_hand[update.update_id])

    async def process(updates: Sequence[Raw]) -> None:
        for each in updates:
            at_hand[each["update_id"]] = each
            with timed(spans, "all"):
                await app.process_update(Update.de_json(each, bot))

    app.add_handler(CallbackQueryHandler(callback))
    app.add_handler(MessageHandler(filters.TEXT, callback))
    async with app:
        yield process


class _Offline(BaseRequest):
    """Tells the library's bot who it is, and nothing else."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        who = {"id": ME.id, "is_bot": True, "first_name": "Tổ Covid", "username": ME.username}
        return 200, json.dumps({"ok": True, "result": who}).encode()


CONTESTANTS: dict[str, Callable[[Town, Engine, Spans], AbstractAsyncContextManager[Handle]]] = {
    "tocovid": ours,
    "python-telegram-bot, one commit per update": the_librarys,
    "python-telegram-bot, asynchronous ORM, one commit per update": the_librarys_async,
}


@contextmanager
def timed(spans: Spans, name: str) -> Iterator[None]:
    """Add what passes inside to a span."""
    started = time.perf_counter()
    yield
    spans[name] += time.perf_counter() - started


def watch(engine: Engine, spans: Spans) -> None:
    """Add up the time spent in statements and in commits, and count both."""
    commit = engine.dialect.do_commit

    def before(*_: object) -> None:
        spans["started"] = time.perf_counter()

    def after(*_: object) -> None:
        spans["statements"] += time.perf_counter() - spans["started"]
        spans["statement count"] += 1

    def timed_commit(connection: Any) -> None:
        with timed(spans, "commits"):
            commit(connection)
        spans["commit count"] += 1

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    engine.dialect.do_commit = timed_commit  # type: ignore[method-assign, assignment]


def effects(engine: Engine) -> dict[str, int]:
    """What came of it."""
    with Session(engine) as session:
        tables = (Report, CheckinAnswer, AuditEntry, Mail)
        return {each.__tablename__: session.scalar(select(func.count()).select_from(each)) or 0 for each in tables}


async def measure(names: Iterable[str], town: Town, updates: Sequence[Raw], *, watched: bool) -> dict[str, Spans]:
    """Let these handle all updates, in turns; what each needed, in seconds, and what came of it."""
    engines = {who: town.copy(f"run-{number}.sqlite3") for number, who in enumerate(names)}
    spans: dict[str, Spans] = {who: defaultdict(float) for who in engines}
    async with AsyncExitStack() as stack:
        handlers = {}
        for who, engine in engines.items():
            if watched:
                watch(engine, spans[who])
            handlers[who] = await stack.enter_async_context(CONTESTANTS[who](town, engine, spans[who]))
        for start in range(0, len(updates), SLICE):
            for who, handle in handlers.items():
                cpu = time.process_time()
                with timed(spans[who], "took"):
                    await handle(updates[start : start + SLICE])
                spans[who]["cpu"] += time.process_time() - cpu
    for who, engine in engines.items():
        spans[who].update(effects(engine))
        engine.dispose()
    return spans


def report_paces(updates: int, spans: Mapping[str, Spans]) -> None:
    """Print each one's pace, and how many times the peers' ours is."""
    for who, seen in spans.items():
        came = {name: int(seen[name]) for name in ("reports", "checkin_answers", "audit", "outbox")}
        pace, cpu = round(updates / seen["took"]), round(seen["cpu"] / updates * 1000, 2)
        say("updates", who=who, updates=updates, updates_per_second=pace, cpu_ms_per_update=cpu, effects=came)
    ours, *peers = spans.items()
    for kind, what in {"took": "times_the_updates_per_second", "cpu": "times_less_cpu"}.items():
        say("updates", **{what: {who: round(seen[kind] / ours[1][kind], 2) for who, seen in peers}})


def report_shares(who: str, updates: Sequence[Raw], seen: Spans) -> None:
    """Print where the time of one contestant went."""
    parts = {
        "JSON and translation": seen["translate"] + (_json_cost(updates) if who == "tocovid" else 0.0),
        "SQL statements": seen["statements"],
        "commits": seen["commits"],
        "the library's objects and dispatch": seen["all"] - seen["handlers"],
    }
    parts["stories and ORM"] = seen["took"] - sum(parts.values())
    say(
        "updates",
        who=who,
        shares={name: round(seconds / seen["took"], 3) for name, seconds in parts.items()},
        statements_per_update=round(seen["statement count"] / len(updates), 1),
        updates_per_commit=round(len(updates) / seen["commit count"], 1),
    )


def _json_cost(updates: Sequence[Raw]) -> float:
    """Seconds to write all of them for the inbox and to read them again."""
    started = time.perf_counter()
    for update in updates:
        json.loads(json.dumps(update, ensure_ascii=False, separators=(",", ":")))
    return time.perf_counter() - started


def main() -> None:
    """Measure and print; a number as argument takes only so many updates."""
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        town = in_the_evening(imported(Path(folder)))
        updates = evening(town, town.copy("read.sqlite3"))[: int(sys.argv[1]) if sys.argv[1:] else None]
        report_paces(len(updates), asyncio.run(measure(CONTESTANTS, town, updates, watched=False)))
        watched = asyncio.run(measure(list(CONTESTANTS)[:2], town, updates, watched=True))
        for who, seen in watched.items():
            report_shares(who, updates, seen)


if __name__ == "__main__":
    main()
