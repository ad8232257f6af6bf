"""How near to the fastest pace Telegram allows mail goes out, and how long an alarm waits behind it.

Ours and the library's own limiter send to the same strict sandbox: 30 messages in any second, 429 beyond. One JSON
line for each of them and each number of chats. `share` is the bound, ⌈n/30⌉ − 1 seconds, over the time taken.
"""

import asyncio
import json
import sys
import time
from bisect import bisect_left
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from math import ceil

from telegram import Bot
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from benchmarks.far_end import TOKEN, Tally, Town, strict_town
from bot.telegram.pacing import Limits, Pacer, Waiting
from bot.telegram.transport import AiohttpRequest
from models.rules.mail import Priority

PER_SECOND = 30
PROMISED = 0.95  #: Of that pace, by thousands of messages.
JITTER = 0.02  #: Seconds, each way.
ALARMS = 20
ALARMS_AFTER = 5.0  #: Seconds into the fan-out.
WORDS = "Bà con bản Hon chú ý: chiều nay 14 giờ trạm y tế xã lấy mẫu tại nhà văn hóa, xin mang theo khẩu trang."


@dataclass
class Run:
    """One fan-out with its alarms."""

    started: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    alarmed: float = 0.0  #: When the alarms were raised.
    alarm_waits: list[float] = field(default_factory=list)  #: Seconds until each alarm's answer.

    def answered(self, *, alarm: bool) -> None:
        """A message has arrived and its answer too."""
        self.ended = time.monotonic()
        if alarm:
            self.alarm_waits.append(self.ended - self.alarmed)


class Paced:
    """Sends what the pacer lets go, as the delivering loop does, less the database."""

    def __init__(self, bot: Bot, run: Run) -> None:
        self._bot = bot
        self._run = run
        self._pacer = Pacer(Limits(per_second=PER_SECOND))
        self._changed = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    def add(self, chat_ids: list[int], first_id: int, priority: Priority) -> None:
        """Let a message to each of these chats wait for its turn."""
        now = time.monotonic()
        for number, chat_id in enumerate(chat_ids, first_id):
            subject = f"{priority.name} {number}"
            self._pacer.add(Waiting(number, chat_id, priority, subject, job=priority.name, unit=number % 13), now)
        self._changed.set()

    async def send_all(self) -> None:
        """Send until nothing waits and nothing is under way."""
        while len(self._pacer) or self._under_way:
            self._changed.clear()
            for mail in self._pacer.take(time.monotonic(), most=40):
                task = asyncio.create_task(self._send(mail))
                self._under_way.add(task)
                task.add_done_callback(self._done)
            await self._sleep()

    async def _sleep(self) -> None:
        now = time.monotonic()
        wake_at = self._pacer.wake_at(now)
        try:
            async with asyncio.timeout(None if wake_at is None else max(0.0, wake_at - now)):
                await self._changed.wait()
        except TimeoutError:
            return

    async def _send(self, mail: Waiting) -> None:
        refused_for = None
        try:
            await self._bot.send_message(mail.chat_id, WORDS)
        except RetryAfter as error:
            refused_for = error._retry_after.total_seconds()
        now = time.monotonic()
        self._pacer.answered(mail.id, now)
        if refused_for is None:
            self._run.answered(alarm=mail.priority == Priority.ALARM)
        else:
            self._pacer.refused(mail.chat_id, now, refused_for)
            self._pacer.add(mail, now)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        task.result()
        self._changed.set()


async def ours(town: Town, alarms: int) -> Run:
    """Our pacer over our transport."""
    async with AiohttpRequest(connections=40) as request:
        bot = Bot(TOKEN, base_url=f"{town.url}/bot", request=request)
        await bot.get_me()
        run = Run()
        paced = Paced(bot, run)
        paced.add(town.chat_ids, 1, Priority.DIRECTIVE)

        def raise_alarms() -> None:
            run.alarmed = time.monotonic()
            paced.add(town.chat_ids[-alarms:], 1_000_000, Priority.ALARM)

        if alarms:
            asyncio.get_running_loop().call_later(ALARMS_AFTER, raise_alarms)
        await paced.send_all()
    return run


async def the_librarys(town: Town, alarms: int) -> Run:
    """The library's own limiter over its own transport, told to repeat what was refused."""
    request = HTTPXRequest(connection_pool_size=256, pool_timeout=60.0, read_timeout=60.0)
    limiter = AIORateLimiter(max_retries=1_000)
    async with request:
        bot = ExtBot(TOKEN, base_url=f"{town.url}/bot", request=request, rate_limiter=limiter)
        await bot.get_me()
        run = Run()

        async def send(chat_id: int, *, alarm: bool = False) -> None:
            await bot.send_message(chat_id, WORDS)
            run.answered(alarm=alarm)

        async def raise_alarms() -> None:
            await asyncio.sleep(ALARMS_AFTER)
            run.alarmed = time.monotonic()
            await asyncio.gather(*[send(chat_id, alarm=True) for chat_id in town.chat_ids[-alarms:]])

        fan_out = [send(chat_id) for chat_id in town.chat_ids]
        await asyncio.gather(*fan_out, *([raise_alarms()] if alarms else []))
    return run


SENDERS: dict[str, Callable[[Town, int], Awaitable[Run]]] = {
    "tocovid": ours,
    "python-telegram-bot AIORateLimiter": the_librarys,
}


def peak(arrivals: list[float]) -> int:
    """The most arrivals in any one second."""
    times = sorted(arrivals)
    return max(bisect_left(times, start + 1.0) - index for index, start in enumerate(times))


def report(who: str, chats: int, messages: int, run: Run, tally: Tally) -> None:
    """Print one line."""
    took = run.ended - run.started
    line: dict[str, object] = {
        "bench": "pacing",
        "who": who,
        "chats": chats,
        "messages": messages,
        "seconds": round(took, 2),
        "share_of_bound": round((ceil(messages / PER_SECOND) - 1) / took, 4),
        "peak_in_any_second": peak(tally.arrivals),
        "refused_429": tally.refused,
    }
    if run.alarm_waits:
        line["first_alarm_waited_s"] = round(min(run.alarm_waits), 3)
        line["last_alarm_waited_s"] = round(max(run.alarm_waits), 3)
    print(json.dumps(line), flush=True)


async def measure(who: str, chats: int, alarms: int) -> None:
    """One fan-out to that many groups by one of the two."""
    with strict_town(chats, JITTER) as (town, tally):
        run = await SENDERS[who](town, alarms)
        report(who, chats, chats + alarms, run, tally())


def main() -> None:
    """Both, with 311 and 3,000 chats, or with the numbers of chats given as arguments."""
    for chats in [int(argument) for argument in sys.argv[1:]] or [311, 3_000]:
        for who in SENDERS:
            asyncio.run(measure(who, chats, ALARMS if chats >= 1_000 else 0))


if __name__ == "__main__":
    main()
