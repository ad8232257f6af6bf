"""Open questions: what the next message of a person answers. Kept in SQL, so a restart forgets none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.records import Draft


class Drafts:
    """At most one open question per account; a new one replaces the old."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, account_id: int, kind: str, now: datetime, *, valid_for: timedelta, **data: Any) -> None:
        """Remember that the next message of this account answers `kind`, until `valid_for` has passed."""
        draft = self._session.get(Draft, account_id)
        if draft is None:
            draft = Draft(account_id=account_id, kind=kind, expires_at=now)
            self._session.add(draft)
        draft.kind, draft.data = kind, msgspec.json.encode(data).decode()
        draft.expires_at = now + valid_for

    def find(self, account_id: int, now: datetime) -> tuple[str, dict[str, Any]] | None:
        """The open question's kind and data; None when there is none or it has expired."""
        draft = self._session.get(Draft, account_id)
        if draft is None or draft.expires_at <= now:
            return None
        return draft.kind, msgspec.json.decode(draft.data)

    def close(self, account_id: int) -> None:
        """The question is answered or given up."""
        draft = self._session.get(Draft, account_id)
        if draft is not None:
            self._session.delete(draft)
            self._session.flush()

    def forget(self, now: datetime) -> None:
        """Delete the questions whose time has passed."""
        self._session.execute(delete(Draft).where(Draft.expires_at <= now))
