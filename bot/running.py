"""`tocovid run`: one screen that says what the bot is connected to, then the loops until it is told to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from bot.app import App
from bot.catalogue import Say
from bot.config import Settings
from bot.exits import DONE, REFUSED_TO_START
from bot.owner import AlreadyOwned, Deposed
from bot.situation import Situation
from bot.telegram.poll import Stopped
from bot.web.pages import DoorTaken
from models.database import plain_url
from models.records import InvitationKind
from models.rules.room import MEGABYTE, Room, room_left
from models.work import Work

Print = Callable[[str], None]

#: Seconds without an answer after which the administrator is told what to look at; the bot goes on trying.
UNREACHED_AFTER = 5.0
#: Names of units shown on the start screen before "and n more".
MOST_NAMES = 5


def new_loop() -> asyncio.AbstractEventLoop:
    """A loop that begins no thread to end those it has: the interpreter ends them, and begins none for it.

    A thread that begins with no memory left dies before it can say so, and whoever waits for it waits for ever.
    """
    loop = asyncio.new_event_loop()

    async def leave_them(_timeout: float | None = None) -> None:
        return

    loop.shutdown_default_executor = leave_them  # type: ignore[method-assign]
    return loop


async def run_bot(settings: Settings, say: Say, out: Print, err: Print, *, stands_by: bool = False) -> int:
    """Run until SIGTERM or Ctrl-C; the exit code. One that stands by waits until the database has no owner."""

    def stand_by() -> None:
        unreached.cancel()
        out(say("run.standing_by", database=database_of(settings)))

    app = App(settings, stand_by=stand_by if stands_by else None)
    when_told_to_end(app.stop)
    server = urlsplit(str(settings.telegram.base_url)).netloc
    unreached = asyncio.get_running_loop().call_later(UNREACHED_AFTER, err, say("run.unreached", server=server))
    try:
        async with app:
            unreached.cancel()
            await run_app(app, say, out)
    except asyncio.CancelledError:
        # Told to end while the service was still out of reach: nothing had begun.
        out(say("run.ended"))
    except AlreadyOwned as error:
        err(say("run.already_owned", database=error))
        return REFUSED_TO_START
    except Deposed:
        err(say("run.deposed", database=database_of(settings)))
        return REFUSED_TO_START
    except Stopped as error:
        err(say(f"run.stopped_{error.failure.why.value}"))
        return REFUSED_TO_START
    except DoorTaken as error:
        err(say("run.door_taken", listen=error))
        return REFUSED_TO_START
    finally:
        unreached.cancel()
    return DONE


async def run_app(app: App, say: Say, out: Print) -> None:
    """Show the start screen, and run; the line beginning "tocovid ready" comes when updates can come in."""
    for line in await start_screen(app, say):
        out(line)

    async def ready() -> None:
        out(say("run.ready", bot=app.me.username))

    await app.run(ready)
    out(say("run.ended"))


async def start_screen(app: App, say: Say) -> list[str]:
    """What the bot is connected to, how much it knows, and what is not right yet."""
    situation = await app.situation()
    code = None if situation.has_administrator else await app.writer.transact(lambda s: make_code(s, app))
    counts = situation.counts
    lines = [
        say("run.title", bot=app.me.username, server=urlsplit(str(app.settings.telegram.base_url)).netloc),
        say("run.database", database=database_of(app.settings)),
        say(
            "run.counts",
            units=say.number(counts.units),
            chats=say.number(counts.chats),
            people=say.number(counts.people),
            households=say.number(counts.households),
        ),
    ]
    if app.copied_to is not None:
        lines.append(say("run.copied", file=app.copied_to))
    return [*lines, *_short_of_room(app, say), *_unfinished(situation, app, say, code)]


def database_of(settings: Settings) -> str:
    """The database's address without its password."""
    return plain_url(settings.database.url.get_secret_value()).render_as_string(hide_password=True)


def _unfinished(situation: Situation, app: App, say: Say, code: str | None) -> Iterator[str]:
    if code is not None:
        yield say("run.first_start", code=code, link=f"https://t.me/{app.me.username}?start={code}")
    if not situation.counts.units:
        yield say("run.no_units")
    for shortcoming, units in (("no_groups", situation.units_without_group), ("not_ready", situation.units_not_ready)):
        if units:
            names = ", ".join(units[:MOST_NAMES])
            yield say.count(f"run.{shortcoming}", len(units), names=names, more="…" if len(units) > MOST_NAMES else "")


def _short_of_room(app: App, say: Say) -> Iterator[str]:
    for disk, free in app.disks.free().items():
        room = room_left(free, app.policy.room, Room.ENOUGH)
        if room is not Room.ENOUGH:
            yield say(f"disks.{room.name.lower()}_{disk}", free=say.number(free // MEGABYTE))


def make_code(session: Session, app: App) -> str:
    """A fresh one-time code: whoever sends `/start <code>` first becomes administrator."""
    work = Work(session, app.clock(), app.policy)
    until = work.now + app.policy.link_valid_for
    return work.invitations.make(InvitationKind.ADMINISTRATOR, expires_at=until)


def when_told_to_end(end: Callable[[], None]) -> None:
    """Call `end` on SIGTERM and Ctrl-C, also where the event loop knows no signals (Windows)."""
    loop = asyncio.get_running_loop()

    def told(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(end)

    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, end)
        except NotImplementedError:
            signal.signal(number, told)
