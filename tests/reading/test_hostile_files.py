"""Whatever somebody sends, reading it harms nobody: it is refused with a reason, within its limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.errands.apart import Limits
from bot.reading import process
from bot.reading.kinds import Reason, Refused
from bot.reading.process import read_document
from tests.documents.files import as_docx, as_pdf
from tests.reading import hostile

#: How a page without text is refused: without Tesseract, and with it.
WITHOUT_WORDS = {Reason.SCANNED, Reason.ILLEGIBLE}
HARMFUL: list[tuple[Callable[[], bytes], str, set[Reason]]] = [
    (hostile.zip_bomb, "bom.docx", {Reason.TOO_HEAVY}),
    (hostile.crowd_of_paragraphs, "dong.docx", {Reason.TOO_HEAVY}),
    (hostile.laughs, "cuoi.docx", {Reason.DAMAGED}),
    (hostile.macros, "macro.docx", {Reason.MACROS}),
    (hostile.crowded_pdf, "ve.pdf", {Reason.TOO_HEAVY, Reason.DAMAGED, *WITHOUT_WORDS}),
    (hostile.pdf_of_objects, "nhieu.pdf", {Reason.TOO_HEAVY, Reason.DAMAGED, *WITHOUT_WORDS}),
    (hostile.endless_pages, "vo-tan.pdf", {Reason.TOO_HEAVY, Reason.DAMAGED, Reason.TOO_LONG}),
    (hostile.encrypted_pdf, "khoa.pdf", {Reason.ENCRYPTED}),
    (hostile.encrypted_word, "khoa.docx", {Reason.ENCRYPTED}),
    (hostile.too_large, "to.pdf", {Reason.TOO_LARGE}),
]


async def reason_for(data: bytes, filename: str) -> Reason:
    with pytest.raises(Refused) as refused:
        await read_document(data, filename)
    return refused.value.reason


@pytest.mark.parametrize(("file", "called", "reasons"), HARMFUL, ids=[file.__name__ for file, _, _ in HARMFUL])
async def test_a_file_made_to_do_harm_is_refused(file: Callable[[], bytes], called: str, reasons: set[Reason]) -> None:
    assert await reason_for(file(), called) in reasons


@pytest.mark.parametrize(
    ("data", "called", "reason"),
    [
        (b"", "trong.txt", Reason.EMPTY),
        (as_docx(hostile.TEXT), "van-ban.pdf", Reason.WRONG_EXTENSION),
        (as_pdf(hostile.TEXT), "van-ban.docx", Reason.WRONG_EXTENSION),
        (as_pdf(hostile.TEXT), "van-ban.jpg", Reason.WRONG_EXTENSION),
        (as_docx(hostile.TEXT), "van-ban.docm", Reason.MACROS),
        (b"MZ\x90\x00", "van-ban.exe", Reason.UNKNOWN_KIND),
        (b"\x00\x01\x02", "van-ban.txt", Reason.UNKNOWN_KIND),
        (hostile.encrypted_word()[:8], "cu.doc", Reason.OLD_WORD),
        (hostile.encrypted_word()[:8], "cu.docx", Reason.OLD_WORD),
        ("Số: 5/CV-UBND".encode("utf-16-le"), "cu.txt", Reason.UNKNOWN_KIND),
        ("Kính gửi".encode("cp1258", errors="ignore") + b"\xff", "cu.txt", Reason.NOT_UTF8),
        (as_pdf(hostile.TEXT)[:300], "cut.pdf", Reason.DAMAGED),
        (as_docx(hostile.TEXT)[:300], "cut.docx", Reason.DAMAGED),
        ("Chiều nay họp lúc 14 giờ nhé các bác".encode(), "tin.txt", Reason.NO_DOCUMENT),
        (b" \n ", "trang.txt", Reason.EMPTY),
    ],
)
async def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, called: str, reason: Reason) -> None:
    assert await reason_for(data, called) is reason


async def test_reading_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LIMITS", Limits(seconds=0.0))
    assert await reason_for(hostile.TEXT.encode(), "van-ban.txt") is Reason.TOO_HEAVY


async def test_the_bot_goes_on_while_a_file_is_read() -> None:
    reading = asyncio.create_task(read_document(as_pdf(hostile.TEXT), "van-ban.pdf"))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert (await reading).document.number == 5
    assert turns > 1
