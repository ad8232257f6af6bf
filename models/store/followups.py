"""Every question about follow-ups and readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import FollowUp, FollowUpChange, Household, Person, Reading, Resident, Unit
from models.rules.followups import FollowUpEvent, FollowUpState
from models.rules.vitals import RedFlag, Vitals
from models.rules.words import fold
from models.store.missing import NotThere


class FollowUps:
    """Whose health is followed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require(self, follow_up_id: int) -> FollowUp:
        """The follow-up. Raises NotThere when there is none."""
        found = self._session.get(FollowUp, follow_up_id)
        if found is None:
            raise NotThere(f"no follow-up {follow_up_id}")
        return found

    def add(self, follow_up: FollowUp) -> None:
        self._session.add(follow_up)
        self._session.flush()

    def due(self, now: datetime, most: int) -> Sequence[FollowUp]:
        """Follow-ups whose next step is due, longest overdue first."""
        return self._session.scalars(
            select(FollowUp)
            .where(FollowUp.state == FollowUpState.RUNNING, FollowUp.due_at <= now)
            .order_by(FollowUp.due_at, FollowUp.id)
            .limit(most)
        ).all()

    def running_at(self, household_ids: Iterable[int]) -> Sequence[FollowUp]:
        """The follow-ups that run in these homes, in the order they began."""
        return self._session.scalars(
            select(FollowUp)
            .where(FollowUp.household_id.in_(list(household_ids)), FollowUp.state == FollowUpState.RUNNING)
            .order_by(FollowUp.id)
        ).all()

    def of_somebody(
        self, household_id: int, resident: Resident | None, states: Collection[FollowUpState]
    ) -> Sequence[FollowUp]:
        """The follow-ups of one resident of a home, by name where they were not listed; None: of everybody there."""
        found = self._session.scalars(
            select(FollowUp)
            .where(FollowUp.household_id == household_id, FollowUp.state.in_(states))
            .order_by(FollowUp.id)
        ).all()
        return [each for each in found if resident is None or _is_about(each, resident)]

    def last_event(self, follow_up: FollowUp) -> FollowUpEvent:
        """What happened to it last."""
        return self.changes_of(follow_up)[-1].event

    def running_in(self, units: Iterable[Unit]) -> Sequence[tuple[FollowUp, Household]]:
        """The follow-ups that run in these communities, those that end first first."""
        rows = self._session.execute(
            select(FollowUp, Household)
            .join(Household, Household.id == FollowUp.household_id)
            .where(Household.unit_id.in_([unit.id for unit in units]), FollowUp.state == FollowUpState.RUNNING)
            .order_by(FollowUp.last_day, FollowUp.id)
        )
        return [(follow_up, home) for follow_up, home in rows]

    def find_resident(self, household_id: int, name: str) -> Resident | None:
        """Who of the home is meant by a name typed without marks, or by a part of it; None when that is not clear."""
        residents = self._session.scalars(
            select(Resident).where(Resident.household_id == household_id, Resident.ended_at.is_(None))
        ).all()
        wanted = fold(name).split()
        fitting = [each for each in residents if wanted and set(wanted) <= set(fold(each.name).split())]
        return fitting[0] if len(fitting) == 1 else None

    def note(
        self, follow_up: FollowUp, event: FollowUpEvent, now: datetime, by: Person | None, words: str = ""
    ) -> None:
        """Keep what happened, as it is from then on."""
        self._session.add(
            FollowUpChange(
                follow_up_id=follow_up.id,
                at=now,
                event=event,
                by_id=by.id if by else None,
                subject=follow_up.subject,
                protocol=follow_up.protocol,
                last_day=follow_up.last_day,
                words=words,
            )
        )

    def changes_of(self, follow_up: FollowUp) -> Sequence[FollowUpChange]:
        """What happened to it, oldest first."""
        return self._session.scalars(
            select(FollowUpChange).where(FollowUpChange.follow_up_id == follow_up.id).order_by(FollowUpChange.id)
        ).all()

    def keep_reading(
        self, follow_up: FollowUp, vitals: Vitals, flags: Iterable[RedFlag], words: str, by: Person, now: datetime
    ) -> Reading:
        """Keep what was measured."""
        reading = Reading(
            follow_up_id=follow_up.id,
            at=now,
            by_id=by.id,
            temperature=vitals.temperature,
            oxygen=vitals.oxygen,
            breaths=vitals.breaths,
            pulse=vitals.pulse,
            systolic=vitals.systolic,
            diastolic=vitals.diastolic,
            flags=" ".join(flags),
            words=words,
        )
        follow_up.measured_at = now
        self._session.add(reading)
        self._session.flush()
        return reading

    def last_readings(self, follow_up: FollowUp, most: int) -> Sequence[Reading]:
        """What was measured last, the newest first."""
        return self._session.scalars(
            select(Reading).where(Reading.follow_up_id == follow_up.id).order_by(Reading.id.desc()).limit(most)
        ).all()


def _is_about(follow_up: FollowUp, resident: Resident) -> bool:
    if follow_up.resident_id is not None:
        return follow_up.resident_id == resident.id
    return fold(follow_up.name) == fold(resident.name)
