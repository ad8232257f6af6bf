"""What people ask of lists: a form to fill in, and taking the filled one."""

from __future__ import annotations

from dataclasses import dataclass

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
