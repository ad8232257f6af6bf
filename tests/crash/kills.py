"""Kills: `kill -9` while keeping updates, handling them, sending, marking and ticking, and everything still balances.

`python -m tests.crash.kills 1000` lives days of up to 60 kills each under load, while one call in ten to the service
comes to grief and updates come twice and out of order; `--postgres` on a real PostgreSQL, `--first 26` goes on from
that day. A line for each day, a table at the end. Two controls must fail, or the program would see nothing: the
library's own way of receiving must lose messages, and a bot that repeats everything must show what must not be
repeated.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, fields
from math import inf
from pathlib import Path

from sqlalchemy import text

from bot.sandbox import Fault, Trouble, serve
from tests.crash import ledger, village, whole_day
from tests.crash.bot_process import Stable, until
from tests.crash.day import Day
from tests.crash.ledger import Books
from tests.crash.traps import MOMENTS, Part, Trap
from tests.crash.village import Village
from tests.databases import postgres_server

#: Kills of one day, after which its books are balanced.
KILLS_A_DAY = 60
#: Kills after which each part must have been hit: three in four are traps, two or three in eleven for each part.
ENOUGH_FOR_ALL = 100
#: Seconds a bot that is up may live without coming to its trap.
TRAPPED_WITHIN = 3.0
#: How often, at most, it may pass by before it is caught: so often it passes in that time.
MOST_PASSES = {Part.START: 1, Part.INTAKE: 2, Part.HANDLING: 3, Part.DELIVERY: 8, Part.TICKS: 2}

#: Asks a server how many own this database.
OWNERS = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

#: What befalls one call in ten, and what of it the service has accepted without our hearing so.
TROUBLES: tuple[Trouble, ...] = (
    "too_many",
    "server_error",
    "reset_before",
    "timeout_before",
    "reset_after",
    "timeout_after",
)
UNHEARD = ("reset_after", "timeout_after")
SHARE = 0.1


@dataclass
class Tally:
    """What one day, or several, brought."""

    kills: Counter[str] = field(default_factory=Counter)  #: By what the bot was doing.
    updates: int = 0
    reports: int = 0
    taps: int = 0
    directives: int = 0
    ticks: int = 0  #: Steps in the life of reports that the clock took.
    messages: int = 0
    troubles: int = 0  #: Calls that came to grief.
    in_flight: int = 0  #: Messages being sent at kills.
    unheard: int = 0  #: Messages that arrived and whose answer did not.
    uncertain: int = 0
    missed: int = 0  #: Check-in rounds that passed while the bot was away, and were told of.
    duplicates: Counter[str] = field(default_factory=Counter)  #: By kind of notice.
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count the other's in."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def __str__(self) -> str:
        return (
            f"{self.kills.total()} kills ({self.updates} updates, {self.reports} reports, {self.taps} taps, "
            f"{self.directives} directives, {self.ticks} ticks, {self.messages} messages, {self.troubles} troubles): "
            f"{self.in_flight} in flight and {self.unheard} unheard, {self.duplicates.total()} copies, "
            f"{self.uncertain} uncertain, {self.missed} rounds missed, {len(self.wrong)} wrong"
        )


def cause_trouble(place: Village) -> None:
    """From now on one call in ten comes to grief, polls as well, and most take a little while."""
    faults = place.sandbox.faults
    share = SHARE / len(TROUBLES)
    for method in (None, "getUpdates"):
        for tried, trouble in enumerate(TROUBLES):
            # They are tried in turn, so the later ones need a little more chance to strike as often.
            chance = share / (1 - tried * share)
            each = Fault(trouble=trouble, times=None, method=method, probability=chance, seconds=0.3, retry_after=1)
            faults.add(each)
    # A little way to go, so that a kill finds messages under way.
    faults.add(Fault(trouble="slow", times=None, seconds=0.04, probability=0.7))


async def kill_once(stalls: Stable, config: Path, dice: random.Random, *, repeats_everything: bool) -> str:
    """Start the bot and kill it, by its own hand or from outside, some before it is up; what it was doing."""
    part, edge = dice.choice(MOMENTS)
    trap = None if dice.random() < 0.25 else Trap(part, edge, dice.randint(1, MOST_PASSES[part]))
    bot = await stalls.start(config, trap, repeats_everything=repeats_everything)
    if trap is None and dice.random() < 0.15:
        await asyncio.sleep(dice.uniform(0.0, 1.0))
    else:
        await bot.until_said_or_gone("tocovid ready")
        await bot.ends_within(dice.uniform(0.0, 1.5) if trap is None else TRAPPED_WITHIN)
    is_sprung = not bot.is_alive
    assert is_sprung <= (trap is not None), f"the bot ended by itself; it said:\n{bot.said}"
    await bot.kill()
    return part.name.lower() if is_sprung else "anything"


async def live_through(
    kills: int, database: str, folder: Path, seed: int, *, repeats_everything: bool = False
) -> Tally:
    """A day with so many kills, and its books; what was found wrong is named."""
    place, dice, tally = village.build(seed), random.Random(seed), Tally()
    cause_trouble(place)

    async def kill_again_and_again(stalls: Stable, config: Path) -> None:
        for _ in range(kills):
            place.sandbox.faults.duplicate_updates, place.sandbox.faults.reorder_updates = 5, 2
            tally.kills[await kill_once(stalls, config, dice, repeats_everything=repeats_everything)] += 1
            await until(lambda: is_let_go(database))
            tally.in_flight += await asyncio.to_thread(ledger.in_flight, database)

    day, books = await whole_day.live(
        place, database, folder, seed, kill_again_and_again, repeats_everything=repeats_everything
    )
    count_in(tally, day, books)
    return tally


def is_let_go(database: str) -> bool:
    """Whether nobody owns it: a server notices a little later that a bot was killed, and the next would be refused."""
    if database.startswith("sqlite"):
        return True
    with ledger.reading(database) as session:
        return not session.scalar(text(OWNERS))


def count_in(tally: Tally, day: Day, books: Books) -> None:
    """The figures of a day whose kills are counted, and everything that is wrong with them."""
    struck = day.village.sandbox.faults.struck
    tally.updates, tally.ticks, tally.messages = books.updates, books.ticks, books.messages
    tally.reports, tally.taps, tally.directives = len(day.deeds.reported), day.deeds.taps, len(day.deeds.directed)
    tally.troubles = sum(times for what, times in struck.items() if not what.startswith("slow"))
    tally.unheard = sum(struck[f"{trouble} {method}"] for trouble in UNHEARD for method in ("sendMessage", "sendPhoto"))
    tally.duplicates, tally.uncertain = books.duplicates, books.uncertain
    tally.missed, tally.wrong = books.missed, books.wrong
    if tally.duplicates.total() > tally.in_flight + tally.unheard:
        tally.wrong.append(f"{tally.duplicates.total()} copies, more than were in flight or unheard")
    if tally.reports < tally.kills.total() / 2:
        tally.wrong.append(f"only {tally.reports} reports: too little load for so many kills")


async def live_forgetfully(kills: int, messages: int, folder: Path, seed: int) -> int:
    """The same killing for the library's own way of receiving; how many messages were lost for good."""
    place, file = village.build(seed), folder / "heard.sqlite3"
    sender = place.residents["X1-1"][0]
    async with serve(place.sandbox) as url:
        for turn in range(kills + 1):
            for number in range(messages):
                place.hands.say(sender, village.BOT_ID, f"#{turn:02}{number:02}")
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.crash.forgetful", url, village.TOKEN, str(file)
            )
            # Killed amid its work, all but the last time.
            await until_heard(file, 10 if turn < kills else inf)
            process.kill()
            await process.wait()
    with closing(sqlite3.connect(file)) as heard:
        kept = {words for (words,) in heard.execute("SELECT words FROM heard WHERE words LIKE '#%'")}
    return (kills + 1) * messages - len(kept)


async def until_heard(file: Path, enough: float) -> None:
    """Wait until so many more messages were written down, or some were and then nothing more for three seconds."""
    before = heard = await asyncio.to_thread(count_heard, file)
    quiet_since = time.monotonic()
    while heard - before < enough and (heard == before or time.monotonic() - quiet_since < 3):
        await asyncio.sleep(0.05)
        now = await asyncio.to_thread(count_heard, file)
        if now != heard:
            heard, quiet_since = now, time.monotonic()


def count_heard(file: Path) -> int:
    try:
        with closing(sqlite3.connect(file)) as heard:
            return int(heard.execute("SELECT count(*) FROM heard").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # The table is not there yet.


def days_of(kills: int, *, on_postgres: bool, first: int) -> Iterator[Tally]:
    """Live as many days as it takes, each in a folder and on a database of its own."""
    with postgres_server() if on_postgres else nullcontext() as server:
        for seed, done in enumerate(range(0, kills, KILLS_A_DAY), start=first):
            with new_folder() as folder:
                place = server.new_url() if server else nullcontext(f"sqlite:///{folder / 'district.sqlite3'}")
                with place as database:
                    yield asyncio.run(live_through(min(KILLS_A_DAY, kills - done), database, folder, seed))


def blind_spots(kills: Counter[str]) -> list[str]:
    """What a bot was never killed in, where so many kills must have hit everything: its trap does not see it."""
    never = [part.name.lower() for part in Part if not kills[part.name.lower()]]
    return [f"never killed in {part}" for part in never] if kills.total() >= ENOUGH_FOR_ALL else []


@contextmanager
def new_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tocovid-kills-") as folder:
        yield Path(folder)


def controls() -> Iterator[tuple[str, bool]]:
    """What must go wrong, each with whether it did."""
    with new_folder() as folder:
        lost = asyncio.run(live_forgetfully(2, 60, folder, seed=1))
        yield f"the library's own way of receiving: {lost} of 180 messages lost", lost > 0
    with new_folder() as folder:
        database = f"sqlite:///{folder / 'district.sqlite3'}"
        tally = asyncio.run(live_through(20, database, folder, seed=1, repeats_everything=True))
        yield f"a bot that repeats everything: {'; '.join(tally.wrong)}", bool(tally.wrong)


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def main() -> None:
    """Kill as often as the first argument says; the exit code is 0 only if nothing was wrong and the controls were."""
    asked = argparse.ArgumentParser(prog="python -m tests.crash.kills", description=__doc__)
    asked.add_argument("kills", type=int, nargs="?", default=1000)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--first", type=int, default=1, help="the number, and seed, of the first day")
    asked.add_argument("--no-controls", action="store_true")
    given = asked.parse_args()
    total = Tally()
    for number, tally in enumerate(
        days_of(given.kills, on_postgres=given.postgres, first=given.first), start=given.first
    ):
        say(f"day {number}: {tally}")
        for line in tally.wrong:
            say(f"  wrong: {line}")
        total.add(tally)
    total.wrong += blind_spots(total.kills)
    fails = [(what, did) for what, did in ([] if given.no_controls else controls())]
    print(f"\n{total}", *total.wrong, sep="\n  ")
    print(*(f"  killed in {part:<10} {times:>5}" for part, times in total.kills.most_common()), sep="\n")
    print(*(f"  seen twice: {kind:<24} {times:>5}" for kind, times in total.duplicates.most_common()), sep="\n")
    print(*(f"  control, must fail: {what}" for what, _ in fails), sep="\n")
    sys.exit(bool(total.wrong) or not all(did for _, did in fails))


if __name__ == "__main__":
    main()
