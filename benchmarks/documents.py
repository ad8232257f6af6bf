"""How well official documents are read, field by field, and how fast.

    python -m benchmarks.documents [--wrong]

Every set of documents in `tests/documents` is read as text, as a Word file and as a PDF, the shared samples where they
are at hand. A JSON line for each set and kind of file: the share of documents whose field is right, precision and
recall of tasks, assignees and deadlines, and the time a document takes. With `--wrong`, whatever was read otherwise
than expected is shown too. Last a PDF of 20 pages, read as the bot does: by a process of its own, from the file to the
answer.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from bot.reading import docx as word
from bot.reading.pdf import Pdf
from bot.reading.process import Progress, read_document
from models.rules.documents.reader import read
from tests.documents.files import as_docx, as_pdf
from tests.documents.scores import SETS, Expected, Json, as_it_is, documents_of, score

FILLING = "Tuyên truyền, vận động nhân dân thực hiện nghiêm các biện pháp phòng, chống dịch. " * 7


def from_word(document: Expected) -> str:
    """The text of a document that comes as a Word file."""
    return word.text_of(as_docx(document.text))


def from_pdf(document: Expected) -> str:
    """The text of a document that comes as a PDF."""
    return Pdf(as_pdf(document.text)).text(lambda page, of: None)


async def long_pdf() -> Json:
    """How long a PDF of 20 pages takes, from the file to the answer, in seconds."""
    items = (f"{at}. UBND các xã, thị trấn rà soát đợt {at}, báo cáo trước 17h00 hằng ngày." for at in range(1, 87))
    head = (
        "Số: 5/CV-UBND\n\nTam Đường, ngày 02 tháng 11 năm 2021\n\nV/v rà soát\n\nKính gửi: UBND các xã, thị trấn.\n\n"
    )
    file = as_pdf(head + "\n\n".join(f"{item} {FILLING}" for item in items))
    pages: list[Progress] = []
    begun = time.perf_counter()
    reading = await read_document(file, "20-trang.pdf", progress=pages.append)
    seconds = round(time.perf_counter() - begun, 2)
    return {"file": "pdf", "pages": pages[-1].of, "tasks": len(reading.document.tasks), "seconds": seconds}


def main() -> None:
    """Print the scores of each set."""
    read("The grammar is read once, before the clock runs.")
    for folder in sorted({path.parent for path in SETS.glob("*/*.json")}):
        if not (documents := documents_of(folder)):
            continue
        for kind, text_of in (("text", as_it_is), ("docx", from_word), ("pdf", from_pdf)):
            counted = score(documents, text_of)
            print(json.dumps({"set": folder.name, "file": kind, **counted.in_figures()}))
            if "--wrong" in sys.argv:
                print("\n".join(counted.wrong))
    print(json.dumps(asyncio.run(long_pdf())))


if __name__ == "__main__":
    main()
