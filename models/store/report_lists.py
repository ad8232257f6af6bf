"""Every question that is answered by a list of reports: what waits, what is alike, what was looked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.notices.queues import QueueLine
from models.records import Household, Report, Unit
from models.rules.reports import PENDING, Seat
from models.rules.triage import Category, Urgency
from models.rules.words import fold, sought


class ReportLists:
    """Reports, several at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def pending_at(self, seats: Collection[Seat], below: Iterable[Unit]) -> Sequence[Report]:
        """What waits at these desks or in these subtrees, the most urgent and oldest first.

        A danger waits at every desk on its way, whichever of them holds it.
        """
        origin = aliased(Unit)
        desks = [and_(Report.holder_id == seat.unit_id, Report.rung == seat.rung) for seat in seats]
        subtrees = [Unit.path.startswith(unit.path) for unit in below]
        way = func.coalesce(origin.path, Unit.path)
        passed = [way.contains(f"/{seat.unit_id}/") for seat in seats]
        return self._session.scalars(
            select(Report)
            .join(Unit, Unit.id == Report.holder_id)
            .outerjoin(origin, origin.id == Report.origin_id)
            .where(
                Report.state.in_(PENDING),
                or_(False, *desks, *subtrees, and_(Report.urgency == Urgency.P1, or_(False, *passed))),
            )
            .order_by(Report.urgency, Report.filed_at, Report.id)
        ).all()

    def near(self, report: Report, since: datetime, *conditions: ColumnElement[bool]) -> Sequence[Report]:
        """Other reports since then from the same village, or held with it while nobody knows the place; newest first.

        What is confidential is like nothing else.
        """
        place = self._in_village(report) if report.origin_id else Report.holder_id == report.holder_id
        return self._session.scalars(
            select(Report)
            .outerjoin(Unit, Unit.id == Report.origin_id)
            .where(place, Report.id != report.id, Report.filed_at >= since, Report.confidential.is_(False), *conditions)
            .order_by(Report.id.desc())
        ).all()

    def of_kinds_near(
        self, report: Report, kinds: Collection[Category], since: datetime, *, untold: bool = False
    ) -> Sequence[Report]:
        """The report and those of such kinds from its village since then, oldest first; or what no alert told yet."""
        conditions = [Report.category.in_(kinds), *([Report.patterned_at.is_(None)] if untold else [])]
        own = [report] if report.category in kinds and not (untold and report.patterned_at) else []
        return sorted([*own, *self.near(report, since, *conditions)], key=lambda each: each.id)

    def search(self, words: str, within: Sequence[Unit], most: int) -> Sequence[Report]:
        """Reports of these subtrees whose words, or whose home's number or head, are these; newest first."""
        told = [Report.folded.contains(part, autoescape=True) for part in sought(words)]
        homes = self._session.execute(
            select(Household.id, Household.number, Household.head)
            .join(Unit, Unit.id == Household.unit_id)
            .where(or_(False, *(Unit.path.startswith(unit.path) for unit in within)))
        )
        wanted = fold(words).strip()
        named = [home_id for home_id, number, head in homes if number == words.strip() or wanted in fold(head)]
        return self._found(or_(and_(*told), Report.household_id.in_(named)), within, most)

    def filed_between(self, start: datetime, end: datetime, within: Iterable[Unit], most: int) -> Sequence[Report]:
        """Reports from, or held in, these subtrees that came in then; newest first."""
        return self._found(and_(Report.filed_at >= start, Report.filed_at < end), within, most)

    def line(self, report: Report) -> QueueLine:
        """The report as one line of a list: no names and no words."""
        origin = self._session.get(Unit, report.origin_id) if report.origin_id else None
        village = (origin.village or origin.name) if origin else ""
        return QueueLine(
            report.id, report.code, report.state, report.category, report.urgency, village, report.filed_at
        )

    def _found(self, condition: ColumnElement[bool], within: Iterable[Unit], most: int) -> Sequence[Report]:
        origin, holder = aliased(Unit), aliased(Unit)
        places = [or_(origin.path.startswith(unit.path), holder.path.startswith(unit.path)) for unit in within]
        return self._session.scalars(
            select(Report)
            .outerjoin(origin, origin.id == Report.origin_id)
            .join(holder, holder.id == Report.holder_id)
            .where(condition, or_(False, *places))
            .order_by(Report.id.desc())
            .limit(most)
        ).all()

    def _in_village(self, report: Report) -> ColumnElement[bool]:
        """Whether a report comes from the same village; a community without one is a village of its own."""
        unit = self._session.get_one(Unit, report.origin_id)
        if not unit.village:
            return Report.origin_id == unit.id
        return and_(Unit.village == unit.village, Unit.parent_id == unit.parent_id)
