"""How documents are found again: by number, words, issuer, date, by where they went, by what is done of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.documents.document import Document
from models.rules.words import clean, fold, sought

#: How people ask for documents whose tasks are done, or not; the longer first where one ends with another.
_STANDING = {"chua xong": False, "dang lam": False, "open": False, "da xong": True, "xong": True, "done": True}
#: What stands before a place's name and is often left out.
_KIND = re.compile(r"(?:xa|thi tran|tt|phuong|huyen|quan|thi xa|tinh)\.? (?=\S+ \S)")
_SPACES = re.compile(r"\s+")
_LONGEST_SYMBOL = 100  #: Letters; what was read as a longer one is something else.


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for."""

    words: tuple[str, ...]  #: Folded; a document has all of them.
    place: str = ""  #: Folded, as it was typed: a place it went to, or more words of the document itself.
    place_ids: tuple[int, ...] = ()  #: The places called so.
    is_done: bool | None = None  #: Only documents whose tasks are done (True) or open (False); there, if it says where.


def what_is_searched(typed: str, places: Iterable[tuple[int, str]]) -> Search:
    """What somebody looks for, who knows these places by id and name: "Bản Bo tháng 11 chưa xong"."""
    said, is_done = _standing(f" {_SPACES.sub(' ', fold(clean(typed))).strip()} ")
    called: dict[str, list[int]] = {}
    for place_id, name in places:
        folded = fold(name)
        for each in {folded, _KIND.sub("", folded, count=1)}:
            called.setdefault(each, []).append(place_id)
    place = max((name for name in called if f" {name} " in said), key=len, default="")
    if place:
        said = said.replace(f" {place} ", " ", 1)
    return Search(sought(said), place, tuple(called.get(place, ())), is_done)


def _standing(said: str) -> tuple[str, bool | None]:
    """The rest of the words, and whether only what is done or open is wanted."""
    for phrase, is_done in _STANDING.items():
        if f" {phrase} " in said:
            return said.replace(f" {phrase} ", " ", 1), is_done
    return said, None


def sign_of(number: int | None, symbol: str | None) -> str:
    """What a document is cited by, folded: "33/cv-ttch"; empty where number or symbol is missing, or no symbol."""
    is_one = symbol is not None and 0 < len(symbol) <= _LONGEST_SYMBOL
    return fold(f"{number}/{symbol}").replace(" ", "") if number is not None and is_one else ""


def to_search(document: Document, unit: str) -> str:
    """Everything a document is found by, folded, in one line."""
    date = document.date.whole if document.date else None
    shown = f"{date.day}/{date.month}/{date.year}" if date else ""
    head = (document.type, sign_of(document.number, document.symbol), document.issuer, document.subject, shown)
    tasks = (word for task in document.tasks for word in (task.text, *task.items, *task.assignees))
    said = (*head, document.date, unit, *document.addressees, *tasks)
    return fold(" ".join(" ".join(str(part) for part in said if part).split()))


def replaces(text: str, sign: str) -> bool:
    """Whether a text says that it takes the place of the document cited so."""
    said, cited = fold(text), re.escape(sign)
    return re.search(rf"\b(?:thay the|thay cho|bai bo|huy bo)\b[^.;]*\b{cited}\b", said) is not None
