"""One row of a list, read cell by cell: every value understood, or every reason why not beside its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.importing import cells
from bot.importing.places import Page, Place
from bot.importing.table import Row, RowRefused
from models.phones import NotAPhone, in_e164
from models.rules.headings import LINKS
from models.rules.households import HouseholdKind
from models.rules.registry_words import LANGUAGES, as_name, birth_year, kind_of, language_of, yes_or_no
from models.rules.words import fold

T = TypeVar("T")
Values = dict[str, str | int | bool]

LONGEST_NUMBER = 12
_SEVERAL_PHONES = re.compile(r"[/;,\n]| - |(?<=\d)\s+(?=0\d{8,})")
_NOT_OF_A_PHONE = re.compile(r"[^\d+().\s-]")
_PEOPLE = re.compile(r"(\d{1,3})(?: *(?:nguoi|khau|nhan khau|people))?")
_HEAD_OF_HOME = frozenset({"chu ho", "chu nha", "head"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says, understood."""

    community: Place
    number: str
    home: Values  #: About the home; what the row leaves open is not there.
    accounts: Sequence[int] = ()  #: Those that speak for it.
    name: str = ""  #: Of somebody who lives there; empty when the row is about the home alone.
    resident: Values = field(default_factory=dict)  #: About them.


class RowsRefused(Exception):
    """A row cannot be taken: for each column at fault, why."""

    def __init__(self, reasons: Mapping[str, RowRefused]) -> None:
        super().__init__(list(reasons))
        self.reasons = reasons


class Reader:
    """Reads the cells of one row, going on after a bad one, so that its owner learns everything at once."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.reasons: dict[str, RowRefused] = {}

    def take(self, column: str, read: Callable[[Row, str], T]) -> T | None:
        """The cell's value; None when it is empty or wrong."""
        if not self.row[column]:
            return None
        try:
            return read(self.row, column)
        except RowRefused as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: RowRefused) -> None:
        """Keep why a cell is wrong."""
        self.reasons.setdefault(refusal.column, refusal)


def understand(row: Row, page: Page, this_year: int) -> Said:
    """What the row says. Raises `RowsRefused`."""
    reader = Reader(row)
    if row.surplus:
        reader.refuse(RowRefused("", "import.too_many_cells"))
    community = _community(reader, page)
    number = reader.take("number", _number) or ""
    if not row["number"]:
        reader.refuse(RowRefused("number", "import.empty"))
    home = _home(reader)
    accounts = reader.take(LINKS, cells.accounts) or ()
    resident = _resident(reader, this_year) if row["name"] else {}
    if row["name"] and not row["head"] and fold(row["relation"]) in _HEAD_OF_HOME:
        home["head"] = as_name(row["name"])
    for column, cell in row.cells.items():
        if len(cell) > cells.LONGEST_TEXT and column != LINKS:
            reader.refuse(RowRefused(column, "import.too_long", most=cells.LONGEST_TEXT))
    if reader.reasons or community is None:
        raise RowsRefused(reader.reasons)
    return Said(community, number, home, accounts, as_name(row["name"]), resident)


def _community(reader: Reader, page: Page) -> Place | None:
    try:
        return page.find(reader.row["unit"])
    except RowRefused as refusal:
        reader.refuse(refusal)
        return None


def _home(reader: Reader) -> Values:
    """What the row says about the home itself; in a row about somebody, only what is plainly the home's."""
    said = {
        "head": reader.take("head", lambda row, column: as_name(row[column])),
        "phone": reader.take("phone", _phone),
        "members": reader.take("members", _members),
        "address": reader.take("address", lambda row, column: row[column]),
        "kind": reader.take("kind", _kind),
    }
    if not reader.row["name"]:
        said["language"] = reader.take("language", _language)
        said["no_phone"] = reader.take("no_phone", _yes_or_no)
    return {column: value for column, value in said.items() if value is not None}


def _resident(reader: Reader, this_year: int) -> Values:
    def year(row: Row, column: str) -> int:
        found = birth_year(row[column], this_year)
        if found is None:
            raise RowRefused(column, "import.bad_year", given=row[column])
        return found

    said = {
        "birth_year": reader.take("birth_year", year),
        "conditions": reader.take("conditions", _conditions),
        "language": reader.take("language", _language),
        "no_phone": reader.take("no_phone", _yes_or_no),
    }
    return {column: value for column, value in said.items() if value is not None}


def _number(row: Row, column: str) -> str:
    """A home's number as it is kept: "12 a" is 12A."""
    number = "".join(row[column].split()).upper()
    if len(number) > LONGEST_NUMBER:
        raise RowRefused(column, "import.bad_number", given=row[column])
    return number


def _phone(row: Row, column: str) -> str:
    """The first of the numbers in the cell, in E.164, whatever is written around it."""
    for part in _SEVERAL_PHONES.split(row[column]):
        try:
            return in_e164(_NOT_OF_A_PHONE.sub(" ", part).strip())
        except NotAPhone:
            continue
    raise RowRefused(column, "import.bad_phone", given=row[column])


def _members(row: Row, column: str) -> int:
    """How many people live there: "5", "5 người", "05"."""
    found = _PEOPLE.fullmatch(fold(row[column]))
    if found is None:
        raise RowRefused(column, "import.bad_members", given=row[column])
    return int(found[1])


def _kind(row: Row, column: str) -> str:
    kind = kind_of(row[column])
    if kind is None:
        raise RowRefused(column, "import.not_one_of", given=row[column], choices=", ".join(HouseholdKind))
    return kind.value


def _language(row: Row, column: str) -> str:
    language = language_of(row[column])
    if language is None:
        raise RowRefused(column, "import.not_one_of", given=row[column], choices=", ".join(LANGUAGES))
    return language


def _yes_or_no(row: Row, column: str) -> bool:
    said = yes_or_no(row[column])
    if said is None:
        raise RowRefused(column, "import.bad_yes_or_no", given=row[column])
    return said


def _conditions(row: Row, column: str) -> str:
    """What somebody suffers from; "không" means nothing is known."""
    return "" if yes_or_no(row[column]) is False else row[column]
