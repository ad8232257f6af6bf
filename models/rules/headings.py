"""The headings of people's own lists, as they are typed: which column is which, and where a heading ends.

No two offices write the same heading. It may stand below a title, over two rows with merged cells, in any order,
and among columns that mean nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.rules.words import fold

#: What a list may say about a home, in the order of the form.
HOME_COLUMNS = ("unit", "number", "head", "phone", "no_phone", "members", "address", "language", "kind")
#: What it may say about somebody who lives there.
RESIDENT_COLUMNS = ("unit", "number", "name", "birth_year", "conditions", "language", "no_phone")
#: Accounts that speak for a home; from whoever exports them, never typed.
LINKS = "telegram_ids"

_CALLED = {
    "unit": "ma to, to, to so, to covid, to covid cong dong, to cong dong, cong dong, ma cong dong, ma don vi, don vi,"
    "ten to, thuoc to, team, community, unit code",
    "number": "so nha, nha so, so ho, ho so, ma ho, so tt ho, stt ho, so thu tu ho, so trong danh sach, so danh sach,"
    "house number, household number, no",
    "head": "chu ho, ho ten chu ho, ho va ten chu ho, ten chu ho, chu nha, head of household",
    "phone": "dien thoai, so dien thoai, sdt, so dt, dt, dtdd, di dong, sdt chu ho, so dien thoai chu ho,"
    "dien thoai lien he, sdt lien he, so dien thoai lien he, lien he, phone number",
    "no_phone": "khong co dien thoai, khong dien thoai, khong co sdt, without phone",
    "members": "so nguoi, so nhan khau, nhan khau, so khau, khau, tong so nhan khau,"
    "tong so khau, so thanh vien, people",
    "address": "dia chi, noi o, cho o, noi cu tru, thuong tru, dia chi thuong tru, dia chi noi o",
    "language": "ngon ngu, tieng, tieng noi, noi tieng",
    "kind": "loai ho, loai nha, loai hinh",
    "name": "ho ten, ho va ten, ten, ho ten nhan khau, ho va ten nhan khau, ten nhan khau, thanh vien,"
    "ho ten thanh vien, ho va ten thanh vien, full name",
    "birth_year": "nam sinh, ngay sinh, sinh nam, ngay thang nam sinh, ngay thang sinh, ns, year of birth, born",
    "conditions": "benh nen, benh ly nen, tien su benh, benh man tinh, yeu to nguy co, nguy co, health conditions",
    "relation": "quan he, quan he voi chu ho, qh voi chu ho, quan he chu ho",
    LINKS: "telegram id, telegram ids, telegram, ma telegram, tai khoan telegram",
    "order": "stt, tt, so tt, so thu tu",
    "reason": "ly do, reason",
}
_COLUMNS = {name: column for column, names in _CALLED.items() for name in (column.replace("_", " "), *names.split(","))}
_BY_NAME = {" ".join(name.split()): column for name, column in _COLUMNS.items()}

#: How the names of spreadsheets end, old and new.
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")

_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
#: Rows looked at for a heading: above it stand the names of offices, a motto, a title.
_ROWS_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a list's columns are."""

    columns: Mapping[int, str]  #: Place in the row, from 0 → column.
    first_row: int  #: Place of the first row below the heading, from 0.
    unused: tuple[str, ...] = ()  #: Headings that mean nothing here.


def looks_like_list(file_name: str) -> bool:
    """Whether a file may be a list, going by its name."""
    return file_name.lower().endswith(_SPREADSHEETS)


def column_of(title: str) -> str | None:
    """The column a heading means, whatever its case, marks and brackets; None when it means none."""
    plain = _NO_LETTER.sub(" ", fold(_IN_BRACKETS.sub(" ", title))).strip()
    found = _BY_NAME.get(plain)
    if found is None and plain.startswith("ly do "):
        return "reason"
    return found


def find_heading(rows: Sequence[Sequence[str]]) -> Heading | None:
    """The heading among the first rows: the row that names most columns, with the row it shares its cells with.

    None when no row names two columns.
    """
    named = [_named(row) for row in rows[:_ROWS_SEARCHED]]
    best = max(range(len(named)), key=lambda place: len(set(named[place].values())), default=None)
    if best is None:
        return None
    columns, last = dict(named[best]), best
    # A heading of two rows: "Liên hệ" over "Điện thoại" and "Địa chỉ".
    for beside in (best + 1, best - 1):
        if 0 <= beside < len(named) and len(named[beside]) >= 2:
            inner = named[beside] if beside > best else {}
            columns = {**named[beside], **columns, **inner}
            last = max(last, beside)
    columns = _once(columns)
    if len(set(columns.values()) - {"order", "reason"}) < 2:
        return None
    first = last + 1
    while first < len(rows) and _numbers_columns(rows[first]):
        first += 1
    titles = dict(enumerate(rows[best]))
    unused = tuple(title for place, title in titles.items() if title and place not in columns)
    return Heading(_meant(columns), first, unused)


def _named(row: Sequence[str]) -> dict[int, str]:
    return {place: column for place, title in enumerate(row) if title and (column := column_of(title))}


def _once(columns: Mapping[int, str]) -> dict[int, str]:
    """Each column where it first stands: a merged cell repeats its heading."""
    kept: dict[int, str] = {}
    for place, column in sorted(columns.items()):
        if column == "reason" or column not in kept.values():
            kept[place] = column
    return kept


def _meant(columns: Mapping[int, str]) -> dict[int, str]:
    """What the columns mean together: a running number is the home's when nothing else is, a name the head's."""
    found = set(columns.values())
    renamed = dict(columns)
    is_of_homes = not found & {"birth_year", "relation", "conditions"}
    for place, column in columns.items():
        if column == "order" and "number" not in found and is_of_homes:
            renamed[place] = "number"
        if column == "name" and "head" not in found and is_of_homes:
            renamed[place] = "head"
    return {place: column for place, column in renamed.items() if column not in ("order", "reason")}


def _numbers_columns(row: Sequence[str]) -> bool:
    """Whether the row only numbers the columns, as forms do below their heading: (1) (2) (3)."""
    digits = [_NO_LETTER.sub("", cell.lower()) for cell in row if cell]
    if len(digits) < 3 or not all(digit.isdecimal() for digit in digits):
        return False
    first = int(digits[0])
    return [int(digit) for digit in digits] == list(range(first, first + len(digits)))
