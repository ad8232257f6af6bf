"""What is said about lists of homes: the form, what a list would change, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from models.notices.base import Contact, FileHanded, Notice


@dataclass(frozen=True, slots=True)
class TemplateHanded(FileHanded):
    """The form to fill in, with the homes that are known already."""

    homes: int


@dataclass(frozen=True, slots=True)
class TemplatePromised(Notice):
    """The form is being made."""


@dataclass(frozen=True, slots=True)
class FileFailed(Notice):
    """A file somebody waits for could not be made; asking again may help."""


@dataclass(frozen=True, slots=True)
class ImportRefused(Notice):
    """Only who looks after homes, and administrators, take lists: these do."""

    people: tuple[Contact, ...]
