"""What people, and the clock, ask of an office's own form for the figures of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from handlers.commands.base import Command, Enclosure, FromPerson
from models.rules.form_cells import FormCell


class FormQuestion(StrEnum):
    """What a person is asked to send in private; the kind of the draft that waits for it."""

    FILE = "form-file"  #: The form itself.
    CELLS = "form-cells"  #: Which cells take what.


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepForm(FromPerson):
    """`/bieumau`: with a spreadsheet, let it be the unit's form; without one, show the form there is."""

    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFound(Command):
    """A form was fetched and looked through."""

    account_id: int
    person_id: int
    unit_id: int
    file_name: str
    content: bytes
    sheets: tuple[str, ...]  #: The names of its sheets.
    cells: tuple[FormCell, ...]  #: Those that ask for something by themselves.


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseForm(Command):
    """A file cannot be a form."""

    account_id: int
    reason: str  #: The sentence's id.


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCells(FromPerson):
    """[Đặt tên ô]: the next message says which cells take what."""

    verb: ClassVar[str] = "y-cells"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCells(FromPerson):
    """Which cells take what, as typed."""

    unit_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropForm(FromPerson):
    """[Bỏ biểu mẫu]: the unit fills no form any more."""

    verb: ClassVar[str] = "y-form-off"
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FillForm(FromPerson):
    """[Biểu mẫu]: fill it with a day's figures as they stand now."""

    verb: ClassVar[str] = "y-fill"
    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class FillDaily(Command):
    """The day's sum is closed: fill the unit's form, where it has one, for those in charge."""

    unit_id: int
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandForm(Command):
    """A form is filled: hand it over."""

    account_ids: tuple[int, ...]
    unit_id: int
    day: dt.date
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNotFilled(Command):
    """A form somebody waits for could not be filled, however often it was tried."""

    account_ids: tuple[int, ...]
