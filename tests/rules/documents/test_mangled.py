"""Whatever typing, printing, scanning and sending do to a document: reading never fails, and never invents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.documents.document import Deadline, Document, PartialDate
from models.rules.documents.reader import read
from tests.documents.scores import Expected
from tests.rules.documents.test_reader import DOCUMENTS

SETTINGS = settings(max_examples=60, deadline=None)
#: What a scan makes of letters and signs.
MISREAD = str.maketrans({"0": "O", "l": "1", "đ": "d", "-": "—", ".": ",", "ế": "é", "/": "|"})
BULLETS = ("•", "–", "*", "+", "o ", "➢ ")


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A document, with some of its lines cut, lost, doubled, swapped, or misread."""
    lines = draw(st.sampled_from(DOCUMENTS)).text.splitlines()
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = draw(st.sampled_from(list(harm(lines[at], draw(st.integers(0, 40))))))
        lines = lines or [""]
    ends = draw(st.sampled_from(["\n", "\r\n", "\r", "\u2028"]))
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKD"])), ends.join(lines))


def harm(line: str, at: int) -> Iterator[list[str]]:
    """Yield what may become of a line."""
    yield []
    yield [line, line]
    yield [line[:at], line[at:]]
    yield [line[:at]]
    yield [line.translate(MISREAD)]
    yield [f"{BULLETS[at % len(BULLETS)]}{line}"]
    yield [f"** {line} }}", "2", ""]
    yield [f"    {line}          {line}"]
    yield [f"| {line} | {line} | {line} |"]
    yield [line.upper()]


def dates_of(document: Document) -> Iterator[PartialDate]:
    yield from (date for date in [document.date] if date)
    yield from (reference.date for reference in document.references if reference.date)


def numbers_in(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}


def beyond(deadline: Deadline, issued: PartialDate | None) -> set[int]:
    """The numbers in a deadline that need not stand in the document, since they follow from when it was issued."""
    if deadline.date is None or issued is None or issued.year is None:
        return set()
    follows = re.search(r"(?i)hôm nay|mai|kia|trong ngày|thứ|chủ nhật|cn", deadline.text)
    day = {deadline.date.month or 0, deadline.date.day or 0, deadline.date.year or 0} if follows else set()
    return {issued.year, issued.year + 1, issued.month or 0} | day


@SETTINGS
@given(mangled())
def test_a_mangled_document_never_breaks_reading_and_nothing_is_invented(text: str) -> None:
    document = read(text)
    if document is None:
        return
    written = numbers_in(unicodedata.normalize("NFC", text)) | {2000 + number for number in numbers_in(text)}
    assert {document.number or 0} | {reference.number or 0 for reference in document.references} <= written | {0}
    for date in dates_of(document):
        assert {part for part in (date.year, date.month, date.day) if part} <= written
    for deadline in (deadline for task in document.tasks for deadline in task.deadlines):
        said = deadline.date
        parts = {part for part in (said.year, said.month, said.day) if part} if said else set()
        assert parts <= written | beyond(deadline, document.date)


@SETTINGS
@given(mangled())
def test_everything_that_is_read_stands_in_the_document(text: str) -> None:
    document = read(text)
    said = letters(text)
    for words in words_of(document) if document else ():
        assert all(letters(word) in said for word in words.split()), words


def letters(text: str) -> str:
    """The letters of a text alone, in one spelling."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFC", text).replace("Ð", "Đ")).lower()


def words_of(document: Document) -> Iterator[str]:
    yield from document.addressees
    yield from document.recipients
    yield from (words for words in (document.issuer, document.place, document.subject) if words)
    for task in document.tasks:
        yield from (task.text, *task.assignees, *task.items)
        yield from (deadline.text for deadline in task.deadlines)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_reading_any_text_never_fails(text: str) -> None:
    read(text)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.sampled_from(["NFD", "NFC"]), st.sampled_from(["\r\n", "\n"]))
def test_a_document_says_the_same_from_whichever_machine_it_comes(document: Expected, form: str, ends: str) -> None:
    sent = unicodedata.normalize(form, document.text).replace("\n", ends)  # type: ignore[arg-type]
    assert read(sent) == read(document.text)
