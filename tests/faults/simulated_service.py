"""The chat service and the road to it, in virtual time: the strict sandbox behind a network that fails as planned."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from random import Random
from typing import IO, Any

import telegram
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.config import TelegramSettings
from bot.demo.stage import BOT_ID, TOKEN
from bot.sandbox import Event, Refusal, Sandbox
from bot.sandbox.methods import answering
from bot.sandbox.methods.addresses import find_number
from bot.sandbox.methods.reading import Upload, Uploads
from bot.sandbox.refusals import too_many
from bot.telegram.connect import Connection, persevere
from bot.telegram.transport import MayHaveArrived, NeverLeft, RawApi, Unread, require_telegram
from tests.faults.virtual_time import VirtualTime

ROOT = "https://service.invalid"
#: Seconds of one way, at least and at most.
NEAR, FAR = 0.01, 0.12
#: Messages of which the bot heard last that they had arrived: more than leave within half a minute.
HEARD_LAST = 1_000
#: Seconds after which a caller gives an answer up, as `AiohttpRequest` does.
PATIENCE = 15.0


class Fate(StrEnum):
    """What befalls one call on its way."""

    GOOD = "good"
    NEVER_LEFT = "never left"  #: No connection was to be had.
    LOST_BEFORE = "lost before"  #: It broke before anything had happened.
    LOST_AFTER = "lost after"  #: It was done, and the answer got lost.
    SILENCE = "silence"  #: It was done, and no answer came for as long as anybody waits.
    TOO_MANY = "too many"  #: 429.
    REFUSED = "refused"  #: 502, not done.
    FAILED = "failed"  #: 502, and done all the same.
    SLOW = "slow"  #: Answered late, perhaps too late.


TROUBLE = tuple(fate for fate in Fate if fate is not Fate.GOOD)
Answered = tuple[int, bytes]


class Service:
    """Answers the bot's calls as the sandbox does, later, and not always."""

    def __init__(self, sandbox: Sandbox, time: VirtualTime, chance: Random, note: Callable[[str], None]) -> None:
        self.sandbox = sandbox
        self.share_of_trouble = 0.0  #: Of all calls.
        self.is_away = False  #: Nobody can be reached at all.
        self.under_way = 0  #: Calls of the living bot that wait for an answer; a waiting poll is none.
        self.unheard: Counter[int] = Counter()  #: By chat: calls that were done, of which the bot never heard.
        self._heard: deque[tuple[float, int, int]] = deque(maxlen=HEARD_LAST)  #: When, in which chat, which message.
        #: When the bot was too fast, by the sandbox's own count, and when that life of it had begun.
        self.refused: list[tuple[float, float]] = []
        self.began_at = 0.0  #: When the bot's present life began.
        self.troubles = 0  #: Calls that did not go well.
        self._time = time
        self._chance = chance
        self._note = note
        self._poll: tuple[asyncio.Future[Answered], dict[str, Any]] | None = None
        self._poll_is_called = False
        sandbox.listeners.append(self._on_event)

    @property
    def is_polled(self) -> bool:
        """Whether the bot waits for news."""
        return self._poll is not None

    def hang_up(self) -> None:
        """The bot's machine is gone, and with it every connection."""
        self._poll, self.under_way, self._poll_is_called = None, 0, False

    def heard_within(self, seconds: float) -> list[tuple[int, int]]:
        """The messages, by chat, of which the bot heard so lately that they had arrived."""
        return [(chat, message) for at, chat, message in self._heard if at > self._time.now - seconds]

    async def call(self, method: str, raw: dict[str, Any], uploads: Uploads, patience: float) -> Answered:
        """One call, as the bot makes it. Raises `NeverLeft` and `MayHaveArrived` as the real road does."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answered] = loop.create_future()
        fate = self._fate()
        is_poll = method == "getUpdates"
        self.under_way += not is_poll
        self.troubles += fate is not Fate.GOOD
        self._depart(answer, fate, method, raw, uploads)
        try:
            # A poll that nothing befell is answered in any case; its time may be slept through.
            async with asyncio.timeout(None if is_poll and fate is Fate.GOOD else patience):
                return await answer
        except TimeoutError:
            raise MayHaveArrived("no answer in time") from None
        finally:
            if not getattr(loop, "is_dead", False):
                self.under_way -= not is_poll

    def _fate(self) -> Fate:
        if self.is_away:
            return self._chance.choice((Fate.NEVER_LEFT, Fate.NEVER_LEFT, Fate.LOST_BEFORE))
        return self._chance.choice(TROUBLE) if self._chance.random() < self.share_of_trouble else Fate.GOOD

    def _depart(
        self, answer: asyncio.Future[Answered], fate: Fate, method: str, raw: dict[str, Any], uploads: Uploads
    ) -> None:
        way = self._chance.uniform(NEAR, FAR)
        if fate is Fate.NEVER_LEFT:
            self._time.after(way, lambda: _fail(answer, NeverLeft("no connection")))
        elif fate is Fate.LOST_BEFORE:
            self._time.after(way, lambda: _fail(answer, MayHaveArrived("reset")))
        else:
            self._time.after(way, lambda: self._arrive(answer, fate, method, raw, uploads))

    def _arrive(
        self, answer: asyncio.Future[Answered], fate: Fate, method: str, raw: dict[str, Any], uploads: Uploads
    ) -> None:
        bot = self.sandbox.world.bots[BOT_ID]
        known = answering.find_method(method)
        if fate in (Fate.TOO_MANY, Fate.REFUSED):
            refusal = too_many(self._chance.randint(1, 5)) if fate is Fate.TOO_MANY else Refusal(502, "Bad Gateway")
            done = answering.refuse(self.sandbox, bot, method, raw, refusal, fate.value)
        elif method == "getUpdates" and not bot.queue and int(raw.get("timeout", 0)) and not _is_gone(answer):
            done = answering.answer(self.sandbox, bot, known, raw, {})
            self._wait_for_news(answer, raw)
            return
        else:
            done = answering.answer(self.sandbox, bot, known, raw, uploads)
            if done.status == 429:
                self.refused.append((self._time.now, self.began_at))
        self._note(f"{method} {raw.get('chat_id', '')} {done.status} {fate.value} {raw.get('text', '')!r}")
        self._time.after(
            self._chance.uniform(NEAR, FAR) + (self._chance.uniform(2, 20) if fate is Fate.SLOW else 0.0),
            lambda: self._answer(answer, fate, known.paced, raw, done),
        )

    def _answer(
        self,
        answer: asyncio.Future[Answered],
        fate: Fate,
        is_paced: bool,
        raw: dict[str, Any],
        done: answering.Answer,
    ) -> None:
        lost = fate in (Fate.LOST_AFTER, Fate.SILENCE, Fate.FAILED) or _is_gone(answer)
        chat = find_number(raw.get("chat_id"))
        if is_paced and chat is not None and done.status == 200:
            if lost:
                self.unheard[chat] += 1
            else:
                self._heard += ((self._time.now, chat, message) for message in _numbers(done.result))
        if fate is Fate.LOST_AFTER:
            _fail(answer, MayHaveArrived("reset"))
        elif fate is Fate.FAILED:
            _succeed(answer, (502, b""))
        elif fate is not Fate.SILENCE:
            _succeed(answer, (done.status, done.body))

    def _wait_for_news(self, answer: asyncio.Future[Answered], raw: dict[str, Any]) -> None:
        self._poll = answer, raw
        until = self._time.now + int(raw["timeout"])
        # On the bot's own clock: while it sleeps through an empty hour nobody need answer every half minute.
        answer.get_loop().call_at(until, self._answer_poll, answer)

    def _on_event(self, event: Event) -> None:
        if event.kind == "update" and self._poll is not None and not self._poll_is_called:
            self._poll_is_called = True
            answer = self._poll[0]
            self._time.after(self._chance.uniform(NEAR, 3 * FAR), lambda: self._answer_poll(answer))

    def _answer_poll(self, answer: asyncio.Future[Answered]) -> None:
        self._poll_is_called = False
        if self._poll is None or self._poll[0] is not answer:
            return
        raw, self._poll = self._poll[1], None
        if _is_gone(answer):
            return
        # Its offset has confirmed already what it could.
        bot, method = self.sandbox.world.bots[BOT_ID], answering.find_method("getUpdates")
        done = answering.answer(self.sandbox, bot, method, raw, {})
        self._note(f"getUpdates {len(done.result or ())}")
        _succeed(answer, (done.status, done.body))


class Road(BaseRequest):
    """What the library sends through instead of HTTP."""

    def __init__(self, service: Service) -> None:
        self._service = service

    @property
    def read_timeout(self) -> float:
        return PATIENCE

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> Answered:
        """Ask the service; refusals and accidents are those of the real road."""
        raw: dict[str, Any] = dict(request_data.json_parameters) if request_data else {}
        files = request_data.multipart_data if request_data and request_data.contains_files else {}
        uploads = {name: Upload(title, kind, _bytes(content)) for name, (title, content, kind) in files.items()}
        for name in uploads:
            raw.setdefault(name, f"attach://{name}")
        patience = PATIENCE if isinstance(read_timeout, DefaultValue) or read_timeout is None else read_timeout
        status, body = await self._service.call(url.rsplit("/", 1)[1], raw, uploads, patience)
        require_telegram(method, status, body)
        return status, body


class UnreadRoad(Unread, Road):
    """What updates are fetched through."""


def way_to(service: Service) -> Callable[[TelegramSettings], Any]:
    """`connect`, for a bot whose whole network is this service."""

    @asynccontextmanager
    async def connect(_settings: TelegramSettings) -> AsyncIterator[Connection]:
        road, polling = Road(service), UnreadRoad(service)
        bot = telegram.Bot(TOKEN, base_url=f"{ROOT}/bot", request=road, get_updates_request=polling)
        await persevere(bot.initialize)
        yield Connection(bot, RawApi(polling, ROOT, TOKEN))

    return connect


def _bytes(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()


def _numbers(result: Any) -> list[int]:
    """The messages a call wrote or changed; an album has several, and what was taken away none."""
    written = result if isinstance(result, list) else [result]
    return [each.message_id for each in written if hasattr(each, "message_id")]


def _is_gone(answer: asyncio.Future[Answered]) -> bool:
    """Whether nobody waits for this answer any more."""
    return answer.done() or getattr(answer.get_loop(), "is_dead", False)


def _succeed(answer: asyncio.Future[Answered], done: Answered) -> None:
    if not _is_gone(answer):
        answer.set_result(done)


def _fail(answer: asyncio.Future[Answered], error: Exception) -> None:
    if not _is_gone(answer):
        answer.set_exception(error)
