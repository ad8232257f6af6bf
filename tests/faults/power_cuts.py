"""Power cuts: whatever was acknowledged is still there, whole, and the database is in order.

`python -m tests.faults.power_cuts 10000` cuts the power at so many random moments of a day's commits, once with the
bot's own settings and once with `synchronous=NORMAL`, which must lose something: else the program would see nothing.
One JSON line for each.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import count

import apsw

from models.database import SQLITE_PRAGMAS
from tests.faults.disk import Disk, Drive, Files, after_power_cuts

COMMITS = 500
#: So often what is old is erased, as the bot does with what it may not keep.
TIDIED_EVERY, KEPT = 60, 80
FILE = "tocovid.sqlite3"
_numbers = count(1)


@dataclass
class Ledger:
    """What was promised, and when, by how much had happened on the disk by then."""

    disk: Disk = field(default_factory=Disk)
    acknowledged: list[tuple[int, int]] = field(default_factory=list)  #: (happenings so far, number of the commit)
    erased: list[tuple[int, int]] = field(default_factory=list)  #: (happenings so far, all below this number)

    def promised_at(self, cut: int) -> set[int]:
        """The commits that somebody had been told of by then, and that nobody had begun to erase."""
        begun = max((below for at, below in self.erased if at <= cut), default=0)
        return {number for at, number in self.acknowledged if at <= cut and number >= begun}


@dataclass(frozen=True)
class Found:
    """What the power cuts did."""

    synchronous: str
    cuts: int
    commits: int
    acknowledged_lost: int  #: Cuts after which a commit that had been acknowledged was gone.
    torn: int  #: Cuts after which half of a transaction was there.
    corrupt: int  #: Cuts after which SQLite found the database damaged.


@contextmanager
def opened(disk: Disk, synchronous: str) -> Iterator[apsw.Connection]:
    """The database on this disk, with the bot's settings but for the one asked about."""
    name = f"drive-{next(_numbers)}"
    drive = Drive(name, disk)
    connection = apsw.Connection(FILE, vfs=name)
    try:
        # Alone on its files, SQLite needs no memory shared with others, which this disk does not have.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        yield connection
    finally:
        connection.close()
        drive.unregister()


def live_a_day(synchronous: str) -> Ledger:
    """Accept updates and keep their effects, one commit each, and erase what is old."""
    ledger = Ledger()
    with opened(ledger.disk, synchronous) as connection:
        connection.execute("CREATE TABLE inbox (id INTEGER PRIMARY KEY, payload TEXT)")
        connection.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, notice TEXT)")
        for number in range(1, COMMITS + 1):
            with connection:
                connection.execute("INSERT INTO inbox VALUES (?, ?)", (number, "ho sốt " * 200))
                connection.execute("INSERT INTO outbox VALUES (?, ?)", (number, "đã nhận " * 100))
            ledger.acknowledged.append((len(ledger.disk.happenings), number))
            if number % TIDIED_EVERY == 0:
                ledger.erased.append((len(ledger.disk.happenings), number - KEPT))
                with connection:
                    connection.execute("DELETE FROM inbox WHERE id < ?", (number - KEPT,))
                    connection.execute("DELETE FROM outbox WHERE id < ?", (number - KEPT,))
    return ledger


def look_at(files: Files, synchronous: str) -> tuple[set[int], set[int]] | None:
    """The numbers found in either table; None when the database is damaged."""
    try:
        with opened(Disk(files), synchronous) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            inbox, outbox = (
                {number for (number,) in connection.execute(f"SELECT id FROM {table}")} if table in tables else set()
                for table in ("inbox", "outbox")
            )
            return inbox, outbox
    except (apsw.CorruptError, apsw.NotADBError):
        return None


def cut_power(synchronous: str, cuts: int, seed: int) -> Found:
    """Live one day, and look at the disk after each of so many cuts."""
    dice = random.Random(seed)
    ledger = live_a_day(synchronous)
    moments = [dice.randint(1, len(ledger.disk.happenings)) for _ in range(cuts)]
    lost = torn = corrupt = 0
    for moment, files in after_power_cuts(ledger.disk.happenings, moments, dice):
        seen = look_at(files, synchronous)
        if seen is None:
            corrupt += 1
            continue
        inbox, outbox = seen
        lost += not ledger.promised_at(moment) <= inbox
        torn += inbox != outbox
    return Found(synchronous, cuts, COMMITS, lost, torn, corrupt)


def main() -> None:
    """Cut the power as often as the argument says, and print what it did."""
    cuts = int(sys.argv[1]) if sys.argv[1:] else 1000
    for synchronous in ("FULL", "NORMAL"):
        print(json.dumps({"program": "power_cuts", **asdict(cut_power(synchronous, cuts, seed=1))}), flush=True)


if __name__ == "__main__":
    main()
