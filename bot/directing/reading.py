"""Reads the document of a draft: fetched when it is a file, and always in a process of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.errands.apart import Refused as NotHandedOver
from bot.errands.loop import Data
from bot.reading.kinds import Reason, Refused
from bot.reading.process import read_document
from handlers.commands.tasks import TakeReading
from models.rules.documents.as_json import to_json

#: How pasted words, and photos, which come without a name, are called.
PASTED, PHOTO = "words.txt", "photo.jpg"


class ReadDraft:
    """Reads what came with one draft."""

    def __init__(self, download: Callable[[str], Awaitable[bytes]]) -> None:
        self._download = download
        self._found_heavy: set[int] = set()  #: Drafts whose document took too long once.

    async def do(self, data: Data) -> TakeReading:
        directive_id = data["directive_id"]
        try:
            content, name = await self._content(data)
            reading = await read_document(content, name)
        except NotHandedOver:
            # What people send stays with the service; it hands over 20 MB at most.
            return TakeReading(directive_id=directive_id, reason=Reason.TOO_LARGE.value)
        except Refused as refused:
            if refused.reason is Reason.TOO_HEAVY and directive_id not in self._found_heavy:
                # The machine may just be busy: what is tried again a little later takes long only if it is heavy.
                self._found_heavy.add(directive_id)
                raise
            return TakeReading(directive_id=directive_id, reason=refused.reason.value)
        return TakeReading(directive_id=directive_id, document=to_json(reading.document), text=reading.text)

    def give_up(self, data: Data) -> TakeReading:
        return TakeReading(directive_id=data["directive_id"], reason=Reason.TOO_HEAVY.value)

    async def _content(self, data: Data) -> tuple[bytes, str]:
        if not data["file_id"]:
            return data["words"].encode(), PASTED
        return await self._download(data["file_id"]), data["name"] or PHOTO
