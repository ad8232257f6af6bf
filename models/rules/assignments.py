"""What becomes of a document's tasks: when each is due, when it comes again, and what stands for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, tzinfo
from enum import StrEnum

from models.rules.documents.document import Document, PartialDate, Task
from models.rules.documents.due import due_at
from models.rules.words import clean, fold, utf16_length


class AssignmentState(StrEnum):
    """Where one task of one unit stands: exactly one of these."""

    WAITING = "waiting"  #: Given, and nobody who counts has answered.
    RECEIVED = "received"  #: Acknowledged.
    DONE = "done"  #: Reported done, which says received as well.


#: Fields of a document's head that people can fill in when they are missing or doubtful.
FILLABLE = ("number", "symbol", "date", "issuer", "subject")

#: Of a note to residents, whose messages have five lines and 280 characters: the rest is who says it.
NOTE_LINES, NOTE_LENGTH = 3, 200

#: How people ask for documents whose tasks are done, or not; the longer first where one ends with another.
_STANDING = {"chua xong": False, "dang lam": False, "open": False, "da xong": True, "xong": True, "done": True}

_DAY = re.compile(r"(?:(\d{1,2}) ?[/.-] ?)?(\d{1,2}) ?[/.-] ?(\d{4})")


def state_of(acknowledged_at: datetime | None, done_at: datetime | None) -> AssignmentState:
    """The one state of an assignment."""
    if done_at is not None:
        return AssignmentState.DONE
    return AssignmentState.WAITING if acknowledged_at is None else AssignmentState.RECEIVED


def recurs(task: Task) -> bool:
    """Whether it comes again: "hằng ngày", "thứ 6 hằng tuần", "ngày 10 hằng tháng"."""
    return any(deadline.every is not None for deadline in task.deadlines)


def first_due(task: Task, given_at: datetime, tz: tzinfo) -> datetime | None:
    """The earliest of its deadlines that is still ahead; None when it names none."""
    moments = (due_at(deadline, given_at, tz) for deadline in task.deadlines)
    return min((moment for moment in moments if moment is not None), default=None)


def next_due(task: Task, last_due_at: datetime, tz: tzinfo) -> datetime | None:
    """When a task that comes again is due after its last time; None when it is done once and for all."""
    return first_due(replace(task, deadlines=tuple(d for d in task.deadlines if d.every)), last_due_at, tz)


def fits_residents(words: str) -> bool:
    """Whether a note is short enough for those who live there, with room for what stands around it."""
    lines = words.strip().count("\n") + 1
    return lines <= NOTE_LINES and utf16_length(words.strip()) <= NOTE_LENGTH


def fill(document: Document, field: str, words: str) -> Document | None:
    """The document with a field of its head filled in as somebody typed it; None for what cannot stand there.

    Raises KeyError for a field nobody can fill.
    """
    value = _FILLERS[field](clean(words))
    if value is None:
        return None
    filled = {field: value, "missing": tuple(name for name in document.missing if name != field)}
    return replace(document, **filled)  # type: ignore[arg-type]


def sign_of(number: int | None, symbol: str | None) -> str:
    """What a document is cited by, folded: "33/cv-ttch"; empty where number or symbol is missing."""
    return fold(f"{number}/{symbol}").replace(" ", "") if number is not None and symbol else ""


def to_search(document: Document, unit: str, words: Iterable[str]) -> str:
    """Everything a document is found by, folded, in one line."""
    date = document.date.whole if document.date else None
    shown = f"{date.day}/{date.month}/{date.year}" if date else ""
    head = (document.type, sign_of(document.number, document.symbol), document.issuer, document.subject, shown)
    return fold(" ".join(" ".join(str(part) for part in (*head, str(document.date), unit, *words) if part).split()))


def searched_words(words: str) -> tuple[list[str], bool | None]:
    """What is looked for, folded, and whether only what is done (True) or open (False) is wanted."""
    said = fold(" ".join(clean(words).split()))
    for phrase, is_done in _STANDING.items():
        if re.search(rf"(?:^| ){phrase}(?: |$)", said):
            return re.sub(rf"(?:^| ){phrase}(?: |$)", " ", said).split(), is_done
    return said.split(), None


def replaces(text: str, sign: str) -> bool:
    """Whether a text says that it takes the place of the document cited so."""
    said, cited = fold(text), re.escape(sign)
    return re.search(rf"\b(?:thay the|bai bo|huy bo)\b[^.;]*{cited}", said) is not None


def _number(words: str) -> int | None:
    found = re.match(r"\d{1,6}", words)
    return int(found[0]) if found else None


def _symbol(words: str) -> str | None:
    symbol = words.rpartition("/")[2] if not re.search(r"\d{4}/", words) else words
    return symbol if re.fullmatch(r"[\w/.-]{2,40}", symbol) else None


def _date(words: str) -> PartialDate | None:
    found = _DAY.search(words)
    if found is None:
        return None
    day, month, year = (int(part) if part else None for part in found.groups())
    written = PartialDate(year, month, day)
    try:
        is_real = written.whole is not None if day else 1 <= (month or 0) <= 12
    except ValueError:
        return None
    return written if is_real else None


def _words(words: str) -> str | None:
    return " ".join(words.split()) or None


_FILLERS = {"number": _number, "symbol": _symbol, "date": _date, "issuer": _words, "subject": _words}
