"""Every question about homes that do not answer: who tried them, and for how long nobody has heard of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.notices.call_lists import Try
from models.records import CheckinAnswer, CheckinAnswerChange, Household, HouseholdEvent, Person, Round
from models.rules.rounds import SILENT_TOO_LONG, RoundState, silent_run
from models.store.households import Households

#: How many rounds are looked back on: a longer silence has been told long ago.
_LOOKED_BACK = 30


@dataclass(frozen=True, slots=True)
class Silence:
    """A home without an answer in several rounds running."""

    home: Household
    rounds: int  #: How many.
    since: dt.date  #: The day of the first of them.
    is_tried: bool  #: Somebody tried to reach it in one of them.


class Silences:
    """Homes that do not answer."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def tries_of(self, household_id: int, most: int) -> tuple[Try, ...]:
        """What was last said or tried of a home, by whom and when, the newest first."""
        rows = self._session.execute(
            select(CheckinAnswerChange, Person.name)
            .join(CheckinAnswer, CheckinAnswer.id == CheckinAnswerChange.answer_id)
            .join(Person, Person.id == CheckinAnswerChange.by_id)
            .where(CheckinAnswer.household_id == household_id)
            .order_by(CheckinAnswerChange.id.desc())
            .limit(most)
        )
        return tuple(Try(change.at, name, change.answer, change.source) for change, name in rows)

    def of_unit(self, unit_id: int, day: dt.date) -> Sequence[Silence]:
        """The homes of a community silent for too long, up to the round of that day, in walking order."""
        rounds = self._session.execute(
            select(Round.id, Round.day)
            .where(Round.unit_id == unit_id, Round.state == RoundState.CLOSED, Round.day <= day)
            .order_by(Round.day.desc())
            .limit(_LOOKED_BACK)
        ).all()
        if len(rounds) < SILENT_TOO_LONG:
            return ()
        days: dict[int, dt.date] = dict(rounds)
        answered, tried = self._heard_of(days)
        listed = self._listed(unit_id)
        found = []
        for home in Households(self._session).of_unit(unit_id):
            asked = [
                each for each in days.values() if not home.is_away_on(each) and each > listed.get(home.id, dt.date.min)
            ]
            run = silent_run(asked, answered.get(home.id, set()))
            if len(run) >= SILENT_TOO_LONG:
                found.append(Silence(home, len(run), run[-1], not tried.get(home.id, set()).isdisjoint(run)))
        return found

    def _heard_of(self, days: dict[int, dt.date]) -> tuple[dict[int, set[dt.date]], dict[int, set[dt.date]]]:
        """On which days each home answered, and on which it was only tried."""
        answered: dict[int, set[dt.date]] = {}
        tried: dict[int, set[dt.date]] = {}
        rows = self._session.execute(
            select(CheckinAnswer.household_id, CheckinAnswer.round_id, CheckinAnswer.answer).where(
                CheckinAnswer.round_id.in_(days)
            )
        )
        for household_id, round_id, answer in rows:
            heard = tried if answer is None else answered
            heard.setdefault(household_id, set()).add(days[round_id])
        return answered, tried

    def _listed(self, unit_id: int) -> dict[int, dt.date]:
        """The day each home came on the list, where that is known: before it nobody expected an answer."""
        rows = self._session.execute(
            select(HouseholdEvent.household_id, func.min(HouseholdEvent.at))
            .join(Household, Household.id == HouseholdEvent.household_id)
            .where(Household.unit_id == unit_id)
            .group_by(HouseholdEvent.household_id)
        )
        return {household_id: at.date() for household_id, at in rows}
