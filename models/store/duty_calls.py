"""Every question about calls to those on duty: weekly tests, and alarms that ring one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import AlarmRing, DutyTest
from models.rules.reports import Seat
from models.store.missing import NotThere


class DutyCalls:
    """What must be answered."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def require_test(self, test_id: int) -> DutyTest:
        """The test call. Raises NotThere when there is none."""
        test = self._session.get(DutyTest, test_id)
        if test is None:
            raise NotThere(f"no test call {test_id}")
        return test

    def test(self, unit_id: int, person_id: int, week: date, now: datetime, within: timedelta) -> DutyTest | None:
        """A test call for this week; None when the person had theirs at this unit."""
        known = self._session.scalar(
            select(DutyTest.id).where(
                DutyTest.unit_id == unit_id, DutyTest.person_id == person_id, DutyTest.week == week
            )
        )
        if known is not None:
            return None
        test = DutyTest(unit_id=unit_id, person_id=person_id, week=week, called_at=now, due_at=now + within)
        self._session.add(test)
        self._session.flush()
        return test

    def untapped(self, now: datetime, most: int) -> Sequence[DutyTest]:
        """Test calls that nobody tapped in time."""
        return self._session.scalars(
            select(DutyTest).where(DutyTest.due_at <= now).order_by(DutyTest.due_at).limit(most)
        ).all()

    def ring_on(self, report_id: int, seat: Seat, due_at: datetime) -> None:
        """Let the alarm go on at this desk at that time; one that rings there already goes on as it does."""
        ringing = self._session.scalar(
            select(AlarmRing).where(
                AlarmRing.report_id == report_id, AlarmRing.unit_id == seat.unit_id, AlarmRing.rung == seat.rung
            )
        )
        if ringing is None:
            self._session.add(
                AlarmRing(report_id=report_id, unit_id=seat.unit_id, rung=seat.rung, tried=0, due_at=due_at)
            )

    def ringing(self, now: datetime, most: int) -> Sequence[AlarmRing]:
        """Alarms whose next person is to be rung."""
        return self._session.scalars(
            select(AlarmRing).where(AlarmRing.due_at <= now).order_by(AlarmRing.due_at).limit(most)
        ).all()
