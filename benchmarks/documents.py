"""How well official documents are read, field by field, and how fast.

    python -m benchmarks.documents [--wrong]

Every set of documents in `tests/documents` is read as text, as a Word file and as a PDF, the shared samples where they
are at hand. A JSON line for each set and kind of file: the share of documents whose field is right, precision and
recall of tasks, assignees and deadlines, and the time a document takes. With `--wrong`, whatever was read otherwise
than expected is shown too. Then a PDF of 20 pages, read as the bot does: by a process of its own, from the file to the
answer, by the clock and in seconds of the processor. Last what files made to do harm cost until they are refused, and
how much memory the heaviest of them had.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from bot.reading import docx as word
from bot.reading.kinds import Refused
from bot.reading.pdf import Pdf
from bot.reading.process import Progress, read_document
from models.rules.documents.reader import read
from tests.documents.files import as_docx, as_pdf
from tests.documents.scores import SETS, Expected, Json, as_it_is, documents_of, score
from tests.reading.test_hostile_files import HARMFUL

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
    with taking() as taken:
        reading = await read_document(file, "20-trang.pdf", progress=pages.append)
    return {"file": "pdf", "pages": pages[-1].of, "tasks": len(reading.document.tasks), **taken}


async def harmful_files() -> AsyncIterator[Json]:
    """Yield what each file made to do harm takes until it is refused, and with which reason."""
    for make, name, _ in HARMFUL:
        data, reason = make(), ""
        with taking() as taken:
            try:
                await read_document(data, name)
            except Refused as refused:
                reason = refused.reason.value
        yield {"harmful": make.__name__, "refused": reason, **taken}


@contextmanager
def taking() -> Iterator[Json]:
    """How long the block takes, and the processes that end in it; the most memory any process ever had."""
    taken: Json = {}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    yield taken
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken["seconds"] = round(time.perf_counter() - begun, 2)
    taken["core_seconds"] = round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)
    taken["megabytes_so_far"] = after.ru_maxrss // 1024


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
    asyncio.run(print_costs())


async def print_costs() -> None:
    """Print what reading in a process of its own takes."""
    print(json.dumps(await long_pdf()))
    async for line in harmful_files():
        print(json.dumps(line))


if __name__ == "__main__":
    main()
