"""How much waits, how old it is and how complete rounds are: figures for whoever watches the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records import CheckinAnswer, EntryState, InboxEntry, Mail, MailState, Report, Round
from models.rules.mail import Priority
from models.rules.reports import ReportState
from models.rules.rounds import RoundState
from models.rules.triage import Urgency


@dataclass(frozen=True, slots=True)
class Queue:
    """How many things wait, and since when the oldest does."""

    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Gauges:
    """One look at everything that waits."""

    inbox: Queue
    mail: Mapping[Priority, Queue]  #: Every class is there, also where nothing waits.
    open_reports: Sequence[tuple[Urgency, datetime]]  #: Of each report nobody has taken up: how urgent, filed when.
    asked: int  #: Homes asked in the rounds that are open.
    answered: int  #: Of those, homes with an answer, whoever gave it.


def read(session: Session) -> Gauges:
    """The gauges of this moment."""
    is_open = Round.state == RoundState.OPEN
    answers = select(func.count(CheckinAnswer.id)).join(Round).where(is_open, CheckinAnswer.answer.is_not(None))
    reports = select(Report.urgency, Report.filed_at).where(Report.state == ReportState.OPEN)
    return Gauges(
        inbox=_inbox(session),
        mail=_mail(session),
        open_reports=[(urgency, filed_at) for urgency, filed_at in session.execute(reports)],
        asked=session.scalar(select(func.sum(Round.expected)).where(is_open)) or 0,
        answered=session.scalar(answers) or 0,
    )


def oldest_mail(session: Session) -> datetime | None:
    """When the oldest message that still waits was told; None when none waits."""
    return min((queue.oldest_at for queue in _mail(session).values() if queue.oldest_at), default=None)


def _inbox(session: Session) -> Queue:
    waits = InboxEntry.state == EntryState.WAITING
    counted = select(func.count(InboxEntry.id), func.min(InboxEntry.received_at)).where(waits)
    return Queue(*session.execute(counted).one())


def _mail(session: Session) -> dict[Priority, Queue]:
    waits = Mail.stands_in(MailState.WAITING, MailState.LEASED)
    counted = select(Mail.priority, func.count(Mail.id), func.min(Mail.created_at)).where(waits).group_by(Mail.priority)
    found = {Priority(priority): Queue(number, oldest) for priority, number, oldest in session.execute(counted)}
    return {priority: found.get(priority, Queue(0, None)) for priority in Priority}
