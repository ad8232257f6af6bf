"""Every question about people who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.records import Arrival, Unit
from models.rules.arrivals import SAME_WITHIN, SETTLES_AT_OFFICE, ArrivalState, is_same
from models.rules.day_figures import Origin
from models.rules.roles import Role
from models.rules.words import fold
from models.store.checkins import Checkins
from models.store.missing import NotThere
from models.store.people import People


class Arrivals:
    """Who came, and what became of them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, arrival_id: int) -> Arrival:
        """The arrival. Raises NotThere when there is none."""
        found = self._session.get(Arrival, arrival_id)
        if found is None:
            raise NotThere(f"no arrival {arrival_id}")
        return found

    def add(self, arrival: Arrival) -> None:
        self._session.add(arrival)
        self._session.flush()

    def find_same(self, unit: Unit, household_id: int | None, name: str, origin: str, on: dt.date) -> Arrival | None:
        """An arrival already reported here, above or below that this one repeats; two homes have two people."""
        around = [int(part) for part in unit.path.split("/") if part]
        known = self._session.scalars(
            select(Arrival)
            .join(Unit, Unit.id == Arrival.unit_id)
            .where(
                or_(Arrival.unit_id.in_(around), Unit.path.startswith(unit.path)),
                Arrival.arrived_on.between(on - SAME_WITHIN, on + SAME_WITHIN),
            )
            .order_by(Arrival.id.desc())
        )
        fitting = (each for each in known if household_id is None or each.household_id in (None, household_id))
        same = (each for each in fitting if is_same(name, origin, on, each.name, each.origin, each.arrived_on))
        return next(same, None)

    def open_in(self, units: Sequence[Unit]) -> Sequence[Arrival]:
        """The arrivals of exactly these units that nobody has settled, oldest first."""
        return self._session.scalars(
            select(Arrival)
            .where(Arrival.unit_id.in_([unit.id for unit in units]), Arrival.state == ArrivalState.OPEN)
            .order_by(Arrival.at, Arrival.id)
        ).all()

    def origins(self, unit: Unit, day: dt.date) -> tuple[Origin, ...]:
        """How many were reported on that day in the subtree, by where they came from, most first."""
        rows = self._session.execute(
            select(Arrival.origin, func.count(Arrival.id))
            .join(Unit, Unit.id == Arrival.unit_id)
            .where(Unit.path.startswith(unit.path), Arrival.counted_on == day)
            .group_by(Arrival.origin)
        )
        counted: dict[str, Origin] = {}
        for place, people in sorted((place, people) for place, people in rows):
            known = counted.get(fold(place), Origin(place, 0))
            counted[fold(place)] = Origin(known.place, known.people + people)
        return tuple(sorted(counted.values(), key=lambda origin: (-origin.people, origin.place)))

    def count_open(self, unit: Unit) -> int:
        """How many in the subtree nobody has settled."""
        counted = (
            select(func.count(Arrival.id))
            .join(Unit, Unit.id == Arrival.unit_id)
            .where(Unit.path.startswith(unit.path), Arrival.state == ArrivalState.OPEN)
        )
        return self._session.scalar(counted) or 0

    def due(self, now: datetime, most: int) -> Sequence[Arrival]:
        """Open arrivals about which it is time to ask, longest overdue first."""
        return self._session.scalars(
            select(Arrival)
            .where(Arrival.state == ArrivalState.OPEN, Arrival.due_at <= now)
            .order_by(Arrival.due_at, Arrival.id)
            .limit(most)
        ).all()

    def may_settle(self, person_id: int, unit: Unit, community_tier: str) -> bool:
        """Whether this person may decide what becomes of those who came to the unit."""
        if unit.tier == community_tier:
            return Checkins(self._session).may_answer_for(person_id, unit)
        here, _, above = People(self._session).roles_around(person_id, unit)
        return not SETTLES_AT_OFFICE.isdisjoint(here) or Role.COMMANDER in above

    def find_destination(self, typed: str, within: Sequence[Unit]) -> Unit | None:
        """The unit these words mean, by code, or by the words of its name; None when that is not clear."""
        wanted = fold(typed).replace(",", " ").split()
        by_code = [unit for unit in within if fold(unit.code) == fold(typed).strip()]
        fitting = by_code or [
            unit for unit in within if wanted and set(wanted) <= {*fold(unit.name).split(), *fold(unit.village).split()}
        ]
        return fitting[0] if len(fitting) == 1 else None
