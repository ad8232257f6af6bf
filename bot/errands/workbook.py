"""Spreadsheets we make: what people get to fill in, to check, or to correct. Runs apart from the bot."""

from __future__ import annotations

import io
from typing import Any

import msgspec

#: What a spreadsheet program would take for a formula when such a cell is edited or saved in another format.
FORMULA_SIGNS = ("=", "+", "-", "@")

Cell = str | int | None


class Column(msgspec.Struct, frozen=True):
    """One column of a sheet."""

    title: str
    width: int = 16  #: In letters.
    note: str = ""  #: What to write there, shown when the pointer rests on the heading.
    choices: tuple[str, ...] = ()  #: What may be picked in it; empty: anything.
    is_reason: bool = False  #: It says what is wrong with the cell before it.


class Sheet(msgspec.Struct, frozen=True):
    """One sheet, with its heading in the first row."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


class Workbook(msgspec.Struct, frozen=True):
    """A whole file."""

    sheets: tuple[Sheet, ...]


def pack(workbook: Workbook) -> bytes:
    """What `write` is given."""
    return msgspec.msgpack.encode(workbook)


def write(packed: bytes) -> bytes:
    """The workbook as an XLSX file. No cell of it is ever a formula, whatever people's words begin with."""
    import xlsxwriter

    workbook = msgspec.msgpack.decode(packed, type=Workbook)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = _formats(book)
        for sheet in workbook.sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    # Text throughout: a spreadsheet must not eat the zero a phone begins with.
    text = {"num_format": "@", "text_wrap": True, "valign": "top"}
    return {
        "heading": book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True}),
        "text": book.add_format(text),
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "reason": book.add_format({**text, "font_color": "#9C0006", "bg_color": "#FFC7CE"}),
    }


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats["text"])
        page.write_string(0, place, column.title, formats["heading"])
        if column.note:
            page.write_comment(0, place, column.note)
        if column.choices:
            page.data_validation(1, place, 50_000, place, {"validate": "list", "source": list(column.choices)})
    for line, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            _write_cell(page, line, place, cell, formats, is_reason=sheet.columns[place].is_reason)


def _write_cell(page: Any, line: int, place: int, cell: Cell, formats: dict[str, Any], *, is_reason: bool) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int):
        page.write_number(line, place, cell)
        return
    style = "reason" if is_reason else "quoted" if cell.startswith(FORMULA_SIGNS) else "text"
    page.write_string(line, place, cell, formats[style])
