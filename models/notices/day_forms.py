"""What is said about an office's own form for the figures of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.notices.base import Contact, FileHanded, Notice
from models.rules.form_cells import FormCell


@dataclass(frozen=True, slots=True)
class FormWanted(Notice):
    """There is no form yet: send one, with its cells named in it or afterwards."""

    unit: str


@dataclass(frozen=True, slots=True)
class FormReading(Notice):
    """A form came in and is being looked through."""

    file_name: str


@dataclass(frozen=True, slots=True)
class FormUnread(Notice):
    """The file cannot be a form."""

    reason: str  #: The sentence's id.


@dataclass(frozen=True, slots=True)
class FormShown(Notice):
    """A unit's form, and what each named cell takes."""

    unit_id: int
    unit: str
    file_name: str
    day: dt.date  #: The day it would be filled for now.
    cells: tuple[FormCell, ...]
    unread: tuple[str, ...]  #: What was typed and could not be read.


@dataclass(frozen=True, slots=True)
class CellsAsked(Notice):
    """Which cells take what?"""


@dataclass(frozen=True, slots=True)
class FormDropped(Notice):
    """The unit fills no form any more."""

    unit: str


@dataclass(frozen=True, slots=True)
class FormPromised(Notice):
    """The form is being filled."""


@dataclass(frozen=True, slots=True)
class FormHanded(FileHanded):
    """The form, filled with the figures of a day."""

    unit: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class FormRefused(Notice):
    """Only those who gather figures in a unit keep its form."""

    contacts: tuple[Contact, ...]
