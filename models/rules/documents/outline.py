"""The body of a document as an outline: paragraphs put together again, items below the items they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from models.rules.documents.assignees import bodies_at
from models.rules.documents.grammar import Grammar
from models.rules.documents.lines import Line
from models.rules.documents.marks import Level, Mark, mark_of

_SENTENCE_ENDS = (".", ";", ":", "!", "?", "…", "./")
_BROKEN_WORD = ("-", "/")  #: "310/QĐ-" goes on in the next line.
_FULL = 0.8  #: A line this full of its column was broken by the column's end, not by its writer.
_LAST_LINES = 5  #: The last words of a document begin in one of so many lines.
_LEAST_LINES = 6  #: So many lines tell how wide the column is.


@dataclass(slots=True)
class Item:
    """A paragraph of the body and what stands below it."""

    level: Level  #: How deep it stands.
    no: str | None  #: Its own number, as the document counts.
    text: str  #: Without its mark.
    below: list[Item] = field(default_factory=list)  #: In order.

    def all_below(self) -> Iterator[Item]:
        """Everything below it, in the order in which it is written."""
        for item in self.below:
            yield item
            yield from item.all_below()


@dataclass(frozen=True, slots=True)
class Outline:
    """The body of a document."""

    lead: Sequence[str]  #: The paragraphs before the first item.
    items: Sequence[Item]  #: The outermost items.
    closing: Sequence[str]  #: The paragraphs after the last item that are not part of it.

    def all_texts(self) -> Iterator[str]:
        """Everything the body says, paragraph by paragraph."""
        yield from self.lead
        for item in self.items:
            yield item.text
            yield from (below.text for below in item.all_below())
        yield from self.closing


@dataclass(slots=True)
class _Paragraph:
    mark: Mark | None
    text: str  #: Without the mark.


def outline(lines: Sequence[Line], grammar: Grammar) -> Outline:
    """Put the lines of a body in order; rows of tables are left out."""
    paragraphs = _paragraphs([line for line in lines if not line.is_row], grammar)
    first = next((at for at, paragraph in enumerate(paragraphs) if paragraph.mark), len(paragraphs))
    last = _closing_begins(paragraphs, first, grammar)
    root = Item(Level.SECTION, None, "")
    path = [root]
    for paragraph in paragraphs[first:last]:
        item = _item(paragraph)
        path = path[: _depth(path, item)]
        path[-1].below.append(item)
        path.append(item)
    return Outline(
        lead=[paragraph.text for paragraph in paragraphs[:first]],
        items=root.below,
        closing=[paragraph.text for paragraph in paragraphs[last:]],
    )


def _closing_begins(paragraphs: Sequence[_Paragraph], first: int, grammar: Grammar) -> int:
    """Where the last words begin: paragraphs without marks that sum up, or come after a finished item."""
    at = len(paragraphs)
    while at > first and paragraphs[at - 1].mark is None and _closes(paragraphs, at - 1, grammar):
        at -= 1
    return at


def _closes(paragraphs: Sequence[_Paragraph], at: int, grammar: Grammar) -> bool:
    text = paragraphs[at].text
    if grammar.at("closing", text):
        return True
    named = bodies_at(text, 0, grammar)
    if named and grammar.at("charge", text[named.end :].lstrip()):
        return True
    if named and grammar.at("leads", text[named.end :].lstrip()):
        # "Chánh Văn phòng …; Trưởng phòng … chịu trách nhiệm thi hành Quyết định này" is the last article's.
        return False
    return at == len(paragraphs) - 1 and paragraphs[at - 1].text.endswith((".", "./."))


def _item(paragraph: _Paragraph) -> Item:
    mark = paragraph.mark
    if mark is None:
        return Item(Level.PLAIN, None, paragraph.text)
    return Item(mark.level, mark.no.lstrip("0") if mark.no else None, paragraph.text)


def _depth(path: Sequence[Item], item: Item) -> int:
    """How many items of the path the new one stands below; it ends those that are as deep as itself."""
    return next((at for at, other in enumerate(path[1:], 1) if other.level >= item.level), len(path))


def _paragraphs(lines: Sequence[Line], grammar: Grammar) -> list[_Paragraph]:
    """The lines put together: a sentence that a page or a column broke is one again."""
    width = _width(lines)
    paragraphs: list[_Paragraph] = []
    before: Line | None = None
    for at, line in enumerate(lines):
        mark = mark_of(line.text)
        is_last_word = at >= len(lines) - _LAST_LINES and grammar.at("closing", line.text) is not None
        has_ended = bool(paragraphs) and paragraphs[-1].text.endswith(_SENTENCE_ENDS)
        if is_last_word and has_ended:
            paragraphs.append(_Paragraph(None, line.text))
        elif before and paragraphs and _goes_on(paragraphs[-1], before, line, mark, width):
            gap = "" if paragraphs[-1].text.endswith(_BROKEN_WORD) else " "
            paragraphs[-1].text = f"{paragraphs[-1].text}{gap}{line.text}".lstrip()
        else:
            paragraphs.append(_Paragraph(mark, line.text[mark.end :].strip() if mark else line.text))
        before = line
    return [paragraph for paragraph in paragraphs if paragraph.text]


def _width(lines: Sequence[Line]) -> float:
    """How many letters a full line has; without end when lines are not broken by a column."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < _LEAST_LINES:
        return float("inf")
    wide = quantiles(lengths, n=10)[8]
    return wide if lengths[-1] <= 1.3 * wide else float("inf")


def _goes_on(paragraph: _Paragraph, before: Line, line: Line, mark: Mark | None, width: float) -> bool:
    """Whether a line goes on with the paragraph that the line before it belongs to."""
    if not paragraph.text:
        return mark is None
    has_ended = paragraph.text.endswith(_SENTENCE_ENDS)
    if mark:
        return not has_ended and not line.after_blank and _only_looks_like_a_mark(mark, paragraph)
    if not has_ended and (not line.text[0].isupper() or paragraph.text.endswith(_BROKEN_WORD)):
        return True
    if line.after_blank:
        return False
    is_full = len(before.text) >= _FULL * width
    return is_full and not (paragraph.text.endswith(":") and line.text[0].isupper())


def _only_looks_like_a_mark(mark: Mark, paragraph: _Paragraph) -> bool:
    """Whether a number at the beginning of a line is the end of a broken sentence: "phòng dịch Covid-", "19. Các …"."""
    if not mark.no:
        return False
    return bool(re.search(r"(?:[-–/]|ngày|tháng|năm|số|lúc|vòng|trước|khoản|Điều|mục|và)$", paragraph.text))
