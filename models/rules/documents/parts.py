"""A document's lines, parted into what comes one after the other: head, addressees, body, end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.documents.grammar import Grammar
from models.rules.documents.lines import Line
from models.rules.documents.marks import mark_of

_ENDS_THE_BODY = re.compile(r"\. ?/ ?\.?$")
_APPENDIX = re.compile(r"(?i)phụ lục(?: .{0,40})?")
_SENTENCE_ENDS = (".", ";", ":")
_PROSE = 90  #: A line of the head is shorter than this many letters, unless it says what the document is about.
_LONGEST_HEAD = 40  #: Lines.
_LONGEST_NAME = 6  #: Words.


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a document, each in its own lines; one that is missing is empty."""

    head: Sequence[Line]  #: Who issues it, its number, place and date, what it is about.
    addressees: Sequence[Line]  #: From "Kính gửi" on.
    body: Sequence[Line]  #: What it says, its appendices among it.
    end: Sequence[Line]  #: "Nơi nhận" and the signature.


def part(lines: Sequence[Line], grammar: Grammar) -> Parts:
    """Part a document."""
    end_at = _end_at(lines, grammar)
    appendix_at = next((at for at in range(end_at, len(lines)) if _APPENDIX.fullmatch(lines[at].text)), len(lines))
    head_ends = _head_ends(lines[:end_at], grammar)
    body_at = _addressees_end(lines[:end_at], head_ends, grammar)
    return Parts(
        head=lines[:head_ends],
        addressees=lines[head_ends:body_at],
        body=[*lines[body_at:end_at], *lines[appendix_at:]],
        end=lines[end_at:appendix_at],
    )


def _end_at(lines: Sequence[Line], grammar: Grammar) -> int:
    """Where the end begins: after "./.", with "Nơi nhận", or with whoever signs."""
    for at, line in enumerate(lines):
        if _ENDS_THE_BODY.search(line.text):
            return at + 1
        if grammar.at("recipients", line.text):
            return _before_the_signature(lines, at, grammar)
    signed_at = next(
        (at for at in range(len(lines) - 1, -1, -1) if at > len(lines) // 3 and _is_signing(lines[at].text, grammar)),
        len(lines),
    )
    return _before_the_signature(lines, signed_at, grammar)


def _before_the_signature(lines: Sequence[Line], at: int, grammar: Grammar) -> int:
    """Where the signature begins that may stand before "Nơi nhận": titles in capitals, and a name below them."""
    start = at
    while start and (_is_signing(lines[start - 1].text, grammar) or _is_name(lines[start - 1].text)):
        start -= 1
    return start if any(_is_signing(line.text, grammar) for line in lines[start:at]) else at


def _is_signing(text: str, grammar: Grammar) -> bool:
    in_capitals = text.isupper() and not text.endswith(_SENTENCE_ENDS) and len(text.split()) <= 2 * _LONGEST_NAME
    return in_capitals and bool(grammar.at("authority", text) or grammar.at("signing title", text))


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words) and text[-1].isalpha()


def _head_ends(lines: Sequence[Line], grammar: Grammar) -> int:
    """Where the head is over: with "Kính gửi", the first item, or the first line of prose."""
    says_what_about = False
    for at, line in enumerate(lines[:_LONGEST_HEAD]):
        text = line.text
        if line.is_row or grammar.at("addressees", text) or mark_of(text):
            return at
        if grammar.at("subject", text) or is_title(text, grammar):
            says_what_about = True
        elif _is_prose(line, grammar) and not (says_what_about and _goes_on(lines, at, grammar)):
            return at
    return min(len(lines), _LONGEST_HEAD)


def is_title(text: str, grammar: Grammar) -> bool:
    """Whether a line is a document's title: its type, alone or in capitals with what it is about behind it."""
    bare = text.rstrip(": ")
    return bool(grammar.whole("type", bare)) or (text.isupper() and bool(grammar.at("type", text)))


def _goes_on(lines: Sequence[Line], at: int, grammar: Grammar) -> bool:
    """Whether a line that looks like prose still says what the document is about."""
    before, text = lines[at - 1].text, lines[at].text
    if is_title(before, grammar):
        return True
    if text[0].isupper() and (grammar.at("basis", text) or (before.isupper() and not text.isupper())):
        return False
    return not before.endswith(_SENTENCE_ENDS) and (text[0].islower() or not lines[at].after_blank)


def _is_prose(line: Line, grammar: Grammar) -> bool:
    text = line.text
    if grammar.at("basis", text):
        return True
    if grammar.at("number", text) or grammar.search("signed", text) or grammar.search("motto", text):
        return False
    return not text.isupper() and (len(text) > _PROSE or text.endswith(_SENTENCE_ENDS))


def _addressees_end(lines: Sequence[Line], start: int, grammar: Grammar) -> int:
    """Where the addressees are over: after the line that ends with a full stop, or before prose."""
    if start >= len(lines) or not grammar.at("addressees", lines[start].text):
        return start
    for at in range(start, len(lines)):
        text = lines[at].text
        if at > start and _is_body(lines, at, grammar):
            return at
        if text.endswith(".") and not text.endswith(".."):
            return at + 1
    return len(lines)


def _is_body(lines: Sequence[Line], at: int, grammar: Grammar) -> bool:
    mark = mark_of(lines[at].text)
    if mark:
        return mark.is_number
    before, line = lines[at - 1].text, lines[at]
    if before.endswith(","):
        return False
    is_apart = line.after_blank and not before.endswith((";", ":"))
    leads_on = line.text.endswith(":") and line.text[0].isupper()
    return is_apart or leads_on or bool(grammar.at("basis", line.text)) or len(line.text) > _PROSE
