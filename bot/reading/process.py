"""Reads official documents for whoever asks, in a limited process of its own, never on the bot's loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.errands import apart
from bot.reading import ocr, worker
from bot.reading.kinds import LARGEST, GaveUp, Reason, Refused, kind_of
from models.rules.documents.as_json import from_json
from models.rules.documents.document import Document

#: From the file to the answer, by the clock and all libraries included: an order that takes a second alone must not be
#: called too heavy because the machine is busy. A picture of a page has `ocr.SECONDS_A_PAGE` more.
LIMITS = apart.Limits(
    seconds=30, core_seconds=ocr.SECONDS_A_PAGE, megabytes=300, megabytes_of_programs=ocr.LIMITS.megabytes_of_programs
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read."""

    document: Document  #: What it says.
    text: str  #: The text that was read, as it came out of the file.
    unread: tuple[int, ...] = ()  #: Of several files those in which nothing could be read, from 1.


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading has come."""

    page: int  #: The page that is being read, from 1.
    of: int  #: All pages.
    is_picture: bool  #: Words are looked for in a picture, which takes seconds a page.


async def read_document(
    data: bytes, filename: str, *, progress: Callable[[Progress], None] = lambda _: None
) -> Reading:
    """What the document in a file says. Raises `Refused` with the reason when it is not read, `GaveUp` over its limits.

    `progress` is called before each page. Text is answered within the limits; cancelling ends the process.
    """

    kind_of(data, filename)
    return await _read_apart(worker.read_file, data, filename, progress=progress)


async def read_pages(
    files: Sequence[tuple[bytes, str]], *, progress: Callable[[Progress], None] = lambda _: None
) -> Reading:
    """The same for a document in several files, in their order; what cannot be read of them is `unread`."""
    if sum(len(data) for data, _ in files) > LARGEST:
        raise Refused(Reason.TOO_LARGE)
    return await _read_apart(worker.read_pages, msgspec.msgpack.encode(files), progress=progress)


async def _read_apart(
    work: Callable[..., Any], given: bytes, *words: str, progress: Callable[[Progress], None]
) -> Reading:
    def heard(told: Any) -> float:
        page = Progress(**told)
        progress(page)
        return ocr.SECONDS_A_PAGE + LIMITS.seconds if page.is_picture else 0

    try:
        answer = await apart.run_apart(work, given, LIMITS, *words, heard=heard)
    except apart.Refused as refused:
        raise Refused(Reason(refused.reason)) from None
    except apart.TooHeavy:
        raise GaveUp from None
    return Reading(from_json(answer["document"]), answer["text"], tuple(answer.get("unread", ())))
