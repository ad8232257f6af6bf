"""What somebody types where a document is silent or was misread: a field of it, or a task."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from models.rules.documents.document import Document, PartialDate, Signer, Task, Type
from models.rules.documents.grammar import shipped
from models.rules.documents.lines import read_lines
from models.rules.documents.outline import outline
from models.rules.documents.tasks import Circumstances, read_tasks
from models.rules.words import clean

_DAY = re.compile(r"(?:(\d{1,2}) ?[/.-] ?)?(\d{1,2}) ?[/.-] ?(\d{4})")
_LISTED = re.compile(r"[;\n]")
_BESIDE = re.compile(r"[,;\n]| [-–] ")
_AS_AN_ITEM = "1. {words}"


def fill(document: Document, field: str, words: str) -> Document | None:
    """The document with a field filled in as somebody typed it; None for what cannot stand there.

    Raises KeyError for a field nobody can fill.
    """
    value = _FILLERS[field](clean(words), document)
    return replace(told(document, field), **{field: value}) if value else None


def told(document: Document, field: str) -> Document:
    """The document, a field of it no longer missing."""
    return replace(document, missing=tuple(name for name in document.missing if name != field))


def typed_task(words: str, document: Document) -> Task:
    """A task as somebody typed it, "UBND các xã: lập danh sách trước 17h ngày 5/11", read as an item is."""
    grammar = shipped()
    body = outline(read_lines(_AS_AN_ITEM.format(words=words.strip())), grammar)
    circumstances = Circumstances(Type.LETTER, document.date, ())
    read = next(iter(read_tasks(body, circumstances, grammar)), None)
    if read is None:
        return Task(no=None, text=clean(words), assignees=(), tiers=(), items=(), deadlines=())
    return replace(read, no=None)


def _type(words: str, _document: Document) -> Type | None:
    """The type by its name or its abbreviation: "chỉ thị", "CT"."""
    abbreviations = {each.value.lower(): each for each in Type}
    named = shipped().whole("type", words)
    return Type(named.stands_for) if named else abbreviations.get(words.lower())


def _number(words: str, _document: Document) -> int | None:
    found = re.match(r"\d{1,6}", words)
    return int(found[0]) if found else None


def _symbol(words: str, _document: Document) -> str | None:
    symbol = words.rpartition("/")[2] if not re.search(r"\d{4}/", words) else words
    return symbol if re.fullmatch(r"[\w/.-]{2,40}", symbol) else None


def _date(words: str, _document: Document) -> PartialDate | None:
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


def _words(words: str, _document: Document) -> str | None:
    return " ".join(words.split()) or None


def _list(words: str, _document: Document) -> tuple[str, ...]:
    return tuple(name for part in _LISTED.split(words) if (name := " ".join(part.split()).strip(" -+•.")))


def _signer(words: str, document: Document) -> Signer | None:
    """Who signed, "Nguyễn Văn A, Phó Chủ tịch"; what the document says of the title stays where none is typed."""
    name, *title = (part.strip() for part in _BESIDE.split(words, maxsplit=1))
    if not name or any(letter.isdigit() for letter in name):
        return None
    read = document.signer
    return Signer(
        name=name,
        title=title[0] if title and title[0] else (read.title if read else None),
        authority=read.authority if read else None,
    )


_FILLERS: dict[str, Callable[[str, Document], Any]] = {
    "type": _type,
    "number": _number,
    "symbol": _symbol,
    "issuer": _words,
    "place": _words,
    "date": _date,
    "subject": _words,
    "addressees": _list,
    "recipients": _list,
    "signer": _signer,
}
#: Fields that people can fill in when they are missing or doubtful.
FILLABLE = tuple(_FILLERS)
