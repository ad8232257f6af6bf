"""A district in which everybody acts at once: who lives there, who acts when, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from benchmarks.reports import DANGER, DANGER_EVERY, ILL
from bot.demo import stage
from bot.demo.district import District, Post, build
from bot.sandbox import Event, Hands, Sandbox, presses, serve
from bot.sandbox.world import Kept, Room
from models.rules.roles import Role

COMMUNES, COMMUNITIES_EACH = 28, 49  #: 1,400 groups in all, besides the district's own.
TAPPING, REPORTING = 10_000, 2_000  #: Homes.
SECONDS = 120.0  #: In which they do, on a machine that has nothing else to do.
STAFF_EACH = 2  #: Who serves in each community; every one of them is told of the alarm in private, too.
LAST_ONES = 1.25  #: Times as long the last receipts get to arrive.


@dataclass(frozen=True)
class Size:
    """How much of everything there is."""

    communes: int = COMMUNES
    tapping: int = TAPPING
    reporting: int = REPORTING
    seconds: float = SECONDS

    @property
    def communities(self) -> int:
        return self.communes * COMMUNITIES_EACH

    @property
    def groups(self) -> int:
        """Whom the alarm is for."""
        return self.communes + self.communities

    def district(self) -> District:
        """So many homes with an account, and one without in each community, as everywhere."""
        communes = [f"Mẫu {number}" for number in range(1, self.communes + 1)]
        district = build(self.tapping + self.communities, communes, COMMUNITIES_EACH)
        district.posts = list(_fewer(district.posts))
        return district


def _fewer(posts: Sequence[Post]) -> Iterator[Post]:
    """The offices as they are, and the first few of each team."""
    teams: dict[str, int] = {}
    for post in posts:
        if post.role is Role.TEAM:
            teams[post.units[0]] = teams.get(post.units[0], 0) + 1
        if post.role is not Role.VILLAGE_HEAD and (post.role is not Role.TEAM or teams[post.units[0]] <= STAFF_EACH):
            yield post


@dataclass
class Watch:
    """What the sandbox saw, in monotonic seconds that both processes share."""

    began: float = 0.0
    said: dict[int, float] = field(default_factory=dict)  #: By account.
    receipts: dict[int, float] = field(default_factory=dict)
    doubled: int = 0  #: Receipts that came once more.
    refused: int = 0  #: Calls answered with 429.


class Onlooker:
    """Watches all chats at once: where the boards stand, and when each receipt comes."""

    def __init__(self, sandbox: Sandbox, size: Size) -> None:
        self.seen = Watch()
        self.boards: dict[int, tuple[Room, Kept]] = {}  #: By group.
        self.all_boards, self.all_receipts = asyncio.Event(), asyncio.Event()
        self._size = size
        self._read: set[tuple[int, str]] = set()  #: What each home was told about its report.
        sandbox.listeners.append(self._see)

    def _see(self, event: Event) -> None:
        if event.kind != "message" or event.room is None or event.kept is None or event.kept.author != stage.BOT_ID:
            return
        if not self.seen.began:
            self._see_board(event.room, event.kept)
        elif event.room.id in self.seen.said and "TD-" in (event.kept.message.text or ""):
            self._see_receipt(event.room.id, event.kept.message.text or "")

    def _see_receipt(self, account: int, text: str) -> None:
        self.seen.doubled += (account, text) in self._read
        self._read.add((account, text))
        self.seen.receipts.setdefault(account, time.monotonic())
        if len(self.seen.receipts) == self._size.reporting:
            self.all_receipts.set()

    def _see_board(self, room: Room, kept: Kept) -> None:
        if room.id < 0 and kept.message.reply_markup is not None:
            self.boards[room.id] = room, kept
            if len(self.boards) == self._size.communities:
                self.all_boards.set()


async def play_district(pipe: Connection, size: Size) -> None:
    """The sandbox's process: let everybody act, answer what came when."""
    district = size.district()
    sandbox = Sandbox(seed=1)
    stage.populate(sandbox, district)
    hands, onlooker = Hands(sandbox), Onlooker(sandbox, size)
    for resident in district.residents[: size.reporting]:
        hands.start(resident.account, stage.BOT_ID)
    sandbox.world.bots[stage.BOT_ID].queue.clear()
    async with serve(sandbox) as url:
        pipe.send(url)
        await asyncio.to_thread(pipe.recv)
        await onlooker.all_boards.wait()
        onlooker.seen.began = time.monotonic()
        pipe.send(onlooker.seen.began)
        await _all_act(hands, district, onlooker, size)
        with suppress(TimeoutError):
            await asyncio.wait_for(onlooker.all_receipts.wait(), LAST_ONES * size.seconds)
        onlooker.seen.refused = sandbox.counters["answered 429"]
        pipe.send(onlooker.seen)
        await asyncio.to_thread(pipe.recv)


async def _all_act(hands: Hands, district: District, onlooker: Onlooker, size: Size) -> None:
    """Every home taps its board, and in between as many as shall report something."""
    groups = {place.code: place.chat for place in district.places}
    units = {account: home.unit for home in district.homes for account in home.accounts}
    reporting, each = iter(enumerate(district.residents[: size.reporting])), size.tapping // size.reporting
    for number, resident in enumerate(district.residents):
        await asyncio.sleep(max(0.0, onlooker.seen.began + number * size.seconds / size.tapping - time.monotonic()))
        room, board = onlooker.boards[groups[units[resident.account]]]
        assert board.message.reply_markup is not None
        button = board.message.reply_markup.inline_keyboard[0][0]
        presses.press(hands.sandbox, room, board, hands.person(resident.account), button)
        if number % each == 0 and (report := next(reporting, None)) is not None:
            which, reporter = report
            onlooker.seen.said[reporter.account] = time.monotonic()
            words = ILL if which % DANGER_EVERY else DANGER
            hands.say(reporter.account, stage.BOT_ID, f"{words}, số {which}. Nhờ tổ giúp.")
