"""A list of homes as offices keep it: a spreadsheet or CSV of any shape, read apart from the bot.

Titles above the heading, headings over two rows, merged cells, further columns and several sheets are all usual.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec

from bot.importing.spreadsheets import cleaned, grids, is_spreadsheet
from bot.importing.table import ListUnreadable, separator_of, text_of
from models.rules.headings import Heading, find_heading

#: Beyond it is no list of homes.
MOST_ROWS = 200_000


class SheetRow(msgspec.Struct, frozen=True):
    """One line of a list."""

    line: int  #: Where it is in its sheet, counted from 1.
    cells: dict[str, str]  #: Column → cleaned text; empty cells are not there.


class Sheet(msgspec.Struct, frozen=True):
    """One list."""

    name: str  #: "" for a file that has no sheets.
    titles: list[str]  #: What stands above the heading.
    columns: list[str]
    rows: list[SheetRow]
    unused: list[str]  #: Headings that mean nothing here.


def read(content: bytes) -> list[Any]:
    """Every sheet that is a list of homes or of people, as plain values. Raises `ListUnreadable`."""
    pages = grids(content) if is_spreadsheet(content) else [("", _csv_rows(content))]
    sheets = [sheet for name, grid in pages if (sheet := _sheet(name, grid)) is not None]
    if not sheets:
        raise ListUnreadable("import.no_heading")
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise ListUnreadable("import.too_many_rows", most=MOST_ROWS)
    plain: list[Any] = msgspec.to_builtins(sheets)
    return plain


def sheets_from(answer: Any) -> list[Sheet]:
    """What `read` answered, as values again."""
    return msgspec.convert(answer, list[Sheet])


def _sheet(name: str, grid: Sequence[Sequence[str]]) -> Sheet | None:
    """The list on a sheet; None when nothing there is a heading with a home's number."""
    heading = find_heading(grid)
    if heading is None or "number" not in heading.columns.values():
        return None
    titles = [cell for row in grid[: heading.first_row] for cell in dict.fromkeys(row) if cell]
    rows = [
        SheetRow(place + 1, cells)
        for place, row in enumerate(grid[heading.first_row :], start=heading.first_row)
        if (cells := _cells(row, heading))
    ]
    return Sheet(name, titles, sorted(set(heading.columns.values())), rows, list(heading.unused))


def _cells(row: Sequence[str], heading: Heading) -> dict[str, str]:
    return {column: row[place] for place, column in heading.columns.items() if place < len(row) and row[place]}


def _csv_rows(content: bytes) -> list[list[str]]:
    """Rows by line: a cell may go on over several, which are then left empty."""
    text = text_of(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    rows: list[list[str]] = []
    try:
        for cells in reader:
            rows.append([cleaned(cell) for cell in cells])
            rows.extend([[]] * (reader.line_num - len(rows)))
    except csv.Error:
        raise ListUnreadable("import.broken_quotes", line=len(rows) + 1) from None
    return rows
