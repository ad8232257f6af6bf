"""The stage with the curtain up: the sandbox on loopback, and the bot beside it over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.app import App
from bot.catalogue import Catalogues
from bot.config import Settings, load
from bot.demo import stage
from bot.demo.district import District, build
from bot.importing.loading import Manner, load_file
from bot.migrating import migrate
from bot.moments import WallClock
from bot.policies import policy_from
from bot.sandbox import Hands, Limits, Sandbox, serve
from models.database import open_engine

#: When the demo's day begins, by the district's clocks.
MORNING = time(8, 0)

_DATABASE, _SANDBOX, _CLOCK = "demo.sqlite3", "sandbox.bin", "clock.txt"


@dataclass(slots=True)
class Play:
    """A running demo."""

    url: str
    district: District
    sandbox: Sandbox
    hands: Hands
    app: App
    settings: Settings

    async def later(self, span: timedelta) -> None:
        """Move the clock forward; what is due happens at once."""
        self.app.clock.move(span)
        await self.app.ticks.all_now()


@asynccontextmanager
async def play(
    folder: Path, *, port: int = 0, households: int, language: str = "vi", limits: Limits | None = None
) -> AsyncIterator[Play]:
    """Raise the curtain on the district in `folder`, new or as it was left; lower it in order at the end."""
    clock = WallClock()
    clock.set(resumed_at(folder) or this_morning(clock()))
    district = build(households)
    kept = folder / _SANDBOX
    world = kept.read_bytes() if kept.exists() else None
    sandbox = Sandbox(clock=clock, limits=limits, world=world)
    if world is None:
        stage.populate(sandbox, district)

    async def on_clock(span: timedelta) -> None:
        clock.move(span)
        await app.ticks.all_now()

    async with serve(sandbox, port=port, on_clock=on_clock) as url:
        settings = settings_for(url, folder, language)
        if world is None:
            await asyncio.to_thread(take_lists, district, folder, settings, clock)
        async with App(settings, clock) as app:
            yield Play(url, district, sandbox, Hands(sandbox), app, settings)
    kept.write_bytes(sandbox.dump())
    (folder / _CLOCK).write_text(clock().isoformat())


def settings_for(url: str, folder: Path, language: str) -> Settings:
    """The configuration of a bot that talks to the sandbox."""
    database = (folder / _DATABASE).resolve().as_posix()
    return load(
        None,
        {
            "TOCOVID_TELEGRAM__TOKEN": stage.TOKEN,
            "TOCOVID_TELEGRAM__BASE_URL": url,
            "TOCOVID_DATABASE__URL": f"sqlite:///{database}",
            "TOCOVID_WEB__LISTEN": "",
            "TOCOVID_COMMUNITY__LANGUAGE": language,
        },
    )


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


def resumed_at(folder: Path) -> datetime | None:
    """What the clock showed when a kept demo ended; None for a new one. Its time never runs backward."""
    kept = folder / _CLOCK
    return datetime.fromisoformat(kept.read_text()) if kept.exists() else None
