"""The numbers that Word counts for paragraphs: they stand in no text, but people speak of "item 8"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted."""

    kind: str  #: "decimal", "lowerLetter", "upperRoman", "bullet"…
    pattern: str  #: "%1.%2." for "1.2."
    start: int  #: The first number.


class Numbering:
    """Counts the lists of one document, paragraph by paragraph, in order."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels(document)
        self._counted: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def mark_of(self, paragraph: Paragraph) -> str:
        """The mark before a paragraph, such as "8. ", or nothing; each paragraph is asked for once, in order."""
        at = _place_of(paragraph)
        levels = self._levels.get(at[0], {}) if at else {}
        if at is None or at[1] not in levels:
            return ""
        number, depth = at
        level, counted = levels[depth], self._counted[number]
        if level.kind == "bullet":
            return "- "
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [each for each in counted if each > depth]:
            del counted[deeper]
        return f"{_PLACE.sub(lambda place: self._written(number, int(place[1]) - 1), level.pattern)} "

    def _written(self, number: str, depth: int) -> str:
        level = self._levels[number].get(depth)
        if level is None:
            return ""
        return _write(self._counted[number].get(depth, level.start), level.kind)


def _write(count: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (count // value)
            count %= value
        return roman.lower() if kind == "lowerRoman" else roman
    return str(count)


def _place_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """The list and the level a paragraph belongs to, by itself or by its style."""
    styled = paragraph.style.element if paragraph.style is not None else None
    for element in (paragraph._p, styled):
        found = element.find(f"{_W}pPr/{_W}numPr") if element is not None else None
        number = found.find(f"{_W}numId") if found is not None else None
        if found is not None and number is not None:
            depth = found.find(f"{_W}ilvl")
            return _value(number), int(_value(depth)) if depth is not None else 0
    return None


def _levels(document: Document) -> dict[str, dict[int, _Level]]:
    """The levels of every list, by the list's number; none when the document counts nothing."""
    part = next((each for each in document.part.package.iter_parts() if each.partname.endswith("/numbering.xml")), None)
    root = getattr(part, "element", None)
    if root is None:
        return {}
    shapes = {
        each.get(f"{_W}abstractNumId"): {
            int(level.get(f"{_W}ilvl")): _level(level) for level in each.findall(f"{_W}lvl")
        }
        for each in root.findall(f"{_W}abstractNum")
    }
    return {
        each.get(f"{_W}numId"): shapes.get(_value(each.find(f"{_W}abstractNumId")), {})
        for each in root.findall(f"{_W}num")
    }


def _level(level: Any) -> _Level:
    def value(name: str, otherwise: str) -> str:
        found = level.find(f"{_W}{name}")
        return _value(found) if found is not None else otherwise

    return _Level(kind=value("numFmt", "decimal"), pattern=value("lvlText", ""), start=int(value("start", "1")))


def _value(element: Any) -> str:
    return str(element.get(f"{_W}val"))
