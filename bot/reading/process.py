"""Reads official documents for whoever asks, in a limited process of its own, never on the bot's loop."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.errands.apart import bare_environment
from bot.reading import limits, ocr
from bot.reading.kinds import Reason, Refused, kind_of
from models.rules.documents.as_json import from_json
from models.rules.documents.document import Document

_LONGEST_LINE = 64 * 1024 * 1024  #: Bytes of one line of the answer.


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
    """What the document in a file says. Raises `Refused` with the reason when it is not read.

    `progress` is called before each page. Text is answered within `limits.SECONDS`; cancelling ends the process.
    """
    kind_of(data, filename)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.reading.worker",
        filename,
        stdin=PIPE,
        stdout=PIPE,
        limit=_LONGEST_LINE,
        env=bare_environment(),
    )
    try:
        return _reading(await _answer(process, data, progress))
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _answer(process: Process, data: bytes, progress: Callable[[Progress], None]) -> dict[str, Any]:
    """The last line the process answers; one that is silent for too long, or dies, found the file too heavy."""
    handing_over = asyncio.create_task(_hand_over(process, data))
    try:
        async with asyncio.timeout(limits.SECONDS) as patience:
            while "page" in (line := await _next_line(process)):
                if line["picture"]:
                    patience.reschedule(asyncio.get_running_loop().time() + ocr.SECONDS_A_PAGE + limits.SECONDS)
                progress(Progress(line["page"], line["of"], is_picture=line["picture"]))
            return line
    except TimeoutError:
        raise Refused(Reason.TOO_HEAVY) from None
    finally:
        handing_over.cancel()
        await asyncio.gather(handing_over, return_exceptions=True)


async def _hand_over(process: Process, data: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(data)
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        pass  # It died over the file, which the missing answer tells.
    finally:
        process.stdin.close()


async def _next_line(process: Process) -> dict[str, Any]:
    assert process.stdout is not None
    line = await process.stdout.readline()
    if not line.endswith(b"\n"):
        raise Refused(Reason.TOO_HEAVY)
    answer: dict[str, Any] = json.loads(line)
    return answer


def _reading(answer: dict[str, Any]) -> Reading:
    if "refused" in answer:
        raise Refused(Reason(answer["refused"]))
    return Reading(from_json(answer["document"]), answer["text"])
