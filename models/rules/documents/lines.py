"""The lines of a document, freed of what typing, printing and extraction left in them.

Text that stands in two columns beside each other, as at the head and the end of official documents, is read down the
left column first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.rules.words import clean

#: Blanks left open to be filled in by hand, as in "Số:      /UBND-YT" and "ngày     tháng 9 năm 2021", are no gap.
_LEFT_OPEN = re.compile(r"(?i)((?:\bsố:?|\bngày|\btháng|\bnăm) ) +(?=[/\dtn]|$)|( ) +(?=/)")
_GAP = re.compile(r"\t+| {4,}")
_BREAKS = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_EMPHASIS = re.compile(r"\*{2,}|(?<=\S)\*|\*(?=\S)|~~|\\(?=[-.*#_+()])")
_HEADING = re.compile(r"#{1,6} *")
_STRAY = re.compile(r"[{}\ufffd]")
_RULE = re.compile(r"[-_=*~—–. ]*")
_PAGE = re.compile(r"(?:[-–—] ?)?\d{1,3}(?: ?[-–—])?|[Tt]rang:? \d{1,3}(?: ?(?:/|trên) ?\d{1,3})?")
_BARE_MARK = re.compile(r"(?:[-+•–—*▪●]|\(?\w{1,4}[.)/])")
_ROW = re.compile(r"\|.*\|")
_ROW_RULE = re.compile(r"[|:\- ]+")

#: A single cell that begins this far to the right stands in the right one of two columns, in letters.
_RIGHT = 24
#: Lines without a gap that may lie between two lines of one block of columns.
_BLOCK_REACHES = 6

#: The cells of a table's row, as `lines` writes them.
CELLS = "\t"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document."""

    text: str  #: As it stands there; the cells of a table's row are parted by tabs.
    after_blank: bool  #: An empty line stands before it.

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return CELLS in self.text


@dataclass(frozen=True, slots=True)
class _Cells:
    """A line as it came: what stands in it, and how far to the right each piece begins."""

    cells: tuple[str, ...]
    starts: tuple[int, ...]


def read_lines(text: str) -> list[Line]:
    """The lines of a text that are not empty, in reading order."""
    lines: list[Line] = []
    after_blank = True
    # Composed first: a letter must count once where columns are told by how far to the right they begin.
    for row in _down_the_columns([_cells(raw) for raw in _BREAKS.split(unicodedata.normalize("NFC", text))]):
        if row and not _is_furniture(row):
            lines.append(Line(row, after_blank))
        after_blank = not row
    return lines


def _is_furniture(row: str) -> bool:
    """Rules and page numbers."""
    return bool(_RULE.fullmatch(row) or _PAGE.fullmatch(row))


def _cells(raw: str) -> _Cells:
    if _ROW.fullmatch(raw.strip()):
        return _row_of_a_table(raw.strip())
    raw = _LEFT_OPEN.sub(lambda found: found[1] or found[2], raw)
    pieces, start = [], 0
    for gap in [*_GAP.finditer(raw.rstrip()), None]:
        piece = raw[start : gap.start() if gap else None]
        if cleaned := _clean(piece):
            pieces.append((cleaned, start + len(piece) - len(piece.lstrip())))
        start = gap.end() if gap else 0
    return _Cells(tuple(cell for cell, _ in pieces), tuple(start for _, start in pieces))


def _row_of_a_table(raw: str) -> _Cells:
    if _ROW_RULE.fullmatch(raw):
        return _Cells((), ())
    cells = [_clean(cell) for cell in raw.strip("|").split("|")]
    return _Cells((CELLS.join(cells) if len(cells) > 1 else cells[0],), (0,))


def _clean(piece: str) -> str:
    bare = _HEADING.sub("", piece, count=1) if piece.lstrip().startswith("#") else piece
    return clean(_STRAY.sub("", _EMPHASIS.sub("", bare)))


def _down_the_columns(rows: list[_Cells]) -> Iterator[str]:
    """The text of the rows; where some stand in two columns, the left column of that block and then the right one."""
    at = 0
    while at < len(rows):
        end = _end_of_block(rows, at)
        yield from _block(rows[at:end])
        at = end


def _stands_in_columns(row: _Cells) -> bool:
    return len(row.cells) == 2 and not _BARE_MARK.fullmatch(row.cells[0])


def _end_of_block(rows: list[_Cells], start: int) -> int:
    """Where the block of columns that begins at `start` ends; the next row when none begins there."""
    if not _stands_in_columns(rows[start]):
        return start + 1
    end = start + 1
    for at in range(start + 1, len(rows)):
        if _stands_in_columns(rows[at]) or (rows[at].starts and rows[at].starts[0] >= _RIGHT):
            end = at + 1
        elif at - end >= _BLOCK_REACHES or len(rows[at].cells) > 2:
            break
    return end


def _block(rows: Iterable[_Cells]) -> Iterator[str]:
    left: list[str] = []
    right: list[str] = []
    for row in rows:
        if len(row.cells) > 2:
            left.append(CELLS.join(row.cells))
        elif _stands_in_columns(row):
            left.append(row.cells[0])
            right.append(row.cells[1])
        else:
            side = right if right and row.starts and row.starts[0] >= _RIGHT else left
            side.append(" ".join(row.cells))
    return iter(left + right)
