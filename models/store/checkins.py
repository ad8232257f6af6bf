"""Every question about check-in rounds and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.notices import Contact
from models.notices.call_lists import AnswerRefused
from models.records import (
    AuditEntry,
    CheckinAnswer,
    CheckinAnswerChange,
    Grant,
    Household,
    HouseholdLink,
    Person,
    Reach,
    Round,
    Unit,
)
from models.rules.checkins import Answer, Source
from models.rules.roles import Role
from models.rules.rounds import (
    LATE_FOR,
    LOOKS_AFTER,
    RoundState,
    credited,
    may_answer_for,
    standing,
)
from models.store.counted import is_expected
from models.store.known import find_by
from models.store.missing import NotThere
from models.store.people import People, contacts, is_reachable
from models.store.prepared import ANSWERED_IN
from models.store.tallies import Tallies

#: How many people a home is told to call.
_CALLED_BY_HOMES = 2


@dataclass(frozen=True, slots=True)
class Expected:
    """How many homes a round asks."""

    homes: int = 0
    privately: int = 0  #: Those of them that prefer a message of their own.


@dataclass(frozen=True, slots=True)
class AskedHome:
    """A home to be asked privately in a round, and the one account to ask."""

    round_id: int
    household_id: int
    number: str
    language: str
    account_id: int


class Checkins:
    """Rounds and answers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.tallies = Tallies(session)

    def due(self, now: datetime, most: int) -> Sequence[tuple[Round, str]]:
        """Rounds whose next step is due, longest overdue first, each with the path of its community."""
        rows = self._session.execute(
            select(Round, Unit.path)
            .join(Unit, Unit.id == Round.unit_id)
            .where(Round.due_at <= now)
            .order_by(Round.due_at, Round.id)
            .limit(most)
        )
        return [(round_, path) for round_, path in rows]

    def require_round(self, round_id: int) -> Round:
        """The round. Raises NotThere when there is none."""
        round_ = self.find_round(round_id)
        if round_ is None:
            raise NotThere(f"no round {round_id}")
        return round_

    def find_round(self, round_id: int) -> Round | None:
        return self._session.get(Round, round_id)

    def find_current(self, unit_id: int, now: datetime) -> Round | None:
        """The community's round that takes answers: the open one, or else one closed less than a day ago."""
        return self._session.scalar(
            select(Round).where(Round.unit_id == unit_id, _takes_answers(now)).order_by(Round.day.desc()).limit(1)
        )

    def opens_next_at(self, unit_id: int) -> datetime | None:
        """When the community's next round opens; None when none is planned."""
        return self._session.scalar(
            select(Round.opens_at)
            .where(Round.unit_id == unit_id, Round.state == RoundState.SCHEDULED)
            .order_by(Round.day)
            .limit(1)
        )

    def count_skipped(self, since: dt.date) -> tuple[int, int]:
        """How many steps of rounds since that day were skipped, and of how many communities."""
        steps, units = self._session.execute(
            select(func.sum(Round.skipped_steps), func.count(Round.unit_id.distinct())).where(
                Round.day >= since, Round.skipped_steps > 0
            )
        ).one()
        return int(steps or 0), int(units)

    def find_answer(self, round_id: int, household_id: int) -> CheckinAnswer | None:
        return find_by(self._session, CheckinAnswer, round_id=round_id, household_id=household_id)

    def answers_of(self, round_id: int) -> dict[int, CheckinAnswer]:
        """What is known of each home that answered or was tried, by household id."""
        found = self._session.scalars(select(CheckinAnswer).where(CheckinAnswer.round_id == round_id))
        return {answer.household_id: answer for answer in found}

    def keep(
        self,
        earlier: CheckinAnswer | None,
        round_: Round,
        household_id: int,
        given: Answer | None,
        source: Source,
        by: Person,
        at: datetime,
    ) -> CheckinAnswer:
        """Keep an answer with its history; the worst one of the round stands. None: tried and not reached."""
        kept = earlier
        if kept is None:
            kept = CheckinAnswer(round_id=round_.id, household_id=household_id, answer=given, source=source)
            kept.by_id, kept.first_at, kept.at = by.id, at, at
            self._session.add(kept)
            self._session.flush()
        elif given is not None:
            kept.source = credited(kept.source, source)
            kept.first_at = kept.first_at if kept.answer else at
            kept.answer, kept.by_id, kept.at = standing(kept.answer, given), by.id, at
        self._session.add(CheckinAnswerChange(answer_id=kept.id, answer=given, source=source, by_id=by.id, at=at))
        return kept

    def asked_in_private(self, round_ids: Collection[int], everyone_in: Collection[int]) -> Sequence[AskedHome]:
        """The homes without an answer to be asked privately in these rounds.

        Those who prefer it; in the communities `everyone_in`, as where no group exists, all that can be reached. Who
        wants no messages, or is away, is not asked.
        """
        has_answered = select(CheckinAnswer.id).where(
            CheckinAnswer.round_id == Round.id,
            CheckinAnswer.household_id == Household.id,
            CheckinAnswer.answer.is_not(None),
        )
        rows = self._session.execute(
            select(Round.id, Household.id, Household.number, Household.language, Person.account_id)
            .join(Household, Household.unit_id == Round.unit_id)
            .join(HouseholdLink, HouseholdLink.household_id == Household.id)
            .join(Person, Person.id == HouseholdLink.person_id)
            .where(
                Round.id.in_(round_ids),
                is_expected(Round.day),
                Household.opted_out.is_(False),
                or_(Household.prompted_privately, Household.unit_id.in_(everyone_in)),
                HouseholdLink.confirmed_at.is_not(None),
                Person.reach.in_([Reach.UNKNOWN, Reach.REACHABLE]),
                ~has_answered.exists(),
            )
            .order_by(Round.id, Household.id, HouseholdLink.id)
        )
        first: dict[tuple[int, int], AskedHome] = {}
        for round_id, household_id, number, language, account_id in rows:
            if account_id is not None:
                asked = AskedHome(round_id, household_id, number, language, account_id)
                first.setdefault((round_id, household_id), asked)
        return list(first.values())

    def count_expected(self, round_ids: Iterable[int]) -> dict[int, Expected]:
        """How many homes each of these rounds asks, by round id; rounds that ask none are left out."""
        privately = and_(Household.prompted_privately, Household.opted_out.is_(False))
        rows = self._session.execute(
            select(Round.id, func.count(Household.id), func.count(case((privately, 1))))
            .join(Household, Household.unit_id == Round.unit_id)
            .where(Round.id.in_(list(round_ids)), is_expected(Round.day))
            .group_by(Round.id)
        )
        return {round_id: Expected(homes, privately) for round_id, homes, privately in rows}

    def count_answered(self, round_ids: Iterable[int]) -> dict[int, int]:
        """How many homes answered in each of these rounds, by round id; rounds without an answer are left out."""
        rows = self._session.execute(ANSWERED_IN, {"rounds": list(round_ids)})
        return dict(row for row in rows)

    def staffed_by(self, person_id: int, now: datetime) -> Sequence[tuple[Round, Unit]]:
        """The rounds that take answers in the communities whose team, or village head, this person is."""
        rows = self._session.execute(
            select(Round, Unit)
            .join(Unit, Unit.id == Round.unit_id)
            .join(Grant, Grant.unit_id == Unit.id)
            .where(
                Grant.person_id == person_id,
                Grant.role.in_(LOOKS_AFTER),
                Grant.ended_at.is_(None),
                _takes_answers(now),
            )
            .order_by(Unit.id, Round.day.desc())
        )
        newest: dict[int, tuple[Round, Unit]] = {}
        for round_, unit in rows:
            newest.setdefault(unit.id, (round_, unit))
        return list(newest.values())

    def newest_day(self, unit: Unit) -> dt.date | None:
        """The day of the newest round below the unit that has opened; None when none has."""
        return self._session.scalar(
            select(Round.day)
            .join(Unit, Unit.id == Round.unit_id)
            .where(Unit.path.startswith(unit.path), Round.state.in_([RoundState.OPEN, RoundState.CLOSED]))
            .order_by(Round.day.desc())
            .limit(1)
        )

    def refusal(self, unit: Unit, apart_from: Person | None = None) -> AnswerRefused:
        """What someone is told who may not answer for this community: who can."""
        callers = self.callers_of(unit, with_heads=True)
        able = contacts(each for each in callers if each is not apart_from)
        return AnswerRefused(unit=unit.name, contacts=able)

    def callers_of(self, unit: Unit, *, with_heads: bool = False) -> Sequence[Person]:
        """Who looks after the community's homes and can be reached: its team, with its village heads if asked.

        Where nobody of the team can be reached it is the village head, then the officers right above.
        """
        people = People(self._session)
        wanted = [Role.TEAM, Role.VILLAGE_HEAD] if with_heads else [Role.TEAM]
        rungs = [(unit.id, wanted), (unit.id, [Role.VILLAGE_HEAD]), (unit.parent_id, [Role.OFFICER])]
        found = (
            [person for person in people.holding(place, roles) if is_reachable(person)]
            for place, roles in rungs
            if place is not None
        )
        return next((reachable for reachable in found if reachable), [])

    def whom_to_call(self, unit: Unit) -> tuple[Contact, ...]:
        """Those of them a home there is told to call: two at most, in the order in which to try."""
        return contacts(self.callers_of(unit))[:_CALLED_BY_HOMES]

    def may_answer_for(self, person_id: int, unit: Unit) -> bool:
        """Whether this person may answer on behalf of the community's homes, by the roles held now."""
        return may_answer_for(*People(self._session).roles_around(person_id, unit))

    def was_recorded(self, person_id: int, action: str, subject: str, since: datetime) -> bool:
        """Whether the audit holds this of this person since then."""
        entry = select(AuditEntry.id).where(
            AuditEntry.at >= since,
            AuditEntry.person_id == person_id,
            AuditEntry.action == action,
            AuditEntry.subject == subject,
        )
        return self._session.scalar(entry.limit(1)) is not None


def _takes_answers(now: datetime) -> ColumnElement[bool]:
    recently_closed = and_(Round.state == RoundState.CLOSED, Round.closes_at > now - LATE_FOR)
    return or_(Round.state == RoundState.OPEN, recently_closed)
