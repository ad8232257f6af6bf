"""The stage with the curtain up: the sandbox on loopback, and the bot beside it, a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path

from aiohttp import web

from bot.catalogue import Catalogues
from bot.config import Settings, load
from bot.demo import stage
from bot.demo.district import FIRST_TIERS, District
from bot.demo.keeping import DATABASE, Keeper
from bot.demo.supervisor import Supervisor
from bot.importing.loading import Manner, load_file
from bot.migrating import migrate
from bot.moments import WallClock
from bot.policies import policy_from
from bot.sandbox import Event, Hands, Limits, Sandbox, serve
from models.database import open_engine

#: When the demo's day begins, by the district's clocks.
MORNING = time(8, 0)


@dataclass(slots=True)
class Play:
    """A running demo."""

    district: District
    sandbox: Sandbox
    hands: Hands
    clock: WallClock
    settings: Settings
    keeper: Keeper
    bot: Supervisor
    url: str = field(init=False)  #: Where the page is, once it is served.

    async def later(self, span: timedelta) -> None:
        """Move the clock forward; what is due happens at once."""
        await self.move(span)
        self.sandbox.tell(Event("clock"))

    async def move(self, span: timedelta) -> None:
        """Move the clock forward, for whoever tells the page of it."""
        self.clock.move(span)
        await self.bot.follow_clock()

    def span_until(self, hour: int, minute: int = 0) -> timedelta:
        """How long it is until the clocks next show this."""
        now = self.local_now()
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return then - now if then > now else then - now + timedelta(days=1)

    def local_now(self) -> datetime:
        return self.clock().astimezone(self.settings.community.timezone)


Routes = Callable[[Play], Sequence[web.RouteDef]]


def no_routes(_play: Play) -> Sequence[web.RouteDef]:
    """Nothing around the chats, for a demo that nobody looks at."""
    return ()


@asynccontextmanager
async def play(
    folder: Path,
    district: District,
    *,
    port: int = 0,
    language: str = "vi",
    limits: Limits | None = None,
    verbose: bool = False,
    around: Routes = no_routes,
) -> AsyncIterator[Play]:
    """Raise the curtain on the district in `folder`, new or as it was left; lower it in order at the end.

    Raises `BotDidNotStart`, and `OSError` when the port is taken.
    """
    clock = WallClock()
    keeper = Keeper(folder, clock)
    clock.set(this_morning(clock()))
    world = keeper.world()
    sandbox = Sandbox(clock=clock, limits=limits, world=world)
    if world is None:
        stage.populate(sandbox, district)
    settings = settings_for("http://127.0.0.1", folder, language, district.tiers)
    scene = Play(district, sandbox, Hands(sandbox), clock, settings, keeper, Supervisor(clock, verbose=verbose))
    async with serve(sandbox, port=port, on_clock=scene.move, stage=around(scene)) as scene.url:
        scene.bot.environment = environment_for(scene.url, folder, language, district.tiers)
        if world is None:
            await asyncio.to_thread(take_lists, district, folder, settings, clock)
        await asyncio.to_thread(keeper.keep_morning, sandbox)
        await scene.bot.start()
        try:
            yield scene
        finally:
            await scene.bot.stop()
    keeper.leave(sandbox)


def environment_for(url: str, folder: Path, language: str, tiers: str = FIRST_TIERS) -> dict[str, str]:
    """The configuration of a bot that talks to the sandbox, as its process reads it."""
    database = (folder / DATABASE).resolve().as_posix()
    return {
        "TOCOVID_TELEGRAM__TOKEN": stage.TOKEN,
        "TOCOVID_TELEGRAM__BASE_URL": url,
        "TOCOVID_DATABASE__URL": f"sqlite:///{database}",
        "TOCOVID_WEB__LISTEN": "",
        "TOCOVID_COMMUNITY__LANGUAGE": language,
        "TOCOVID_COMMUNITY__TIERS": tiers,
    }


def settings_for(url: str, folder: Path, language: str, tiers: str = FIRST_TIERS) -> Settings:
    """The same configuration, as this process reads it."""
    return load(None, environment_for(url, folder, language, tiers))


def take_lists(district: District, folder: Path, settings: Settings, clock: WallClock) -> None:
    """Import the district's lists as an administrator would, from files."""
    engine = open_engine(settings.database.url.get_secret_value())
    migrate(engine)
    say, alone = Catalogues.load().in_language(settings.community.language), Manner(leaves_room=False)
    for family, path in stage.write_lists(district, folder / "lists").items():
        load_file(family, path, engine, policy_from(settings), say, clock, manner=alone)
    engine.dispose()


def this_morning(now: datetime) -> datetime:
    """Eight o'clock of today in the district, whenever the demo is started."""
    zone = load(None, {}).community.timezone
    return datetime.combine(now.astimezone(zone).date(), MORNING, tzinfo=zone)
