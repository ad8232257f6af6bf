"""Duties that stand in a table: one a row, what it is, who does it, by when, each in its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.rules.documents.assignees import bodies_at, tiers_of
from models.rules.documents.deadlines import deadlines_in_column
from models.rules.documents.document import PartialDate, Task, Tier
from models.rules.documents.grammar import Grammar
from models.rules.documents.lines import CELLS, Line

_NEEDED = {"text", "assignees"}

#: What each column is, by its place.
Columns = dict[str, int]


def columns_of(cells: Sequence[str], grammar: Grammar) -> Columns | None:
    """What the columns are for, told by the first row of a table; None when its rows are no duties."""
    columns: Columns = {}
    for at, cell in enumerate(cells):
        if heading := grammar.at("column", cell):
            columns.setdefault(heading.stands_for, at)
    return columns if columns.keys() >= _NEEDED else None


def read_table(lines: Sequence[Line], issued: PartialDate | None, grammar: Grammar) -> Iterator[Task]:
    """Yield the duties in the tables among the lines."""
    columns: Columns | None = None
    for line in lines:
        cells = line.text.split(CELLS)
        if not line.is_row:
            columns = None
        elif columns is None:
            columns = columns_of(cells, grammar)
        elif task := _task(cells, columns, issued, grammar):
            yield task


def _task(cells: Sequence[str], columns: Columns, issued: PartialDate | None, grammar: Grammar) -> Task | None:
    def cell(column: str) -> str:
        at = columns.get(column, len(cells))
        return cells[at].strip() if at < len(cells) else ""

    text, who = cell("text"), cell("assignees")
    if not text or not who:
        return None
    named = bodies_at(who, 0, grammar)
    assignees = named.names if named and named.end >= len(who.rstrip(" .;")) else _listed(who)
    tiers: dict[Tier, None] = dict.fromkeys(tier for name in assignees for tier in tiers_of(name, grammar))
    return Task(
        no=cell("no").strip(".").lstrip("0") or None,
        text=text,
        assignees=assignees,
        tiers=tuple(tiers),
        items=(),
        deadlines=deadlines_in_column(cell("deadline"), issued, grammar),
    )


def _listed(who: str) -> tuple[str, ...]:
    return tuple(name for part in who.split(";") if (name := part.strip(" .-")))
