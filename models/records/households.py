"""Who lives where, what happened to a home, and the cards that let an account speak for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.households import Ending, HouseholdStep


class Resident(Record):
    """Somebody who lives in a home."""

    __tablename__ = "residents"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    name: Mapped[str]
    birth_year: Mapped[int | None]  #: The year alone: nobody needs the day.
    conditions: Mapped[str] = mapped_column(default="")  #: What raises their risk, as written; empty: nothing known.
    language: Mapped[str] = mapped_column(default="")  #: What they speak best; empty: the home's.
    no_phone: Mapped[bool] = mapped_column(default=False)  #: Known to have none: to be visited, not called.
    ended_at: Mapped[datetime | None]  #: When they stopped counting among the home's people.
    ending: Mapped[Ending | None]  #: Why they did.


class HouseholdEvent(Record):
    """One thing that happened to a home; events are added, never changed."""

    __tablename__ = "household_events"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    at: Mapped[datetime]
    step: Mapped[HouseholdStep]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  #: None: a list from the shell.
    other_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)  #: The other home concerned.
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  #: The community it belonged to before.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)  #: The list that did it.
    words: Mapped[str] = mapped_column(default="")  #: Whom it is about, or what was there before.


class HomeCard(Record):
    """A printed card whose code lets an account ask to speak for the home. Only the code's hash is kept."""

    __tablename__ = "home_cards"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)  #: SHA-256 in hex of the random code.
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]  #: From then on the card opens nothing.
