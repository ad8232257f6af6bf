"""Changes of a list made in the register, a stretch of rows at once, and taken back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models.records import Household, HouseholdEvent, HouseholdLink, ImportChange, ListImport, Person, Resident
from models.rules.headings import LINKS
from models.rules.households import ChangeState, HouseholdKind, HouseholdStep
from models.rules.words import fold
from models.store.imports import IS_GONE
from models.store.registry import Registry

Place = tuple[int, str]
Values = Mapping[str, Sequence[Any]]  #: Column → before and after.


class RegisterChanges:
    """One stretch of one list's rows, made or taken back."""

    def __init__(self, session: Session, now: datetime, brought: ListImport) -> None:
        self._session = session
        self._registry = Registry(session)
        self._now = now
        self._doer = {"by_id": brought.by_id, "import_id": brought.id}
        self._homes: dict[Place, Household] = {}
        self._residents: dict[int, list[Resident]] = {}
        self._events: list[tuple[Household, HouseholdStep, str]] = []

    def apply(self, changes: Sequence[ImportChange]) -> None:
        """Make these changes, but for those of homes that were changed otherwise since they were shown."""
        self._look_up(changes)
        about_homes = [change for change in changes if not change.resident]
        for change in about_homes:
            change.state = ChangeState.APPLIED if self._apply_home(change) else ChangeState.PASSED_OVER
        # Only now do new homes have the id that their people and accounts need.
        self._session.flush()
        for change in changes:
            if change.resident:
                change.state = ChangeState.APPLIED if self._apply_resident(change) else ChangeState.PASSED_OVER
        self._link([change for change in about_homes if change.state is ChangeState.APPLIED])
        self._write_events()

    def undo(self, changes: Sequence[ImportChange]) -> None:
        """Take these changes back, newest first, but for those of homes that were changed again since."""
        self._look_up(changes)
        for change in changes:
            if change.resident:
                change.state = ChangeState.UNDONE if self._undo_resident(change) else ChangeState.KEPT
        about_homes = [change for change in changes if not change.resident]
        self._unlink(about_homes)
        self._session.flush()
        new = [home for change in about_homes if change.is_new and (home := self._home(change)) is not None]
        referred = self._registry.referred_to(Household, (home.id for home in new), apart_from=(HouseholdEvent,))
        for change in about_homes:
            change.state = ChangeState.UNDONE if self._undo_home(change, referred) else ChangeState.KEPT
        self._write_events()

    def _look_up(self, changes: Sequence[ImportChange]) -> None:
        self._homes = self._registry.homes_by_place((change.unit_id, change.number) for change in changes)
        for resident in self._registry.everybody_of(home.id for home in self._homes.values()):
            self._residents.setdefault(resident.household_id, []).append(resident)

    def _home(self, change: ImportChange) -> Household | None:
        return self._homes.get((change.unit_id, change.number))

    def _apply_home(self, change: ImportChange) -> bool:
        home, values = self._home(change), _values(change)
        if change.is_new:
            if home is not None:
                return False
            home = self._new_home(change, values)
            self._note(home, HouseholdStep.LISTED)
            return True
        if home is None or not _stand_at(home, values, 0):
            return False
        self._set(home, values, 1)
        self._note(home, HouseholdStep.CHANGED, ",".join(values))
        return True

    def _new_home(self, change: ImportChange, values: Values) -> Household:
        home = Household(unit_id=change.unit_id, number=change.number, ended_at=None)
        home.kind, home.no_phone = HouseholdKind.FAMILY, False
        self._set(home, values, 1)
        self._session.add(home)
        self._homes[change.unit_id, change.number] = home
        return home

    def _undo_home(self, change: ImportChange, referred: set[int]) -> bool:
        home, values = self._home(change), _values(change)
        if home is None or not _stand_at(home, values, 1):
            return False
        if not change.is_new:
            self._set(home, values, 0)
            self._note(home, HouseholdStep.CHANGED, ",".join(values))
        elif home.id in referred:
            # Something happened there since, so its row must stay for the record; it is only not expected any more.
            home.ended_at = home.ended_at or self._now
            self._note(home, HouseholdStep.UNLISTED)
        else:
            self._forget(home)
        return True

    def _forget(self, home: Household) -> None:
        """A home that only this list knew, and to which nothing has happened, was never there."""
        self._session.execute(delete(HouseholdEvent).where(HouseholdEvent.household_id == home.id))
        self._session.delete(home)
        self._homes = {place: each for place, each in self._homes.items() if each is not home}
        self._events = [event for event in self._events if event[0] is not home]

    def _apply_resident(self, change: ImportChange) -> bool:
        home, values = self._home(change), _values(change)
        if home is None:
            return False
        person = self._person(home, change.resident, values)
        if change.is_new:
            if person is not None and person.ended_at is None:
                return False
            person = Resident(household_id=home.id, name=change.resident, no_phone=False, ended_at=None)
            self._session.add(person)
            self._residents.setdefault(home.id, []).append(person)
            self._set(person, values, 1)
            self._note(home, HouseholdStep.RESIDENT_CAME, change.resident)
            return True
        if person is None or not _stand_at(person, values, 0):
            return False
        self._set(person, values, 1)
        self._note(home, HouseholdStep.RESIDENT_CHANGED, change.resident)
        return True

    def _undo_resident(self, change: ImportChange) -> bool:
        home, values = self._home(change), _values(change)
        person = self._person(home, change.resident, values) if home is not None else None
        if home is None or person is None or not _stand_at(person, values, 1):
            return False
        if not change.is_new:
            self._set(person, values, 0)
            self._note(home, HouseholdStep.RESIDENT_CHANGED, change.resident)
            return True
        self._session.flush()
        if self._registry.referred_to(Resident, [person.id]):
            return False
        self._session.delete(person)
        self._residents[home.id].remove(person)
        self._note(home, HouseholdStep.RESIDENT_LEFT, change.resident)
        return True

    def _person(self, home: Household, name: str, values: Values) -> Resident | None:
        """Whoever is called so: the one to whom the change fits before another of the same name."""
        named = [each for each in self._residents.get(home.id, []) if fold(each.name) == fold(name)]
        named.sort(key=lambda each: (not _stand_at(each, values, 0) and not _stand_at(each, values, 1), each.id or 0))
        return named[0] if named else None

    def _set(self, record: Household | Resident, values: Values, side: int) -> None:
        """Let the record hold what stood before (0) or after (1) the change."""
        for column, both in values.items():
            value = both[side]
            if column == LINKS:
                continue
            if column == IS_GONE:
                record.ended_at = self._now if value else None
                if isinstance(record, Resident) and not value:
                    record.ending = None
            elif column == "kind":
                setattr(record, column, HouseholdKind(value or HouseholdKind.FAMILY))
            else:
                setattr(record, column, _or_empty(column, value))

    def _link(self, changes: Iterable[ImportChange]) -> None:
        """Let the accounts on the list speak for their homes."""
        pairs = [
            (home, account)
            for change in changes
            for account in _values(change).get(LINKS, ((), ()))[1]
            if (home := self._home(change)) is not None
        ]
        if not pairs:
            return
        people = self._registry.people_by_account(account for _, account in pairs)
        for home, account in pairs:
            if account not in people:
                people[account] = Person(account_id=account, name=home.head, phone="", language="")
                self._session.add(people[account])
        self._registry.confirm_links([(home, people[account]) for home, account in pairs], self._now)

    def _unlink(self, changes: Iterable[ImportChange]) -> None:
        """The accounts this list brought no longer speak for their homes."""
        for change in changes:
            home, accounts = self._home(change), _values(change).get(LINKS, ((), ()))[1]
            if home is None or not accounts:
                continue
            people = select(Person.id).where(Person.account_id.in_(accounts))
            mine = HouseholdLink.confirmed_by_id.is_(None)
            self._session.execute(
                delete(HouseholdLink).where(
                    HouseholdLink.household_id == home.id, HouseholdLink.person_id.in_(people), mine
                )
            )

    def _note(self, home: Household, step: HouseholdStep, words: str = "") -> None:
        self._events.append((home, step, words))

    def _write_events(self) -> None:
        self._session.flush()
        events = [
            {"household_id": home.id, "at": self._now, "step": step, "words": words, **self._doer}
            for home, step, words in self._events
        ]
        if events:
            self._session.execute(insert(HouseholdEvent), events)


def _values(change: ImportChange) -> Values:
    values: Values = msgspec.json.decode(change.values)
    return values


def _stand_at(record: Household | Resident, values: Values, side: int) -> bool:
    """Whether everything the change is about is as it was before (0) or after (1) it."""
    about = {column: both[side] for column, both in values.items() if column != LINKS}
    return all(_current(record, column) == _plain(column, value) for column, value in about.items())


def _current(record: Household | Resident, column: str) -> object:
    if column == IS_GONE:
        return record.ended_at is not None
    return _plain(column, getattr(record, column))


def _plain(column: str, value: object) -> object:
    """Empty is empty, whichever way it is kept."""
    if column == "kind":
        return str(value or HouseholdKind.FAMILY)
    return value or None


def _or_empty(column: str, value: object) -> object:
    if value is None and column not in ("members", "birth_year"):
        return False if column == "no_phone" else ""
    return value
