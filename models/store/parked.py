"""What waits for a person to look at it: updates whose story failed, messages that were refused or are uncertain."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import EntryState, InboxEntry, Mail, MailState

#: Mail that is not tried again by itself.
STUCK = (MailState.PARKED, MailState.UNCERTAIN)


class Parked:
    """The shelf of failures, and the way back from it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def incoming(self) -> Sequence[InboxEntry]:
        """Updates that had no effect, oldest first."""
        return self._session.scalars(
            select(InboxEntry).where(InboxEntry.state == EntryState.PARKED).order_by(InboxEntry.id)
        ).all()

    def outgoing(self) -> Sequence[Mail]:
        """Messages that did not, or may not have, arrived, oldest first."""
        return self._session.scalars(select(Mail).where(Mail.stands_in(*STUCK)).order_by(Mail.id)).all()

    def replay_incoming(self, entry_id: int) -> bool:
        """Let the update wait for its story again; False when it is not parked."""
        entry = self._session.get(InboxEntry, entry_id)
        if entry is None or entry.state is not EntryState.PARKED:
            return False
        entry.state, entry.tries, entry.retry_at, entry.settled_at = EntryState.WAITING, 0, None, None
        return True

    def replay_outgoing(self, mail_id: int) -> bool:
        """Let the message wait for its turn again; False when it is not parked."""
        mail = self._session.get(Mail, mail_id)
        if mail is None or mail.state not in STUCK:
            return False
        mail.state, mail.tries, mail.epoch = MailState.WAITING, 0, None
        return True
