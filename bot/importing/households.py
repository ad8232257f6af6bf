"""The list of homes: `unit,number,head,phone,members,address,language,telegram_ids`.

A district has tens of thousands, so a batch of rows is asked about at once and written at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.importing import cells
from bot.importing.family import Family, Taken, Terms
from bot.importing.table import Outcome, Row, RowRefused
from models.records import Household, Person, Unit
from models.store.registry import Registry
from models.work import Work

TEXTS = ("head", "address")
COLUMN_OF_LINKS = "telegram_ids"


@dataclass(frozen=True, slots=True)
class Known:
    """What the bot knows about the places of one batch; rows of the same batch add to it."""

    units: dict[str, Unit]  #: By code in lower case.
    homes: dict[tuple[int, str], Household]  #: By unit id and number.
    people: dict[int, Person]  #: By account.
    linked: set[tuple[tuple[int, str], int]]  #: A home as in `homes`, and an account that speaks for it.

    @classmethod
    def about(cls, rows: Sequence[Row], work: Work) -> Known:
        """Four questions for the whole batch."""
        registry = Registry(work.session)
        units = registry.units_by_code(row["unit"] for row in rows)
        named = [(units[row["unit"].lower()].id, row["number"]) for row in rows if row["unit"].lower() in units]
        homes = registry.homes_by_place(named)
        accounts = {int(part) for row in rows for part in cells.parts(row, COLUMN_OF_LINKS) if cells.is_account(part)}
        place_of = {home.id: place for place, home in homes.items()}
        linked = {(place_of[home], account) for home, account in registry.confirmed_accounts(place_of)}
        return cls(units, homes, registry.people_by_account(accounts), linked)


class Households(Family):
    """Homes, and the accounts that speak for them without further steps."""

    columns = ("unit", "number", "head", "phone", "members", "address", "language", "telegram_ids")
    required = ("unit", "number")
    key = ("unit", "number")
    rows_a_commit = 200

    def __init__(self, rows: Sequence[Row], work: Work, terms: Terms) -> None:
        super().__init__(rows, work, terms)
        self._known = Known.about(rows, work)
        self._links: list[tuple[Household, Person]] = []

    def take(self, row: Row) -> Taken:
        """Keep one home, and remember whom to link to it once it has an id."""
        cells.require_complete(row, self.required)
        with self.work.session.no_autoflush:
            return Taken(_keep(row, self.work, self._known, self.terms.languages, self._links))

    def finish(self) -> None:
        """Let the accounts speak for their homes."""
        Registry(self.work.session).confirm_links(self._links, self.work.now)


def _keep(
    row: Row, work: Work, known: Known, languages: Sequence[str], links: list[tuple[Household, Person]]
) -> Outcome:
    unit = _community(row, work, known)
    values = _values(row, languages)
    accounts = cells.accounts(row, COLUMN_OF_LINKS)
    place = (unit.id, row["number"])
    home = known.homes.get(place)
    if home is None:
        home = known.homes[place] = Household(unit_id=unit.id, number=row["number"], **values)
        work.session.add(home)
        outcome = Outcome.NEW
    else:
        outcome = Outcome.CHANGED if _change(home, values) else Outcome.SAME
    unlinked = [each for each in accounts if (place, each) not in known.linked]
    known.linked.update((place, each) for each in unlinked)
    links.extend((home, _person(each, row, work, known)) for each in unlinked)
    return Outcome.CHANGED if unlinked and outcome is Outcome.SAME else outcome


def _community(row: Row, work: Work, known: Known) -> Unit:
    unit = known.units.get(row["unit"].lower())
    if unit is None:
        raise RowRefused("unit", "import.unknown_unit", given=row["unit"])
    if unit.tier != work.policy.tiers.community:
        raise RowRefused("unit", "import.homes_elsewhere", given=row["unit"], tier=work.policy.tiers.community)
    return unit


def _values(row: Row, languages: Sequence[str]) -> dict[str, str | int]:
    """What the row says about the home; empty cells say nothing."""
    said: Mapping[str, str | int | None] = {
        **{column: row[column] for column in TEXTS},
        "phone": cells.phone(row),
        "members": cells.members(row),
        "language": cells.one_of(row, "language", languages),
    }
    return {column: value for column, value in said.items() if value not in ("", None)}


def _change(home: Household, values: Mapping[str, str | int]) -> bool:
    """Take over what differs; a home that had moved away and is on the list again is expected again."""
    different = {column: value for column, value in values.items() if getattr(home, column) != value}
    for column, value in different.items():
        setattr(home, column, value)
    returned = home.ended_at is not None
    home.ended_at = None
    return bool(different) or returned


def _person(account_id: int, row: Row, work: Work, known: Known) -> Person:
    person = known.people.get(account_id)
    if person is None:
        person = Person(account_id=account_id, name=row["head"], phone="", language="")
        work.session.add(person)
        known.people[account_id] = person
    return person
