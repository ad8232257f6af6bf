"""Every question about lists on their way into the register, and the changes they make there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from models.records import Household, ImportChange, ImportRefusal, ListImport, Resident
from models.rules.households import ChangeState, ImportState
from models.rules.words import fold
from models.store.missing import NotThere
from models.store.registry import Registry

#: What a list may change about a home, and about somebody who lives there.
HOME_FIELDS = ("head", "phone", "members", "address", "language", "kind", "no_phone")
RESIDENT_FIELDS = ("birth_year", "conditions", "language", "no_phone")
#: The word for being gone: moved away, merged, dead.
IS_GONE = "is_gone"

Place = tuple[int, str]  #: A community's id and a home's number in it.


@dataclass(slots=True)
class KnownResident:
    """Somebody as the register, or an earlier row, knows them."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    is_gone: bool = False


@dataclass(slots=True)
class KnownHome:
    """A home as the register, or an earlier row, knows it."""

    values: dict[str, Any] = field(default_factory=dict)
    is_new: bool = False  #: No row has brought it yet.
    is_gone: bool = False
    accounts: set[int] = field(default_factory=set)  #: Those confirmed to speak for it.
    residents: list[KnownResident] = field(default_factory=list)

    def find(self, name: str, birth_year: object) -> KnownResident | None:
        """Whoever is called so; of several, the one born in that year, and those who live there before those gone."""
        named = [each for each in self.residents if fold(each.name) == fold(name)]
        named.sort(key=lambda each: (each.values.get("birth_year") != birth_year, each.is_gone))
        return named[0] if named else None


@dataclass(frozen=True, slots=True)
class Change:
    """What one row would change about a home, or about somebody in it."""

    sheet: str
    line: int
    unit_id: int
    number: str
    resident: str  #: By name; empty: the home itself.
    is_new: bool
    values: Mapping[str, tuple[object, object]]  #: Column → before and after.


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken."""

    sheet: str
    line: int
    cells: Mapping[str, str]
    reasons: Mapping[str, tuple[str, Mapping[str, object]]]  #: Column → the sentence's id and values.


class Imports:
    """Lists, row by row."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, by_id: int | None, file_name: str, now: datetime) -> ListImport:
        """A list that has just come in."""
        begun = ListImport(by_id=by_id, file_name=file_name, asked_at=now)
        self._session.add(begun)
        self._session.flush()
        return begun

    def require(self, import_id: int) -> ListImport:
        """The list, held until the transaction ends. Raises NotThere when there is none."""
        found = self._session.get(ListImport, import_id, with_for_update=True)
        if found is None:
            raise NotThere(f"no import {import_id}")
        return found

    def due(self, states: Iterable[ImportState], now: datetime) -> Sequence[ListImport]:
        """The lists in one of these states for which the clock is up."""
        wanted = select(ListImport).where(ListImport.state.in_(list(states)), ListImport.due_at <= now)
        return self._session.scalars(wanted.order_by(ListImport.due_at).with_for_update()).all()

    def known_homes(self, places: Iterable[Place]) -> dict[Place, KnownHome]:
        """What is known of the homes with these numbers, gone ones included, with their people and accounts."""
        registry = Registry(self._session)
        homes = registry.homes_by_place(places)
        by_id = {home.id: _known_home(home) for home in homes.values()}
        for resident in registry.everybody_of(by_id):
            by_id[resident.household_id].residents.append(_known_resident(resident))
        for home_id, account in registry.confirmed_accounts(by_id):
            by_id[home_id].accounts.add(account)
        return {place: by_id[home.id] for place, home in homes.items()}

    def stage(self, import_id: int, changes: Iterable[Change], refusals: Iterable[Refusal]) -> None:
        """Keep what a stretch of rows would do; nothing is changed yet."""
        staged = [
            {
                "import_id": import_id,
                "state": ChangeState.PROPOSED,
                "sheet": change.sheet,
                "line": change.line,
                "unit_id": change.unit_id,
                "number": change.number,
                "resident": change.resident,
                "is_new": change.is_new,
                "values": msgspec.json.encode(change.values).decode(),
            }
            for change in changes
        ]
        refused = [
            {
                "import_id": import_id,
                "sheet": refusal.sheet,
                "line": refusal.line,
                "cells": msgspec.json.encode(refusal.cells).decode(),
                "reasons": msgspec.json.encode(refusal.reasons).decode(),
            }
            for refusal in refusals
        ]
        if staged:
            self._session.execute(insert(ImportChange), staged)
        if refused:
            self._session.execute(insert(ImportRefusal), refused)

    def unstage(self, import_id: int) -> None:
        """Forget what its rows would have done, and what they held."""
        self._session.execute(delete(ImportChange).where(ImportChange.import_id == import_id))
        self._session.execute(delete(ImportRefusal).where(ImportRefusal.import_id == import_id))

    def changes(
        self, import_id: int, state: ChangeState, most: int, *, newest_first: bool = False
    ) -> Sequence[ImportChange]:
        """The next changes in this state, in the order of the list or against it."""
        order = ImportChange.id.desc() if newest_first else ImportChange.id
        return self._session.scalars(
            select(ImportChange)
            .where(ImportChange.import_id == import_id, ImportChange.state == state)
            .order_by(order)
            .limit(most)
        ).all()

    def overwriting(self, import_id: int, most: int) -> Sequence[ImportChange]:
        """The first changes to what is known already."""
        return self._session.scalars(
            select(ImportChange)
            .where(ImportChange.import_id == import_id, ImportChange.is_new.is_(False))
            .order_by(ImportChange.id)
            .limit(most)
        ).all()

    def refusals(self, import_id: int) -> Sequence[ImportRefusal]:
        """Its rows that cannot be taken, in the order of the list."""
        return self._session.scalars(
            select(ImportRefusal).where(ImportRefusal.import_id == import_id).order_by(ImportRefusal.id)
        ).all()

    def count(self, import_id: int) -> dict[ChangeState, int]:
        """How many of its changes are in which state."""
        rows = self._session.execute(
            select(ImportChange.state, func.count(ImportChange.id))
            .where(ImportChange.import_id == import_id)
            .group_by(ImportChange.state)
        )
        return dict(row for row in rows)

    def units_of(self, import_id: int) -> set[int]:
        """The communities whose homes it is about."""
        return set(
            self._session.scalars(select(ImportChange.unit_id).where(ImportChange.import_id == import_id).distinct())
        )


def _known_home(home: Household) -> KnownHome:
    return KnownHome({name: getattr(home, name) for name in HOME_FIELDS}, is_gone=home.ended_at is not None)


def _known_resident(resident: Resident) -> KnownResident:
    values = {name: getattr(resident, name) for name in RESIDENT_FIELDS}
    return KnownResident(resident.name, values, is_gone=resident.ended_at is not None)
