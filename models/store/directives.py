"""Every question about directives."""

from __future__ import annotations

from sqlalchemy.orm import Session


class Directives:
    """The directives."""

    def __init__(self, session: Session) -> None:
        self._session = session
