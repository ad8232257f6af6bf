"""Every question about the figures of a day: what was sent, what the register knows, and what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from models.records import DayForm, DaySending, DaySheet, FollowUp, Gathering, Household, Person, Resident, Round, Unit
from models.records.day_figures import origins_from
from models.rules.day_figures import FIGURES, DayFigures, Origin, Timed, add_up
from models.rules.followups import FollowUpState
from models.rules.protocols import Subject
from models.rules.rounds import RoundState
from models.store.arrivals import Arrivals
from models.store.known import find_by
from models.store.tallies import Tallies


@dataclass(frozen=True, slots=True)
class Sent:
    """A community, and when it sent about a day; None: not yet."""

    unit_id: int
    path: str  #: Ids from the root to itself, "/1/4/17/".
    first_at: datetime | None
    at: datetime | None  #: When it last did.


class DaySheets:
    """What communities counted, day by day."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, unit_id: int, day: dt.date) -> DaySheet | None:
        return find_by(self._session, DaySheet, unit_id=unit_id, day=day)

    def keep(self, unit_id: int, day: dt.date, figures: DayFigures, words: str, by: Person, now: datetime) -> DaySheet:
        """Let these figures stand for that community and day, whatever stood before; every sending is kept."""
        sheet = self.find(unit_id, day)
        if sheet is None:
            sheet = DaySheet(unit_id=unit_id, day=day, first_at=now)
            self._session.add(sheet)
        sheet.figures, sheet.words, sheet.by_id, sheet.at = figures, words, by.id, now
        self._session.flush()
        sending = DaySending(sheet_id=sheet.id, by_id=by.id, at=now, words=words)
        sending.figures = figures
        self._session.add(sending)
        return sheet

    def sendings_of(self, sheet: DaySheet) -> Sequence[DaySending]:
        """Everything that ever stood on it, in the order in which it was sent."""
        return self._session.scalars(
            select(DaySending).where(DaySending.sheet_id == sheet.id).order_by(DaySending.id)
        ).all()

    def sent_below(self, unit: Unit, day: dt.date, tier: str) -> Sequence[Sent]:
        """Every community of the subtree, each once, in the order of the register."""
        rows = self._session.execute(
            select(Unit.id, Unit.path, DaySheet.first_at, DaySheet.at)
            .outerjoin(DaySheet, and_(DaySheet.unit_id == Unit.id, DaySheet.day == day))
            .where(Unit.path.startswith(unit.path), Unit.tier == tier)
            .order_by(Unit.id)
        )
        return [Sent(unit_id, path, first_at, at) for unit_id, path, first_at, at in rows]

    def unsent_below(self, unit: Unit, day: dt.date, tier: str) -> Sequence[Unit]:
        """The communities of the subtree that have not sent about that day."""
        sent = select(DaySheet.id).where(DaySheet.unit_id == Unit.id, DaySheet.day == day)
        return self._session.scalars(
            select(Unit).where(Unit.path.startswith(unit.path), Unit.tier == tier, ~sent.exists()).order_by(Unit.id)
        ).all()

    def total_below(self, unit: Unit, day: dt.date) -> DayFigures:
        """What the communities of the subtree counted that day, added up by the database."""
        below = (Unit.path.startswith(unit.path), DaySheet.day == day)
        sums = [func.sum(getattr(DaySheet, name)) for name in FIGURES]
        counted = self._session.execute(select(*sums).join(Unit, Unit.id == DaySheet.unit_id).where(*below)).one()
        # Most teams say the same of where people came from, so each way of saying it is read once.
        written = self._session.execute(
            select(DaySheet.origins, func.count(DaySheet.id))
            .join(Unit, Unit.id == DaySheet.unit_id)
            .where(*below, DaySheet.origins != "[]")
            .group_by(DaySheet.origins)
        )
        came = [Origin(each.place, each.people * times) for text, times in written for each in origins_from(text)]
        origins = add_up([DayFigures(origins=tuple(came))]).origins
        said = {name: int(value) for name, value in zip(FIGURES, counted, strict=True) if value is not None}
        return DayFigures(**said, origins=origins)

    def known(self, unit: Unit, day: dt.date) -> DayFigures:
        """What the register knows of a community and a day without being told; what it cannot know stays unsaid."""
        homes, people = self._who_lives_there(unit.id)
        isolating, cases = self._followed(unit.id, day)
        origins = Arrivals(self._session).origins(unit, day)
        listed = DayFigures(
            homes=homes,
            people=people,
            returnees=sum(origin.people for origin in origins) or None,
            isolating=isolating,
            cases=cases,
            origins=origins,
        )
        asked = find_by(self._session, Round, unit_id=unit.id, day=day)
        tally = Tallies(self._session).of(asked) if asked and asked.state in _HEARD else None
        if tally is None or not tally.answered:
            return listed
        return replace(
            listed,
            visited=tally.answered,
            no_answer=tally.unreachable + tally.silent,
            ill=tally.ill,
            relief=tally.need_help,
        )

    def _who_lives_there(self, unit_id: int) -> tuple[int | None, int | None]:
        """Homes and people of the list; people only when every home says how many, or names them."""
        listed = (
            select(func.count(Resident.id))
            .where(Resident.household_id == Household.id, Resident.ended_at.is_(None))
            .scalar_subquery()
        )
        rows = self._session.execute(
            select(Household.members, listed).where(Household.unit_id == unit_id, Household.ended_at.is_(None))
        ).all()
        sizes = [members or named for members, named in rows]
        return len(rows) or None, sum(sizes) if sizes and all(sizes) else None

    def _followed(self, unit_id: int, day: dt.date) -> tuple[int | None, int | None]:
        """Who is at home alone, and who is ill with it; nobody followed is nothing known."""
        rows = self._session.execute(
            select(FollowUp.subject, FollowUp.isolates_until)
            .join(Household, Household.id == FollowUp.household_id)
            .where(Household.unit_id == unit_id, FollowUp.state == FollowUpState.RUNNING, FollowUp.begins_on <= day)
        ).all()
        isolating = sum(until is not None and until >= day for _, until in rows)
        cases = sum(subject is Subject.F0 for subject, _ in rows)
        return isolating or None, cases or None

    def find_gathering(self, unit_id: int, day: dt.date) -> Gathering | None:
        return find_by(self._session, Gathering, unit_id=unit_id, day=day)

    def begin(self, unit_id: int, day: dt.date, first: Timed | None) -> Gathering:
        """Let the unit gather on that day, from this step on; None: every step has passed."""
        step, at = first or (None, None)
        gathering = Gathering(unit_id=unit_id, day=day, next_step=step, due_at=at)
        self._session.add(gathering)
        self._session.flush()
        return gathering

    def lacking(self, day: dt.date, community_tier: str, most: int) -> Sequence[Unit]:
        """Units that gather and have not begun to on that day, by one query; usually none."""
        begun = select(Gathering.id).where(Gathering.unit_id == Unit.id, Gathering.day == day)
        return self._session.scalars(
            select(Unit).where(Unit.tier != community_tier, ~begun.exists()).order_by(Unit.id).limit(most)
        ).all()

    def form_of(self, unit_id: int) -> DayForm | None:
        """The unit's own form, when it has one."""
        return self._session.scalar(select(DayForm).where(DayForm.unit_id == unit_id))

    def has_form(self, unit_id: int) -> bool:
        """The same, without reading the file."""
        return self._session.scalar(select(DayForm.id).where(DayForm.unit_id == unit_id)) is not None

    def keep_form(self, unit_id: int, file_name: str, content: bytes, by: Person, now: datetime) -> DayForm:
        """Let this be the unit's form, in place of any it had."""
        form = self.form_of(unit_id)
        if form is None:
            form = DayForm(unit_id=unit_id)
            self._session.add(form)
        form.file_name, form.content, form.by_id, form.at = file_name, content, by.id, now
        return form

    def due(self, now: datetime, most: int) -> Sequence[tuple[Gathering, Unit]]:
        """Gatherings whose next step is due, longest overdue first, with their units."""
        rows = self._session.execute(
            select(Gathering, Unit)
            .join(Unit, Unit.id == Gathering.unit_id)
            .where(Gathering.due_at <= now)
            .order_by(Gathering.due_at, Gathering.id)
            .limit(most)
        )
        return [(gathering, unit) for gathering, unit in rows]


_HEARD = (RoundState.OPEN, RoundState.CLOSED)
