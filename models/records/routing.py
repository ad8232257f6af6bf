"""Lines of the routing table that were changed in chat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record


class ChangedRoute(Record):
    """One line; it counts before the configuration's and the shipped ones."""

    __tablename__ = "changed_routes"

    matter: Mapped[str] = mapped_column(primary_key=True)  #: A category, or "hotline_fault".
    route: Mapped[str] = mapped_column(Text)  #: The line as JSON.
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
