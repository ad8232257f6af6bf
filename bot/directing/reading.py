"""Reads the document of a draft: fetched when it is a file, and always in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from bot.errands.apart import Refused as NotHandedOver
from bot.errands.loop import Data
from bot.reading.kinds import HARMFUL, GaveUp, Reason, Refused
from bot.reading.process import Progress, Reading, read_document, read_pages
from handlers.commands import Command
from handlers.commands.tasks import ShowReadSoFar, TakeReading
from models.rules.documents.as_json import to_json

#: How pasted words, and photos, which come without a name, are called.
PASTED, PHOTO = "words.txt", "photo.jpg"
#: Seconds between two looks at how far reading has come: what takes no longer is not told of.
TELL_EVERY = 2.0


class ReadDraft:
    """Reads what came with one draft."""

    def __init__(self, download: Callable[[str], Awaitable[bytes]], tell: Callable[[Command], Awaitable[None]]) -> None:
        """`tell` brings how far reading has come before whoever waits for it."""
        self._download = download
        self._tell = tell
        self._given_up: set[int] = set()  #: Drafts whose document took too long once.

    async def do(self, data: Data) -> TakeReading:
        directive_id = data["directive_id"]
        try:
            files = await self._files(data)
            async with self._telling(directive_id) as progress:
                reading = await _read(files, progress)
        except NotHandedOver:
            # What people send stays with the service; it hands over 20 MB at most.
            return _unread(data, Reason.TOO_LARGE)
        except GaveUp:
            if directive_id not in self._given_up:
                # The machine may just be busy: what is tried again a little later takes long only if it is heavy.
                self._given_up.add(directive_id)
                raise
            return self.give_up(data)
        except Refused as refused:
            return _unread(data, refused.reason, is_harmful=refused.reason in HARMFUL)
        return TakeReading(
            directive_id=directive_id,
            document=to_json(reading.document),
            text=reading.text,
            pages=len(files),
            unread=reading.unread,
        )

    def give_up(self, data: Data) -> TakeReading:
        return _unread(data, Reason.TOO_HEAVY)

    async def _files(self, data: Data) -> list[tuple[bytes, str]]:
        """Each file with its name: one, or the pages of an album."""
        if not data["file_id"]:
            return [(data["words"].encode(), PASTED)]
        return [(await self._download(file_id), name or PHOTO) for file_id, name in _pages(data)]

    @asynccontextmanager
    async def _telling(self, directive_id: int) -> AsyncIterator[Callable[[Progress], None]]:
        """What hears how far reading has come; while the block lasts, that is told from time to time."""
        heard: list[Progress] = []
        is_over = asyncio.Event()
        telling = asyncio.create_task(self._tell_of(directive_id, heard, is_over))
        try:
            yield heard.append
        finally:
            is_over.set()
            await telling

    async def _tell_of(self, directive_id: int, heard: list[Progress], is_over: asyncio.Event) -> None:
        told = 0
        while not await _is_set_within(TELL_EVERY, is_over):
            if len(heard) > told:
                told, newest = len(heard), heard[-1]
                await self._tell(ShowReadSoFar(directive_id=directive_id, page=newest.page, of=newest.of))


def _pages(data: Data) -> Sequence[tuple[str, str]]:
    return data.get("pages") or [(data["file_id"], data["name"])]


async def _read(files: Sequence[tuple[bytes, str]], progress: Callable[[Progress], None]) -> Reading:
    if len(files) > 1:
        return await read_pages(files, progress=progress)
    return await read_document(*files[0], progress=progress)


async def _is_set_within(seconds: float, event: asyncio.Event) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


def _unread(data: Data, reason: Reason, *, is_harmful: bool = False) -> TakeReading:
    directive_id, words = data["directive_id"], data["words"]
    pages = len(_pages(data))
    return TakeReading(directive_id=directive_id, text=words, reason=reason.value, is_harmful=is_harmful, pages=pages)
