"""Spreadsheets as people send them, opened apart from the bot: every visible sheet as rows of text.

Files under a wrong name, behind a password, blown up or never calculated are refused with a reason.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bot.importing.table import ListUnreadable
from models.rules.words import clean

#: What a spreadsheet may unfold to: beyond it is no list.
MOST_BYTES_UNFOLDED = 400 * 1024 * 1024
#: A merged area that covers more cells is a page's decoration.
_MOST_MERGED_CELLS = 5_000
#: Letters kept of one cell: as much as tells what is wrong with it.
_LONGEST_CELL = 2_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_OLE = re.compile(
    # A whole package encrypted, or a workbook of Excel 97 or 95 that begins with how it was.
    re.escape("EncryptedPackage".encode("utf-16-le"))
    + rb"|\x09\x08(?:\x10\0\0\x06\x05\0.{12}|\x08\0\0\x05\x05\0.{4})(?:\x86\0\0\0)?\x2f\0",
    re.DOTALL,
)
#: What an OpenDocument file says of the parts of it that are encrypted, and where.
_MANIFEST, _ENCRYPTED_PART = "META-INF/manifest.xml", b"encryption-data"
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_NEVER_CALCULATED = re.compile(rb"<c [^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>")

Grid = list[list[str]]


def is_spreadsheet(content: bytes) -> bool:
    """Whether it is packed as spreadsheets are, whatever its name ends in."""
    return content.startswith((_ZIP, _OLE))


def grids(content: bytes) -> list[tuple[str, Grid]]:
    """Each visible sheet's name and cells. Raises `ListUnreadable`."""
    try:
        return [*_grids(content)]
    except (ListUnreadable, MemoryError):
        raise
    except BaseException:
        # Over broken files libraries raise whatever they like, and panic, as Rust's do.
        raise ListUnreadable("import.no_spreadsheet") from None


def require_harmless(content: bytes) -> None:
    """Raise `ListUnreadable` for what is locked, unfolds without measure, or is no spreadsheet."""
    if content.startswith(_OLE):
        if _LOCKED_OLE.search(content):
            raise ListUnreadable("import.password")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES_UNFOLDED:
                raise ListUnreadable("import.too_big")
            if _MANIFEST in archive.namelist() and _ENCRYPTED_PART in archive.read(_MANIFEST):
                raise ListUnreadable("import.password")
    except zipfile.BadZipFile:
        raise ListUnreadable("import.no_spreadsheet") from None


def cleaned(text: str) -> str:
    """What a cell says, as far as it is kept."""
    return clean(text[:_LONGEST_CELL])


def _grids(content: bytes) -> Iterator[tuple[str, Grid]]:
    import python_calamine as calamine

    require_harmless(content)
    _require_calculated(content)
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        for about in book.sheets_metadata:
            if about.visible == calamine.SheetVisibleEnum.Visible:
                yield about.name, _grid(book.get_sheet_by_name(about.name))
    except calamine.CalamineError:
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


def _grid(sheet: Any) -> Grid:
    grid = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) <= _MOST_MERGED_CELLS and top < len(grid) and left < len(grid[top]):
            _spread(grid, top, left, bottom, right)
    return grid


def _spread(grid: Grid, top: int, left: int, bottom: int, right: int) -> None:
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
    return cleaned(str(cell))
