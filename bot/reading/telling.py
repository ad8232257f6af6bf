"""What was read, in words: what `tocovid directive read` shows to people."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.catalogue import Say
from bot.reading.kinds import LARGEST, Reason
from bot.reading.process import Progress, read_document
from models.rules.documents.as_json import to_json
from models.rules.documents.document import Document, PartialDate, Task

_UNKNOWN = "…"
_EVERY_PAGES = 10  #: So often the reading of text is told of.


def read_file(file: Path, say: Say, complain: Callable[[str], None] | None, *, as_json: bool) -> Iterator[str]:
    """Yield what is said of the document in a file; `complain` hears how far reading has come.

    Raises OSError when the file cannot be opened, `Refused` when it is not read.
    """

    def tell(progress: Progress) -> None:
        if complain and (progress.is_picture or progress.page % _EVERY_PAGES == 0):
            complain(say("cli.reading_page", page=progress.page, of=progress.of))

    with file.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    document = asyncio.run(read_document(data, file.name, progress=tell)).document
    if as_json:
        yield json.dumps(to_json(document), ensure_ascii=False)
    else:
        yield from in_words(document, say)


def refusal(reason: Reason, say: Say) -> str:
    """Why a file is not read, and what to do about it."""
    return say(f"document.refused.{reason.value}")


def in_words(document: Document, say: Say) -> Iterator[str]:
    """Yield the lines that tell what a document says."""
    kind = say(f"document.type.{document.type.value}") if document.type else _UNKNOWN
    number, symbol = document.number or _UNKNOWN, document.symbol or _UNKNOWN
    yield say("document.said.title", type=kind, number=number, symbol=symbol, date=_day(document.date))
    yield say("document.said.issuer", issuer=document.issuer or _UNKNOWN)
    yield say("document.said.subject", subject=document.subject or _UNKNOWN)
    for task in document.tasks:
        yield from _task(task, say)
    if document.missing:
        fields = (say(f"document.field.{name}") for name in document.missing)
        yield say("document.said.missing", fields=", ".join(fields))


def _day(written: PartialDate | None) -> str:
    """The date as people write it: 02/11/2021, or 09/2021 when the day is missing."""
    return "/".join(reversed(str(written).split("-"))) if written else _UNKNOWN


def _task(task: Task, say: Say) -> Iterator[str]:
    yield say("document.said.task", no=task.no or "–", text=task.text)
    if task.assignees:
        yield say("document.said.assignees", names="; ".join(task.assignees))
    if task.deadlines:
        yield say("document.said.deadlines", deadlines="; ".join(deadline.text for deadline in task.deadlines))
