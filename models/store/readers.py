"""Every question about who reads confidential reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Grant, Person, Report
from models.rules import confidential as rules
from models.rules.confidential import Confidant
from models.rules.desks import speaking_order
from models.rules.roles import CONFIDANTS, OFFICE_DESK, Role
from models.rules.triage import Category, Urgency
from models.store.people import is_reachable


class Readers:
    """The few who are named for what nobody else may read."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, report: Report, apart: Collection[int], on_duty: Collection[int]) -> list[Person]:
        """Who reads a confidential report at the unit that holds it, `apart` left out; in danger whoever is on duty."""
        is_danger = report.urgency is Urgency.P1
        order = speaking_order(Category.EMERGENCY if is_danger else report.category)
        places = {role: place for place, role in enumerate(order)}
        roles_of = {
            person: roles
            for person, roles in self._roles_at(report.holder_id).items()
            if is_reachable(person) and person.id not in apart
        }

        def comes_first(person: Person) -> tuple[bool, int]:
            is_off_duty = is_danger and person.id not in on_duty
            return is_off_duty, min(places.get(role, len(places)) for role in roles_of[person])

        called = sorted(roles_of, key=comes_first)
        people = [Confidant(person.id, frozenset(roles_of[person])) for person in called]
        by_id = {person.id: person for person in called}
        return [by_id[each] for each in rules.readers(people, report.ground, is_danger=is_danger)]

    def has_guardian(self, unit_id: int) -> bool:
        """Whether somebody who can be reached is named there for what happens at home."""
        people = self._roles_at(unit_id).items()
        return any(Role.GUARDIAN in roles and is_reachable(person) for person, roles in people)

    def _roles_at(self, unit_id: int) -> dict[Person, set[Role]]:
        """Who could read there, each with their roles in that unit."""
        rows = self._session.execute(
            select(Person, Grant.role)
            .join(Grant, Grant.person_id == Person.id)
            .where(Grant.unit_id == unit_id, Grant.role.in_(list(OFFICE_DESK | CONFIDANTS)), Grant.ended_at.is_(None))
            .order_by(Person.id)
        )
        roles: defaultdict[Person, set[Role]] = defaultdict(set)
        for person, role in rows:
            roles[person].add(role)
        return roles
