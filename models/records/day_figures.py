"""What units count on a day, every sending of it, and when whoever gathers it looks again."""

from __future__ import annotations

import datetime as dt
from datetime import datetime

import msgspec
from sqlalchemy import Date, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Record, RowId
from models.rules.day_figures import FIGURES, DayFigures, DayStep, Origin
from models.rules.form_cells import FormCell


def origins_from(written: str) -> tuple[Origin, ...]:
    """Where those who came back came from, as kept."""
    return msgspec.json.decode(written, type=tuple[Origin, ...])


class Counted:
    """The columns of a day's figures; None: nobody said, which is not zero."""

    homes: Mapped[int | None]  #: Homes assigned.
    visited: Mapped[int | None]  #: Homes that were met or answered.
    no_answer: Mapped[int | None]  #: Homes nobody reached.
    people: Mapped[int | None]  #: People who live there.
    ill: Mapped[int | None]  #: People, or homes, with symptoms.
    returnees: Mapped[int | None]  #: People who came back that day.
    isolating: Mapped[int | None]  #: People at home alone.
    cases: Mapped[int | None]  #: People ill with it (F0) at home.
    breaches: Mapped[int | None]  #: Rules broken.
    unvaccinated: Mapped[int | None]  #: People without a dose.
    relief: Mapped[int | None]  #: Homes that ask for help.
    origins: Mapped[str] = mapped_column(Text, default="[]")  #: JSON: where those who came back came from.
    words: Mapped[str] = mapped_column(Text, default="")  #: As typed.

    @property
    def figures(self) -> DayFigures:
        """What was counted, as the rules know it."""
        return DayFigures(**{name: getattr(self, name) for name in FIGURES}, origins=origins_from(self.origins))

    @figures.setter
    def figures(self, figures: DayFigures) -> None:
        for name in FIGURES:
            setattr(self, name, getattr(figures, name))
        self.origins = msgspec.json.encode(figures.origins).decode()


class DaySheet(Counted, Record):
    """The figures of one community on one day, as they stand."""

    __tablename__ = "day_sheets"
    __table_args__ = (UniqueConstraint("unit_id", "day"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    day: Mapped[dt.date] = mapped_column(Date, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  #: Who sent or corrected it last.
    first_at: Mapped[datetime]  #: When it was first sent: decides whether it was in time.
    at: Mapped[datetime]  #: When it was last sent.


class DaySending(Counted, Record):
    """What stood after one sending; sendings are added, never changed."""

    __tablename__ = "day_sendings"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("day_sheets.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class DayForm(Record):
    """An office's own form, which is filled with the figures of every day."""

    __tablename__ = "day_forms"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), unique=True)
    file_name: Mapped[str]  #: As its sender called it.
    content: Mapped[bytes] = mapped_column(LargeBinary)  #: The spreadsheet, as it came.
    named: Mapped[str] = mapped_column(Text, default="[]")  #: JSON: which cells take what.
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    @property
    def cells(self) -> tuple[FormCell, ...]:
        """Which cells take what, as the rules know it."""
        return msgspec.json.decode(self.named, type=tuple[FormCell, ...])

    @cells.setter
    def cells(self, cells: tuple[FormCell, ...]) -> None:
        self.named = msgspec.json.encode(cells).decode()


class Gathering(Record):
    """One unit above the communities gathers what those below it counted on one day."""

    __tablename__ = "gatherings"
    __table_args__ = (UniqueConstraint("unit_id", "day"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    day: Mapped[dt.date] = mapped_column(Date, index=True)
    next_step: Mapped[DayStep | None]  #: What `due_at` is for; None once closed.
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    chased_at: Mapped[datetime | None]  #: When somebody last chased by hand those who had not sent.

    @property
    def is_closed(self) -> bool:
        """Whether the unit's own sum was due."""
        return self.next_step is None
