"""Every question about the times in which the bot was away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records import (
    Card,
    CheckinAnswer,
    Directive,
    DirectivePlace,
    Household,
    InboxEntry,
    Outage,
    Report,
    Round,
)
from models.rules.directives import DirectiveState
from models.rules.outages import SETTLED_AFTER
from models.rules.reports import ReportState
from models.rules.rounds import RoundState
from models.rules.triage import Urgency
from models.store.counted import is_expected
from models.store.facts import Facts
from models.store.replaced import IS_REPLACED


class Outages:
    """What was missed, and who still owes an answer."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facts = Facts(session)

    def last_heard(self) -> datetime | None:
        """When the service was last known to be heard from; None before the first time."""
        heard_at = self._facts.get(Facts.HEARD_AT)
        return datetime.fromisoformat(heard_at) if heard_at else None

    def note_heard(self, now: datetime) -> None:
        self._facts.set(Facts.HEARD_AT, now.isoformat())

    def keep(self, began_at: datetime, ended_at: datetime) -> None:
        """Remember this outage, to be told once what was kept for us has come in."""
        self._session.add(Outage(began_at=began_at, ended_at=ended_at))

    def to_tell(self, now: datetime) -> Outage | None:
        """The first outage after which everything has come in and that was not told yet."""
        return self._session.scalar(
            select(Outage)
            .where(Outage.told_at.is_(None), Outage.ended_at <= now - SETTLED_AFTER)
            .order_by(Outage.id)
            .limit(1)
        )

    def count_late(self, outage: Outage) -> int:
        """How many messages were said in it and came in after it."""
        late = select(func.count(InboxEntry.id)).where(
            InboxEntry.received_at >= outage.ended_at, InboxEntry.said_at.between(outage.began_at, outage.ended_at)
        )
        return self._session.scalar(late) or 0

    def directives_awaited(self, outage: Outage) -> Sequence[Directive]:
        """Directives that had left and still stand, with time left then, that somebody has yet to acknowledge."""
        owing = select(DirectivePlace.directive_id).where(DirectivePlace.acknowledged_at.is_(None))
        return self._session.scalars(
            select(Directive)
            .where(
                Directive.state == DirectiveState.SENT,
                ~IS_REPLACED,
                Directive.sent_at < outage.ended_at,
                Directive.deadline_at > outage.began_at,
                Directive.id.in_(owing),
            )
            .order_by(Directive.id)
        ).all()

    def rounds_awaited(self, outage: Outage) -> Sequence[Round]:
        """Open rounds that were open in it, and of which not every home has answered."""
        answered = (
            select(func.count(CheckinAnswer.id))
            .where(CheckinAnswer.round_id == Round.id, CheckinAnswer.answer.is_not(None))
            .scalar_subquery()
        )
        return self._session.scalars(
            select(Round)
            .where(Round.state == RoundState.OPEN, Round.opens_at < outage.ended_at, answered < Round.expected)
            .order_by(Round.id)
        ).all()

    def prompts_of(self, round_: Round) -> Sequence[Card]:
        """The private questions of a round that left and whose home is still asked and has not answered."""
        answered = select(CheckinAnswer.household_id).where(
            CheckinAnswer.round_id == round_.id, CheckinAnswer.answer.is_not(None)
        )
        asked = select(Household.id).where(
            Household.unit_id == round_.unit_id, is_expected(round_.day), Household.id.not_in(answered)
        )
        awaited = {round_.home_subject(home) for home in self._session.scalars(asked)}
        prompts = self._session.scalars(
            select(Card)
            .where(Card.subject.startswith(f"{round_.subject}:", autoescape=True), Card.message_id.is_not(None))
            .order_by(Card.id)
        )
        return [card for card in prompts if card.subject in awaited]

    def results_awaited(self, outage: Outage) -> Sequence[Report]:
        """Reports whose sender was told the result before it ended, and has not said whether it helped."""
        return self._session.scalars(
            select(Report)
            .where(
                Report.state == ReportState.RESOLVED,
                Report.resolved_at < outage.ended_at,
                Report.urgency != Urgency.P1,  # There somebody calls instead.
            )
            .order_by(Report.id)
        ).all()
