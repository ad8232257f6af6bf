"""Every question about homes that do not answer: who tried them, and for how long nobody has heard of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.notices.call_lists import Try
from models.records import CheckinAnswer, CheckinAnswerChange, CheckinSilence, Household, Person, Round
from models.rules.rounds import SILENT_TOO_LONG, RoundState, silent_run
from models.store.households import Households

#: How far is looked back: a longer silence has been told long ago.
_LOOKED_BACK = dt.timedelta(days=60)


class _Heard(Enum):
    """What one round heard of a home."""

    NOTHING = "nothing"  #: Neither an answer nor a try.
    TRIED = "tried"  #: Somebody tried to reach it.
    ANSWERED = "answered"  #: It answered, or somebody did for it, in time or late.


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
        """The homes of a community silent for too long, up to the round of that day, in walking order.

        A home that moved brings its silence along; days on which it was not asked neither break nor lengthen it.
        """
        heard = self._heard_of(unit_id, day)
        found = []
        for home in Households(self._session).of_unit(unit_id):
            days = heard.get(home.id, {})
            answered = {each for each, what in days.items() if what is _Heard.ANSWERED}
            run = silent_run(sorted(days, reverse=True), answered)
            if day in run and len(run) >= SILENT_TOO_LONG:
                found.append(Silence(home, len(run), run[-1], any(days[each] is _Heard.TRIED for each in run)))
        return found

    def _heard_of(self, unit_id: int, day: dt.date) -> dict[int, dict[dt.date, _Heard]]:
        """What each home of the community was heard of on every day it was asked, in rounds that are closed."""
        lately = (
            Household.unit_id == unit_id,
            Round.state == RoundState.CLOSED,
            Round.day.between(day - _LOOKED_BACK, day),
        )
        silent = (
            select(CheckinSilence.household_id, Round.day)
            .join(Round, Round.id == CheckinSilence.round_id)
            .join(Household, Household.id == CheckinSilence.household_id)
            .where(*lately)
        )
        said = (
            select(CheckinAnswer.household_id, Round.day, CheckinAnswer.answer)
            .join(Round, Round.id == CheckinAnswer.round_id)
            .join(Household, Household.id == CheckinAnswer.household_id)
            .where(*lately)
        )
        heard: dict[int, dict[dt.date, _Heard]] = {}
        for household_id, asked_on in self._session.execute(silent):
            heard.setdefault(household_id, {})[asked_on] = _Heard.NOTHING
        for household_id, asked_on, answer in self._session.execute(said):
            heard.setdefault(household_id, {})[asked_on] = _Heard.ANSWERED if answer else _Heard.TRIED
        return heard
