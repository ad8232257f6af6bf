"""The marks that items of a document begin with: "II.", "8.", "1.2.", "a)", "-", "+", "Điều 3."."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How deep an item with such a mark stands, from outside in."""

    SECTION = 1  #: "II.", "Phần II"; "Điều 3".
    NUMBER = 2  #: "8."
    DECIMAL = 3  #: "1.2."
    LETTER = 4  #: "a)"
    DASH = 5  #: "-"
    PLUS = 6  #: "+"
    PLAIN = 7  #: A paragraph without a mark.


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of an item."""

    level: Level
    no: str | None  #: As the document counts: "II", "8", "1.2", "a"; None for a bullet.
    end: int  #: The first letter after it.

    @property
    def is_number(self) -> bool:
        """Whether it counts, so that people can speak of it by its number."""
        return self.no is not None


#: "Thứ nhất, …", "Hai là, …".
_IN_WORDS = {
    "nhất": "1", "một": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7",
    "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip

_OPENS = r"(?=[^\W\d_]|[\"“”'‘«(\[\d])"
_FORMS: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (
            Level.SECTION,
            r"(?:Phần|PHẦN|Mục|MỤC|Chương|CHƯƠNG) (?:thứ )?(?P<no>[IVX]{1,5}|\d{1,2}|nhất|hai|ba|tư)\b ?[.:/)–-]? ?",
        ),
        (Level.SECTION, r"(?:Điều|ĐIỀU) (?P<no>\d{1,3})\b ?[.:/)]? ?"),
        (Level.SECTION, rf"(?P<no>[IVX]{{1,5}}) ?(?:[.)] ?|[-–/:] ){_OPENS}"),
        (Level.DECIMAL, rf"(?P<no>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}) ?[.)/:] ?{_OPENS}"),
        (Level.DECIMAL, r"(?P<no>\d{1,2}(?:\.\d{1,2}){1,3}) (?=[^\W\d_])(?!(?:tỷ|triệu|người|%))"),
        (Level.NUMBER, r"(?:Mục |Khoản )?\(?(?P<no>\d{1,2}) ?[.)/:](?: |(?=[^\W\d_]))(?=\S)"),
        (Level.NUMBER, r"(?P<no>\d{1,2}) ?[-–] (?=[^\W\d_])"),
        (Level.NUMBER, rf"(?:Thứ (?P<no>{'|'.join(_IN_WORDS)})|(?P<no_first>(?i:{'|'.join(_IN_WORDS)})) là) ?[,:] ?"),
        (Level.LETTER, r"\(?(?P<no>[a-zđ]\d?) ?[)/](?: ?(?=[^\W_]))"),
        (Level.LETTER, r"(?P<no>[a-zđ]) ?\. (?=[^\W\d_])"),
        (Level.DASH, r"[-–—−‒*•●▪■◦·o§Øü➢✓] (?=\S)|[-–—−•●▪■◦·](?=[^\W\d_])"),
        (Level.PLUS, r"\+ ?(?=\S)"),
    )
)


def mark_of(text: str) -> Mark | None:
    """The mark an item's line begins with, or None."""
    for level, pattern in _FORMS:
        if found := pattern.match(text):
            no = next((no for no in found.groups() if no), None)
            return Mark(level, _IN_WORDS.get(no.lower(), no) if no else None, found.end())
    return None
