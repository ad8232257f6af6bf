"""A CSV file as people save it: UTF-8 with or without BOM, commas or semicolons, columns in any order."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.errands.apart import Refused
from models.rules.words import clean


class ListUnreadable(Refused):
    """The file as a whole cannot be taken; `reason` is the id of the sentence that says why."""


class RowRefused(Exception):
    """One row cannot be taken, because of one column; `reason` is the id of the sentence that says why."""

    def __init__(self, column: str, reason: str, **values: object) -> None:
        super().__init__(column, reason)
        self.column = column
        self.reason = reason
        self.values = values  #: What fills the sentence.


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"  #: It was unknown and is kept now.
    CHANGED = "changed"  #: It was known, and something about it is different now.
    SAME = "same"  #: Everything in it was known.
    REFUSED = "refused"  #: It cannot be taken; nothing of it was.


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    line: int  #: Where it begins in the file, counted from 1 with the heading.
    cells: Mapping[str, str]  #: Column → cleaned text; a column the file lacks is not there.
    surplus: int = 0  #: How many cells it has beyond the heading's.
    sheet: str = ""  #: The sheet it is on; empty for a file without sheets.

    def __getitem__(self, column: str) -> str:
        """The cell, or "" when it is empty or the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it was read."""

    rows: Sequence[Row]
    unused: Sequence[str]  #: Columns of the file that no list of this kind has.


def read_table(file: Path, columns: Sequence[str], required: Sequence[str]) -> Table:
    """The rows of `file`; empty ones are left out. Raises `ListUnreadable`."""
    text = text_of(content_of(file))
    lines = _lines(text, separator_of(text))
    heading = [clean(cell).lower() for cell in next(lines, (1, [""]))[1]]
    _require_heading(heading, columns, required)
    rows = [_row(line, cells, heading) for line, cells in lines]
    return Table(rows, [column for column in heading if column and column not in columns])


def content_of(file: Path) -> bytes:
    """The file's bytes. Raises `ListUnreadable`."""
    try:
        return file.read_bytes()
    except OSError:
        raise ListUnreadable("import.no_file", file=str(file)) from None


def text_of(content: bytes) -> str:
    """A CSV file's text. Raises `ListUnreadable` for any encoding but UTF-8."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ListUnreadable("import.not_utf8", line=1, encoding="UTF-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ListUnreadable("import.not_utf8", line=line, encoding="Windows-1258") from None


def separator_of(text: str) -> str:
    """What parts the cells: whichever of comma and semicolon the first line has more of."""
    heading_line = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if heading_line.count(";") > heading_line.count(",") else ","


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that holds something, with where it begins: a quoted cell may go on over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise ListUnreadable("import.broken_quotes", line=begins) from None


def _require_heading(heading: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> None:
    missing = [column for column in required if column not in heading]
    if missing:
        raise ListUnreadable("import.columns_missing", missing=", ".join(missing), columns=", ".join(columns), line=1)
    twice = sorted({column for column in heading if column and heading.count(column) > 1})
    if twice:
        raise ListUnreadable("import.columns_twice", columns=", ".join(twice), line=1)


def _row(line: int, cells: Sequence[str], heading: Sequence[str]) -> Row:
    filled = {column: clean(cell) for column, cell in zip(heading, cells, strict=False)}
    return Row(line, filled, surplus=sum(bool(cell.strip()) for cell in cells[len(heading) :]))
