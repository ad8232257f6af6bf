"""What an installation looks like, in numbers, and what is not right yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.records import (
    Chat,
    ChatState,
    EntryState,
    Household,
    InboxEntry,
    Mail,
    MailState,
    Person,
    Report,
    Round,
    Unit,
)
from models.rules.reports import ReportState
from models.rules.rounds import RoundState
from models.store.parked import STUCK
from models.work import Work


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of everything; the names are what `tocovid status --json` prints."""

    units: int
    chats: int  #: Bound to a unit and writable.
    people: int
    households: int
    reports_open: int  #: Not resolved and not closed.
    rounds_open: int
    mail_waiting: int  #: To be sent, or being sent.
    mail_parked: int  #: Incoming and outgoing that wait for a person, with what is uncertain.


@dataclass(frozen=True, slots=True)
class Situation:
    """The counts, and the unfinished things by name."""

    counts: Counts
    has_administrator: bool
    units_without_group: list[str] = field(default_factory=list)
    units_not_ready: list[str] = field(default_factory=list)  #: Fewer than two people at the desk can be reached.


def count_everything(session: Session) -> Counts:
    """The counts, from any session: the bot's own, a command's, or a reader's."""

    def number(column: InstrumentedAttribute[int], *conditions: object) -> int:
        return session.scalar(select(func.count(column)).where(*conditions)) or 0  # type: ignore[arg-type]

    return Counts(
        units=number(Unit.id),
        chats=number(Chat.id, Chat.unit_id.is_not(None), Chat.state != ChatState.LOST),
        people=number(Person.id),
        households=number(Household.id, Household.ended_at.is_(None)),
        reports_open=number(Report.id, Report.state.in_([ReportState.OPEN, ReportState.TAKEN])),
        rounds_open=number(Round.id, Round.state == RoundState.OPEN),
        mail_waiting=number(Mail.id, Mail.stands_in(MailState.WAITING, MailState.LEASED)),
        mail_parked=number(Mail.id, Mail.stands_in(*STUCK))
        + number(InboxEntry.id, InboxEntry.state == EntryState.PARKED),
    )


def survey(work: Work) -> Situation:
    """The counts, and what an administrator should put right."""
    units = work.units.all()
    groups = work.units.groups_of(unit.id for unit in units)
    ready = work.desks.ready_units(work.policy.reachable_staff_for_a_ready_desk)
    return Situation(
        counts=count_everything(work.session),
        has_administrator=bool(work.people.administrators()),
        units_without_group=[unit.name for unit in units if unit.id not in groups],
        units_not_ready=[unit.name for unit in units if unit.id not in ready],
    )
