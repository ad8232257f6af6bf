"""What is said about lists of homes: the form, what a list would change, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.notices.base import Contact, FileHanded, Names, Notice


@dataclass(frozen=True, slots=True)
class TemplatePromised(Notice):
    """The form is being made."""


@dataclass(frozen=True, slots=True)
class TemplateHanded(FileHanded):
    """The form to fill in, with the homes that are known already."""

    homes: int


@dataclass(frozen=True, slots=True)
class FileFailed(Notice):
    """A file somebody waits for could not be made; asking again may help."""


@dataclass(frozen=True, slots=True)
class ImportRefused(Notice):
    """Only who looks after homes, and administrators, take lists: these do."""

    people: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class ListReading(Notice):
    """A list came in and is being read."""

    file_name: str


@dataclass(frozen=True, slots=True)
class Filling:
    """One value of a sentence."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class ListUnread(Notice):
    """A list cannot be taken as a whole."""

    file_name: str
    reason: str  #: The sentence's id.
    values: tuple[Filling, ...]


@dataclass(frozen=True, slots=True)
class Overwriting:
    """One value a list would put in the place of another."""

    code: str  #: The community's.
    number: str
    resident: str  #: Whom it is about; empty: the home.
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ImportProposed(Notice):
    """What a list would bring and change; nothing is kept yet."""

    protected: ClassVar[bool] = True

    import_id: int
    file_name: str
    new: int
    changed: int
    same: int
    refused: int
    units: Names  #: The communities it is about.
    overwriting: tuple[Overwriting, ...]  #: The first of what it would overwrite.
    more: int  #: How many rows overwrite beyond those.
    unused: Names  #: Headings that mean nothing here.


@dataclass(frozen=True, slots=True)
class ImportDropped(Notice):
    """Nothing of a list was kept."""

    file_name: str
    why: str  #: A word for the catalogue: "cancelled", "expired", "nothing_new".


@dataclass(frozen=True, slots=True)
class ImportGoingOn(Notice):
    """A list is being kept, or taken back, a stretch at a time."""

    file_name: str
    done: int
    total: int
    is_undoing: bool


@dataclass(frozen=True, slots=True)
class ImportDone(Notice):
    """A list was kept; until then it can be taken back."""

    import_id: int
    file_name: str
    new: int
    changed: int
    passed_over: int  #: Rows left out, because the home was changed otherwise after it was shown.
    until: datetime | None  #: None: the time for taking it back is over.
    is_asking: bool = False  #: Whether to take it back is being asked once more.


@dataclass(frozen=True, slots=True)
class ImportUndone(Notice):
    """A list was taken back."""

    file_name: str
    undone: int
    kept: int  #: Changes left as they are, because the home was changed again since.


@dataclass(frozen=True, slots=True)
class RefusedRowsHanded(FileHanded):
    """The rows of a list that cannot be taken, each with why beside the cell, to be corrected and sent back."""

    rows: int


@dataclass(frozen=True, slots=True)
class OverwritesHanded(FileHanded):
    """Everything a list would overwrite, before it does."""

    rows: int
