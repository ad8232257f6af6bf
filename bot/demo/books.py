"""What the demo shows of the bot's database: what waits, what was sent, and what is due next."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from models.records import Card, EntryState, InboxEntry, Mail, MailState
from models.records.base import Record

#: The columns in which deadlines wait to be looked for; whatever table has one belongs on the timetable.
DEADLINES = ("due_at", "chase_at")
#: How many lines the timetable has.
MOST_DUE = 12


class Due(msgspec.Struct, frozen=True):
    """Things of one kind that are due at one moment."""

    at: datetime
    kind: str  #: The table, and the step where the table names one: `rounds.open`.
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
        inbox=dict(inbox.tuples().all()),
        outbox=dict(outbox.tuples().all()),
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
    """What the clock will look for next, from every table that keeps deadlines."""
    found = [
        line
        for table in Record.metadata.tables.values()
        for deadline in DEADLINES
        if deadline in table.c
        for line in _due_in(session, table, deadline)
    ]
    return sorted(found, key=lambda line: line.at)[:MOST_DUE]


def _due_in(session: Session, table: Table, deadline: str) -> list[Due]:
    at = table.c[deadline]
    kind = [table.c.next_step] if "next_step" in table.c else []
    rows = session.execute(
        select(at, func.count(), *kind).where(at.is_not(None)).group_by(at, *kind).order_by(at).limit(MOST_DUE)
    )
    return [Due(moment, ".".join([table.name, *map(str, steps)]), number) for moment, number, *steps in rows]
