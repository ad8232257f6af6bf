"""How many there are of what: the figures of `tocovid status`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import DeclarativeBase, Session

from models.records import Chat, EntryState, Household, InboxEntry, Mail, MailState, Person, Report, Round, Unit
from models.rules.reports import ReportState
from models.rules.rounds import RoundState


class Figures:
    """Counts of the whole installation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[str, int]:
        """Every figure by its name."""
        return {
            "units": self._count(Unit),
            "chats": self._count(Chat, Chat.unit_id.is_not(None)),
            "people": self._count(Person),
            "households": self._count(Household, Household.ended_at.is_(None)),
            "reports_open": self._count(Report, Report.state.in_([ReportState.OPEN, ReportState.TAKEN])),
            "rounds_open": self._count(Round, Round.state == RoundState.OPEN),
            "mail_waiting": self._count(InboxEntry, InboxEntry.state == EntryState.WAITING)
            + self._count(Mail, Mail.state.in_([MailState.WAITING, MailState.LEASED])),
            "mail_parked": self._count(InboxEntry, InboxEntry.state == EntryState.PARKED)
            + self._count(Mail, Mail.state == MailState.PARKED),
        }

    def _count(self, table: type[DeclarativeBase], *conditions: ColumnElement[bool]) -> int:
        return self._session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0
