"""A page as it lies: letters put together to lines, and to the rows of ruled tables.

What stands beside each other stays beside each other; gaps between columns are as wide as they are on paper. All
lengths are in points, heights counted from the foot of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SAME_LINE = 0.45  #: Letters whose feet are closer than this share of their height stand on one line.
_WORD_GAP, _COLUMN_GAP = 0.18, 2.2  #: Gaps between words, and between columns, as a share of a letter's height.
_COLUMN_SPACES = 4  #: A gap between columns is written with at least so many spaces.
_PARAGRAPH_GAP = 1.6  #: Lines further apart than this many times the usual are paragraphs of their own.
_SAME_RULE = 2.0  #: Rules closer than this are one.
_LEAST_RULES = 3  #: So many upright rules beside each other make columns.


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and where it stands."""

    sign: str
    left: float
    right: float
    foot: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """What a drawn line or rectangle covers."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        """Whether it is a rule between columns."""
        return self.right - self.left <= _SAME_RULE < self.top - self.bottom

    @property
    def is_level(self) -> bool:
        """Whether it is a rule between rows."""
        return self.top - self.bottom <= _SAME_RULE < self.right - self.left

    def edges(self) -> Iterator[Box]:
        """Yield it, when it is a rule, or the four rules around it."""
        if self.is_upright or self.is_level:
            yield self
            return
        yield Box(self.left, self.bottom, self.left, self.top)
        yield Box(self.right, self.bottom, self.right, self.top)
        yield Box(self.left, self.bottom, self.right, self.bottom)
        yield Box(self.left, self.top, self.right, self.top)


@dataclass(frozen=True, slots=True)
class _Row:
    """The place of a row of a table."""

    top: float
    bottom: float
    rules: Sequence[float]  #: Where the rules between its cells stand, from left to right.

    def holds(self, letter: Letter) -> bool:
        middle = letter.foot + letter.height / 4
        return self.bottom < middle < self.top and self.rules[0] <= letter.left <= self.rules[-1]


def text_of(letters: Iterable[Letter], boxes: Iterable[Box]) -> str:
    """The text of a page, from top to bottom; rows of tables in bars: `| 1 | Lập danh sách | Trạm Y tế |`."""
    rows = _rows([edge for box in boxes for edge in box.edges()])
    within: dict[_Row, list[Letter]] = {row: [] for row in rows}
    free: list[Letter] = []
    for letter in letters:
        row = next((row for row in rows if row.holds(letter)), None)
        (free if row is None else within[row]).append(letter)
    written = [(row.top, _cells(row, held)) for row, held in within.items()]
    return "\n".join(text for _, text in sorted([*written, *_lines(free)], key=lambda line: -line[0]))


def _rows(rules: Sequence[Box]) -> list[_Row]:
    """The rows of all tables: between two level rules, where enough upright ones pass."""
    levels = _distinct(rule.top for rule in rules if rule.is_level)
    upright = [rule for rule in rules if rule.is_upright]
    rows = []
    for bottom, top in pairwise(levels):
        middle = (bottom + top) / 2
        passing = _distinct(rule.left for rule in upright if rule.bottom <= middle <= rule.top)
        if len(passing) >= _LEAST_RULES:
            rows.append(_Row(top, bottom, tuple(passing)))
    return rows


def _distinct(places: Iterable[float]) -> list[float]:
    distinct: list[float] = []
    for place in sorted(places):
        if not distinct or place - distinct[-1] > _SAME_RULE:
            distinct.append(place)
    return distinct


def _cells(row: _Row, letters: Sequence[Letter]) -> str:
    cells = []
    for left, right in pairwise(row.rules):
        held = [letter for letter in letters if left <= (letter.left + letter.right) / 2 < right]
        cells.append(" ".join(text.strip() for _, text in _lines(held) if text).replace("|", "/"))
    return f"| {' | '.join(cells)} |"


def _lines(letters: Sequence[Letter]) -> list[tuple[float, str]]:
    """The lines that letters make, each with the height of its foot; an empty one between paragraphs."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: -letter.foot):
        if lines and lines[-1][0].foot - letter.foot <= _SAME_LINE * letter.height:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    if not lines:
        return []
    margin = min(letter.left for letter in letters)
    width = median(letter.right - letter.left for letter in letters) or 1.0
    written = [(line[0].foot, _written(line, margin, width)) for line in lines]
    return [*written, *_gaps([foot for foot, _ in written])]


def _gaps(feet: Sequence[float]) -> list[tuple[float, str]]:
    distances = [above - below for above, below in pairwise(feet)]
    usual = median(distances) if distances else 0.0
    return [((above + below) / 2, "") for above, below in pairwise(feet) if above - below > _PARAGRAPH_GAP * usual]


def _written(line: Sequence[Letter], margin: float, width: float) -> str:
    text, right = "", margin
    for letter in sorted(line, key=lambda letter: letter.left):
        gap = letter.left - right
        if not text:
            text = " " * round(gap / width)
        elif gap > _COLUMN_GAP * letter.height:
            text += " " * max(_COLUMN_SPACES, round(gap / width))
        elif gap > _WORD_GAP * letter.height:
            text += " "
        text += letter.sign
        right = letter.right
    return text
