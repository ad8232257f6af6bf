"""A small district on a real stage: a sandbox full of people, and the very bot beside it over real HTTP.

Everything goes through people's hands and is looked for on people's screens.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.app import App
from bot.catalogue import Catalogues
from bot.config import Settings, load
from bot.demo.district import COMMUNES, COMMUNITIES_EACH, District, Someone, build
from bot.demo.stage import BOT_ID, BOT_USERNAME, TOKEN, populate, write_lists
from bot.importing.loading import load_file
from bot.looking import Looks
from bot.means import Means
from bot.moments import WallClock
from bot.policies import policy_from
from bot.running import make_code
from bot.sandbox import NO_LIMITS, CannotDo, Hands, Press, Sandbox, Seen, serve
from models.database import open_engine
from models.records import EntryState, Errand, ErrandState, InboxEntry, Mail, MailState
from models.rules.roles import Role

#: The demo's district has thirteen communes; this much of it is enough for every story.
PLACES = ("TD", "X01", "X01-1", "X01-2", "X02", "X02-1")
HOMES_EACH = 4
#: Seconds something may take to appear on a screen, on a machine with much else to do.
PATIENCE = 60.0
CODE = re.compile(r"[A-Z]{2,4}-\d{5,}")
#: Telegram is asked for nothing that pacing would hold up: where pace is the subject, stories set their own.
UNPACED = {"PER_SECOND": "10000", "PER_CHAT_SECOND": "10000", "PER_GROUP_MINUTE": "10000"}


@dataclass
class Stage:
    """A running bot, the people around it, and a clock that the story moves."""

    district: District
    sandbox: Sandbox
    hands: Hands
    app: App

    def __post_init__(self) -> None:
        hold = self.district.holding
        self.commander, self.clerk = hold(Role.COMMANDER, "TD")[0], hold(Role.CLERK, "TD")[0]
        self.duty_officer = hold(Role.OFFICER, "TD")[0]
        self.chair, self.officer, self.health = (
            hold(role, "X01")[0] for role in (Role.COMMANDER, Role.OFFICER, Role.HEALTH)
        )
        self.other_chair = hold(Role.COMMANDER, "X02")[0]
        self.member, self.second_member, self.third_member = hold(Role.TEAM, "X01-1")
        self.neighbouring_member, self.far_member = hold(Role.TEAM, "X01-2")[0], hold(Role.TEAM, "X02-1")[0]
        self.village_head = hold(Role.VILLAGE_HEAD, "X01-1")[0]
        self.residents = self.district.living_in("X01-1")
        self.resident, self.neighbour, self.third_resident = self.residents
        self.stranger, self.administrator = self.district.stranger, self.district.administrator

    # What people do. A private chat is the bot's; a group is named by the code of its unit.

    def group(self, code: str) -> int:
        """The chat id of a unit's group."""
        return self.district.place(code).chat

    def start(self, who: Someone, payload: str | None = None) -> int:
        return self.hands.start(who.account, BOT_ID, payload)

    def writes(self, who: Someone, words: str, *, at: int = BOT_ID, reply_to: Seen | None = None) -> int:
        """Write words to the bot, or into a group."""
        return self.hands.say(who.account, at, words, reply_to=reply_to)

    async def taps(self, who: Someone, message: Seen, label: str) -> Press:
        """Tap a button and wait for its toast."""
        press = self.hands.press(who.account, message, label)
        return await self.hands.wait_for_toast(press, within=PATIENCE)

    async def answers(self, who: Someone, question: Seen, label: str, words: str) -> None:
        """Tap a button that asks for words, wait for the question, and write them."""
        asked = self.last_id(who)
        await self.taps(who, question, label)
        await self.sees(who, buttons=["Huỷ"], after=asked)
        self.writes(who, words)

    def follow(self, who: Someone, message: Seen, label: str, *, into: int | None = None) -> int:
        """Follow a button that is a link, if it adds the bot to a group then `into` that one."""
        buttons = [button for row in message.buttons for button in row]
        url = next(button.url for button in buttons if button.label == label)
        return self.hands.open_link(who.account, url, chat=into)

    def data_of(self, who: Someone, message: Seen, label: str) -> str:
        """What a button carries, as a forger would copy it."""
        room = self.hands.find_room(who.account, message.chat)
        markup = room.messages[message.id].message.reply_markup if room else None
        buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
        return next(button.callback_data or "" for button in buttons if button.text == label)

    async def become_administrator(self) -> None:
        """Send the one-time code of the first start."""
        code = await self.app.writer.transact(lambda session: make_code(session, self.app))
        self.start(self.administrator, code)
        await self.sees(self.administrator, "là quản trị từ bây giờ")

    # What people see.

    async def sees(
        self,
        who: Someone,
        *words: str,
        at: int = BOT_ID,
        buttons: Collection[str] = (),
        without: Collection[str] = (),
        after: int = 0,
        kind: str = "",
    ) -> Seen:
        """The newest message of the bot's with all these words and buttons and none of `without`, once it is there."""

        def wanted(seen: Seen) -> bool:
            return (
                seen.by_bot
                and all(word in seen.text for word in words)
                and set(buttons) <= set(seen.labels)
                and not set(without) & set(seen.labels)
                and kind in ("", seen.kind)
            )

        return await self.hands.wait_for(who.account, at, wanted, after=after, within=PATIENCE)

    async def code(self, who: Someone, *words: str, after: int = 0) -> str:
        """The code on the newest message that shows one and these words."""
        seen = await self.hands.wait_for(
            who.account,
            BOT_ID,
            lambda seen: seen.by_bot and bool(CODE.search(seen.text)) and all(word in seen.text for word in words),
            after=after,
            within=PATIENCE,
        )
        return code_in(seen)

    def read(self, who: Someone, at: int = BOT_ID) -> list[Seen]:
        """What the bot has said in a chat this person sees, oldest first; nothing in a chat they are not in."""
        with suppress(CannotDo):
            return [seen for seen in self.hands.read(who.account, at) if seen.by_bot and seen.kind != "pinned_message"]
        return []

    def said(self, who: Someone, *words: str, at: int = BOT_ID) -> list[Seen]:
        """The bot's messages with all these words that are on the screen now."""
        return [seen for seen in self.read(who, at) if all(word in seen.text for word in words)]

    def last_id(self, who: Someone, at: int = BOT_ID) -> int:
        """The number of the newest message on the screen."""
        return max((seen.id for seen in self.hands.read(who.account, at)), default=0)

    # Time.

    async def quiet(self) -> None:
        """Wait until every update had its effects and everything that may leave has left."""
        async with asyncio.timeout(PATIENCE):
            while self.sandbox.world.bots[BOT_ID].queue or await self._is_busy():
                self.app.intake.wake()
                await asyncio.sleep(0.02)

    async def _is_busy(self) -> bool:
        return await self.app.writer.transact(self._has_work)

    def _has_work(self, session: Session) -> bool:
        is_due = Mail.not_before.is_(None) | (Mail.not_before <= self.app.clock())
        unsent = select(func.count(Mail.id)).where(Mail.state.in_([MailState.WAITING, MailState.LEASED]), is_due)
        unheard = select(func.count(InboxEntry.id)).where(InboxEntry.state == EntryState.WAITING)
        undone = select(func.count(Errand.id)).where(Errand.state == ErrandState.WAITING)
        return any(session.scalar(count) for count in (unsent, unheard, undone))

    async def later(self, span: timedelta) -> None:
        """Move the clock forward; what is due happens at once."""
        await self.quiet()
        self.app.clock.move(span)
        await self.app.ticks.all_now()
        await self.quiet()

    async def until(self, hour: int, minute: int = 0) -> None:
        """Move the clock forward to when the district's clocks next show this."""
        now = self.app.clock().astimezone(self.app.policy.timezone)
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        await self.later(then - now if then > now else then - now + timedelta(days=1))

    async def parked(self) -> int:
        """How many updates and messages nobody could handle or send."""
        return (await self.app.situation()).counts.mail_parked


@asynccontextmanager
async def raise_curtain(
    database_url: str,
    folder: Path,
    at: datetime,
    *,
    pacing: dict[str, str] = UNPACED,
    language: str = "vi",
    places: Collection[str] = PLACES,
) -> AsyncIterator[Stage]:
    """The district at `at`, with its lists imported and the bot running, until the block ends."""
    clock = WallClock()
    clock.set(at)
    district = small_district(places)
    sandbox = Sandbox(clock=clock, limits=NO_LIMITS)
    populate(sandbox, district)
    async with serve(sandbox) as url:
        settings = settings_for(url, database_url, pacing, language)
        await asyncio.to_thread(take_lists, district, folder, settings, clock)
        # What no update brought is looked for every few seconds; a story does not wait for that.
        means = Means(looks=lambda _every: Looks(0.1))
        async with App(settings, clock, means=means) as app, running(app):
            stage = Stage(district, sandbox, Hands(sandbox), app)
            await stage.later(timedelta())
            yield stage


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """Run the bot's loops for the length of the block, from when updates can come in."""
    ready = asyncio.Event()

    async def curtain() -> None:
        ready.set()

    bot = asyncio.create_task(app.run(curtain))
    waiting = asyncio.create_task(ready.wait())
    await asyncio.wait({bot, waiting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        waiting.cancel()
        app.stop()
        await bot


def settings_for(url: str, database_url: str, pacing: dict[str, str], language: str) -> Settings:
    """The configuration of a bot that talks to the sandbox."""
    return load(
        None,
        {
            "TOCOVID_TELEGRAM__TOKEN": TOKEN,
            "TOCOVID_TELEGRAM__BASE_URL": url,
            "TOCOVID_DATABASE__URL": database_url,
            "TOCOVID_WEB__LISTEN": "",
            "TOCOVID_COMMUNITY__LANGUAGE": language,
            **{f"TOCOVID_PACING__{key}": value for key, value in pacing.items()},
        },
    )


def small_district(places: Collection[str]) -> District:
    """These places out of the demo's district, and whoever serves or lives there."""
    whole, some = build(HOMES_EACH * len(COMMUNES) * COMMUNITIES_EACH), District()
    some.places = [place for place in whole.places if place.code in places]
    some.posts = [post for post in whole.posts if post.units and set(post.units) <= set(places)]
    some.homes = [home for home in whole.homes if home.unit in places]
    accounts = {account for home in some.homes for account in home.accounts}
    some.residents = [someone for someone in whole.residents if someone.account in accounts]
    some.administrator, some.stranger = whole.administrator, whole.stranger
    return some


def take_lists(district: District, folder: Path, settings: Settings, clock: WallClock) -> None:
    """Import the district's lists from files, as an administrator would."""
    engine = open_engine(settings.database.url.get_secret_value())
    say = Catalogues.load().in_language("vi")
    for family, path in write_lists(district, folder / "lists").items():
        load_file(family, path, engine, policy_from(settings), say, clock)
    engine.dispose()


def link(payload: str) -> str:
    """A link into the private chat with the bot."""
    return f"https://t.me/{BOT_USERNAME}?start={payload}"


def code_in(seen: Seen) -> str:
    """The code a message shows."""
    found = CODE.search(seen.text)
    assert found is not None, seen.text
    return found.group()
