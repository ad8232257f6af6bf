"""What is done with an office's form itself: looked through for cells to fill, and filled. Runs apart from the bot."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from bot.errands.apart import Refused
from bot.errands.workbook import FORMULA_SIGNS
from bot.importing.spreadsheets import require_harmless
from models.rules.form_cells import FormCell, content_of
from models.rules.words import fold

#: Bytes of a form: it holds a table, not a year.
MOST_BYTES = 2 * 1024 * 1024
#: Rows and columns that are looked through: a form is for one page.
_ROWS, _COLUMNS = 1_000, 100

#: What sort of unit it is, before its name; forms often leave it out.
_SORT = re.compile(r"^(?:xa|huyen|phuong|thi tran|tt|thi xa|thanh pho|tp) ")

Value = int | str


class UnitValues(msgspec.Struct, frozen=True):
    """What one unit right below counted."""

    name: str
    values: dict[str, Value]  #: Content → value; what nobody said is not there.


class Filling(msgspec.Struct, frozen=True):
    """A form with everything that goes into it."""

    content: bytes
    cells: tuple[FormCell, ...]
    total: dict[str, Value]
    units: tuple[UnitValues, ...]


def pack(filling: Filling) -> bytes:
    """What `fill` is given."""
    return msgspec.msgpack.encode(filling)


def look_through(content: bytes) -> list[Any]:
    """The names of its sheets, and the cells that ask for something by themselves. Raises `Refused`."""
    book = _open(content)
    asked = [
        FormCell(sheet.title, cell.column_letter, cell.row, wanted)
        for sheet in book.worksheets
        for cell in _texts(sheet)
        if (wanted := content_of(cell.value)) is not None
    ]
    plain: list[Any] = msgspec.to_builtins([[sheet.title for sheet in book.worksheets], asked])
    return plain


def fill(packed: bytes) -> bytes:
    """The form with its cells filled; all else in it stays as it was, and what nobody said stays empty."""
    filling = msgspec.msgpack.decode(packed, type=Filling)
    book = _open(filling.content)
    by_title = {sheet.title: sheet for sheet in book.worksheets}
    rows = {sheet.title: _rows_of_units(sheet, filling.units) for sheet in book.worksheets}
    for cell in filling.cells:
        sheet = by_title.get(cell.sheet, book.worksheets[0])
        units = rows[sheet.title]
        for row in (cell.row,) if cell.row else units:
            values = units[row].values if row in units else filling.total
            _write(sheet, f"{cell.column}{row}", values.get(cell.content))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _open(content: bytes) -> Any:
    import openpyxl

    if len(content) > MOST_BYTES:
        raise Refused("figures.form_too_big")
    require_harmless(content)
    try:
        return openpyxl.load_workbook(io.BytesIO(content))
    except Exception:
        # The library breaks in a hundred ways over what is no workbook of its kind; each means the same here.
        raise Refused("figures.form_not_xlsx") from None


def _texts(sheet: Any) -> Iterator[Any]:
    for row in sheet.iter_rows(max_row=min(sheet.max_row, _ROWS), max_col=min(sheet.max_column, _COLUMNS)):
        yield from (cell for cell in row if isinstance(cell.value, str))


def _rows_of_units(sheet: Any, units: tuple[UnitValues, ...]) -> dict[int, UnitValues]:
    """Row → the unit one of its cells names, with or without what sort of unit it is; the first row that does."""
    named = {way: unit for unit in units for way in _ways(unit.name)}
    rows: dict[int, UnitValues] = {}
    for cell in _texts(sheet):
        unit = named.get(" ".join(fold(cell.value).split()))
        if unit is not None and unit not in rows.values():
            rows.setdefault(cell.row, unit)
    return rows


def _ways(name: str) -> tuple[str, str]:
    plain = " ".join(fold(name).split())
    return plain, _SORT.sub("", plain)


def _write(sheet: Any, place: str, value: Value | None) -> None:
    """Put the value there; into the first cell of an area that was merged. Words are never a formula."""
    area = next((area for area in sheet.merged_cells.ranges if place in area), None)
    cell = sheet.cell(area.min_row, area.min_col) if area else sheet[place]
    cell.value = value
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        cell.data_type, cell.quotePrefix = "s", True
