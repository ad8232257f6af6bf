"""Every question about errands and the files they make."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.records import Errand, ErrandState, StoredFile
from models.store.prepared import DUE_ERRAND


class Errands:
    """Slow work, asked for in one transaction and done after it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, kind: str, now: datetime, *, after: timedelta = timedelta(), **data: Any) -> Errand:
        """Let this be done once it is committed, or so long after; `data` is all that its doer is given."""
        errand = Errand(kind=kind, data=msgspec.json.encode(data).decode(), created_at=now, due_at=now + after)
        self._session.add(errand)
        return errand

    def withdraw(self, kind: str, **about: Any) -> None:
        """Let what was asked about this and not begun yet be undone: something newer is asked instead."""
        waiting = select(Errand).where(Errand.state == ErrandState.WAITING, Errand.kind == kind, Errand.tries == 0)
        for errand in self._session.scalars(waiting):
            if about.items() <= msgspec.json.decode(errand.data).items():
                self._session.delete(errand)

    def find_due(self, now: datetime) -> Errand | None:
        """The errand that has waited longest, when one is due."""
        return self._session.scalar(DUE_ERRAND, {"now": now})

    def keep_file(self, name: str, content: bytes, now: datetime) -> StoredFile:
        """Keep a file until it has arrived."""
        file = StoredFile(name=name, content=content, made_at=now)
        self._session.add(file)
        self._session.flush()
        return file

    def find_file(self, file_id: int) -> StoredFile | None:
        return self._session.get(StoredFile, file_id)

    def drop_file(self, file_id: int) -> None:
        """The file has arrived."""
        self._session.execute(delete(StoredFile).where(StoredFile.id == file_id))

    def forget(self, before: datetime) -> None:
        """Delete what was settled, and files that were made, before then."""
        self._session.execute(delete(StoredFile).where(StoredFile.made_at < before))
        self._session.execute(delete(Errand).where(Errand.state != ErrandState.WAITING, Errand.due_at < before))
