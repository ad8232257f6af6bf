"""The register of homes: looking one up, and everything that happens to one, kept with its history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from models.records import FollowUp, Grant, Household, HouseholdEvent, HouseholdLink, Person, Resident, Unit
from models.rules.followups import FollowUpState
from models.rules.home_lines import Wanted, fits_name, fits_phone
from models.rules.households import Ending, HouseholdStep, by_number, next_number, number_beside
from models.rules.roles import Role
from models.rules.rounds import LOOKS_AFTER
from models.rules.words import fold
from models.store.missing import NotThere

#: Who sees to the homes of the communities right below the unit they serve.
_SEES_BELOW = frozenset({Role.OFFICER, Role.HEALTH})
#: The steps by which a home stops being expected.
_GONE = (HouseholdStep.MOVED_OUT, HouseholdStep.EMPTIED, HouseholdStep.MERGED_INTO, HouseholdStep.UNLISTED)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A home that fits what was looked for."""

    household_id: int
    unit_id: int
    number: str
    head: str
    birth_year: int | None
    through: str  #: Whoever fits and is not its head; empty otherwise.
    is_gone: bool


class HomeRegister:
    """Homes, their people, and what happened to them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def communities_of(self, person_id: int, tier: str) -> Sequence[Unit]:
        """The communities whose homes this person may see: their own, below their office, or in their command."""
        held = self._session.execute(
            select(Grant.role, Unit)
            .join(Unit, Unit.id == Grant.unit_id)
            .where(Grant.person_id == person_id, Grant.ended_at.is_(None))
        ).all()
        here = [unit.id for role, unit in held if role in LOOKS_AFTER]
        parents = [unit.id for role, unit in held if role in _SEES_BELOW]
        commanded = [Unit.path.startswith(unit.path) for role, unit in held if role is Role.COMMANDER]
        seen = or_(Unit.id.in_(here), Unit.parent_id.in_(parents), *commanded)
        return self._session.scalars(select(Unit).where(Unit.tier == tier, seen).order_by(Unit.id)).all()

    def find(self, wanted: Wanted, unit_ids: Sequence[int]) -> list[Fitting]:
        """The homes of these communities that fit, those that still count first, in walking order."""
        columns = (Household.id, Household.unit_id, Household.number, Household.head, Household.phone)
        rows = self._session.execute(select(*columns, Household.ended_at).where(Household.unit_id.in_(unit_ids))).all()
        people = self._people_in(unit_ids) if wanted.names else {}
        found: dict[int, Fitting] = {}
        for row in rows:
            fits = _fit(wanted, row.number, row.head, row.phone, people.get(row.id, ()))
            if fits is not None:
                found[row.id] = Fitting(
                    row.id, row.unit_id, row.number, row.head, fits.birth_year, fits.through, row.ended_at is not None
                )
        if wanted.is_relative:
            parents = self._split_off(found)
            for row in rows:
                if row.id in parents and row.id not in found:
                    through = found[parents[row.id]].head
                    found[row.id] = Fitting(
                        row.id, row.unit_id, row.number, row.head, None, through, row.ended_at is not None
                    )
        return sorted(found.values(), key=lambda each: (each.is_gone, each.unit_id, by_number(each.number)))

    def _people_in(self, unit_ids: Sequence[int]) -> dict[int, list[tuple[str, int | None]]]:
        """Name and year of birth of whoever lives in these communities, by home."""
        rows = self._session.execute(
            select(Resident.household_id, Resident.name, Resident.birth_year)
            .join(Household, Household.id == Resident.household_id)
            .where(Household.unit_id.in_(unit_ids), Resident.ended_at.is_(None))
        )
        people: dict[int, list[tuple[str, int | None]]] = {}
        for household_id, name, year in rows:
            people.setdefault(household_id, []).append((name, year))
        return people

    def _split_off(self, household_ids: Iterable[int]) -> dict[int, int]:
        """Home → the one of these that it was split off."""
        events = self._session.execute(
            select(HouseholdEvent.household_id, HouseholdEvent.other_id).where(
                HouseholdEvent.step == HouseholdStep.SPLIT_FROM, HouseholdEvent.other_id.in_(list(household_ids))
            )
        )
        return {home: other for home, other in events if other is not None}

    def require_resident(self, resident_id: int) -> Resident:
        """Somebody who lives or lived in a home. Raises NotThere when there is nobody."""
        resident = self._session.get(Resident, resident_id)
        if resident is None:
            raise NotThere(f"no resident {resident_id}")
        return resident

    def residents_of(self, home: Household) -> Sequence[Resident]:
        """Who lives there now."""
        return self._session.scalars(
            select(Resident)
            .where(Resident.household_id == home.id, Resident.ended_at.is_(None))
            .order_by(Resident.birth_year, Resident.id)
        ).all()

    def history(self, home: Household, most: int) -> Sequence[HouseholdEvent]:
        """What happened to it, newest first."""
        return self._session.scalars(
            select(HouseholdEvent)
            .where(HouseholdEvent.household_id == home.id)
            .order_by(HouseholdEvent.id.desc())
            .limit(most)
        ).all()

    def origin_of(self, home: Household) -> Household | None:
        """The home it was split off, when it was."""
        other = self._session.scalar(
            select(HouseholdEvent.other_id)
            .where(HouseholdEvent.household_id == home.id, HouseholdEvent.step == HouseholdStep.SPLIT_FROM)
            .limit(1)
        )
        return self._session.get(Household, other) if other is not None else None

    def numbers_of(self, unit_id: int) -> set[str]:
        """Every number taken on a community's list, also by homes that are gone."""
        return set(self._session.scalars(select(Household.number).where(Household.unit_id == unit_id)))

    def note(
        self,
        home: Household,
        step: HouseholdStep,
        by: Person,
        now: datetime,
        *,
        other: Household | None = None,
        former_unit_id: int | None = None,
        words: str = "",
    ) -> None:
        """Keep that this happened to the home."""
        self._session.flush()
        event = HouseholdEvent(
            household_id=home.id, at=now, step=step, by_id=by.id, unit_id=former_unit_id, words=words
        )
        event.other_id = other.id if other is not None else None
        self._session.add(event)

    def add(self, unit_id: int, number: str, head: str, by: Person, now: datetime) -> Household:
        """A new home of a community's list; without a number it gets the next one."""
        home = Household(unit_id=unit_id, number=number or next_number(self.numbers_of(unit_id)), head=head)
        self._session.add(home)
        self.note(home, HouseholdStep.LISTED, by, now)
        return home

    def move(self, home: Household, unit: Unit, by: Person, now: datetime) -> None:
        """The home belongs to this community from now on; its number goes along where nobody has it."""
        taken, former, number = self.numbers_of(unit.id), home.unit_id, home.number
        home.unit_id = unit.id
        home.number = next_number(taken) if number in taken else number
        self.note(home, HouseholdStep.REHOMED, by, now, former_unit_id=former, words=number)

    def split(self, home: Household, head: str, members: int | None, by: Person, now: datetime) -> Household:
        """A home of its own beside this one; whoever of it is called like the new head moves along."""
        number = number_beside(home.number, self.numbers_of(home.unit_id))
        new = Household(unit_id=home.unit_id, number=number, head=head, members=members)
        new.address, new.language, new.kind = home.address, home.language, home.kind
        self._session.add(new)
        self.note(new, HouseholdStep.SPLIT_FROM, by, now, other=home, words=home.number)
        self.note(home, HouseholdStep.SPLIT_OFF, by, now, other=new, words=number)
        if home.members is not None and members is not None:
            home.members = max(0, home.members - members)
        for resident in self.residents_of(home):
            if fold(resident.name) == fold(head):
                self.rehouse(resident, new, by, now)
        return new

    def merge(self, home: Household, into: Household, by: Person, now: datetime) -> None:
        """The home goes up in another of its community: its people and accounts belong there from now on."""
        for resident in self.residents_of(home):
            self.rehouse(resident, into, by, now)
        # Some are followed by name alone.
        self._take_follow_ups_along(FollowUp.household_id == home.id, into)
        self._hand_over_accounts(home, into)
        if into.members is not None and home.members is not None:
            into.members += home.members
        home.ended_at, home.merged_into_id = now, into.id
        self.note(home, HouseholdStep.MERGED_INTO, by, now, other=into, words=into.number)
        self.note(into, HouseholdStep.TOOK_IN, by, now, other=home, words=home.number)

    def _hand_over_accounts(self, home: Household, into: Household) -> None:
        links = self._session.scalars(
            select(HouseholdLink).where(HouseholdLink.household_id.in_([home.id, into.id]))
        ).all()
        there = {link.person_id: link for link in links if link.household_id == into.id}
        for link in links:
            twin = there.get(link.person_id)
            if link.household_id == into.id:
                continue
            if twin is None:
                link.household_id = into.id
            else:
                twin.confirmed_at = twin.confirmed_at or link.confirmed_at
                self._session.delete(link)

    def bring_back(self, home: Household, by: Person, now: datetime) -> None:
        """The home is expected again; who moved to the home it had gone up in stays there until moved by hand."""
        home.ended_at, home.merged_into_id = None, None
        self.note(home, HouseholdStep.RETURNED, by, now)

    def rehouse(self, resident: Resident, home: Household, by: Person, now: datetime) -> None:
        """Somebody lives in another home from now on."""
        former = self._session.get_one(Household, resident.household_id)
        self._session.flush()
        resident.household_id, resident.ended_at, resident.ending = home.id, None, None
        self._take_follow_ups_along(FollowUp.resident_id == resident.id, home)
        self.note(former, HouseholdStep.RESIDENT_LEFT, by, now, other=home, words=resident.name)
        self.note(home, HouseholdStep.RESIDENT_CAME, by, now, other=former, words=resident.name)

    def end_resident(self, resident: Resident, ending: Ending, by: Person, now: datetime) -> None:
        """Somebody no longer counts among the home's people."""
        home = self._session.get_one(Household, resident.household_id)
        resident.ended_at, resident.ending = now, ending
        home.members = max(0, home.members - 1) if home.members is not None else None
        step = HouseholdStep.RESIDENT_DIED if ending is Ending.DIED else HouseholdStep.RESIDENT_LEFT
        self.note(home, step, by, now, words=resident.name)

    def return_resident(self, resident: Resident, by: Person, now: datetime) -> None:
        """Somebody counted as gone lives there after all; a home that had emptied by that is expected again."""
        home = self._session.get_one(Household, resident.household_id)
        resident.ended_at, resident.ending = None, None
        home.members = home.members + 1 if home.members is not None else None
        self.note(home, HouseholdStep.RESIDENT_BACK, by, now, words=resident.name)
        if self._last_step(home, _GONE) is HouseholdStep.EMPTIED and home.ended_at is not None:
            self.bring_back(home, by, now)

    def is_deserted(self, home: Household) -> bool:
        """Whether nobody is left: as many as were known of are gone, or where that is not known, its head too."""
        if home.ended_at is not None or home.members or self.residents_of(home):
            return False
        names = self._session.scalars(select(Resident.name).where(Resident.household_id == home.id))
        return home.members == 0 or fold(home.head) in map(fold, names)

    def empty(self, home: Household, by: Person, now: datetime) -> None:
        """Nobody lives there any more: it stays in the register and is expected no more."""
        home.ended_at = now
        self.note(home, HouseholdStep.EMPTIED, by, now)

    def _take_follow_ups_along(self, whose: ColumnElement[bool], home: Household) -> None:
        """Whose health is followed is followed where they live now."""
        running = update(FollowUp).where(whose, FollowUp.state == FollowUpState.RUNNING)
        self._session.execute(running.values(household_id=home.id))

    def _last_step(self, home: Household, steps: Collection[HouseholdStep]) -> HouseholdStep | None:
        """The last of these that happened to the home."""
        return self._session.scalar(
            select(HouseholdEvent.step)
            .where(HouseholdEvent.household_id == home.id, HouseholdEvent.step.in_(steps))
            .order_by(HouseholdEvent.id.desc())
            .limit(1)
        )


@dataclass(frozen=True, slots=True)
class _Fit:
    birth_year: int | None
    through: str


def _fit(wanted: Wanted, number: str, head: str, phone: str, people: Sequence[tuple[str, int | None]]) -> _Fit | None:
    """Whether a home fits, and by whom."""
    if wanted.number:
        return _Fit(None, "") if number.upper() == wanted.number else None
    if wanted.digits:
        return _Fit(None, "") if fits_phone(wanted.digits, phone) else None
    if not wanted.names:
        return None
    year_of_head = next((year for name, year in people if fold(name) == fold(head)), None)
    if fits_name(wanted.names, head) and wanted.birth_year in (None, year_of_head):
        return _Fit(year_of_head, "")
    for name, year in people:
        if fits_name(wanted.names, name) and wanted.birth_year in (None, year):
            return _Fit(year, name)
    return None
