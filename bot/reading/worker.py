"""Reads one file. Whatever a hostile file does, it does to the process this runs in alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from bot.errands import apart
from bot.errands.child import tell
from bot.reading.kinds import HARMFUL, Kind, Reason, Refused, kind_of
from models.rules.documents.as_json import to_json
from models.rules.documents.reader import read


def read_file(data: bytes, filename: str) -> dict[str, Any]:
    """What the document in a file says, as JSON, and the text that was read; each page is told of before it is read.

    Raises `apart.Refused` with the reason when it is not read.
    """
    with _telling_why():
        return _understood(_text(data, filename))


def read_pages(given: bytes) -> dict[str, Any]:
    """The same for a document in several files, each with its name, as MessagePack; and which of them were `unread`.

    What may do harm in one of them is refused with all; a page that only cannot be read is left out.
    """
    files = msgspec.msgpack.decode(given, type=list[tuple[bytes, str]])
    with _telling_why():
        pages = [_page(data, name, at, len(files)) for at, (data, name) in enumerate(files)]
        texts = [page for page in pages if not isinstance(page, Refused)]
        refused = [page for page in pages if isinstance(page, Refused)]
        if not texts:
            raise refused[0]
        unread = [at for at, page in enumerate(pages, 1) if isinstance(page, Refused)]
        return {**_understood("\n".join(texts)), "unread": unread}


@contextmanager
def _telling_why() -> Iterator[None]:
    """Whoever waits for the answer hears why there is none."""
    try:
        with _naming_faults():
            yield
    except Refused as refused:
        raise apart.Refused(refused.reason.value) from None


@contextmanager
def _naming_faults() -> Iterator[None]:
    """Let whatever goes wrong be `Refused` with its reason."""
    try:
        yield
    except Refused:
        raise
    except MemoryError:
        raise Refused(Reason.TOO_HEAVY) from None
    except Exception:
        # Libraries raise whatever they like over broken files; what it was helps nobody who sent one.
        raise Refused(Reason.DAMAGED) from None


def _page(data: bytes, name: str, at: int, of: int) -> str | Refused:
    """The text of one file of several, or why there is none. Raises `Refused` when it may do harm."""
    try:
        with _naming_faults():
            return _text(data, name, at, of)
    except Refused as refused:
        if refused.reason in HARMFUL:
            raise
        return refused


def _understood(text: str) -> dict[str, Any]:
    document = read(text)
    if document is None:
        raise Refused(Reason.NO_DOCUMENT if text.strip() else Reason.EMPTY)
    return {"document": to_json(document), "text": text}


def _text(data: bytes, filename: str, at: int = 0, of: int = 1) -> str:
    """The text of a file, which is this page of so many files."""
    kind = kind_of(data, filename)
    if kind is Kind.PDF:
        return _text_of_pdf(data)
    if kind is Kind.IMAGE:
        from bot.reading import ocr

        _progress(at, of, is_picture=True)
        return _legible(ocr.text_of(data))
    if kind is Kind.DOCX:
        from bot.reading import docx

        return docx.text_of(data)
    from bot.reading import plain

    return plain.text_of(data)


def _text_of_pdf(data: bytes) -> str:
    from bot.reading.pdf import Pdf

    pdf = Pdf(data)
    text = pdf.text(_progress)
    if pdf.has_text(text):
        return text
    from bot.reading import ocr

    if ocr.tesseract() is None:
        raise Refused(Reason.SCANNED)
    if pdf.pages > ocr.MOST_PAGES:
        raise Refused(Reason.TOO_LONG)
    pages = []
    for at in range(pdf.pages):
        _progress(at, pdf.pages, is_picture=True)
        pages.append(ocr.text_of(pdf.picture(at)))
    return _legible("\n".join(pages))


def _legible(text: str) -> str:
    if not any(map(str.isalpha, text)):
        raise Refused(Reason.ILLEGIBLE)
    return text


def _progress(page: int, of: int, *, is_picture: bool = False) -> None:
    tell({"page": page + 1, "of": of, "is_picture": is_picture})
