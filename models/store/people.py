"""Every question about people, their roles, and whom they may act for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, literal, or_, select
from sqlalchemy.orm import Session

from models.notices import Contact
from models.notices.enrolment import Post
from models.records import Grant, Household, HouseholdLink, Person, Reach, Unit
from models.rules.mail import STRANGERS
from models.rules.roles import STAFF, Role
from models.rules.words import LONGEST_SOUGHT
from models.store.known import answer, find_by, look_up
from models.store.missing import NotThere
from models.store.prepared import HOLDING, HOMES_OF, IS_KNOWN
from models.store.units import ancestor_ids


class People:
    """Whom the bot knows."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, person_id: int) -> Person:
        """The person. Raises NotThere when there is none."""
        person = self._session.get(Person, person_id)
        if person is None:
            raise NotThere(f"no person {person_id}")
        return person

    def find_by_account(self, account_id: int) -> Person | None:
        return find_by(self._session, Person, account_id=account_id)

    def look_up(self, account_ids: Iterable[int]) -> None:
        """Read the people behind these accounts at once; each is then at hand for as long as the session lives."""
        look_up(self._session, Person, "account_id", account_ids)

    def find_by_phone(self, phone: str) -> Sequence[Person]:
        """Everyone with this phone in E.164; a shared phone has several."""
        return self._session.scalars(select(Person).where(Person.phone == phone).order_by(Person.id)).all()

    def meet(self, account_id: int, name: str, *, in_private: bool) -> Person:
        """The person behind an account, made known when new; writing in private proves they are reachable."""
        person = self.find_by_account(account_id)
        if person is None:
            # Until they press Start, the bot may not write first to someone it has only met in a group.
            person = Person(account_id=account_id, name=name, phone="", language="", reach=Reach.NEVER_STARTED)
            self._session.add(person)
            self._session.flush()
        if in_private:
            person.reach = Reach.REACHABLE
        return person

    def roles_in(self, person_id: int, unit: Unit) -> frozenset[Role]:
        """The roles this person holds in exactly this unit now."""
        return frozenset(
            self._session.scalars(
                select(Grant.role).where(
                    Grant.person_id == person_id, Grant.unit_id == unit.id, Grant.ended_at.is_(None)
                )
            )
        )

    def grants_of(self, person_id: int) -> Sequence[Grant]:
        """Every role this person holds now."""
        return self._session.scalars(
            select(Grant).where(Grant.person_id == person_id, Grant.ended_at.is_(None)).order_by(Grant.id)
        ).all()

    def posts_of(self, person_id: int) -> tuple[Post, ...]:
        """Every role this person holds now, as others read it."""
        rows = self._session.execute(
            select(Grant.role, Unit.name)
            .join(Unit, Unit.id == Grant.unit_id, isouter=True)
            .where(Grant.person_id == person_id, Grant.ended_at.is_(None))
            .order_by(Grant.id)
        )
        return tuple(Post(role.value, unit or "") for role, unit in rows)

    def units_where(self, person_id: int, roles: Iterable[Role]) -> Sequence[Unit]:
        """The units in which the person holds one of these roles now, in the order of the register."""
        held = select(Grant.unit_id).where(
            Grant.person_id == person_id, Grant.role.in_(list(roles)), Grant.ended_at.is_(None)
        )
        return self._session.scalars(select(Unit).where(Unit.id.in_(held)).order_by(Unit.id)).all()

    def roles_around(self, person_id: int, unit: Unit) -> tuple[set[Role], set[Role], set[Role]]:
        """The roles this person holds now in the unit, in the one right above it, and in it or any above it."""
        places = [unit.id, *ancestor_ids(unit)]
        held = self._session.execute(
            select(Grant.unit_id, Grant.role).where(
                Grant.person_id == person_id, Grant.unit_id.in_(places), Grant.ended_at.is_(None)
            )
        ).all()
        here = {role for unit_id, role in held if unit_id == unit.id}
        parent = {role for unit_id, role in held if unit_id == unit.parent_id}
        return here, parent, {role for _, role in held}

    def commanded_by(self, person_id: int) -> Sequence[Unit]:
        """The units this person commands."""
        return self.units_where(person_id, [Role.COMMANDER])

    def serves(self, person_id: int, unit: Unit) -> bool:
        """Whether this person is staff of the unit or of any unit above it."""
        places = [unit.id, *ancestor_ids(unit)]
        return any(grant.role in STAFF and grant.unit_id in places for grant in self.grants_of(person_id))

    def commands_over(self, person_id: int, unit: Unit) -> bool:
        """Whether this person is commander of the unit or of any unit above it."""
        places = [unit.id, *ancestor_ids(unit)]
        return any(grant.role is Role.COMMANDER and grant.unit_id in places for grant in self.grants_of(person_id))

    def may_draft_for(self, person_id: int, unit: Unit) -> bool:
        """Whether this person is clerk of exactly this unit, or commands it."""
        return Role.CLERK in self.roles_in(person_id, unit) or self.commands_over(person_id, unit)

    def is_administrator(self, person_id: int) -> bool:
        return any(grant.role is Role.ADMINISTRATOR for grant in self.grants_of(person_id))

    def administrators(self) -> Sequence[Person]:
        return self._session.scalars(
            select(Person)
            .join(Grant, Grant.person_id == Person.id)
            .where(Grant.role == Role.ADMINISTRATOR, Grant.ended_at.is_(None))
            .distinct()
            .order_by(Person.id)
        ).all()

    def holding(self, unit_id: int, roles: Iterable[Role]) -> Sequence[Person]:
        """Everyone who holds one of these roles in this unit, each once."""
        held = frozenset(roles)
        named = {"unit": unit_id, "roles": list(held)}
        people = self._session.scalars
        return answer(self._session, ("holding", unit_id, held), [Grant], lambda: people(HOLDING, named).all())

    def commanders_over(self, unit: Unit) -> Sequence[Person]:
        """Who directs this unit: the commanders of the nearest unit that has any, itself first."""
        rows = self._session.execute(
            select(Person, Unit.path)
            .join(Grant, Grant.person_id == Person.id)
            .join(Unit, Unit.id == Grant.unit_id)
            .where(
                literal(unit.path).startswith(Unit.path),
                Grant.role == Role.COMMANDER,
                Grant.ended_at.is_(None),
            )
            .order_by(func.length(Unit.path).desc(), Person.id)
        ).all()
        return [person for person, path in rows if path == rows[0][1]]

    def staff_below(self, unit: Unit, roles: Iterable[Role]) -> Sequence[tuple[Person, Unit, Role]]:
        """Everyone with one of these roles in the unit's subtree, itself included, with where and as what."""
        rows = self._session.execute(
            select(Person, Unit, Grant.role)
            .join(Grant, Grant.person_id == Person.id)
            .join(Unit, Unit.id == Grant.unit_id)
            .where(Unit.path.startswith(unit.path), Grant.role.in_(list(roles)), Grant.ended_at.is_(None))
            .order_by(Person.id, Unit.id)
        )
        return [(person, place, role) for person, place, role in rows]

    def held_below(self, units: Iterable[Unit], *, start: int, most: int) -> list[tuple[Person, Unit, Role]]:
        """A stretch of the roles held in these units and below them, by unit, role and person."""
        rows = self._session.execute(
            select(Person, Unit, Grant.role)
            .join(Grant, Grant.person_id == Person.id)
            .join(Unit, Unit.id == Grant.unit_id)
            .where(Grant.ended_at.is_(None), _lies_in(units))
            .order_by(func.length(Unit.path), Unit.id, Grant.role, Person.id)
            .offset(start)
            .limit(most)
        )
        return [(person, unit, role) for person, unit, role in rows]

    def count_held_below(self, units: Iterable[Unit]) -> int:
        """How many roles are held in these units and below them."""
        counted = select(func.count(Grant.id)).join(Unit, Unit.id == Grant.unit_id)
        return self._session.scalar(counted.where(Grant.ended_at.is_(None), _lies_in(units))) or 0

    def add_listed(self, name: str, phone: str) -> Person:
        """Someone known by name and phone alone, until an account turns out to be theirs."""
        person = Person(name=name, phone=phone, language="", reach=Reach.UNKNOWN)
        self._session.add(person)
        self._session.flush()
        return person

    def grant(self, person: Person, unit_id: int | None, role: Role, now: datetime, by: Person | None) -> bool:
        """Let the person hold the role; False when they already do. `by` None: from a list."""
        held = self._session.scalar(
            select(Grant).where(
                Grant.person_id == person.id,
                Grant.unit_id.is_(None) if unit_id is None else Grant.unit_id == unit_id,
                Grant.role == role,
            )
        )
        if held is not None and held.ended_at is None:
            return False
        if held is None:
            held = Grant(person_id=person.id, unit_id=unit_id, role=role)
            self._session.add(held)
        held.granted_at, held.granted_by_id, held.ended_at = now, by.id if by else None, None
        return True

    def end_grant(self, person_id: int, unit_id: int | None, role: Role, now: datetime) -> bool:
        """End the role; False when it was not held."""
        for grant in self.grants_of(person_id):
            if grant.unit_id == unit_id and grant.role is role:
                grant.ended_at = now
                return True
        return False

    def households_of(self, person_id: int) -> Sequence[Household]:
        """The homes this person's account is confirmed to speak for."""
        return self._session.scalars(HOMES_OF, {"person": person_id}).all()

    def job_of(self, person: Person) -> str:
        """What answers to this person wait with: by themselves, or with those to everybody else whom nobody knows."""
        return "" if self._session.scalar(IS_KNOWN, {"person": person.id}) else STRANGERS

    def accounts_of(self, household_id: int) -> Sequence[Person]:
        """Everyone confirmed to speak for the home who has an account."""
        return self._session.scalars(
            select(Person)
            .join(HouseholdLink, HouseholdLink.person_id == Person.id)
            .where(
                HouseholdLink.household_id == household_id,
                HouseholdLink.confirmed_at.is_not(None),
                Person.account_id.is_not(None),
            )
            .order_by(Person.id)
        ).all()

    def speaker_of(self, household: Household) -> Person:
        """Who speaks for the home: a linked account; else its head, who can only be called."""
        accounts = self.accounts_of(household.id)
        if accounts:
            return accounts[0]
        known = [person for person in self.find_by_phone(household.phone) if person.name == household.head]
        if household.phone and known:
            return known[0]
        head = Person(name=household.head, phone=household.phone, language="", reach=Reach.NEVER_STARTED)
        self._session.add(head)
        self._session.flush()
        return head

    def search(self, words: str, within: Unit, most: int = 8) -> Sequence[Person]:
        """People by part of a name or by phone, among those with a role in the subtree."""
        wanted = words.strip()[:LONGEST_SOUGHT]
        named = or_(Person.name.icontains(wanted, autoescape=True), Person.phone.contains(wanted, autoescape=True))
        return self._session.scalars(
            select(Person)
            .join(Grant, Grant.person_id == Person.id)
            .join(Unit, Unit.id == Grant.unit_id)
            .where(Unit.path.startswith(within.path), named)
            .distinct()
            .order_by(Person.id)
            .limit(most)
        ).all()


def _lies_in(units: Iterable[Unit]) -> ColumnElement[bool]:
    """Whether a unit is one of these or lies below one."""
    return or_(false(), *(Unit.path.startswith(unit.path) for unit in units))


def is_reachable(person: Person) -> bool:
    """Whether a private message may be tried; an imported account counts until a send says otherwise."""
    return person.account_id is not None and person.reach in (Reach.UNKNOWN, Reach.REACHABLE)


def contacts(people: Iterable[Person], role: str = "") -> tuple[Contact, ...]:
    """Whom to call, as others may see them; with their `role` where it matters."""
    return tuple(Contact(person.name, person.phone, role) for person in people)
