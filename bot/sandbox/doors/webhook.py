"""Updates brought to a bot's webhook: in order within a chat, side by side across chats, again until accepted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import aiohttp
import msgspec

from bot.sandbox import updates
from bot.sandbox.state import Event, Sandbox
from bot.sandbox.world import BotAccount, Queued, Webhook

#: Seconds before a refused update is tried again; doubled up to the longest.
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
#: Seconds the bot has to answer.
PATIENCE = 30.0


class Courier:
    """Delivers the updates of every bot that has a webhook."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._lanes: dict[tuple[int, int], asyncio.Task[None]] = {}  # one for each chat with something under way
        self._http: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Begin: bring what waits already and listen for more."""
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        self.sandbox.listeners.append(self._on_event)
        for bot in self.sandbox.world.bots.values():
            self._set_out_all(bot)

    async def stop(self) -> None:
        """Drop what is under way; it stays queued."""
        self.sandbox.listeners.remove(self._on_event)
        lanes = list(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    def _on_event(self, event: Event) -> None:
        if event.kind == "update":
            bot = self.sandbox.world.bots[event.bot_id]
            self._set_out(bot, bot.queue[-1:])
        elif event.kind == "webhook":
            self._set_out_all(self.sandbox.world.bots[event.bot_id])

    def _set_out_all(self, bot: BotAccount) -> None:
        self._set_out(bot, updates.pending(self.sandbox, bot, limit=len(bot.queue)))

    def _set_out(self, bot: BotAccount, waiting: list[Queued]) -> None:
        """Give every chat with waiting updates a lane, as far as the bot's connections go."""
        if bot.webhook is None:
            return
        busy = sum(lane[0] == bot.id for lane in self._lanes)
        for queued in waiting:
            lane = (bot.id, queued.chat_id)
            if busy >= bot.webhook.max_connections:
                return
            if lane not in self._lanes:
                busy += 1
                self._lanes[lane] = asyncio.get_running_loop().create_task(self._drive(bot, lane))
                self._lanes[lane].add_done_callback(self._arrived(bot, lane))

    def _arrived(self, bot: BotAccount, lane: tuple[int, int]) -> Callable[[asyncio.Task[None]], None]:
        def clear(task: asyncio.Task[None]) -> None:
            self._lanes.pop(lane, None)
            if not task.cancelled():
                self._set_out_all(bot)

        return clear

    async def _drive(self, bot: BotAccount, lane: tuple[int, int]) -> None:
        """Bring one chat's updates, each until it is accepted."""
        pause = FIRST_PAUSE
        while bot.webhook is not None:
            queued = next((one for one in bot.queue if one.chat_id == lane[1]), None)
            if queued is None:
                return
            if await self._bring(bot.webhook, queued):
                _forget(bot, queued)
                pause = FIRST_PAUSE
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _bring(self, hook: Webhook, queued: Queued) -> bool:
        """Whether the bot took this update: any answer of 2xx."""
        assert self._http is not None
        headers = {"Content-Type": "application/json"}
        if hook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret_token
        body = msgspec.json.encode(queued.update)
        try:
            async with self._http.post(hook.url, data=body, headers=headers) as response:
                good = 200 <= response.status < 300
                trouble = "" if good else f"Wrong response from the webhook: {response.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            trouble = f"Connection failed: {error}"
        if trouble:
            hook.last_error, hook.last_error_at = trouble, self.sandbox.now()
        return not trouble


def _forget(bot: BotAccount, queued: Queued) -> None:
    bot.queue[:] = [other for other in bot.queue if other is not queued]
