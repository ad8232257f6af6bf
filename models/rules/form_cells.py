"""An office's own form: which of its cells take which figure, as named in chat (`C7 số hộ`) or in the form (`{số hộ}`).

A cell in a row that names a unit right below takes that unit's figure, any other the sum; a whole column takes one
figure in every row that names a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.rules.day_figures import FIGURES
from models.rules.words import clean, fold

#: What a cell may take besides a figure.
DAY, UNIT, ORIGINS, SENT, UNITS, ARRIVED = "day", "unit", "origins", "sent", "units", "arrived"
#: Everything a cell may take, by name.
CONTENTS = (*FIGURES, DAY, UNIT, ORIGINS, SENT, UNITS, ARRIVED)

#: How each is named, folded; the longest that fits is meant.
_NAMED = {
    "homes": "so ho, ho, ho gia dinh, homes",
    "visited": "da tham, da tham hoi, ho da tham hoi, da gap, da ra soat, visited",
    "no_answer": "chua gap, ho chua gap duoc, vang, khong gap, no answer",
    "people": "nhan khau, so khau, khau, people",
    "ill": "co trieu chung, trieu chung, so nguoi sot, sot, om, ill",
    "returnees": "moi ve, nguoi ve, so nguoi ve, ve, returned",
    "isolating": "cach ly tai nha, cach ly, isolating",
    "cases": "f0 tai nha, f0, so ca, cases",
    "breaches": "vi pham, so vu vi pham, breaches",
    "unvaccinated": "chua tiem, unvaccinated",
    "relief": "can ho tro, ho can ho tro, ho tro, need help",
    DAY: "ngay, ngay bao cao, day, date",
    UNIT: "don vi, ten don vi, unit",
    ORIGINS: "noi ve, ve tu dau, ve tu, origins",
    SENT: "so to da gui, to da gui, da gui, sent",
    UNITS: "so to, tong so to, teams",
    ARRIVED: "nguoi ve da khai, da khai, arrivals",
}
_BY_NAME = {name.strip(): content for content, names in _NAMED.items() for name in names.split(",")}
_ON_SHEET = r"(?:(?P<sheet>[^!]{1,31})!)?(?P<column>[a-z]{1,2})"
_TAKES = r"\s*(?:=|:|la\s|is\s)?\s*(?P<name>.+)$"
_CELL = re.compile(rf"^(?:o |cell )?{_ON_SHEET}(?P<row>[0-9]{{1,4}}){_TAKES}")
_COLUMN = re.compile(rf"^(?:cot|column) {_ON_SHEET}{_TAKES}")
_PLACEHOLDER = re.compile(r"^\{(?P<name>[^{}]{1,40})\}$")


@dataclass(frozen=True, slots=True)
class FormCell:
    """One named cell, or column, of a form."""

    sheet: str  #: The sheet's name; empty: the first one.
    column: str  #: In letters, "C".
    row: int  #: 0: every row of the column that names a unit.
    content: str  #: One of `CONTENTS`.


def read_cells(words: str) -> tuple[list[FormCell], tuple[str, ...]]:
    """Return the cells named, later ones of the same place winning, and what could not be read, as typed."""
    cells: dict[tuple[str, str, int], FormCell] = {}
    unread = []
    for part in re.split(r"[,;\n]", clean(words)):
        if not part.strip():
            continue
        cell = _cell(part.strip())
        if cell is None:
            unread.append(part.strip())
        else:
            cells[cell.sheet, cell.column, cell.row] = cell
    return list(cells.values()), tuple(unread)


def content_of(written: str) -> str | None:
    """Return what a cell of the form asks for that holds nothing but `{…}`; None for any other, or an unknown name."""
    asked = _PLACEHOLDER.match(clean(written))
    return _named(asked["name"]) if asked else None


def _cell(part: str) -> FormCell | None:
    folded = fold(part)
    found = _COLUMN.match(folded) or _CELL.match(folded)
    content = _named(found["name"]) if found else None
    if found is None or content is None:
        return None
    start, end = found.span("sheet")
    sheet = part[start:end].strip("' ") if start >= 0 else ""
    row = int(found.groupdict().get("row") or 0)
    return FormCell(sheet, found["column"].upper(), row, content)


def _named(words: str) -> str | None:
    return _BY_NAME.get(" ".join(fold(words).split()))
