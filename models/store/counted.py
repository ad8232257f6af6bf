"""Which homes count in which round: while it is open those that live there, once it is closed those it asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, union, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.records import CheckinAnswer, CheckinAnswerChange, CheckinSilence, Household, Round
from models.rules.rounds import RoundState, credited, standing
from models.store.known import find_by


class Counted:
    """The homes a round counts: each in one of its figures, and answered, tried and silent homes make up them all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open_in(self, unit_ids: Iterable[int]) -> Sequence[Round]:
        """The open rounds of these communities."""
        return self._session.scalars(
            select(Round).where(Round.unit_id.in_(list(unit_ids)), Round.state == RoundState.OPEN).order_by(Round.id)
        ).all()

    def recount(self, round_: Round) -> None:
        """Let the round expect every home that counts in it: asked, or answered all the same."""
        self._session.flush()
        answered = select(CheckinAnswer.household_id).where(CheckinAnswer.round_id == round_.id)
        homes = union(answered, _asked_after_closing(round_) if round_.state is RoundState.CLOSED else _asked(round_))
        round_.expected = self._session.scalar(select(func.count()).select_from(homes.subquery())) or 0

    def settle(self, round_ids: Collection[int]) -> None:
        """These rounds close: keep who was silent. From now on no home comes, leaves or moves in their figures."""
        if not round_ids:
            return
        self._session.flush()
        heard_of = select(CheckinAnswer.id).where(
            CheckinAnswer.round_id == Round.id, CheckinAnswer.household_id == Household.id
        )
        silent = (
            select(Round.id, Household.id)
            .join(Household, Household.unit_id == Round.unit_id)
            .where(Round.id.in_(round_ids), is_expected(Round.day), ~heard_of.exists())
        )
        self._session.execute(insert(CheckinSilence).from_select(["round_id", "household_id"], silent))

    def round_of(self, home: Household, round_: Round) -> Round | None:
        """The round of the same day in which the home counts, which is another when it has moved; None when in none."""
        is_its_own = home.unit_id == round_.unit_id and home.answered_elsewhere_on != round_.day
        if is_its_own and round_.state is RoundState.OPEN:
            return round_
        answered = select(CheckinAnswer.round_id).where(CheckinAnswer.household_id == home.id)
        silent = select(CheckinSilence.round_id).where(CheckinSilence.household_id == home.id)
        knowing = select(Round).where(Round.day == round_.day, or_(Round.id.in_(answered), Round.id.in_(silent)))
        return self._session.scalar(knowing.limit(1)) or self._round_on(home.unit_id, round_.day)

    def take_along(self, home: Household, former_unit_id: int) -> Sequence[Round]:
        """The home moved: its place in a day's round goes along when the round it belongs to now is open.

        Where that one is not, its place stays in the round that asked it, and it is not asked again on that day. The
        rounds it left.
        """
        self._session.flush()
        left = []
        for new in self.open_in([home.unit_id]):
            former = self._round_on(former_unit_id, new.day)
            if former is not None and self._give_up_place(home, former, new):
                self.recount(former)
                left.append(former)
        home.answered_elsewhere_on = self._newest_answered_elsewhere(home)
        return left

    def _newest_answered_elsewhere(self, home: Household) -> dt.date | None:
        """The newest day whose round it answered in a community it does not live in."""
        self._session.flush()
        answered = select(func.max(Round.day)).join(CheckinAnswer, CheckinAnswer.round_id == Round.id)
        of_home = (CheckinAnswer.household_id == home.id, CheckinAnswer.answer.is_not(None))
        return self._session.scalar(answered.where(*of_home, Round.unit_id != home.unit_id))

    def _give_up_place(self, home: Household, former: Round, new: Round) -> bool:
        """Whether the home had one: its answer goes along, its silence is over."""
        answer, silence = self._answer(former, home), self._silence(former, home)
        known = self._answer(new, home)
        if answer is not None and known is not None:
            self._add_up(answer, known)
        elif answer is not None:
            answer.round_id = new.id
        if silence is not None:
            self._session.delete(silence)
        return answer is not None or silence is not None

    def merge(self, home: Household, into: Household) -> None:
        """The home went up in another: what it said in an open round, that one has said; the worse of both stands."""
        self._session.flush()
        for round_ in self.open_in([home.unit_id]):
            said, known = self._answer(round_, home), self._answer(round_, into)
            if said is not None and known is None:
                said.household_id = into.id
            elif said is not None and known is not None:
                self._add_up(said, known)

    def _add_up(self, said: CheckinAnswer, known: CheckinAnswer) -> None:
        """Let `known` stand for both answers, with the history of both."""
        if said.answer is not None:
            known.source = credited(known.source, said.source) if known.answer else said.source
            known.first_at = min(known.first_at, said.first_at) if known.answer else said.first_at
        known.answer, known.at = standing(known.answer, said.answer), max(known.at, said.at)
        known.report_id = known.report_id or said.report_id
        changes = update(CheckinAnswerChange).where(CheckinAnswerChange.answer_id == said.id)
        self._session.execute(changes.values(answer_id=known.id))
        self._session.delete(said)

    def _answer(self, round_: Round, home: Household) -> CheckinAnswer | None:
        return find_by(self._session, CheckinAnswer, round_id=round_.id, household_id=home.id)

    def _silence(self, round_: Round, home: Household) -> CheckinSilence | None:
        return find_by(self._session, CheckinSilence, round_id=round_.id, household_id=home.id)

    def _round_on(self, unit_id: int, day: dt.date) -> Round | None:
        return find_by(self._session, Round, unit_id=unit_id, day=day)


def is_expected(day: dt.date | ColumnElement[dt.date] | InstrumentedAttribute[dt.date]) -> ColumnElement[bool]:
    """Whether a home is asked in the round of that day, as `Household.is_asked_on` says it of one."""
    left_in_peace = (Household.away_until, Household.mourns_until)
    elsewhere = Household.answered_elsewhere_on
    return and_(
        Household.ended_at.is_(None),
        or_(elsewhere.is_(None), elsewhere != day),
        *(or_(until.is_(None), until < day) for until in left_in_peace),
    )


def _asked(round_: Round) -> Select[int]:
    return select(Household.id).where(Household.unit_id == round_.unit_id, is_expected(round_.day))


def _asked_after_closing(round_: Round) -> Select[int]:
    return select(CheckinSilence.household_id).where(CheckinSilence.round_id == round_.id)
