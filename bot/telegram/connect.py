"""Getting to know the service: who we are there, and which way updates come."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
import telegram
from telegram.error import BadRequest, TelegramError

from bot.config import TelegramSettings
from bot.errands.apart import Refused
from bot.outages import Patience
from bot.telegram.deliver import MOST_IN_FLIGHT
from bot.telegram.failures import Fatal, Hold, from_error
from bot.telegram.form import ALLOWED_UPDATES
from bot.telegram.menu import Menu
from bot.telegram.poll import LONG_POLL, MOST, Stopped
from bot.telegram.send import offer
from bot.telegram.transport import AiohttpRequest, RawApi, UnreadAiohttpRequest

log = structlog.get_logger()

#: Seconds beyond the long poll itself that its answer may take.
GRACE = 10.0


class Connection:
    """One bot at one Bot API address."""

    def __init__(self, bot: telegram.Bot, raw: RawApi) -> None:
        self.bot = bot
        self._raw = raw

    async def fetch(self, offset: int | None, wait: float = LONG_POLL) -> Sequence[bytes]:
        """One poll: the updates as they came, waiting up to `wait` seconds for the first."""
        parameters: dict[str, object] = {
            "timeout": int(wait),
            "limit": MOST,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if offset is not None:
            parameters["offset"] = offset
        return await self._raw.call("getUpdates", parameters, wait + GRACE)

    async def answer_press(self, query_id: str) -> None:
        """Stop the button's waiting sign; what the press asked for still counts when this fails."""
        try:
            await self.bot.answer_callback_query(query_id)
        except TelegramError as error:
            log.info("press_not_answered", failure=type(from_error(error)).__name__)

    async def download(self, file_id: str) -> bytes:
        """A file somebody sent. Raises `Refused` when the service will never hand it over."""
        try:
            file = await self.bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except BadRequest:
            # It hands over 20 MB at most, and nothing it no longer has.
            raise Refused("import.not_handed_over") from None

    async def offer_menus(self, menus: Sequence[Menu]) -> None:
        """Register what people are shown when they type a slash."""
        for each in menus:
            try:
                await offer(self.bot, each)
            except TelegramError as error:
                # Menus are a convenience: they are offered again at the next start.
                log.warning("menu_not_offered", failure=type(from_error(error)).__name__)

    async def drop_webhook(self) -> None:
        """Take away the address updates were sent to; those that wait are kept for us."""
        log.warning("webhook_was_left_behind")
        await persevere(lambda: self.bot.delete_webhook(drop_pending_updates=False))

    async def set_webhook(self, url: str, secret: str) -> None:
        """Let the service call us there, showing the secret."""
        await persevere(lambda: self.bot.set_webhook(url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES)))


@asynccontextmanager
async def connect(settings: TelegramSettings) -> AsyncIterator[Connection]:
    """A connection that knows who it is. Waits out an outage; raises `Stopped` for a token nobody knows."""
    token = settings.require_token().get_secret_value()
    root = str(settings.base_url).rstrip("/")
    proxy = str(settings.proxy.get_secret_value()) if settings.proxy else None
    # Two pools: a long poll must never keep a message waiting.
    polling = UnreadAiohttpRequest(connections=2, proxy=proxy)
    sending = AiohttpRequest(connections=MOST_IN_FLIGHT, proxy=proxy)
    bot = telegram.Bot(
        token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot", request=sending, get_updates_request=polling
    )
    try:
        await polling.initialize()
        await sending.initialize()
        await persevere(bot.initialize)
        yield Connection(bot, RawApi(polling, root, token))
    finally:
        await polling.shutdown()
        await sending.shutdown()


async def persevere(call: Any) -> Any:
    """Make the call until the service answers. Raises `Stopped` when only a person can help."""
    patience = Patience()
    while True:
        try:
            return await call()
        except TelegramError as error:
            failure = from_error(error)
            if isinstance(failure, Fatal):
                raise Stopped(failure) from error
            log.warning("service_not_reached", failure=type(failure).__name__, reason=getattr(failure, "reason", ""))
            await patience.wait(at_least=failure.wait.total_seconds() if isinstance(failure, Hold) else 0.0)
