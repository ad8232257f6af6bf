"""Reads one file. Whatever a hostile file does, it does to the process this runs in alone."""

from __future__ import annotations

from typing import Any

from bot.errands import apart
from bot.errands.child import tell
from bot.reading.kinds import Kind, Reason, Refused, kind_of
from models.rules.documents.as_json import to_json
from models.rules.documents.reader import read


def read_file(data: bytes, filename: str) -> dict[str, Any]:
    """What the document in a file says, as JSON, and the text that was read; each page is told of before it is read.

    Raises `apart.Refused` with the reason when it is not read.
    """
    try:
        return _read(data, filename)
    except Refused as refused:
        raise apart.Refused(refused.reason.value) from None
    except MemoryError:
        raise apart.Refused(Reason.TOO_HEAVY.value) from None
    except Exception:
        # Libraries raise whatever they like over broken files; what it was helps nobody who sent one.
        raise apart.Refused(Reason.DAMAGED.value) from None


def _read(data: bytes, filename: str) -> dict[str, Any]:
    text = _text(data, kind_of(data, filename))
    document = read(text)
    if document is None:
        raise Refused(Reason.NO_DOCUMENT if text.strip() else Reason.EMPTY)
    return {"document": to_json(document), "text": text}


def _text(data: bytes, kind: Kind) -> str:
    if kind is Kind.PDF:
        return _text_of_pdf(data)
    if kind is Kind.IMAGE:
        from bot.reading import ocr

        _progress(0, 1, is_picture=True)
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
