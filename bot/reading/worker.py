"""Reads one file in a process of its own: `python -m bot.reading.worker NAME < FILE`.

It answers in JSON lines: `{"page": 3, "of": 20, "picture": false}` as it goes, and last `{"document": …, "text": …}` or
`{"refused": "encrypted"}`. Whatever a hostile file does, it does to this process alone.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from bot.reading import limits
from bot.reading.kinds import Kind, Reason, Refused, kind_of
from models.rules.documents.as_json import to_json
from models.rules.documents.reader import read


def main() -> None:
    """Read standard input, answer on standard output; the file's name is the only argument."""
    limits.hold()
    try:
        answer(_read(sys.stdin.buffer.read(), sys.argv[1] if len(sys.argv) > 1 else ""))
    except Refused as refused:
        answer({"refused": refused.reason.value})
    except MemoryError:
        answer({"refused": Reason.TOO_HEAVY.value})
    except Exception:
        # Libraries raise whatever they like over broken files; what it was helps nobody who sent one.
        answer({"refused": Reason.DAMAGED.value})


def answer(line: dict[str, Any]) -> None:
    """Write one line of the answer."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


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
    limits.hold_time()
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
    answer({"page": page + 1, "of": of, "picture": is_picture})


if __name__ == "__main__":
    main()
