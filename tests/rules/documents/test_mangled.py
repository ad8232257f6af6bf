"""Whatever typing, printing, scanning and sending do to a document: reading never fails, and never invents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.documents.document import Deadline, Document, PartialDate, Reference
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


def with_digit_misread(line: str, at: int) -> str:
    """The line, a scan having made a letter of one of its digits."""
    digits = [place for place, letter in enumerate(line) if letter.isdigit()]
    if not digits:
        return line
    place = digits[at % len(digits)]
    return f"{line[:place]}{'OlZ3ASbTBq'[int(line[place])]}{line[place + 1 :]}"


def harm(line: str, at: int) -> Iterator[list[str]]:
    """Yield what may become of a line."""
    yield []
    yield [line, line]
    yield [line[:at], line[at:]]
    yield [line[:at]]
    yield [line.translate(MISREAD)]
    yield [with_digit_misread(line, at)]
    yield [f"{BULLETS[at % len(BULLETS)]}{line}"]
    yield [f"** {line} }}", "2", ""]
    yield [f"    {line}          {line}"]
    yield [f"| {line} | {line} | {line} |"]
    yield [line.upper()]


def stands(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def alone(number: int) -> str:
    """A number as it is written by itself: "1" does not stand in "1O", nor in "21"."""
    return rf"(?<!\w)0*{number}(?!\w)"


def written_date(date: PartialDate) -> str:
    """The parts of a date, one right after the other: "02 tháng 11 năm 2021", "2/11/2021", "2-11-21"."""
    parts = [alone(part) for part in (date.day, date.month) if part]
    parts += [rf"(?<!\w)(?:{date.year}(?!\d)|{date.year % 100:02}(?!\w))"] if date.year else []
    return r"[^\d]{1,24}".join(parts)


def written_reference(reference: Reference) -> str:
    symbol = r"\s*".join(re.escape(letter) for letter in reference.symbol or "")
    return rf"(?<!\d)0*{reference.number}\s*[-–—/.]\s*{symbol}"


def invented(document: Document, text: str) -> Iterator[str]:
    """Yield every number, date and hour that was read and does not stand so in the text."""
    # A page's number may stand in the middle of a sentence; what was cut there is put together again.
    text = re.sub(r"(?m)^\W*\d{1,3}\W*$", "", unicodedata.normalize("NFC", text))
    if document.number is not None and not stands(rf"s[oố]\W{{0,12}}{alone(document.number)}", text):
        yield f"number {document.number}"
    if document.date and not stands(written_date(document.date), text):
        yield f"date {document.date}"
    for reference in document.references:
        if not stands(written_reference(reference), text):
            yield f"reference {reference}"
        if reference.date and not stands(written_date(reference.date), text):
            yield f"date of reference {reference}"
    for task in document.tasks:
        for deadline in task.deadlines:
            yield from invented_in(deadline, document.date)


def invented_in(deadline: Deadline, issued: PartialDate | None) -> Iterator[str]:
    """Yield what of a deadline does not stand in its own words, nor follows from when the document was issued."""
    follows = stands(r"hôm nay|hom nay|mai|kia|trong ngày|trong ngay|nay|thứ|thu|chủ nhật|chu nhat", deadline.text)
    if deadline.time and not stands(rf"(?<!\d)0*({hours_of(deadline.time.hour)})\s*(giờ|gio|h|g|:)", deadline.text):
        yield f"hour of {deadline}"
    if deadline.time and deadline.time.minute not in {0, 30, 59} | numbers_in(deadline.text):
        yield f"minute of {deadline}"
    if deadline.date is None or follows:
        return
    beside = deadline.date if deadline.date.year in numbers_in(deadline.text) else replace(deadline.date, year=None)
    # "hằng tháng … ngày 25": the month is the one in which the document was issued.
    own_month = issued is not None and deadline.date.month == issued.month
    for said in (beside, replace(beside, month=None) if own_month else beside):
        if stands(written_date(said) if said.quarter is None else r"qu[ýí]|quy|qui", deadline.text):
            break
    else:
        yield f"day of {deadline}"
    years = {issued.year, issued.year + 1} if issued and issued.year else set()
    if deadline.date.year and deadline.date.year not in years | numbers_in(deadline.text) | short_years(deadline.text):
        yield f"year of {deadline}"


def hours_of(hour: int) -> str:
    """How an hour is written: in the afternoon 3 is 15; 23:59 is 24."""
    return "|".join(str(each) for each in {hour, hour - 12 if hour > 12 else hour, 24 if hour == 23 else hour})


def numbers_in(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}


def short_years(text: str) -> set[int]:
    return {2000 + number for number in numbers_in(text) if number < 100}


@SETTINGS
@given(mangled())
def test_a_mangled_document_never_breaks_reading_and_nothing_is_invented(text: str) -> None:
    document = read(text)
    assert document is None or [*invented(document, text)] == []


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
