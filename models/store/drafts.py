"""Open questions: what the next message of a person answers. Kept in SQL, so a restart forgets none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.records import Draft
from models.store.known import answer, remember


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
        key = _key(account_id)
        draft = answer(self._session, key, [Draft], lambda: self._session.get(Draft, account_id))
        if draft is None or draft.expires_at <= now:
            return None
        return draft.kind, msgspec.json.decode(draft.data)

    def look_up(self, account_ids: Collection[int]) -> None:
        """Read the questions open to these accounts at once; each is then at hand until one of any account changes."""
        asked = self._session.scalars(select(Draft).where(Draft.account_id.in_(account_ids)))
        drafts = {draft.account_id: draft for draft in asked}
        for account_id in account_ids:
            remember(self._session, _key(account_id), [Draft], drafts.get(account_id))

    def close(self, account_id: int) -> None:
        """The question is answered or given up."""
        draft = self._session.get(Draft, account_id)
        if draft is not None:
            self._session.delete(draft)
            self._session.flush()

    def forget(self, now: datetime) -> None:
        """Delete the questions whose time has passed."""
        self._session.execute(delete(Draft).where(Draft.expires_at <= now))


def _key(account_id: int) -> tuple[str, int]:
    return "draft", account_id
