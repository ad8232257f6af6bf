"""A list of units, people or shifts as people save it: CSV or a spreadsheet, its columns by name, in any order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.errands.apart import TooHeavy, wait_for_apart
from bot.importing.spreadsheets import grids, is_spreadsheet
from bot.importing.table import ListUnreadable, Row, Table, content_of, separator_of, text_of
from models.rules.words import clean

#: Lines above a spreadsheet's heading that may hold its title.
_TITLES = 20

Line = tuple[int, Sequence[str]]


def read_table(file: Path, columns: Sequence[str], required: Sequence[str]) -> Table:
    """The rows of `file`; empty ones are left out. Raises `ListUnreadable`."""
    content = content_of(file)
    lines = _of_spreadsheet(content, required) if is_spreadsheet(content) else _of_csv(text_of(content))
    heading = [clean(cell).lower() for cell in next(lines, (1, [""]))[1]]
    _require_heading(heading, columns, required)
    rows = [_row(line, cells, heading) for line, cells in lines]
    return Table(rows, [column for column in heading if column and column not in columns])


def _of_spreadsheet(content: bytes, required: Sequence[str]) -> Iterator[Line]:
    """The lines of the first sheet with such a heading, from there on; of the first sheet where none has."""
    try:
        pages = wait_for_apart(grids, content)
    except TooHeavy:
        raise ListUnreadable("import.too_heavy") from None
    sheets: list[list[Line]] = [[*_filled(enumerate(grid, start=1))] for _, grid in pages]
    for lines in sheets:
        for place, (_, cells) in enumerate(lines[:_TITLES]):
            if {clean(cell).lower() for cell in cells} >= set(required):
                return iter(lines[place:])
    return iter(sheets[0] if sheets else [])


def _of_csv(text: str) -> Iterator[Line]:
    """Each line that holds something, with where it begins: a quoted cell may go on over several."""
    return _filled(_csv_lines(text, separator_of(text)))


def _csv_lines(text: str, separator: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise ListUnreadable("import.broken_quotes", line=begins) from None


def _filled(lines: Iterable[Line]) -> Iterator[Line]:
    return ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))


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
