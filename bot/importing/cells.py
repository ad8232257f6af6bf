"""What one cell of a list may hold: a phone, an account, a number, names. Anything else refuses the row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.importing.table import Row, RowRefused
from models.phones import NotAPhone, in_e164

LONGEST_TEXT = 200  #: Characters; a longer cell is most often a lost quotation mark.

_WHOLE_NUMBER = re.compile(r"-?\d{1,18}")
_SEPARATORS = re.compile(r"[\s,;]+")


def require_complete(row: Row, required: Sequence[str]) -> None:
    """Refuse a row that lacks a required cell, or has cells under no heading."""
    for column in required:
        if not row[column]:
            raise RowRefused(column, "import.empty")
    if row.surplus:
        raise RowRefused("", "import.too_many_cells")
    for column, cell in row.cells.items():
        if len(cell) > LONGEST_TEXT and not column.endswith("_ids"):
            raise RowRefused(column, "import.too_long", most=LONGEST_TEXT)


def phone(row: Row, column: str = "phone") -> str:
    """The phone in E.164; "" when the cell is empty."""
    if not row[column]:
        return ""
    try:
        return in_e164(row[column])
    except NotAPhone:
        raise RowRefused(column, "import.bad_phone", given=row[column]) from None


def account(row: Row, column: str) -> int | None:
    """A person's account, a positive number; None when the cell is empty."""
    found = accounts(row, column)
    if len(found) > 1:
        raise RowRefused(column, "import.bad_account", given=row[column])
    return found[0] if found else None


def accounts(row: Row, column: str) -> list[int]:
    """The accounts in a cell, separated by spaces or commas, each once."""
    listed = parts(row, column)
    if not all(is_account(part) for part in listed):
        raise RowRefused(column, "import.bad_account", given=row[column])
    return list(dict.fromkeys(int(part) for part in listed))


def parts(row: Row, column: str) -> list[str]:
    """What a cell lists, separated by spaces, commas or semicolons."""
    return [part for part in _SEPARATORS.split(row[column]) if part]


def is_account(part: str) -> bool:
    """Whether this is shaped like the number of a person's account."""
    return bool(_WHOLE_NUMBER.fullmatch(part)) and int(part) > 0


def chat(row: Row, column: str) -> int | None:
    """A group's id, a negative number; None when the cell is empty."""
    if not row[column]:
        return None
    if not _WHOLE_NUMBER.fullmatch(row[column]) or int(row[column]) >= 0:
        raise RowRefused(column, "import.bad_chat", given=row[column])
    return int(row[column])


def one_of(row: Row, column: str, choices: Sequence[str]) -> str:
    """One of the known words; "" when the cell is empty."""
    if row[column] and row[column] not in choices:
        raise RowRefused(column, "import.not_one_of", given=row[column], choices=", ".join(choices))
    return row[column]
