"""What people, and the clock, ask of lists of homes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.commands.base import Command, Enclosure, FromPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportList(FromPerson):
    """`/nhapdanhsach`: with a file, take it; without one, ask for the form to fill in."""

    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandTemplate(Command):
    """The form is made: hand it over."""

    account_id: int
    content: bytes
    homes: int  #: How many homes it holds already.


@dataclass(frozen=True, slots=True, kw_only=True)
class FileNotMade(Command):
    """A file somebody waits for could not be made, however often it was tried."""

    account_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeImport(Command):
    """A list was read and compared: show what it would change, before anything is kept."""

    import_id: int
    new: int
    changed: int
    same: int
    refused: int
    unused: tuple[str, ...]  #: Headings that mean nothing here.
    refusals: bytes = b""  #: A file of the rows that cannot be taken; empty when there are none.
    overwritten: bytes = b""  #: A file of everything it would overwrite; empty when the message has room for it.


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseList(Command):
    """A list cannot be taken as a whole."""

    import_id: int
    reason: str  #: The sentence's id.
    values: tuple[tuple[str, str], ...] = ()  #: What fills it.


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmImport(FromPerson):
    """[Nhập] under what a list would change."""

    verb: ClassVar[str] = "im-yes"
    import_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropImport(FromPerson):
    """[Huỷ] under what a list would change: nothing of it is kept."""

    verb: ClassVar[str] = "im-no"
    import_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoImport(FromPerson):
    """[Hoàn tác] under what a list has changed; asked once more before it is done."""

    verb: ClassVar[str] = "im-undo"
    import_id: int
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceImport(Command):
    """Make, or take back, the next stretch of a list's changes."""

    import_id: int
    most: int = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceImports(Command):
    """The clock: go on with lists being made or taken back, and let go of those whose time is up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowImport(Command):
    """Show whoever sent a list where it stands."""

    only_shows: ClassVar[bool] = True
    import_id: int
