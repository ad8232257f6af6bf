"""A list of homes as offices keep it: a spreadsheet or CSV of any shape, read apart from the bot.

Titles above the heading, headings over two rows, merged cells, further columns and several sheets are all usual.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from bot.importing.table import ListUnreadable, separator_of, text_of
from models.rules.headings import Heading, find_heading
from models.rules.words import clean

#: What a spreadsheet may unfold to: beyond it is no list of homes.
MOST_BYTES_UNFOLDED = 400 * 1024 * 1024
MOST_ROWS = 200_000
#: A merged area that covers more cells is a page's decoration.
_MOST_MERGED_CELLS = 5_000
#: Letters kept of one cell: as much as tells what is wrong with it.
_LONGEST_CELL = 2_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_NEVER_CALCULATED = re.compile(rb"<c [^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>")


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
    grids = _grids(content) if content.startswith((_ZIP, _OLE)) else [("", _csv_rows(content))]
    sheets = [sheet for name, grid in grids if (sheet := _sheet(name, grid)) is not None]
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
            rows.append([_cleaned(cell) for cell in cells])
            rows.extend([[]] * (reader.line_num - len(rows)))
    except csv.Error:
        raise ListUnreadable("import.broken_quotes", line=len(rows) + 1) from None
    return rows


def _grids(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Each visible sheet's name and cells."""
    import python_calamine as calamine

    require_harmless(content)
    _require_calculated(content)
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        for about in book.sheets_metadata:
            if about.visible == calamine.SheetVisibleEnum.Visible:
                yield about.name, _grid(book.get_sheet_by_name(about.name))
    except calamine.PasswordError:
        raise ListUnreadable("import.password") from None
    except calamine.CalamineError:
        raise ListUnreadable("import.no_spreadsheet") from None


def require_harmless(content: bytes) -> None:
    """Raise `ListUnreadable` for what is locked, unfolds without measure, or is no spreadsheet."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise ListUnreadable("import.password")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES_UNFOLDED:
                raise ListUnreadable("import.too_big")
    except zipfile.BadZipFile:
        raise ListUnreadable("import.no_spreadsheet") from None


def _require_calculated(content: bytes) -> None:
    """Refuse formulas nobody ever calculated: what they say cannot be known."""
    if content.startswith(_OLE):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        worksheets = [part for part in archive.namelist() if _WORKSHEET.fullmatch(part)]
        uncalculated = sum(len(_NEVER_CALCULATED.findall(archive.read(part))) for part in worksheets)
    if uncalculated:
        raise ListUnreadable("import.uncalculated", cells=uncalculated)


def _grid(sheet: Any) -> list[list[str]]:
    grid = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) <= _MOST_MERGED_CELLS and top < len(grid) and left < len(grid[top]):
            _spread(grid, top, left, bottom, right)
    return grid


def _spread(grid: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """Let every cell of a merged area say what its first one says."""
    for row in grid[top : bottom + 1]:
        for place in range(left, min(right + 1, len(row))):
            row[place] = grid[top][left]


def _as_text(cell: object) -> str:
    """A cell as people would read it: whole numbers without a point, days without an hour."""
    if isinstance(cell, bool):
        return "x" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return _cleaned(str(cell))


def _cleaned(text: str) -> str:
    return clean(text[:_LONGEST_CELL])
