"""A PostgreSQL server that stops at once and cuts connections: the bot waits and goes on by itself.

`python -m tests.crash.postgres_stops 100` stops a real server so many times with `-m immediate`, and cuts every
connection about half as often, under days of a village with one bot each. Nothing may be lost, and as the bot itself
lives on and knows what became of its messages, none may be seen twice, but what was in flight at its end. A line for
each day, and one for all.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

import psycopg

from bot.sandbox import Fault
from tests.crash import ledger, village, whole_day
from tests.crash.bot_process import Stable
from tests.crash.kills import Tally, count_in
from tests.databases import PostgresServer, postgres_server

#: Stops of one day, after which its books are balanced.
STOPS_A_DAY = 25


def cut_connections(database: str) -> None:
    """End every connection to this database but our own, as a network does that drops them."""
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def live_through_stops(stops: int, server: PostgresServer, database: str, folder: Path, seed: int) -> Tally:
    """A day on a server that stops so many times; one bot lives through all of it."""
    place, dice, tally = village.build(seed), random.Random(seed), Tally()
    place.sandbox.faults.add(Fault(trouble="slow", times=None, seconds=0.04, probability=0.7))

    async def stop_again_and_again(stalls: Stable, config: Path) -> None:
        bot = await stalls.start(config)
        await bot.until_said("tocovid ready")
        for _ in range(stops):
            await asyncio.sleep(dice.uniform(0.3, 2.0))
            if dice.random() < 0.5:
                await asyncio.to_thread(cut_connections, database)
                tally.kills["connections"] += 1
                await asyncio.sleep(dice.uniform(0.0, 1.0))
            await asyncio.to_thread(server.crash)
            await asyncio.sleep(dice.uniform(0.0, 1.0))
            await asyncio.to_thread(server.start)
            tally.kills["server"] += 1
            assert bot.is_alive, bot.said
        await bot.stop()
        # It ends a moment after the server is back, and within ten seconds, whatever is not marked by then.
        tally.in_flight = await asyncio.to_thread(ledger.in_flight, database)
        assert "Traceback" not in bot.said, bot.said

    day, books = await whole_day.live(place, database, folder, seed, stop_again_and_again)
    count_in(tally, day, books)
    return tally


def main() -> None:
    """Stop the server as often as the first argument says; the exit code is 0 only if nothing was wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.crash.postgres_stops", description=__doc__)
    asked.add_argument("stops", type=int, nargs="?", default=100)
    asked.add_argument("--first", type=int, default=1, help="the number, and seed, of the first day")
    given = asked.parse_args()
    stops, total = given.stops, Tally()
    with postgres_server() as server:
        server.flush()
        for seed, done in enumerate(range(0, stops, STOPS_A_DAY), start=given.first):
            with tempfile.TemporaryDirectory(prefix="tocovid-stops-") as folder, server.new_url() as database:
                today = min(STOPS_A_DAY, stops - done)
                tally = asyncio.run(live_through_stops(today, server, database, Path(folder), seed))
            print(f"day {seed}: {tally}", *tally.wrong, sep="\n  ", flush=True)
            total.add(tally)
    print(f"all: {dict(total.kills)} {total}")
    sys.exit(bool(total.wrong))


if __name__ == "__main__":
    main()
