"""Reads official documents for whoever asks, in a limited process of its own, never on the bot's loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.errands import apart
from bot.reading import ocr, worker
from bot.reading.kinds import GaveUp, Reason, Refused, kind_of
from models.rules.documents.as_json import from_json
from models.rules.documents.document import Document

#: From the file to the answer, all libraries included; a picture of a page has `ocr.SECONDS_A_PAGE` more.
LIMITS = apart.Limits(
    seconds=5, core_seconds=ocr.SECONDS_A_PAGE, megabytes=300, megabytes_of_programs=ocr.LIMITS.megabytes_of_programs
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read."""

    document: Document  #: What it says.
    text: str  #: The text that was read, as it came out of the file.


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

    def heard(told: Any) -> float:
        page = Progress(**told)
        progress(page)
        return ocr.SECONDS_A_PAGE + LIMITS.seconds if page.is_picture else 0

    kind_of(data, filename)
    try:
        answer = await apart.run_apart(worker.read_file, data, LIMITS, filename, heard=heard)
    except apart.Refused as refused:
        raise Refused(Reason(refused.reason)) from None
    except apart.TooHeavy:
        raise GaveUp from None
    return Reading(from_json(answer["document"]), answer["text"])
