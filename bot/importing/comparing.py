"""A list beside the register: what each row would bring or change, and what it could not, before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.importing.places import Places
from bot.importing.rows import RowsRefused, Said, Values, understand
from bot.importing.sheets import Sheet
from bot.importing.table import Outcome, Row, RowRefused
from models.rules.headings import LINKS
from models.store.imports import Change, KnownHome, KnownResident
from models.work import Work

#: Rows compared in one look at the register.
ROWS_A_LOOK = 500

Place = tuple[int, str]  #: A community's id and a home's number in it.


@dataclass(frozen=True, slots=True)
class Compared:
    """What one row would do."""

    row: Row
    key: str  #: What the list calls it, such as "TD-01 12".
    outcome: Outcome
    changes: Sequence[Change] = ()
    reasons: dict[str, RowRefused] = field(default_factory=dict)  #: By column, when it was refused.


@dataclass(slots=True)
class Comparison:
    """One file beside the register. Rows are compared in the order of the file: a later one sees the earlier."""

    places: Places
    this_year: int
    _homes: dict[Place, KnownHome] = field(default_factory=dict)  #: As they will be after the rows so far.

    def compare(self, sheet: Sheet, rows: Sequence[Row], work: Work) -> list[Compared]:
        """What each of these rows of one sheet would do."""
        page = self.places.on_page(sheet.name, sheet.titles)
        understood: list[Said | RowsRefused] = []
        for row in rows:
            try:
                understood.append(understand(row, page, self.this_year))
            except RowsRefused as refused:
                understood.append(refused)
        self._look_up((said for said in understood if isinstance(said, Said)), work)
        return [self._compare(row, said) for row, said in zip(rows, understood, strict=True)]

    def _look_up(self, said: Iterable[Said], work: Work) -> None:
        """What the register knows of the homes that no earlier row was about."""
        wanted = {(each.community.id, each.number) for each in said} - self._homes.keys()
        self._homes.update(work.imports.known_homes(wanted))

    def _compare(self, row: Row, said: Said | RowsRefused) -> Compared:
        if isinstance(said, RowsRefused):
            key = " ".join(part for part in (row["unit"], row["number"], row["name"]) if part)
            return Compared(row, key, Outcome.REFUSED, reasons=dict(said.reasons))
        key = " ".join(part for part in (said.community.code, said.number, said.name) if part)
        place = (said.community.id, said.number)
        known = self._homes.get(place)
        if known is None and said.name and not said.home:
            missing = RowRefused("number", "import.no_such_home", given=said.number)
            return Compared(row, key, Outcome.REFUSED, reasons={"number": missing})
        if known is None:
            known = self._homes[place] = KnownHome(is_new=True)
        asked = (_home_change(row, place, known, said), _person_change(row, place, known, said))
        changes = [change for change in asked if change]
        return Compared(row, key, _outcome(changes), changes)


def _outcome(changes: Sequence[Change]) -> Outcome:
    if not changes:
        return Outcome.SAME
    return Outcome.NEW if any(change.is_new for change in changes) else Outcome.CHANGED


def _home_change(row: Row, place: Place, known: KnownHome, said: Said) -> Change | None:
    """What the row changes about the home; a home that had moved away and is listed again is expected again."""
    values = dict(said.home)
    accounts = [each for each in said.accounts if each not in known.accounts]
    different = _different(known.values, values)
    if accounts:
        different[LINKS] = ([], accounts)
    if known.is_gone:
        different["is_gone"] = (True, False)
    is_new, known.is_new, known.is_gone = known.is_new, False, False
    known.values.update(values)
    known.accounts.update(accounts)
    if not different and not is_new:
        return None
    return Change(row.sheet, row.line, *place, "", is_new, different)


def _person_change(row: Row, place: Place, known: KnownHome, said: Said) -> Change | None:
    if not said.name:
        return None
    person = known.find(said.name, said.resident.get("birth_year"))
    is_new = person is None
    if person is None:
        person = KnownResident(said.name)
        known.residents.append(person)
    different = _different(person.values, said.resident)
    if person.is_gone:
        different["is_gone"] = (True, False)
    person.is_gone = False
    person.values.update(said.resident)
    if not different and not is_new:
        return None
    return Change(row.sheet, row.line, *place, person.name, is_new, different)


def _different(before: Values, after: Values) -> dict[str, tuple[object, object]]:
    return {column: (before.get(column), value) for column, value in after.items() if before.get(column) != value}
