"""2,000 reports in a minute in one district, all desks watching: what the pace lets through first.

The whole bot over HTTP against a strict sandbox in a process of its own. Every home of the district reports once, one
in fifty a danger, and one in ten says more a moment later. More is to be said than Telegram takes in that time, so
what counts is who waits: a receipt no more than three seconds longer than in a queue that sends dangers and answers
alone, at the share of the pace which `benchmarks.pacing` promises; a danger for nobody's card; and a card that changed
while it waited leaves once. One JSON line for each.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import Engine, and_, func, select
from sqlalchemy.orm import Session

from benchmarks.far_end import process
from benchmarks.pacing import PROMISED
from benchmarks.tables import say
from benchmarks.town import MORNING, imported
from bot.app import App
from bot.config import Settings
from bot.demo import stage
from bot.demo.district import District
from bot.demo.playing import settings_for
from bot.moments import WallClock
from bot.sandbox import Event, Hands, Limits, Sandbox, serve
from models.records import Card, InboxEntry, Mail, Report
from models.records.reports import REPORT
from models.rules import triage
from models.rules.mail import Priority
from models.rules.roles import Role

REPORTS = 2000  #: Unless told otherwise.
SECONDS = 60.0  #: In which they are said.
DANGER_EVERY = 50
MORE_EVERY, MORE_AFTER = 10, 5  #: One home in ten says more, five reports later.
#: Homes without an account: the last of each of the 39 communities, and some to spare.
SILENT_HOMES = 80
LAST_ONES = 90.0  #: Seconds that the last receipts get to arrive.
AT_MOST = 3.0  #: Seconds.
RECEIPTS = ("ReportFiled", "UrgentReportFiled")
ILL, DANGER, MORE = "Nhà tôi có hai người sốt từ hôm qua", "Mẹ tôi khó thở, tím tái", "Nhà ở cuối bản, cạnh suối"


@dataclass
class Watch:
    """What came when, in monotonic seconds that both processes share, by the report's number."""

    said: dict[int, float] = field(default_factory=dict)
    receipts: dict[int, float] = field(default_factory=dict)
    cards: dict[int, float] = field(default_factory=dict)  #: The first that shows a danger to its team.
    refused: int = 0  #: Calls answered with 429.


class Onlooker:
    """Watches all chats at once."""

    def __init__(self, sandbox: Sandbox, homes: Sequence[int], teams: Mapping[int, set[int]]) -> None:
        self.seen = Watch()
        self.all_arrived = asyncio.Event()
        self._numbers = {account: number for number, account in enumerate(homes)}
        self._teams = teams  #: By the number of each danger: the accounts of its team.
        sandbox.listeners.append(self._see)

    def say(self, number: int) -> None:
        """The report is about to be said."""
        self.seen.said[number] = time.monotonic()

    def _see(self, event: Event) -> None:
        if event.kind != "message" or event.room is None or event.kept is None:
            return
        text, number = event.kept.message.text or "", self._numbers.get(event.room.id)
        if number is not None and event.kept.author == stage.BOT_ID and "TD-" in text:
            self.seen.receipts.setdefault(number, time.monotonic())
            if len(self.seen.receipts) == len(self._numbers):
                self.all_arrived.set()
        for danger, team in self._teams.items():
            if event.room.id in team and f"số {danger}." in text:
                self.seen.cards.setdefault(danger, time.monotonic())


async def play_district(pipe: Connection, given: tuple[District, int, int]) -> None:
    """The sandbox's process: let everybody report, answer what came when."""
    district, per_second, reports = given
    sandbox = Sandbox(seed=1, limits=Limits(per_second=per_second))
    stage.populate(sandbox, district)
    hands, homes = Hands(sandbox), [resident.account for resident in district.residents][:reports]
    for account in homes:
        hands.start(account, stage.BOT_ID)
    sandbox.world.bots[stage.BOT_ID].queue.clear()
    units = {account: home.unit for home in district.homes for account in home.accounts}
    dangers = range(0, reports, DANGER_EVERY)
    teams = {number: {who.account for who in district.holding(Role.TEAM, units[homes[number]])} for number in dangers}
    onlooker = Onlooker(sandbox, homes, teams)
    async with serve(sandbox) as url:
        pipe.send(url)
        await asyncio.to_thread(pipe.recv)
        await _all_report(hands, homes, onlooker)
        with suppress(TimeoutError):
            await asyncio.wait_for(onlooker.all_arrived.wait(), LAST_ONES)
        onlooker.seen.refused = sandbox.counters["answered 429"]
        pipe.send(onlooker.seen)
        await asyncio.to_thread(pipe.recv)


async def _all_report(hands: Hands, homes: Sequence[int], onlooker: Onlooker) -> None:
    started = time.monotonic()
    for number, account in enumerate(homes):
        await asyncio.sleep(max(0.0, started + number * SECONDS / len(homes) - time.monotonic()))
        onlooker.say(number)
        hands.say(account, stage.BOT_ID, f"{ILL if number % DANGER_EVERY else DANGER}, số {number}. Nhờ tổ giúp.")
        if number % MORE_EVERY == MORE_AFTER:
            hands.say(homes[number - MORE_AFTER], stage.BOT_ID, MORE)


def waits(said: Mapping[int, float], arrived: Mapping[int, float]) -> list[float]:
    """Seconds from each word to its answer."""
    return sorted(arrived[number] - at for number, at in said.items() if number in arrived)


def lateness(
    said: Iterable[float], arrived: Iterable[float], per_second: float, ahead: Iterable[float] = ()
) -> list[float]:
    """Seconds that each answer came later than from a queue that sends nothing else at this pace.

    Nothing but those `ahead`, that is, which are told at these moments and always go first.
    """
    first, free_at, late = sorted(ahead, reverse=True), 0.0, []
    for asked_at, came_at in zip(sorted(said), sorted(arrived), strict=True):
        while first and first[-1] <= max(free_at, asked_at):
            free_at = max(free_at, first.pop()) + 1 / per_second
        free_at = max(free_at, asked_at)
        late.append(came_at - free_at)
        free_at += 1 / per_second
    return late


@dataclass(frozen=True)
class Behind:
    """What the bot knows of it afterwards."""

    ahead: list[float]  #: When each mail that goes before the receipts, or among them, was told: monotonic seconds.
    lags: list[float]  #: Seconds that each update waited for its effects.
    cpu: float  #: Seconds of the processor, from the first word until it was over.
    cards: dict[str, int]  #: How often the cards of reports changed, and how many sends and edits that took or will.


def look_back(engine: Engine, clock: WallClock, cpu: float) -> Behind:
    """Ask the bot's database."""
    since = clock().timestamp() - time.monotonic()
    of_reports = Card.subject.startswith(f"{REPORT}:")
    mails = select(func.count(Mail.id)).join(Card, Card.id == Mail.card_id).where(of_reports)
    handled = select(InboxEntry.received_at, InboxEntry.settled_at).where(InboxEntry.settled_at.is_not(None))
    with Session(engine) as session:
        is_ahead = and_(Mail.priority <= Priority.REPLY, Mail.kind.not_in(RECEIPTS))
        told = session.scalars(select(Mail.created_at).where(is_ahead))
        cards = {
            "cards": session.scalar(select(func.count(Card.id)).where(of_reports)) or 0,
            "changes": session.scalar(select(func.sum(Card.version)).where(of_reports)) or 0,
            "sends": session.scalar(mails) or 0,
            "reports": session.scalar(select(func.count(Report.id))) or 0,
        }
        return Behind(
            [at.timestamp() - since for at in told],
            [(settled - received).total_seconds() for received, settled in session.execute(handled) if settled],
            cpu,
            cards,
        )


async def measure(folder: Path, per_second: int, reports: int) -> tuple[Watch, Behind]:
    """Run the bot beside the sandbox at this pace; what was seen on both sides."""
    town = imported(folder, reports + SILENT_HOMES)
    clock = WallClock()
    clock.set(MORNING)
    with process(play_district, (town.district, per_second, reports)) as pipe:
        url = await asyncio.to_thread(pipe.recv)
        async with App(_at_pace(settings_for(url, folder, "vi"), per_second), clock) as app:

            async def ready() -> None:
                # Nobody's first minute: a bot that has just started learns its lexicon for two seconds.
                await asyncio.to_thread(triage.read, "")
                pipe.send("ready")

            running, cpu = asyncio.create_task(app.run(ready)), time.process_time()
            seen: Watch = await asyncio.to_thread(pipe.recv)
            cpu = time.process_time() - cpu
            app.stop()
            await running
            return seen, look_back(app.engine, clock, cpu)


def _at_pace(settings: Settings, per_second: int) -> Settings:
    return settings.model_copy(update={"pacing": settings.pacing.model_copy(update={"per_second": per_second})})


def report(seen: Watch, behind: Behind, per_second: int) -> None:
    """Print what came of it."""
    answered = {number: at for number, at in seen.said.items() if number in seen.receipts}
    took, alarmed = waits(seen.said, seen.receipts), waits(seen.said, seen.cards)
    dangers = {number: at for number, at in seen.receipts.items() if number % DANGER_EVERY == 0}
    late = sorted(lateness(answered.values(), seen.receipts.values(), per_second * PROMISED, ahead=behind.ahead))
    say(
        "reports",
        what="receipts",
        per_second=per_second,
        lost=len(seen.said) - len(answered),
        p50_s=at(took, 50),
        p99_s=at(took, 99),
        last_s=at(took, 100),
        beyond_the_pace_s=at(late, 100),
        at_most=AT_MOST,
        refused=seen.refused,
        kept=len(answered) == len(seen.said) and late[-1] <= AT_MOST and not seen.refused,
    )
    lags = sorted(behind.lags)
    say(
        "reports",
        what="intake",
        waited_p99_s=at(lags, 99),
        waited_last_s=at(lags, 100),
        cpu_ms=round(behind.cpu / len(lags) * 1000, 1),
    )
    urgent = waits(seen.said, dangers)
    card = {"card_p50_s": at(alarmed, 50), "card_last_s": at(alarmed, 100)}
    say("reports", what="dangers", count=len(urgent), receipt_last_s=at(urgent, 100), **card)
    sends = behind.cards["sends"]
    say("reports", what="cards", **behind.cards, changes_a_send=round(behind.cards["changes"] / max(1, sends), 2))


def at(ordered: Sequence[float], share: int) -> float | None:
    """The value below which that share of a hundred lies; None when there are none."""
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 2) if ordered else None


def main() -> None:
    """Measure and print; as arguments, another pace than Telegram's thirty messages a second, and fewer reports."""
    given = [int(each) for each in sys.argv[1:3]]
    per_second, reports = (given + [30, REPORTS][len(given) :])[:2]
    with tempfile.TemporaryDirectory(prefix="tocovid-bench-") as folder:
        report(*asyncio.run(measure(Path(folder), per_second, reports)), per_second)


if __name__ == "__main__":
    main()
