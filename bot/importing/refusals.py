"""The rows of a list that cannot be taken, as a file to be corrected and sent back: why stands beside each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.catalogue import Say
from bot.errands.workbook import Column, Sheet
from bot.importing.comparing import Compared
from models.records import ImportRefusal
from models.rules.headings import HOME_COLUMNS, LINKS, RESIDENT_COLUMNS
from models.store.imports import Refusal

_ORDER = tuple(dict.fromkeys((*HOME_COLUMNS, *RESIDENT_COLUMNS, "relation", LINKS)))
#: What a sheet's name may not hold in a spreadsheet, and how long it may be.
_NOT_IN_NAMES, _LONGEST_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " ")), 31


def refusal_of(compared: Compared) -> Refusal:
    """A refused row as it is kept."""
    reasons = {column: (refusal.reason, refusal.values) for column, refusal in compared.reasons.items()}
    return Refusal(compared.row.sheet, compared.row.line, compared.row.cells, reasons)


def refused_pages(refusals: Sequence[ImportRefusal], say: Say) -> Sequence[Sheet]:
    """A sheet for each sheet of the list that has rows to correct."""
    names = dict.fromkeys(refusal.sheet for refusal in refusals)
    return [_page(name, [each for each in refusals if each.sheet == name], say) for name in names]


def _page(name: str, refusals: Sequence[ImportRefusal], say: Say) -> Sheet:
    cells: list[dict[str, str]] = [msgspec.json.decode(each.cells) for each in refusals]
    reasons: list[dict[str, Any]] = [msgspec.json.decode(each.reasons) for each in refusals]
    at_fault = {column for row in reasons for column in row}
    shown = [column for column in _ORDER if column in at_fault or any(column in row for row in cells)]
    columns = [Column(say("list.line"), 8)]
    for column in shown:
        columns.append(Column(_title(column, say), 20))
        if column in at_fault:
            columns.append(Column(say("list.reason", column=_title(column, say)), 40, is_reason=True))
    if "" in at_fault:
        columns.append(Column(say("list.reason_row"), 40, is_reason=True))
    rows = []
    for refusal, row, why in zip(refusals, cells, reasons, strict=True):
        line: list[str | int | None] = [refusal.line]
        for column in shown:
            line.append(row.get(column, ""))
            if column in at_fault:
                line.append(_sentence(why.get(column), say))
        if "" in at_fault:
            line.append(_sentence(why.get(""), say))
        rows.append(tuple(line))
    title = name.translate(_NOT_IN_NAMES).strip()[:_LONGEST_NAME] or say("list.homes")
    return Sheet(title, tuple(columns), tuple(rows))


def _title(column: str, say: Say) -> str:
    return say(f"list.column.{column}")


def _sentence(why: Sequence[Any] | None, say: Say) -> str:
    if why is None:
        return ""
    reason, values = why
    return say(reason, **values)
