"""The people's hands in another process: the verbs of `Hands`, over HTTP, to be awaited.

async with spawn() as hands:                 # or: async with Remote(url) as hands
    bot = await hands.new_bot("1000:token", "Tổ Covid", "to_covid_bot")
    mai = await hands.new_person("Mai")
    await hands.say(mai, bot, "Nhà cháu có người sốt")
    reply = await hands.wait_for(mai, bot, "TD-")
"""

from __future__ import annotations

import asyncio
import sys
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
import msgspec

from bot.sandbox.faults import Fault
from bot.sandbox.people.eyes import PATIENCE
from bot.sandbox.people.hands import DOT
from bot.sandbox.people.views import Seen, SeenChat
from bot.sandbox.process import READY
from bot.sandbox.refusals import CannotDo
from bot.sandbox.shapes import BotCommand
from bot.sandbox.state import LoggedCall
from bot.sandbox.world import Press

T = TypeVar("T")
#: Seconds between two looks when the wish is a function, which cannot travel.
GLANCE = 0.05


class Remote:
    """Hands and stage of a sandbox at an address. Everything is as in `Hands` and `Stage`, but awaited."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.close()

    async def do(self, verb: str, returns: type[T], **arguments: Any) -> T:
        """Carry out any verb by its name; CannotDo and TimeoutError arrive as they are."""
        assert self._http is not None, "use `async with Remote(url)`"
        body = msgspec.json.encode({name: _packed(value) for name, value in arguments.items() if value is not None})
        headers = {"Content-Type": "application/json"}
        async with self._http.post(f"{self.url}/sandbox/{verb}", data=body, headers=headers) as response:
            answer = await response.read()
        if response.status == 200:
            return msgspec.json.decode(answer, type=returns)
        words = msgspec.json.decode(answer)["error"] if response.content_type.endswith("json") else str(answer)
        raise {409: CannotDo, 408: TimeoutError}.get(response.status, ValueError)(words)

    async def new_bot(self, token: str, first_name: str, username: str, *, reads_all: bool = False) -> int:
        return await self.do("new_bot", int, token=token, first_name=first_name, username=username, reads_all=reads_all)

    async def new_person(
        self, first_name: str, last_name: str | None = None, *, id: int | None = None, role: str = ""
    ) -> int:
        return await self.do("new_person", int, first_name=first_name, last_name=last_name, id=id, role=role)

    async def new_group(self, title: str, *, owner: int, members: Sequence[int] = (), supergroup: bool = False) -> int:
        return await self.do("new_group", int, title=title, owner=owner, members=list(members), supergroup=supergroup)

    async def start(self, user: int, bot: int, payload: str | None = None) -> int:
        return await self.do("start", int, user=user, bot=bot, payload=payload)

    async def open_link(self, user: int, url: str, chat: int | None = None) -> int:
        return await self.do("open_link", int, user=user, url=url, chat=chat)

    async def say(self, user: int, chat: int, text: str, reply_to: Seen | int | None = None) -> int:
        return await self.do("say", int, user=user, chat=chat, text=text, reply_to=reply_to)

    async def send_photo(self, user: int, chat: int, photo: bytes = DOT, caption: str = "") -> int:
        return await self.do("send_photo", int, user=user, chat=chat, photo=photo, caption=caption)

    async def send_document(self, user: int, chat: int, data: bytes, name: str, caption: str = "") -> int:
        return await self.do("send_document", int, user=user, chat=chat, data=data, name=name, caption=caption)

    async def send_voice(self, user: int, chat: int, seconds: int = 7) -> int:
        return await self.do("send_voice", int, user=user, chat=chat, seconds=seconds)

    async def send_location(self, user: int, chat: int) -> int:
        return await self.do("send_location", int, user=user, chat=chat)

    async def download(self, user: int, message: Seen) -> bytes:
        return await self.do("download", bytes, user=user, message=message)

    async def press(self, user: int, message: Seen, label: str) -> str:
        return await self.do("press", str, user=user, message=message, label=label)

    async def press_data(self, user: int, message: Seen, data: str) -> str:
        return await self.do("press_data", str, user=user, message=message, data=data)

    async def wait_for_toast(self, press_id: str, within: float = PATIENCE) -> Press:
        return await self.do("wait_for_toast", Press, press_id=press_id, within=within)

    async def read(self, user: int, chat: int) -> list[Seen]:
        return await self.do("read", list[Seen], user=user, chat=chat)

    async def chats(self, user: int) -> list[SeenChat]:
        return await self.do("chats", list[SeenChat], user=user)

    async def menu(self, user: int, chat: int) -> list[BotCommand]:
        return await self.do("menu", list[BotCommand], user=user, chat=chat)

    async def wait_for(
        self,
        user: int,
        chat: int,
        wanted: str | Callable[[Seen], bool],
        *,
        after: int = 0,
        within: float = PATIENCE,
    ) -> Seen:
        if isinstance(wanted, str):
            return await self.do("wait_for", Seen, user=user, chat=chat, wanted=wanted, after=after, within=within)
        until = time.monotonic() + within
        while time.monotonic() < until:
            for shown in reversed(await self.read(user, chat)):
                if shown.id > after and wanted(shown):
                    return shown
            await asyncio.sleep(GLANCE)
        raise TimeoutError(f"what was wanted did not appear to {user} in {chat} within {within} s")

    async def add_bot(self, user: int, chat: int, bot: int, rights: Sequence[str] | None = None) -> None:
        await self.do("add_bot", object, user=user, chat=chat, bot=bot, rights=rights)

    async def promote(
        self,
        user: int,
        chat: int,
        who: int,
        rights: Sequence[str] | None = None,
        anonymous: bool = False,
    ) -> None:
        await self.do("promote", object, user=user, chat=chat, who=who, rights=rights, anonymous=anonymous)

    async def kick_bot(self, user: int, chat: int, bot: int) -> None:
        await self.do("kick_bot", object, user=user, chat=chat, bot=bot)

    async def upgrade(self, user: int, chat: int) -> int:
        return await self.do("upgrade", int, user=user, chat=chat)

    async def block(self, user: int, bot: int) -> None:
        await self.do("block", object, user=user, bot=bot)

    async def unblock(self, user: int, bot: int) -> None:
        await self.do("unblock", object, user=user, bot=bot)

    async def add_fault(self, fault: Fault) -> None:
        await self.do("add_fault", object, fault=msgspec.to_builtins(fault))

    async def clear_faults(self) -> None:
        await self.do("clear_faults", object)

    async def lift_limits(self) -> None:
        """Let the bot write as fast as it can."""
        await self.do("lift_limits", object)

    async def counters(self) -> dict[str, int]:
        return await self.do("counters", dict[str, int])

    async def calls(self, last: int = 100) -> list[LoggedCall]:
        return await self.do("calls", list[LoggedCall], last=last)

    async def move_clock(self, seconds: float) -> int:
        return await self.do("move_clock", int, seconds=seconds)


def _packed(value: Any) -> Any:
    """A value as JSON carries it: a message by its chat and id, bytes in base64."""
    if isinstance(value, Seen):
        return {"chat": value.chat, "id": value.id}
    return b64encode(value).decode() if isinstance(value, bytes) else value


@asynccontextmanager
async def spawn(*, port: int = 0, state: Path | None = None) -> AsyncIterator[Remote]:
    """Start the sandbox as a process of its own and end it with the block."""
    command = [sys.executable, "-m", "bot.sandbox", "--port", str(port)]
    if state is not None:
        command += ["--state", str(state)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        if not line.startswith(READY):
            raise RuntimeError(f"the sandbox did not start: {line!r}")
        async with Remote(line.removeprefix(READY).strip()) as remote:
            yield remote
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
