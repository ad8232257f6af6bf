"""The head of a document: who issued it, its number, where and when, and what it is about.

Head and date stand beside each other on paper, and extraction may mix them. So whatever is recognised is cut out of its
line, wherever it stands; what is left in order is the issuer, and after the number what the document is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.rules.documents.dates import date_of
from models.rules.documents.document import PartialDate, Type
from models.rules.documents.grammar import Grammar
from models.rules.documents.letters import CAPITAL
from models.rules.documents.lines import Line
from models.rules.documents.parts import is_title
from models.rules.documents.references import type_of_symbol

#: "Tam Đường, ngày …": the names before the date.
_PLACE = re.compile(rf"(?:^|(?<=[\s;.]))((?:{CAPITAL}[\w.]*(?:[ -](?={CAPITAL}))?){{1,5}}) ?[,.]? *$")
_DATE_BROKEN_OFF = re.compile(r"(?i)ngày[\s.…\d]*(?:tháng[\s.…\d]*(?:năm)?)?$")
_ABOUT = re.compile(r"^về (?=\w)")
_QUOTES = "“”\"'() "


@dataclass(slots=True)
class Head:
    """What the head says."""

    type: Type | None = None  #: By its title, else by its symbol.
    number: int | None = None  #: None when its place is left blank.
    symbol: str | None = None  #: What stands after the slash.
    place: str | None = None  #: Where it was signed.
    date: PartialDate | None = None  #: When, as far as it is filled in.
    issuer_lines: list[str] = field(default_factory=list)  #: Before the number, without motto and date.
    subject_lines: list[str] = field(default_factory=list)  #: What it is about, as its lines stand.
    has_motto: bool = False  #: The motto of the state or the Party is there.
    has_number: bool = False  #: There is a place for the number, even if it was left blank.
    subject_is_over: bool = False  #: Something else has followed what it is about.

    @property
    def subject(self) -> str | None:
        """What the document is about, in one line."""
        return _ABOUT.sub("", " ".join(self.subject_lines)).strip(_QUOTES + ":;,") or None


def read_head(lines: Sequence[Line], grammar: Grammar) -> Head:
    """Read the lines of a head."""
    head = Head()
    reader = _Reader(head, grammar)
    for line in _joined(lines):
        reader.read(line)
    if head.type is None and head.symbol:
        head.type = type_of_symbol(head.symbol) or Type.LETTER
    elif head.type is None and head.subject_lines:
        head.type = Type.LETTER
    return head


def _joined(lines: Sequence[Line]) -> list[Line]:
    """The lines, a date that was broken in two put together."""
    joined: list[Line] = []
    for line in lines:
        if joined and _DATE_BROKEN_OFF.search(joined[-1].text):
            joined[-1] = Line(f"{joined[-1].text} {line.text}", joined[-1].after_blank)
        else:
            joined.append(line)
    return joined


@dataclass(slots=True)
class _Reader:
    """Cuts what it knows out of each line and keeps the rest."""

    head: Head
    grammar: Grammar

    def read(self, line: Line) -> None:
        head, had_subject = self.head, bool(self.head.subject_lines)
        text = self._cut_motto(self._cut_date(self._cut_number(line.text)))
        if not text or self.grammar.whole("stamp", text):
            head.subject_is_over = had_subject
        elif is_title(text, self.grammar) and not had_subject:
            self._read_title(text)
        elif about := self.grammar.at("subject", text.lstrip(_QUOTES)):
            head.subject_lines = [text.lstrip(_QUOTES)[about.end :].strip(_QUOTES + ":")]
            head.subject_is_over = False
        elif self._says_what_about(line, text):
            head.subject_lines.append(text)
        elif not (head.has_number or head.type or head.subject_lines):
            head.issuer_lines.append(text)

    def _cut_number(self, text: str) -> str:
        found = self.grammar.search("number", text)
        if self.head.has_number or not found or self.grammar.search("subject", text[: found.start]):
            return text
        if found.start and not text[found.start :].startswith("S"):
            return text
        self.head.has_number = True
        self.head.number = found.number("number")
        self.head.symbol = "".join(found.values.get("symbol", "").split()) or None
        return f"{text[: found.start]} {text[found.end :]}".strip(" ,")

    def _cut_date(self, text: str) -> str:
        found = self.grammar.search("signed", text)
        if self.head.date or not found:
            return text
        place = _PLACE.search(text[: found.start])
        if found.start and not place:
            return text
        self.head.date = date_of(found)
        self.head.place = place[1].strip() if place else None
        return f"{text[: place.start(1) if place else found.start]} {text[found.end :]}".strip(" .,")

    def _cut_motto(self, text: str) -> str:
        while found := self.grammar.search("motto", text):
            self.head.has_motto = True
            text = f"{text[: found.start]} {text[found.end :]}".strip(" -")
        return text

    def _read_title(self, text: str) -> None:
        found = self.grammar.at("type", text)
        if found is None:
            return
        self.head.type = Type(found.stands_for)
        about = text[found.end :].strip(" :")
        if about:
            self.head.subject_lines.append(about)

    def _says_what_about(self, line: Line, text: str) -> bool:
        head = self.head
        if head.subject_is_over or not (head.subject_lines or head.type):
            return False
        if text.isupper() and (self.grammar.at("body", text) or self.grammar.at("signing title", text)):
            head.subject_is_over = True
            return False
        if not head.subject_lines:
            return True
        goes_on = not line.after_blank or text[0].islower() or head.subject_lines[-1].endswith((",", "-", "–"))
        return goes_on and not head.subject_lines[-1].endswith(".")


def issuer_of(lines: Sequence[str], grammar: Grammar) -> str | None:
    """Who issued the document: the last body named, the lines of its name put together."""
    bodies: list[str] = []
    for text in lines:
        if bodies and not _begins_a_body(text, grammar):
            bodies[-1] += f" {text}"
        else:
            bodies.append(text)
    return bodies[-1].strip(" -:;,.") if bodies else None


def _begins_a_body(text: str, grammar: Grammar) -> bool:
    """Whether a line names another body, rather than the place or the purpose of the one above it."""
    if grammar.at("no body", text):
        return False
    found = grammar.at("body", text)
    place = grammar.at("kind of place", text)
    return found is not None and (place is None or found.end > place.end)
