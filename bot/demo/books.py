"""What the demo shows of the bot's database: what waits, what was sent, and what is due next."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, ColumnElement, and_, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.records import (
    AlarmRing,
    Arrival,
    Assignment,
    Card,
    Directive,
    DutyShift,
    DutyTest,
    EntryState,
    FollowUp,
    Gathering,
    HandOver,
    InboxEntry,
    Mail,
    MailState,
    Report,
    Round,
)
from models.records.base import Record
from models.rules.arrivals import ArrivalState
from models.rules.directives import DirectiveState
from models.rules.followups import FollowUpState, FollowUpStep
from models.rules.rounds import RoundStep

#: How many lines the timetable has.
MOST_DUE = 12
#: The columns in which deadlines wait to be looked for; a table with one is on the timetable, by name or as "other".
WAITING = ("due_at", "chase_at")
#: What the clock looks after without anybody seeing it in a chat, or by another column of the same table.
UNSEEN = frozenset({"errands.due_at", "imports.due_at", "assignments.due_at", "rounds.due_at"})


class Due(msgspec.Struct, frozen=True):
    """Things of one kind that are due at one moment."""

    at: datetime
    kind: str  #: What the clock looks for, and the step where it takes several: `rounds.open`.
    count: int


class Books(msgspec.Struct, frozen=True):
    """The bot's own account of its mail."""

    inbox: dict[EntryState, int]
    outbox: dict[MailState, int]
    sent: frozenset[tuple[int, int]]  #: Chat and number of every message the bot knows to have arrived.
    due: list[Due]  #: The nearest first.

    @property
    def waiting(self) -> int:
        """How much mail is to be sent, or being sent."""
        return self.outbox.get(MailState.WAITING, 0) + self.outbox.get(MailState.LEASED, 0)


def open_books(session: Session) -> Books:
    """Read everything the demo shows."""
    inbox = session.execute(select(InboxEntry.state, func.count()).group_by(InboxEntry.state))
    outbox = session.execute(select(Mail.state, func.count()).group_by(Mail.state))
    return Books(
        inbox=dict(inbox.all()),
        outbox=dict(outbox.all()),
        sent=frozenset(_arrived(session)),
        due=due(session),
    )


def _arrived(session: Session) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for table in (Mail, Card):
        rows = session.execute(select(table.chat_id, table.message_id).where(table.message_id.is_not(None)))
        found.update((chat, number) for chat, number in rows if number is not None)
    return found


def due(session: Session) -> list[Due]:
    """What the clock will bring into the chats next, the nearest first."""
    found = [line for deadline in deadlines() for line in _due_by(session, deadline)]
    return sorted(found, key=lambda line: line.at)[:MOST_DUE]


class Deadline(NamedTuple):
    """Where one kind of thing keeps when it is due."""

    kind: str
    at: InstrumentedAttribute[Any] | Column[Any]
    is_meant: ColumnElement[bool] = true()  #: Which of its rows the clock goes by.

    @property
    def column(self) -> str:
        """Table and column, such as `reports.due_at`."""
        return str(self.at.expression)


def deadlines() -> list[Deadline]:
    """Everything that the clock brings into the chats; what it tidies unseen is left out."""
    named = _named()
    known = UNSEEN | {deadline.column for deadline in named}
    others = [column for table in Record.metadata.tables.values() for column in table.columns if column.name in WAITING]
    return named + [Deadline("other", column) for column in others if str(column) not in known]


def _named() -> list[Deadline]:
    sent, scheduled = Directive.state == DirectiveState.SENT, Directive.state == DirectiveState.SCHEDULED
    return [
        Deadline("reports", Report.due_at),
        Deadline("alarm_rings", AlarmRing.due_at),
        *(Deadline(f"rounds.{step}", at, _is_ahead(step)) for step, at in _ROUND_TIMES.items()),
        *(Deadline(f"follow_ups.{step}", FollowUp.due_at, _is_next(step)) for step in FollowUpStep),
        Deadline("directives.send", Directive.send_at, scheduled),
        Deadline("directives.chase", Directive.chase_at, sent),
        Deadline("assignments", Assignment.chase_at),
        Deadline("duty_shifts", DutyShift.due_at),
        Deadline("hand_overs", HandOver.due_at),
        Deadline("duty_tests", DutyTest.due_at),
        Deadline("arrivals", Arrival.due_at, Arrival.state == ArrivalState.OPEN),
        Deadline("gatherings", Gathering.due_at),
    ]


#: A round keeps the times of all its steps, so that the whole day can be shown.
_ROUND_TIMES = {
    RoundStep.OPEN: Round.opens_at,
    RoundStep.REMIND: Round.reminds_at,
    RoundStep.CALL_LIST: Round.call_list_at,
    RoundStep.WARN: Round.warns_at,
    RoundStep.CLOSE: Round.closes_at,
}


def _is_next(step: FollowUpStep) -> ColumnElement[bool]:
    return and_(FollowUp.state == FollowUpState.RUNNING, FollowUp.next_step == step)


def _is_ahead(step: RoundStep) -> ColumnElement[bool]:
    """Whether a round has this step still before it."""
    steps = list(RoundStep)
    ahead = and_(Round.due_at.is_not(None), Round.next_step.in_(steps[: steps.index(step) + 1]))
    return and_(ahead, Round.reminds) if step is RoundStep.REMIND else ahead


def _due_by(session: Session, deadline: Deadline) -> list[Due]:
    at = deadline.at
    rows = session.execute(
        select(at, func.count()).where(at.is_not(None), deadline.is_meant).group_by(at).order_by(at).limit(MOST_DUE)
    )
    return [Due(moment, deadline.kind, number) for moment, number in rows]
