"""What is said about documents that are found again, and about the agencies they name."""

from __future__ import annotations

from dataclasses import dataclass

from models.notices.base import Contact, Notice
from models.notices.tasks import DocumentLine


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency a unit knows."""

    name: str
    aliases: tuple[str, ...]
    contact: Contact


@dataclass(frozen=True, slots=True)
class AgenciesListed(Notice):
    """The agencies a unit knows, and how to add one."""

    unit: str
    agencies: tuple[AgencyLine, ...]


@dataclass(frozen=True, slots=True)
class AgencyKept(Notice):
    """An agency was added or changed."""

    unit: str
    agency: AgencyLine


@dataclass(frozen=True, slots=True)
class AgencyUnread(Notice):
    """What was typed names no agency."""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """One line of a list of documents."""

    document_id: int
    code: str
    document: DocumentLine
    done: int
    total: int
    replaced_by: str = ""  #: What it is cited by that takes its place; empty: it still stands.


@dataclass(frozen=True, slots=True)
class DocumentsListed(Notice):
    """The documents that were found."""

    words: str
    documents: tuple[FoundDocument, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DocumentShown(Notice):
    """One document, with those it cites and those that cite it."""

    found: FoundDocument
    directive_id: int
    steers: bool  #: The reader may look at its board.
    cites: tuple[FoundDocument, ...]
    cited_elsewhere: tuple[str, ...]  #: Cited, but not among ours.
    cited_by: tuple[FoundDocument, ...]


@dataclass(frozen=True, slots=True)
class StillBeingRead(Notice):
    """It cannot leave yet: what its file asks of whom, and whether it may do harm, is only being found out."""

    code: str
