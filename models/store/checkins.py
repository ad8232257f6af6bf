"""Every question about checkins."""

from __future__ import annotations

from sqlalchemy.orm import Session


class Checkins:
    """The checkins."""

    def __init__(self, session: Session) -> None:
        self._session = session
