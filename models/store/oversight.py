"""What those who look after the desks ask: what was late, and where staff knew better than triage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records import Aspect, Person, Report, ReportBreach, ReportCorrection, ReportStep
from models.rules.claims import Breach
from models.rules.reports import Step


class Oversight:
    """What was kept about reports for whoever answers for the desks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def correct(self, report: Report, aspect: Aspect, after: str, now: datetime, by: Person) -> None:
        """Keep that staff knew better than what the report says of itself now."""
        before = str(getattr(report, aspect.value))
        self._session.add(
            ReportCorrection(report_id=report.id, at=now, person_id=by.id, aspect=aspect, before=before, after=after)
        )

    def corrected(self) -> Sequence[Report]:
        """Every report about which staff ever knew better, oldest first."""
        known = select(ReportCorrection.report_id)
        return self._session.scalars(select(Report).where(Report.id.in_(known)).order_by(Report.id)).all()

    def breach(self, report: Report, kind: Breach, since: datetime, now: datetime) -> bool:
        """Keep that something was not done in time; False when that very thing is on record already."""
        known = select(ReportBreach.id).where(
            ReportBreach.report_id == report.id, ReportBreach.kind == kind, ReportBreach.since == since
        )
        if self._session.scalar(known) is not None:
            return False
        self._session.add(
            ReportBreach(
                report_id=report.id,
                kind=kind,
                since=since,
                unit_id=report.holder_id,
                rung=report.rung,
                person_id=report.taken_by_id,
                at=now,
            )
        )
        return True

    def chased_since(self, report: Report, since: datetime) -> int:
        """How often whoever took it up has been reminded since then."""
        chases = select(func.count(ReportStep.id)).where(
            ReportStep.report_id == report.id, ReportStep.step == Step.CHASED, ReportStep.at >= since
        )
        return self._session.scalar(chases) or 0
