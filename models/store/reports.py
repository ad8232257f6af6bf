"""Every question about reports."""

from __future__ import annotations

from sqlalchemy.orm import Session


class Reports:
    """The reports."""

    def __init__(self, session: Session) -> None:
        self._session = session
