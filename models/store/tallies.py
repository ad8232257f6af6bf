"""How many homes answered, by whom and when: the figures of rounds, counted by the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from models.records import CheckinAnswer, Round, Unit
from models.rules.checkins import Answer, Source, Tally
from models.rules.rounds import RoundState


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One community's round and its figures."""

    round_id: int
    state: RoundState
    unit_id: int
    path: str  #: Of the community, from the root to itself.
    tally: Tally


class Tallies:
    """The figures of rounds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, round_: Round) -> Tally:
        """The figures of one round."""
        counts = self._session.execute(
            select(*_counts())
            .select_from(Round)
            .outerjoin(CheckinAnswer, CheckinAnswer.round_id == Round.id)
            .where(Round.id == round_.id)
        ).one()
        return _tally(round_.expected, counts)

    def below(self, unit: Unit, day: dt.date) -> Sequence[RoundFigures]:
        """The figures of every round of that day in the unit's subtree, in the order of the register."""
        rows = self._session.execute(
            select(Round.id, Round.state, Unit.id, Unit.path, Round.expected, *_counts())
            .join(Unit, Unit.id == Round.unit_id)
            .outerjoin(CheckinAnswer, CheckinAnswer.round_id == Round.id)
            .where(Unit.path.startswith(unit.path), Round.day == day)
            .group_by(Round.id, Unit.id)
            .order_by(Unit.id)
        )
        return [
            RoundFigures(round_id, state, unit_id, path, _tally(expected, counts))
            for round_id, state, unit_id, path, expected, *counts in rows
        ]


def _counts() -> Sequence[ColumnElement[int]]:
    """Self-reported, on behalf, unreachable, ill, in need, on time."""
    answered = CheckinAnswer.answer.is_not(None)
    counted = (
        and_(answered, CheckinAnswer.source == Source.SELF),
        and_(answered, CheckinAnswer.source != Source.SELF),
        and_(CheckinAnswer.round_id.is_not(None), CheckinAnswer.answer.is_(None)),
        CheckinAnswer.answer == Answer.SOMEONE_ILL,
        CheckinAnswer.answer == Answer.NEED_HELP,
        and_(answered, CheckinAnswer.first_at <= Round.closes_at),
    )
    return [func.count(case((condition, 1))) for condition in counted]


def _tally(expected: int, counts: Iterable[int]) -> Tally:
    own, on_behalf, unreachable, ill, need_help, on_time = counts
    return Tally(
        expected=expected,
        self_reported=own,
        on_behalf=on_behalf,
        unreachable=unreachable,
        silent=expected - own - on_behalf - unreachable,
        ill=ill,
        need_help=need_help,
        on_time=on_time,
    )
