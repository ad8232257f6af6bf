"""What every list is made of: rows, what becomes of them, and the text of a CSV file."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.errands.apart import Refused


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


def content_of(file: Path) -> bytes:
    """The file's bytes. Raises `ListUnreadable`."""
    try:
        return file.read_bytes()
    except OSError:
        raise ListUnreadable("import.no_file", file=str(file)) from None


def text_of(content: bytes) -> str:
    """A CSV file's text. Raises `ListUnreadable` for any encoding but UTF-8, and for what is no text at all."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ListUnreadable("import.not_utf8", line=1, encoding="UTF-16")
    if b"\0" in content or content.lstrip()[:1] == b"<":
        # A picture, a document, or a web page that was saved under a spreadsheet's name.
        raise ListUnreadable("import.no_spreadsheet")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ListUnreadable("import.not_utf8", line=line, encoding="Windows-1258") from None


def separator_of(text: str) -> str:
    """What parts the cells: whichever of comma and semicolon the first line has more of."""
    heading_line = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if heading_line.count(";") > heading_line.count(",") else ","
